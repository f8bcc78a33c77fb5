package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.testkit.Loopback;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.SockaddrIn;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Before Java 21 the threads here are of the platform, which must give the same. */
@DisplayName("Virtual threads: a call that blocks keeps no other from running")
@Timeout(120)
@Tag("behaviour")
class VirtualThreadsTest {
    private static final int MANY = 100; // far more than carriers
    private static final int FOREVER = SYS_FOREVER_MS;

    private static Thread start(Runnable work) {
        try {
            Method virtual = Thread.class.getMethod("startVirtualThread", Runnable.class);
            return (Thread) virtual.invoke(null, work);
        } catch (NoSuchMethodException e) {
            Thread thread = new Thread(work);
            thread.start();
            return thread;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** A call on a thread of its own: its result, or -errno of a BSD call. */
    private static CompletableFuture<Integer> on(IntSupplier call) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        start(() -> {
            try {
                int rc = call.getAsInt();
                result.complete(rc == -1 ? -errno() : rc);
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static int get(CompletableFuture<Integer> call) throws Exception {
        return call.get(20, TimeUnit.SECONDS);
    }

    private static int[] pair() {
        int[] sv = new int[2];
        assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, sv)).isZero();
        return sv;
    }

    @Test
    @DisplayName("many wait for each other, on plain sockets and websockets")
    void manyAtOnce() throws Exception {
        List<CompletableFuture<Integer>> calls = new ArrayList<>();
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            int[] sv = pair();
            int[] ws = {-1, -1};
            if (i % 2 == 1) {
                ws[0] = websocket_register(sv[0], null, 0);
            }
            pairs.add(sv);
            pairs.add(ws);
            int fd = ws[0] < 0 ? sv[0] : ws[0];
            calls.add(on(() -> {
                byte[] octet = new byte[1];
                int rc = recv(fd, octet, 1, 0);
                return rc < 0 ? rc : send(fd, octet, 1, 0);
            }));
        }
        for (int i = 0; i < MANY; i++) {
            int peer = pairs.get(2 * i)[1];
            boolean ws = i % 2 == 1;
            calls.add(on(() -> {
                put(peer, ws ? masked(0x81, bytes('v')) : bytes('v'));
                return take(peer, ws ? 3 : 1).length > 0 ? 1 : 0;
            }));
        }
        for (CompletableFuture<Integer> call : calls) {
            assertThat(get(call)).isEqualTo(1);
        }
        pairs.forEach(fds -> {
            close(fds[0]);
            close(fds[1]);
        });
    }

    @Test
    @DisplayName("close from another thread ends every kind of blocked call")
    void closing() throws Exception {
        List<CompletableFuture<Integer>> calls = new ArrayList<>();
        List<Integer> fds = new ArrayList<>();
        List<Integer> peers = new ArrayList<>();
        for (int i = 0; i < MANY / 4; i++) {
            int[] a = pair();
            calls.add(on(() -> recv(a[0], new byte[1], 1, 0)));
            fds.add(a[0]);
            peers.add(a[1]);
            int[] b = pair();
            int ws = websocket_register(b[0], null, 0);
            calls.add(on(() -> websocket_recv_msg(ws, new byte[1], 1, null, null, FOREVER)));
            fds.add(ws);
            peers.add(b[0]);
            peers.add(b[1]);
            int[] c = pair();
            byte[] much = new byte[1 << 20];
            calls.add(on(() -> send(c[0], much, much.length, 0) < 0 ? -1 : send(c[0], much, 1, 0)));
            fds.add(c[0]);
            peers.add(c[1]);
            int listener = Loopback.listener(new SockaddrIn(), 1);
            calls.add(on(() -> accept(listener, null, null)));
            fds.add(listener);
        }
        for (int fd : fds) {
            assertThat(get(on(() -> close(fd)))).isZero();
        }
        for (CompletableFuture<Integer> call : calls) {
            assertThat(get(call)).isEqualTo(-EBADF);
        }
        peers.forEach(fd -> close(fd));
    }

    @Test
    @DisplayName("poll, connect, the handshake and timeouts")
    void otherCalls() throws Exception {
        List<CompletableFuture<Integer>> polls = new ArrayList<>();
        int[] sv = pair();
        for (int i = 0; i < MANY; i++) {
            polls.add(on(() -> revents(sv[0], POLLIN, 20_000)));
        }
        List<CompletableFuture<Integer>> opens = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            opens.add(on(() -> {
                try (WsPair pair = WsPair.open()) {
                    int rc = websocket_recv_msg(pair.client, new byte[1], 1, null, null, 50);
                    return rc == -EAGAIN ? send(pair.client, bytes('a'), 1, 0) : rc;
                }
            }));
        }
        for (CompletableFuture<Integer> open : opens) {
            assertThat(get(open)).isEqualTo(1);
        }
        put(sv[1], 'x');
        for (CompletableFuture<Integer> poll : polls) {
            assertThat(get(poll)).isEqualTo(POLLIN);
        }
        close(sv[0]);
        close(sv[1]);
    }

    @Test
    @DisplayName("an interrupt ends nothing and is kept")
    void interrupts() throws Exception {
        int[] sv = pair();
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        Thread thread = start(() -> {
            int rc = recv(sv[0], new byte[2], 2, MSG_WAITALL);
            kept.complete(rc == 2 && Thread.interrupted());
        });
        put(sv[1], 'a');
        IntRef queued = new IntRef(1);
        Await.until(
                "the first byte is taken",
                LIMIT,
                () -> ioctl(sv[0], FIONREAD, queued) == 0 && queued.value == 0);
        thread.interrupt();
        put(sv[1], 'b');
        assertThat(kept.get(10, TimeUnit.SECONDS)).isTrue();
        close(sv[0]);
        close(sv[1]);
    }
}
