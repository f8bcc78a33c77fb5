package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

@DisplayName("Ownership")
@Timeout(120)
@Tag("behaviour")
class OwnershipTest extends ClientPair {
    private static final int FOREVER = SYS_FOREVER_MS;
    private static final int BINARY = WEBSOCKET_OPCODE_DATA_BINARY;

    private final byte[] buf = new byte[8];

    private static CompletableFuture<Integer> on(Thread[] thread, IntSupplier call) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        thread[0] = new Thread(() -> result.complete(call.getAsInt()));
        thread[0].start();
        return result;
    }

    private void assertEnded() {
        assertThat(websocket_recv_msg(ws, buf, 8, null, null, FOREVER)).isEqualTo(-EBADF);
        assertThat(recv(ws, buf, 8, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EBADF);
        assertThat(send(ws, buf, 1, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EBADF);
        for (int events : new int[] {0, POLLIN, POLLOUT, POLLIN | POLLOUT}) {
            assertThat(revents(ws, events, 20_000)).isEqualTo(POLLNVAL);
        }
    }

    @Test
    @DisplayName("transport closed first: what was read is delivered, then -EBADF, poll POLLNVAL")
    @Tag("calm")
    void transportClosedFirst() {
        put(peer, concat(frame(0x81, "1"), frame(0x82, "22"), bytes(0x81, 5, 'c', 'u')));
        assertThat(recv(ws, buf, 8, 0)).isEqualTo(1);
        assertThat(close(transport)).isZero();
        assertThat(revents(ws, POLLIN, 20_000) & POLLIN).isEqualTo(POLLIN);
        assertThat(websocket_recv_msg(ws, buf, 8, null, null, FOREVER)).isEqualTo(2);
        assertThat(revents(ws, POLLIN, 20_000) & POLLIN).isEqualTo(POLLIN);
        assertThat(websocket_recv_msg(ws, buf, 8, null, null, FOREVER)).isEqualTo(2);
        assertEnded();
    }

    @Test
    @DisplayName("... and nothing else, however the stream had ended before")
    void transportClosedAfterTheEnd() {
        assertThat(shutdown(peer, SHUT_WR)).isZero();
        assertThat(websocket_recv_msg(ws, buf, 8, null, null, FOREVER)).isEqualTo(-ENOTCONN);
        assertThat(close(transport)).isZero();
        assertEnded();
    }

    @Test
    @DisplayName("... a CLOSE received included")
    void transportClosedAfterAClose() {
        put(peer, frame(0x88, ""));
        assertThat(websocket_recv_msg(ws, buf, 8, null, null, FOREVER)).isZero();
        assertThat(recv(ws, buf, 8, 0)).isZero();
        assertThat(close(transport)).isZero();
        assertEnded();
    }

    @Test
    @DisplayName("a recycled number is never touched, and websocket_unregister says -EALREADY")
    void recycledNumber() {
        assertThat(close(transport)).isZero();
        int other = socket(AF_INET, SOCK_DGRAM, 0);
        assertThat(other).isEqualTo(transport);
        assertEnded();
        assertThat(websocket_unregister(ws)).isEqualTo(-EALREADY);
        assertThat(fcntl(ws, F_GETFD)).as("the websocket stays open").isNotNegative();
        assertThat(close(ws)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EBADF);
        assertThat(fcntl(ws, F_GETFD)).isEqualTo(-1);
        assertThat(fcntl(other, F_GETFL)).isNotNegative();
    }

    @Test
    @DisplayName("the transport's closing ends blocked receives, polls, senders and waits: EBADF")
    void endsBlockedCalls() throws Exception {
        Thread[] thread = new Thread[1];
        CompletableFuture<Integer> reader =
                on(thread, () -> websocket_recv_msg(ws, new byte[1], 1, null, null, FOREVER));
        awaitBlocked(thread[0], "recv");
        CompletableFuture<Integer> poller = on(thread, () -> revents(ws, POLLIN, 20_000));
        awaitBlocked(thread[0], "ppoll");
        narrow(transport, peer);
        CompletableFuture<Integer> sender = on(
                thread,
                () -> websocket_send_msg(
                        ws, new byte[8 << 20], 8 << 20, BINARY, true, true, FOREVER));
        awaitBlocked(thread[0], "send");
        assertThat(readable(peer)).isTrue();
        assertThat(close(transport)).isZero();
        assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(-EBADF);
        assertThat(poller.get(20, TimeUnit.SECONDS)).isEqualTo(POLLNVAL);
        assertThat(sender.get(20, TimeUnit.SECONDS)).isEqualTo(-EBADF);
    }

    @Test
    @DisplayName("... and the wait for another thread's message")
    void endsTheWaitForAMessage() throws Exception {
        int text = WEBSOCKET_OPCODE_DATA_TEXT;
        assertThat(websocket_send_msg(ws, bytes('a'), 1, text, true, false, FOREVER))
                .isEqualTo(1);
        Thread[] thread = new Thread[1];
        CompletableFuture<Integer> waits =
                on(thread, () -> websocket_send_msg(ws, bytes('b'), 1, text, true, true, FOREVER));
        awaitBlocked(thread[0], "awaitNanos");
        assertThat(close(transport)).isZero();
        assertThat(waits.get(20, TimeUnit.SECONDS)).isEqualTo(-EBADF);
    }

    @Test
    @DisplayName("the last number of the transport rules, the last number of the websocket too")
    void dupsOfBoth() {
        int secondTransport = dup(transport);
        int secondWs = dup(ws);
        assertThat(close(transport)).isZero();
        assertThat(send(ws, bytes('a'), 1, 0)).isEqualTo(1);
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x81, 'a'));
        assertThat(close(ws)).isZero();
        assertSilent(peer);
        assertThat(send(secondWs, bytes('b'), 1, 0)).isEqualTo(1);
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x81, 'b'));
        assertThat(close(secondWs)).isZero();
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x88));
        put(secondTransport, 'x');
        assertThat(take(peer, 1)).isEqualTo(bytes('x'));
        int again = websocket_register(secondTransport, null, 0);
        assertThat(again).isGreaterThan(2);
        assertThat(close(secondTransport)).isZero();
        assertThat(websocket_recv_msg(again, buf, 8, null, null, FOREVER)).isEqualTo(-EBADF);
        close(again);
    }

    @Test
    @DisplayName("websocket_unregister closes both")
    void unregister() {
        assertThat(websocket_unregister(ws)).isZero();
        assertThat(fcntl(ws, F_GETFD)).isEqualTo(-1);
        assertThat(fcntl(transport, F_GETFD)).isEqualTo(-1);
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x88));
        assertThat(recv(peer, buf, 8, 0)).isZero();
        assertThat(websocket_unregister(ws)).isEqualTo(-ENOENT);
    }

    @Test
    @DisplayName("a websocket can be laid on a transport again as soon as close(ws) has returned")
    @Tag("lasting")
    void reuseWhileACallLeaves() throws Exception {
        for (int i = 0; i < 200; i++) {
            int[] sv = new int[2];
            assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, sv)).isZero();
            int first = websocket_register(sv[0], null, 0);
            Thread[] thread = new Thread[1];
            CompletableFuture<Integer> reader =
                    on(thread, () -> websocket_recv_msg(first, new byte[1], 1, null, null, 20_000));
            awaitBlocked(thread[0], "websocket_recv_msg");
            assertThat(close(first)).isZero();
            int second = websocket_register(sv[0], null, 0);
            assertThat(second).as("round %d", i).isGreaterThan(2);
            assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(-EBADF);
            put(sv[1], masked(0x81, bytes('a')));
            assertThat(websocket_recv_msg(second, buf, 8, null, null, 20_000)).isEqualTo(1);
            close(second);
            close(sv[0]);
            close(sv[1]);
        }
    }

    @Test
    @DisplayName("options, names and addresses asked of a websocket go to its transport")
    void transportsOptions() {
        assertThat(setsockopt(ws, IPPROTO_TCP, TCP_NODELAY, 0)).isZero();
        IntRef on = new IntRef();
        assertThat(getsockopt(transport, IPPROTO_TCP, TCP_NODELAY, on)).isZero();
        assertThat(on.value).isZero();
        SockaddrIn a = new SockaddrIn();
        SockaddrIn b = new SockaddrIn();
        assertThat(getpeername(ws, a, new IntRef(SockaddrIn.SIZE))).isZero();
        assertThat(getpeername(transport, b, new IntRef(SockaddrIn.SIZE))).isZero();
        assertThat(a.sin_port).isEqualTo(b.sin_port).isPositive();
        assertThat(fcntl(ws, F_SETFL, O_NONBLOCK)).isZero();
        assertThat(fcntl(transport, F_GETFL) & O_NONBLOCK).isEqualTo(O_NONBLOCK);
        assertThat(recv(ws, buf, 8, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EAGAIN);
    }

    @Test
    @DisplayName("register: -EINVAL, -EBADF, -ENOTSOCK, -EEXIST; a datagram socket is no stream")
    void register() {
        int udp = socket(AF_INET, SOCK_DGRAM, 0);
        assertThat(websocket_register(udp, null, 0)).isEqualTo(-ENOTSOCK);
        assertThat(websocket_register(0, null, 0)).isEqualTo(-ENOTSOCK);
        assertThat(websocket_register(-5, null, 0)).isEqualTo(-EINVAL);
        assertThat(websocket_register(50_000, null, 0)).isEqualTo(-EBADF);
        assertThat(websocket_register(transport, null, 0)).isEqualTo(-EEXIST);
        assertThat(websocket_register(ws, null, 0)).isEqualTo(-EEXIST);
        assertThat(websocket_connect(transport, Upgrading.request(), 0, null)).isEqualTo(-EEXIST);
        close(udp);
        Pollfd[] fds = {new Pollfd(ws, POLLOUT)};
        assertThat(poll(fds, 1, 20_000)).isEqualTo(1);
    }
}
