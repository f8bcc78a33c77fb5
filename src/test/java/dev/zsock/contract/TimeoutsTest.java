package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.zsock.testkit.Background;
import dev.zsock.testkit.Tries;
import dev.zsock.testkit.Tries.Timed;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.Timeval;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

@DisplayName("Timeouts")
@Timeout(120)
@Tag("behaviour")
class TimeoutsTest extends ClientPair {
    private static final int SHORT = 60; // ms
    private static final int SLACK = 900; // ms that a busy machine may add
    private static final int DRIBBLE = SHORT / 4;
    private static final Timeval TIMEVAL = new Timeval(0, SHORT * 1000L);
    private static final int BINARY = WEBSOCKET_OPCODE_DATA_BINARY;

    private final byte[] buf = new byte[8];

    @AfterEach
    void closeWaitsForNoStuckFrame() {
        assertThat(fcntl(ws, F_SETFL, O_NONBLOCK)).isZero();
    }

    private static long millis(IntSupplier call, int rc) {
        long before = System.nanoTime();
        assertThat(call.getAsInt()).isEqualTo(rc);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
    }

    private static void assertAtOnce(int rc, IntSupplier call) throws Exception {
        Tries.between(0, SLACK - 1, () -> millis(call, rc));
    }

    private static void assertShort(int rc, IntSupplier call) throws Exception {
        assertShort(() -> millis(call, rc));
    }

    private static void assertShort(Timed call) throws Exception {
        Tries.between(SHORT - 1, SHORT + SLACK, call);
    }

    /** How long a frame takes that its kernel cannot take: each is the first on a connection. */
    private long millisOfAStuckFrame(int timeout) {
        closeWaitsForNoStuckFrame();
        closeAll();
        open();
        narrow(pair.clientTransport, peer);
        return millis(() -> sendMsg(8 << 20, timeout), 8 << 20); // begun
    }

    /** The other end acts when more than the short time is over. */
    private CompletableFuture<Void> muchLater(Runnable action) {
        return Background.later(action, 3 * SHORT);
    }

    private int recvMsg(int timeout) {
        return websocket_recv_msg(ws, buf, 8, null, null, timeout);
    }

    private int sendMsg(int n, int timeout) {
        return websocket_send_msg(ws, new byte[n], n, BINARY, true, true, timeout);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, Integer.MIN_VALUE})
    @DisplayName("0 and below -1: no wait")
    @Tag("calm")
    void noWait(int timeout) throws Exception {
        assertAtOnce(-EAGAIN, () -> recvMsg(timeout));
        Tries.between(0, SLACK - 1, () -> millisOfAStuckFrame(timeout));
        assertAtOnce(-ETIMEDOUT, () -> sendMsg(1, timeout));
        try (Upgrading tcp = Upgrading.connect()) {
            assertAtOnce(
                    -ECONNABORTED,
                    () -> websocket_connect(tcp.sock, Upgrading.request(), timeout, null));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MAX_VALUE})
    @DisplayName("-1 and 2^31-1 ms wait, whatever O_NONBLOCK, SO_RCVTIMEO and SO_SNDTIMEO say")
    @Tag("lasting")
    void theArgumentWins(int timeout) {
        for (boolean nonblocking : new boolean[] {true, false}) {
            assertThat(fcntl(ws, F_SETFL, nonblocking ? O_NONBLOCK : 0)).isZero();
            assertThat(setsockopt(ws, SOL_SOCKET, SO_RCVTIMEO, TIMEVAL)).isZero();
            assertThat(setsockopt(ws, SOL_SOCKET, SO_SNDTIMEO, TIMEVAL)).isZero();
            CompletableFuture<Void> data = muchLater(() -> put(peer, frame(0x82, "a")));
            assertThat(recvMsg(timeout)).isEqualTo(1);
            data.join();
            int n = 8 << 20;
            CompletableFuture<Void> reads = muchLater(() -> take(peer, LONG_HEADER + n));
            assertThat(sendMsg(n, timeout)).isEqualTo(n);
            assertThat(pending(ws)).isZero();
            reads.join();
        }
    }

    @Test
    @DisplayName("n ms: not less and not much more, on a non-blocking websocket, too")
    @Tag("calm")
    void milliseconds() throws Exception {
        for (int flags : new int[] {0, O_NONBLOCK}) {
            assertThat(fcntl(ws, F_SETFL, flags)).isZero();
            assertShort(-EAGAIN, () -> recvMsg(SHORT));
        }
        assertShort(() -> millisOfAStuckFrame(SHORT));
        assertShort(-ETIMEDOUT, () -> sendMsg(1, SHORT));
    }

    private int failsWith(int rc) {
        return rc < 0 ? -errno() : rc;
    }

    private Msghdr message() {
        Msghdr msg = new Msghdr();
        msg.msg_iov = Iovec.array(1);
        msg.msg_iov[0].iov_base = buf;
        msg.msg_iov[0].iov_len = 8;
        msg.msg_iovlen = 1;
        return msg;
    }

    @Test
    @DisplayName("O_NONBLOCK, MSG_DONTWAIT and SO_RCVTIMEO govern every BSD receive")
    void bsdReceives() throws Exception {
        Iovec[] iov = message().msg_iov;
        IntRef len = new IntRef(SockaddrIn.SIZE);
        SockaddrIn from = new SockaddrIn();
        assertAtOnce(-EAGAIN, () -> failsWith(recv(ws, buf, 8, MSG_DONTWAIT)));
        assertAtOnce(-EAGAIN, () -> failsWith(recv(ws, buf, 8, MSG_DONTWAIT | MSG_WAITALL)));
        assertThat(setsockopt(ws, SOL_SOCKET, SO_RCVTIMEO, TIMEVAL)).isZero();
        assertShort(-EAGAIN, () -> failsWith(recv(ws, buf, 8, 0)));
        assertShort(-EAGAIN, () -> failsWith(read(ws, buf, 8)));
        assertShort(-EAGAIN, () -> failsWith(readv(ws, iov, 1)));
        assertShort(-EAGAIN, () -> failsWith(recvmsg(ws, message(), 0)));
        assertShort(-EAGAIN, () -> failsWith(recvfrom(ws, buf, 8, 0, from, len)));
        assertShort(-EAGAIN, () -> failsWith(recv(ws, buf, 8, MSG_PEEK)));
        assertThat(fcntl(ws, F_SETFL, O_NONBLOCK)).isZero();
        assertAtOnce(-EAGAIN, () -> failsWith(recv(ws, buf, 8, 0)));
        assertAtOnce(-EAGAIN, () -> failsWith(read(ws, buf, 8)));
        assertAtOnce(-EAGAIN, () -> failsWith(recvmsg(ws, message(), 0)));
    }

    @Test
    @DisplayName("O_NONBLOCK, MSG_DONTWAIT and SO_SNDTIMEO govern every BSD send")
    @Tag("calm")
    void bsdSends() throws Exception {
        narrow(pair.clientTransport, peer);
        assertThat(sendMsg(8 << 20, 0)).isEqualTo(8 << 20);
        assertAtOnce(-EAGAIN, () -> failsWith(send(ws, buf, 1, MSG_DONTWAIT)));
        assertThat(setsockopt(ws, SOL_SOCKET, SO_SNDTIMEO, TIMEVAL)).isZero();
        assertShort(-EAGAIN, () -> failsWith(send(ws, buf, 1, 0)));
        assertShort(-EAGAIN, () -> failsWith(write(ws, buf, 1)));
        assertShort(-EAGAIN, () -> failsWith(writev(ws, message().msg_iov, 1)));
        assertShort(-EAGAIN, () -> failsWith(sendmsg(ws, message(), 0)));
        assertThat(fcntl(ws, F_SETFL, O_NONBLOCK)).isZero();
        assertAtOnce(-EAGAIN, () -> failsWith(send(ws, buf, 1, 0)));
        assertAtOnce(-EAGAIN, () -> failsWith(write(ws, buf, 1)));
    }

    /**
     * How long a call takes while the other end sends bytes one by one, each well within the short
     * time, and goes on for much longer than the call may; the rest comes when it is over.
     */
    private static long millisOfDribbled(byte[] bytes, Consumer<byte[]> out, Runnable call) {
        assertThat(bytes.length * DRIBBLE).isGreaterThan(SHORT + SLACK);
        CompletableFuture<Void> over = new CompletableFuture<>();
        CompletableFuture<Void> dribbles = Background.run(() -> {
            for (byte octet : bytes) {
                out.accept(new byte[] {octet});
                if (!over.isDone()) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(DRIBBLE));
                }
            }
        });
        long before = System.nanoTime();
        try {
            call.run();
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        } finally {
            over.complete(null);
            dribbles.join();
        }
    }

    @Test
    @DisplayName("one deadline per call: a peer that dribbles does not stretch it")
    @Tag("lasting")
    void dribblingPeer() throws Exception {
        assertThat(setsockopt(ws, SOL_SOCKET, SO_RCVTIMEO, TIMEVAL)).isZero();
        byte[] room = new byte[200];
        byte[] pings = new byte[200];
        for (int i = 0; i < pings.length; i += 2) {
            pings[i] = (byte) 0x89; // nothing for recv
        }
        assertShort(() -> millisOfDribbled(
                pings,
                bytes -> put(peer, bytes),
                () -> assertThat(failsWith(recv(ws, room, 200, 0))).isEqualTo(-EAGAIN)));
        byte[] data = pattern(190);
        assertShort(() -> {
            put(peer, concat(bytes(0x82, 126, 0, 1 + data.length), bytes(7))); // one is there
            long ms = millisOfDribbled(
                    data,
                    bytes -> put(peer, bytes),
                    () -> assertThat(recv(ws, room, 200, MSG_WAITALL))
                            .isBetween(1, 1 + data.length));
            while (recv(ws, room, 200, MSG_DONTWAIT) > 0) {}
            return ms;
        });
    }

    @Test
    @DisplayName("the handshake has one deadline, too")
    void dribblingServer() throws Exception {
        byte[] answer = ("HTTP/1.1 101 Switching" + " so".repeat(30)).getBytes(US_ASCII);
        assertShort(() -> {
            try (Upgrading tcp = Upgrading.connect()) {
                WebsocketRequest req = Upgrading.request();
                return millisOfDribbled(
                        answer,
                        tcp::put,
                        () -> assertThat(websocket_connect(tcp.sock, req, SHORT, null))
                                .isEqualTo(-ECONNABORTED));
            }
        });
    }
}
