package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Loopback;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** The calls that CloseRaceTest does not have; it proves the races, this who is woken with what. */
@DisplayName("Close and shutdown against blocked calls")
@Timeout(120)
@Tag("behaviour")
class CloseWakesTest {
    private static final int SOON = 20_000; // ms: a busy machine stalls; an idle one needs 50
    private final List<Integer> open = new ArrayList<>();

    @AfterEach
    void closeAll() {
        open.forEach(fd -> close(fd));
    }

    private int keep(int fd) {
        assertThat(fd).isGreaterThan(2);
        open.add(fd);
        return fd;
    }

    private int[] pair() {
        int[] sv = new int[2];
        assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, sv)).isZero();
        keep(sv[0]);
        keep(sv[1]);
        return sv;
    }

    /** A call that blocks in a method: its result, or -errno of a BSD call. */
    private static CompletableFuture<Integer> blocked(String method, IntSupplier call) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            int rc = call.getAsInt();
            result.complete(rc == -1 ? -errno() : rc);
        });
        thread.start();
        awaitBlocked(thread, method);
        return result;
    }

    private static void assertSoon(CompletableFuture<Integer> call, int rc) throws Exception {
        assertThat(call.get(SOON, TimeUnit.MILLISECONDS)).isEqualTo(rc);
    }

    @Test
    @DisplayName("close ends receives, sends, pipes and accept with EBADF")
    void plainCalls() throws Exception {
        int[] sv = pair();
        CompletableFuture<Integer> recv = blocked("recv", () -> recv(sv[0], new byte[1], 1, 0));
        CompletableFuture<Integer> again =
                blocked("recv", () -> recv(sv[0], new byte[9], 9, MSG_WAITALL));
        close(sv[0]);
        assertSoon(recv, -EBADF);
        assertSoon(again, -EBADF);
        int[] ends = new int[2];
        assertThat(pipe(ends)).isZero();
        keep(ends[1]);
        CompletableFuture<Integer> read = blocked("read", () -> read(ends[0], new byte[1], 1));
        close(ends[0]);
        assertSoon(read, -EBADF);
        int listener = keep(Loopback.listener(new SockaddrIn(), 0));
        CompletableFuture<Integer> accept = blocked("accept", () -> accept(listener, null, null));
        close(listener);
        assertSoon(accept, -EBADF);
    }

    @Test
    @DisplayName("close ends connect with EBADF")
    void connecting() throws Exception {
        SockaddrIn addr = new SockaddrIn();
        keep(Loopback.listener(addr, 0));
        int first = keep(socket(AF_INET, SOCK_STREAM, 0));
        assertThat(connect(first, addr, SockaddrIn.SIZE)).isZero(); // the queue is full now
        int second = keep(socket(AF_INET, SOCK_STREAM, 0));
        CompletableFuture<Integer> call =
                blocked("connect", () -> connect(second, addr, SockaddrIn.SIZE));
        close(second);
        assertSoon(call, -EBADF);
    }

    @Test
    @DisplayName("close of the socket ends websocket_connect with -EBADF")
    void handshaking() throws Exception {
        try (Upgrading tcp = Upgrading.connect()) {
            CompletableFuture<Integer> call = blocked(
                    "recv",
                    () -> websocket_connect(tcp.sock, Upgrading.request(), SYS_FOREVER_MS, null));
            close(tcp.sock);
            assertSoon(call, -EBADF);
        }
    }

    @Test
    @DisplayName("close ends poll with POLLNVAL and select with EBADF, other numbers are unharmed")
    void polling() throws Exception {
        int[] sv = pair();
        int[] others = pair();
        Pollfd[] fds = {new Pollfd(others[0], POLLIN), new Pollfd(sv[0], POLLIN)};
        CompletableFuture<Integer> poll = blocked("ppoll", () -> poll(fds, 2, -1));
        FdSet set = new FdSet();
        FD_SET(others[0], set);
        FD_SET(sv[0], set);
        CompletableFuture<Integer> select =
                blocked("ppoll", () -> select(sv[1] + others[1], set, null, null, null));
        CompletableFuture<Integer> alone =
                blocked("ppoll", () -> revents(others[1], POLLIN, 20_000));
        close(sv[0]);
        assertSoon(poll, 1);
        assertThat(fds[0].revents).isZero();
        assertThat(fds[1].revents).isEqualTo(POLLNVAL);
        assertSoon(select, -EBADF);
        assertThat(FD_ISSET(others[0], set)).isTrue();
        assertThat(alone.isDone()).isFalse();
        put(others[0], 'x');
        assertSoon(alone, POLLIN);
    }

    @Test
    @DisplayName("another number of the same socket is unharmed, and so are its calls")
    void duplicates() throws Exception {
        int[] sv = pair();
        int other = keep(dup(sv[0]));
        CompletableFuture<Integer> here = blocked("recv", () -> recv(sv[0], new byte[1], 1, 0));
        CompletableFuture<Integer> there = blocked("recv", () -> recv(other, new byte[1], 1, 0));
        close(other);
        assertSoon(there, -EBADF);
        assertThat(here.isDone()).isFalse();
        put(sv[1], 'x');
        assertSoon(here, 1);
    }

    @Test
    @DisplayName("shutdown does what the kernel says")
    void shutdowns() throws Exception {
        int[] sv = pair();
        CompletableFuture<Integer> recv = blocked("recv", () -> recv(sv[0], new byte[1], 1, 0));
        assertThat(shutdown(sv[0], SHUT_RD)).isZero();
        assertSoon(recv, 0);
        try (WsPair ws = WsPair.openClient()) {
            CompletableFuture<Integer> msg = blocked(
                    "recv",
                    () -> websocket_recv_msg(
                            ws.client, new byte[1], 1, null, null, SYS_FOREVER_MS));
            assertThat(shutdown(ws.client, SHUT_RDWR)).isZero();
            assertSoon(msg, -ENOTCONN);
        }
    }

    @Test
    @DisplayName("close(ws) ends receive, sender and poll, and leaves the transport")
    void websockets() throws Exception {
        try (WsPair pair = WsPair.openClient()) {
            int ws = pair.client;
            CompletableFuture<Integer> msg = blocked(
                    "recv",
                    () -> websocket_recv_msg(ws, new byte[1], 1, null, null, SYS_FOREVER_MS));
            CompletableFuture<Integer> timed = blocked(
                    "lockSlowly", () -> websocket_recv_msg(ws, new byte[1], 1, null, null, 20_000));
            CompletableFuture<Integer> poll = blocked("ppoll", () -> revents(ws, POLLIN, 20_000));
            close(ws);
            assertSoon(msg, -EBADF);
            assertSoon(timed, -EBADF);
            assertSoon(poll, POLLNVAL);
            assertThat(takeFrame(pair.serverTransport)).isEqualTo(bytes(0x88));
            put(pair.clientTransport, 'x');
            assertThat(take(pair.serverTransport, 1)).isEqualTo(bytes('x'));
        }
    }
}
