package dev.zsock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.management.ThreadMXBean;

import dev.zsock.testkit.AbiProbe;
import dev.zsock.testkit.Background;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

class ErrnoTest {
    @TestFactory
    Stream<DynamicTest> textsAndNamesAreLibcs() {
        return AbiProbe.lines("errno ").stream()
                .map(line -> line.split(" ", 3))
                .map(cells -> dynamicTest(cells[0], () -> {
                    int number = Integer.parseInt(cells[0]);
                    String name = Errno.strerrorname(number);
                    assertThat(name == null ? "-" : name).isEqualTo(cells[1]);
                    assertThat(Errno.strerror(number)).isEqualTo(cells[2]);
                }));
    }

    @Test
    void extremeNumbersHaveNoName() {
        for (int number : new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThat(Errno.strerrorname(number)).isNull();
            assertThat(Errno.strerror(number)).isEqualTo("Unknown error " + number);
        }
    }

    @Test
    void retSetsErrnoForNegativeResultsOnly() {
        Errno.set_errno(0);
        assertThat(Errno.ret(-Errno.EAGAIN)).isEqualTo(-1);
        assertThat(Errno.errno()).isEqualTo(Errno.EAGAIN);
        assertThat(Errno.ret(0)).isZero();
        assertThat(Errno.ret(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(Errno.errno()).as("success leaves it alone").isEqualTo(Errno.EAGAIN);
    }

    @Test
    void errnoBelongsToItsThread() {
        Errno.set_errno(Errno.EPIPE);
        int other = Background.supply(() -> {
                    int before = Errno.errno();
                    Errno.set_errno(Errno.EINTR);
                    return before;
                })
                .join();
        assertThat(other).isZero();
        assertThat(Errno.errno()).isEqualTo(Errno.EPIPE);
    }

    @Test
    void perrorWritesWhatLibcWrites() {
        assertThat(perror("bind", Errno.EADDRINUSE)).isEqualTo("bind: Address already in use\n");
        assertThat(perror("", Errno.EBADF)).isEqualTo("Bad file descriptor\n");
        assertThat(perror(null, 41)).isEqualTo("Unknown error 41\n");
    }

    private static String perror(String prefix, int error) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            Errno.set_errno(error);
            Errno.perror(prefix);
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void retAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        Errno.ret(-Errno.EAGAIN);
        long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < 100_000; i++) {
            Errno.ret(-Errno.EAGAIN);
        }
        assertThat(threads.getThreadAllocatedBytes(id) - before)
                .as("100,000 calls, and the measuring itself")
                .isLessThan(1000);
    }
}
