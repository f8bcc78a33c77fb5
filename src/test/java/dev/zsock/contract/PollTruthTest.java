package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.WsPair;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

@DisplayName("poll/select")
@Timeout(30)
class PollTruthTest {
    private static final int SOON = 50; // ms: nothing may come
    private static final int LATER = 5000; // ms: something must come
    private static final int IDLE_CPU = 100; // ms that a waiting thread may use at most

    private WsPair pair;
    private int ws;
    private int peer;
    private final byte[] buf = new byte[16];

    @BeforeEach
    void open() {
        pair = WsPair.openClient();
        ws = pair.client;
        peer = pair.serverTransport;
    }

    @AfterEach
    void closeAll() {
        pair.close();
    }

    private void closingHandshake() {
        put(peer, frame(0x88, bytes(3, 232)));
        assertThat(websocket_recv_msg(ws, buf, 16, null, null, LATER)).isEqualTo(2);
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x88, 3, 232));
    }

    @Test
    @DisplayName("POLLHUP holds after the closing handshake, whatever was asked for")
    void hangUpIsToldUnasked() {
        closingHandshake();
        assertThat(revents(ws, 0, LATER)).isEqualTo(POLLHUP);
        assertThat(revents(ws, POLLOUT, LATER) & POLLHUP).isEqualTo(POLLHUP);
        assertThat(revents(ws, POLLIN, LATER)).isEqualTo(POLLIN | POLLHUP);
    }

    @Test
    @DisplayName("the other names of POLLIN and POLLOUT")
    void normalDataAndPeersEnd() {
        int both = POLLRDNORM | POLLWRNORM;
        assertThat(revents(ws, both, LATER)).isEqualTo(POLLWRNORM);
        put(peer, frame(0x81, "a"));
        assertThat(revents(ws, POLLRDNORM, LATER)).isEqualTo(POLLRDNORM);
        assertThat(recv(ws, buf, 16, 0)).isEqualTo(1);
        assertThat(revents(ws, POLLRDNORM, SOON)).isZero();
        assertThat(revents(ws, POLLRDHUP, SOON)).isZero();
        assertThat(shutdown(peer, SHUT_WR)).isZero();
        assertThat(revents(ws, POLLRDHUP, LATER)).isEqualTo(POLLRDHUP);
    }

    @Test
    @DisplayName("a lone header is parsed and poll waits on, whatever it was asked")
    void aLoneHeaderIsNothing() {
        put(peer, bytes(0x81, 126, 1));
        long before = cpuMillis();
        assertThat(revents(ws, POLLIN, SOON)).isZero();
        assertThat(revents(ws, POLLRDNORM | POLLRDHUP, 300)).isZero();
        assertThat(cpuMillis() - before).isLessThan(IDLE_CPU);
        put(peer, bytes(0));
        assertThat(revents(ws, POLLIN, SOON)).isZero();
        put(peer, bytes('x'));
        assertThat(revents(ws, POLLIN, LATER)).isEqualTo(POLLIN);
        assertThat(websocket_recv_msg(ws, buf, 1, null, null, 0)).isEqualTo(1);
        assertThat(revents(ws, POLLIN, SOON)).isZero();
    }

    @Test
    @DisplayName("two threads that poll a websocket with a stuck frame do not wake each other")
    void pollersOfAStuckFrameSleep() throws Exception {
        narrow(pair.clientTransport, peer);
        byte[] much = new byte[8 << 20];
        int rc = websocket_send_msg(
                ws, much, much.length, WEBSOCKET_OPCODE_DATA_BINARY, true, true, K_NO_WAIT);
        assertThat(rc).isEqualTo(much.length);
        CompletableFuture<Long> other = CompletableFuture.supplyAsync(this::cpuOfAPoll);
        assertThat(cpuOfAPoll()).isLessThan(IDLE_CPU);
        assertThat(other.get(5, TimeUnit.SECONDS)).isLessThan(IDLE_CPU);
    }

    @Test
    @DisplayName("what one thread leaves in user space ends another thread's poll")
    void aFrameThatIsLeftWakesOtherPollers() throws Exception {
        CompletableFuture<Integer> other = new CompletableFuture<>();
        Thread poller = new Thread(() -> other.complete(revents(ws, POLLIN, LATER)));
        for (int i = 0; i < 200; i++) { // whichever thread the kernel lets run first
            CompletableFuture<Integer> polled =
                    CompletableFuture.supplyAsync(() -> revents(ws, POLLIN, LATER));
            put(peer, frame(0x81, "a"));
            assertThat(revents(ws, POLLIN, LATER)).isEqualTo(POLLIN);
            assertThat(polled.get(5, TimeUnit.SECONDS)).isEqualTo(POLLIN);
            assertThat(recv(ws, buf, 16, 0)).isEqualTo(1);
        }
        poller.start();
        awaitBlocked(poller, "ppoll");
        put(peer, concat(frame(0x81, "b"), frame(0x81, "c")));
        assertThat(recv(ws, buf, 16, 0)).isEqualTo(1);
        assertThat(other.get(5, TimeUnit.SECONDS)).isEqualTo(POLLIN);
    }

    private long cpuOfAPoll() {
        long before = cpuMillis();
        assertThat(revents(ws, POLLIN | POLLOUT, 1000)).isZero();
        return cpuMillis() - before;
    }
}
