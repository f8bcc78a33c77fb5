package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.testkit.Background;
import dev.zsock.testkit.Tries;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

@DisplayName("close(ws)")
@Timeout(120)
@Tag("behaviour")
class CloseCallTest extends ClientPair {
    private static final int BIG = 8 << 20;
    private static final int LIMIT = 20_000;

    private void leaveATail() {
        narrow(transport, peer);
        getStuck(ws, BIG);
    }

    private void assertNumberIsFree() {
        assertThat(fcntl(ws, F_GETFL)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EBADF);
    }

    private long closeFails(int error) {
        long before = System.nanoTime();
        assertThat(close(ws)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(error);
        assertNumberIsFree();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
    }

    /** On a fresh pair with a tail, behind the preparation: close gives up, in that time. */
    private void assertGivesUp(int error, long least, long most, Runnable prepare)
            throws Exception {
        Tries.between(least, most, () -> {
            closeAll();
            open();
            leaveATail();
            prepare.run();
            long ms = closeFails(error);
            assertTransportIsShut();
            return ms;
        });
    }

    private void assertTransportIsShut() {
        assertThat(send(transport, new byte[1], 1, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EPIPE);
    }

    @Test
    @DisplayName("sends an empty CLOSE, does not wait for the answer, leaves the transport open")
    void closes() {
        put(peer, frame(0x82, "unread"));
        assertThat(close(ws)).isZero();
        assertNumberIsFree();
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x88));
        put(transport, 'o', 'k');
        assertThat(take(peer, 2)).isEqualTo(bytes('o', 'k'));
        assertThat(shutdown(peer, SHUT_WR)).isZero();
        assertThat(websocket_disconnect(ws)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EBADF);
    }

    @Test
    @DisplayName("a begun frame that the peer takes is finished, then CLOSE follows")
    void waitsForTheTail() throws Exception {
        leaveATail();
        assertThat(setsockopt(ws, SOL_SOCKET, SO_SNDTIMEO, new Timeval(20, 0))).isZero();
        CompletableFuture<byte[]> wire = Background.supply(() -> take(peer, LONG_HEADER + BIG));
        assertThat(close(ws)).isZero();
        assertThat(wire.get(10, TimeUnit.SECONDS)[0]).isEqualTo((byte) 0x82);
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x88));
    }

    @Test
    @DisplayName("a begun frame that nobody takes: 2 s, then the transport is shut down")
    @Tag("lasting")
    void givesUpAfterTwoSeconds() throws Exception {
        assertGivesUp(ETIMEDOUT, 2000, 2900, () -> {});
    }

    @Test
    @DisplayName("SO_SNDTIMEO is the bound when it is set")
    void givesUpAfterSndtimeo() throws Exception {
        Timeval time = new Timeval(0, 150_000);
        assertGivesUp(
                ETIMEDOUT,
                150,
                1500,
                () -> assertThat(setsockopt(ws, SOL_SOCKET, SO_SNDTIMEO, time)).isZero());
    }

    @Test
    @DisplayName("O_NONBLOCK: no wait at all")
    void doesNotWaitWithNonblock() throws Exception {
        assertGivesUp(
                ETIMEDOUT,
                0,
                999,
                () -> assertThat(fcntl(ws, F_SETFL, O_NONBLOCK)).isZero());
    }

    @Test
    @DisplayName("a frame that can never be finished is an error also when CLOSE has gone already")
    void tornFrameAndClosed() throws Exception {
        assertGivesUp(EPIPE, 0, 999, () -> {
            assertThat(shutdown(ws, SHUT_WR)).isZero();
            put(peer, 0x88, 0);
            assertThat(websocket_recv_msg(ws, new byte[1], 1, null, null, LIMIT))
                    .isZero();
        });
        byte[] buf = new byte[1];
        assertThat(recv(transport, buf, 1, MSG_DONTWAIT))
                .as("both directions shut")
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {WEBSOCKET_OPCODE_DATA_BINARY, WEBSOCKET_OPCODE_DATA_TEXT})
    @DisplayName("with O_NONBLOCK, too, a frame that another thread is sending is not left open")
    void closesUnderABlockedSender(int opcode) throws Exception {
        for (int i = 0; i < 30; i++) {
            int[] sv = new int[2];
            assertThat(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, sv)).isZero();
            int server = websocket_register(sv[0], null, 0);
            CompletableFuture<Integer> sender = Background.supply(
                    () -> websocket_send_msg(server, new byte[BIG], BIG, opcode, false, true, -1));
            IntRef queued = new IntRef();
            Await.until("a begun frame", Wire.LIMIT, () -> {
                assertThat(ioctl(sv[1], FIONREAD, queued)).isZero();
                return queued.value > 100_000;
            });
            assertThat(close(server)).isEqualTo(-1);
            assertThat(send(sv[0], new byte[1], 1, 0)).isEqualTo(-1);
            assertThat(errno()).isEqualTo(EPIPE);
            assertThat(sender.get(5, TimeUnit.SECONDS)).isEqualTo(-EBADF);
            close(sv[0]);
            close(sv[1]);
        }
    }
}
