package dev.zsock;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.internal.file.Waiters;
import dev.zsock.testkit.Await;
import dev.zsock.testkit.Loopback;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.File;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A hundred thousand closes against calls on other threads. Half of them strike at any moment,
 * before the call blocks or after. The other half strike when it blocks, and give the number out
 * again at once, to a socket with data waiting that the stale call must never see.
 */
@Tag("behaviour")
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloseRaceTest {
    private static final int RACES = Integer.getInteger("zsock.test.races", 100_000);
    private static final int KINDS = 5;
    private static final int WARM = 100;
    private static final int SPIN_NANOS = 60_000;
    private static final int SURELY_FULL = 8; // refusals in a row; fewer may be a whim
    private static final byte FOREIGN = 'X';

    private static final Field HEAD = head();

    private final CyclicBarrier start = new CyclicBarrier(2);
    private final CyclicBarrier done = new CyclicBarrier(2);
    private volatile int kind;
    private volatile int victim;
    private volatile boolean over;
    private volatile int rc;
    private volatile int error;
    private volatile byte seen;

    @Test
    void aStaleCallEndsAndSeesNothingForeign() throws Exception {
        Thread worker = new Thread(this::blockAgainAndAgain, "victim");
        worker.start();
        int before = 0;
        for (int i = 0; i < RACES; i++) {
            if (i == WARM) { // the JDK and JNR have opened what they need
                before = kernelFds();
            }
            race(i % KINDS, i / KINDS % 2 == 0);
        }
        over = true;
        start.await();
        worker.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(worker.isAlive()).isFalse();
        int limit = before; // the JDK may close some of its own, and has one open for a moment
        Await.until("nothing is left open", Duration.ofSeconds(20), () -> kernelFds() <= limit);
    }

    private void race(int what, boolean recycle) throws Exception {
        int[] sv = new int[2];
        WsPair ws = null;
        if (what == 4) {
            ws = WsPair.openClient();
            victim = ws.client;
        } else if (what == 2) {
            victim = Loopback.listener(new SockaddrIn(), 1);
        } else {
            assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, sv)).isZero();
            victim = sv[0];
            if (what == 1) {
                fill(victim);
            }
        }
        int fd = victim;
        Waiters waiters = what == 3 ? OpenFiles.TABLE.pollers : OpenFiles.TABLE.peek(fd);
        kind = what;
        start.await();
        int[] other = {-1, -1};
        if (recycle) {
            while (HEAD.get(waiters) == null) {
                Thread.onSpinWait();
            }
            assertThat(close(fd)).isZero();
            assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, other)).isZero();
            assertThat(other[0]).isEqualTo(fd);
            assertThat(send(other[1], new byte[] {FOREIGN}, 1, 0)).isEqualTo(1);
        } else {
            spin(ThreadLocalRandom.current().nextInt(SPIN_NANOS));
            assertThat(close(fd)).isZero();
        }
        done.await();
        assertThat(rc).as("kind %d", what).isEqualTo(what == 3 ? 1 : -1);
        assertThat(error).as("kind %d", what).isEqualTo(what == 3 ? POLLNVAL : EBADF);
        assertThat(seen).isNotEqualTo(FOREIGN);
        if (recycle) {
            close(other[0]);
            close(other[1]);
        }
        if (what == 4) {
            ws.close();
        } else if (what != 2) {
            close(sv[1]);
        }
    }

    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private void blockAgainAndAgain() {
        byte[] buf = new byte[1];
        Pollfd[] fds = Pollfd.array(1);
        while (true) {
            try {
                start.await();
                if (over) {
                    return;
                }
                int fd = victim;
                buf[0] = 0;
                rc = switch (kind) {
                    case 1 -> send(fd, buf, 1, 0);
                    case 2 -> accept(fd, null, null);
                    case 3 -> {
                        fds[0].fd = fd;
                        fds[0].events = POLLIN;
                        yield poll(fds, 1, -1);
                    }
                    default -> recv(fd, buf, 1, 0);
                };
                error = kind == 3 ? fds[0].revents : errno();
                seen = buf[0];
                done.await();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void fill(int fd) {
        byte[] much = new byte[1 << 16];
        for (int refused = 0; refused < SURELY_FULL; ) {
            refused = send(fd, much, much.length, MSG_DONTWAIT) > 0 ? 0 : refused + 1;
        }
    }

    /** Who blocks on a descriptor: nothing in the product asks. */
    private static Field head() {
        try {
            Field field = Waiters.class.getDeclaredField("head");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    private static int kernelFds() {
        return new File("/proc/self/fd").list().length;
    }
}
