package dev.zsock;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;

/** No frame and no call allocates once warm, by the thread's own counter. */
@Tag("allocation")
@Timeout(60)
class AllocationTest {
    private static final int WARM = 20_000;
    private static final int COUNTED = 10_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private interface Step {
        int run();
    }

    /**
     * The JIT may still compile during the count; a byte a call is noise, a garbage object is 16.
     */
    private static void assertNoGarbage(Step step) {
        for (int i = 0; i < WARM; i++) {
            step.run();
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < COUNTED; i++) {
            step.run();
        }
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes).as("bytes allocated by %d calls", COUNTED).isLessThan(COUNTED);
    }

    private static int check(int expected, int rc) {
        if (rc != expected) {
            throw new AssertionError("expected " + expected + " but was " + rc);
        }
        return rc;
    }

    @Test
    void tcpAndTextFramesByBsdCalls() {
        try (WsPair pair = WsPair.open()) {
            byte[] out = "a text of some bytes".getBytes();
            byte[] in = new byte[64];
            assertNoGarbage(() -> {
                check(out.length, send(pair.client, out, out.length, 0));
                check(out.length, recv(pair.server, in, in.length, 0));
                check(out.length, send(pair.server, out, out.length, 0));
                return check(out.length, recv(pair.client, in, in.length, 0));
            });
        }
    }

    @Test
    void binaryFramesByTheWebsocketCalls() {
        try (WsPair pair = WsPair.open()) {
            byte[] out = new byte[4000];
            byte[] in = new byte[4000];
            IntRef type = new IntRef();
            LongRef remaining = new LongRef();
            assertNoGarbage(() -> {
                int binary = WEBSOCKET_OPCODE_DATA_BINARY;
                check(4000, websocket_send_msg(pair.client, out, 4000, binary, true, true, 1000));
                check(4000, websocket_recv_msg(pair.server, in, 4000, type, remaining, 1000));
                check(4000, websocket_send_msg(pair.server, out, 4000, binary, false, true, -1));
                return check(4000, websocket_recv_msg(pair.client, in, 4000, type, remaining, -1));
            });
        }
    }

    @Test
    void gatheredFrames() {
        try (WsPair pair = WsPair.open()) {
            byte[] out = new byte[16];
            byte[] in = new byte[16];
            assertNoGarbage(() -> {
                for (int i = 0; i < 8; i++) {
                    check(16, send(pair.client, out, 16, i < 7 ? MSG_MORE : 0));
                }
                for (int i = 0; i < 8; i++) {
                    check(16, recv(pair.server, in, 16, MSG_WAITALL));
                }
                return 0;
            });
        }
    }

    @Test
    void directBuffers() {
        try (WsPair pair = WsPair.open()) {
            ByteBuffer out = ByteBuffer.allocateDirect(100);
            ByteBuffer in = ByteBuffer.allocateDirect(100);
            assertNoGarbage(() -> {
                check(100, send(pair.client, out.clear(), 0));
                return check(100, recv(pair.server, in.clear(), 0));
            });
        }
    }

    @Test
    void pollAndSelectOfAnyMix() {
        try (WsPair pair = WsPair.open()) {
            Pollfd[] fds = Pollfd.array(20);
            FdSet all = new FdSet();
            for (int i = 0; i < fds.length; i++) {
                fds[i].fd = i == 0 ? pair.client : eventfd(i == 1 ? 1 : 0, 0);
                fds[i].events = POLLIN;
                FD_SET(fds[i].fd, all);
            }
            FdSet set = new FdSet(all);
            Timeval second = new Timeval();
            assertNoGarbage(() -> {
                FD_COPY(all, set);
                second.tv_sec = 1;
                check(1, select(fds[19].fd + 1, set, null, null, second));
                return check(1, poll(fds, fds.length, 1000));
            });
            for (int i = 1; i < fds.length; i++) {
                close(fds[i].fd);
            }
        }
    }

    @Test
    void pingsThatAreAnswered() {
        try (WsPair pair = WsPair.open()) {
            byte[] out = "hb".getBytes();
            byte[] in = new byte[16];
            assertNoGarbage(() -> {
                int ping = WEBSOCKET_OPCODE_PING;
                check(2, websocket_send_msg(pair.client, out, 2, ping, true, true, 1000));
                check(2, send(pair.client, out, 2, 0));
                check(2, recv(pair.server, in, in.length, 0));
                return check(2, websocket_recv_msg(pair.client, in, 16, null, null, 1000));
            });
        }
    }
}
