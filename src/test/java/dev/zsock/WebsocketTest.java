package dev.zsock;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.Pollfd;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a websocket does, both roles, with the library on both ends. */
@Tag("behaviour")
@Timeout(60)
class WebsocketTest {
    private WsPair pair;

    @BeforeEach
    void open() {
        pair = WsPair.open();
    }

    @AfterEach
    void closeAll() {
        pair.close();
    }

    @Test
    void sendIsOneTextFrame() {
        byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
        assertThat(send(pair.client, hello, 5, 0)).isEqualTo(5);
        IntRef type = new IntRef();
        LongRef remaining = new LongRef();
        byte[] buf = new byte[16];
        assertThat(websocket_recv_msg(pair.server, buf, 16, type, remaining, 1000))
                .isEqualTo(5);
        assertThat(type.value).isEqualTo(WEBSOCKET_FLAG_TEXT | WEBSOCKET_FLAG_FINAL);
        assertThat(remaining.value).isZero();
        assertThat(new String(buf, 0, 5)).isEqualTo("hello");
        assertThat(send(pair.server, hello, 5, 0)).isEqualTo(5);
        assertThat(recv(pair.client, buf, 5, MSG_WAITALL)).isEqualTo(5);
    }

    @Test
    void carriesEverySizeBothWays() {
        for (int n :
                new int[] {0, 1, 125, 126, 127, 65535, 65536, 131072, 131073, 1 << 20, 16 << 20}) {
            byte[] sent = new byte[n];
            new Random(n).nextBytes(sent);
            echo(pair.client, pair.server, true, sent);
            echo(pair.server, pair.client, false, sent);
        }
    }

    private static void echo(int from, int to, boolean mask, byte[] sent) {
        CompletableFuture<Integer> sending = Background.supply(() -> websocket_send_msg(
                from, sent, sent.length, WEBSOCKET_OPCODE_DATA_BINARY, mask, true, K_FOREVER));
        byte[] got = new byte[Math.max(1, sent.length)];
        LongRef remaining = new LongRef();
        int n = 0;
        do {
            int rc = websocket_recv_msg(
                    to, got, n, Math.max(1, sent.length - n), null, remaining, 20_000);
            assertThat(rc).isGreaterThanOrEqualTo(0);
            n += rc;
        } while (remaining.value > 0);
        assertThat(sending.join()).isEqualTo(sent.length);
        assertThat(n).isEqualTo(sent.length);
        assertThat(java.util.Arrays.equals(got, 0, n, sent, 0, n)).isTrue();
    }

    @Tag("calm")
    @Test
    void pingIsAnsweredWhenDataIsRead() {
        assertThat(websocket_send_msg(
                        pair.client, "hb".getBytes(), 2, WEBSOCKET_OPCODE_PING, true, true, 1000))
                .isEqualTo(2);
        assertThat(send(pair.client, "x".getBytes(), 1, 0)).isEqualTo(1);
        assertThat(recv(pair.server, new byte[4], 4, 0)).isEqualTo(1);
        IntRef type = new IntRef();
        byte[] buf = new byte[4];
        assertThat(websocket_recv_msg(pair.client, buf, 4, type, null, 1000)).isEqualTo(2);
        assertThat(type.value).isEqualTo(WEBSOCKET_FLAG_PONG | WEBSOCKET_FLAG_FINAL);
        assertThat(new String(buf, 0, 2)).isEqualTo("hb");
    }

    @Test
    void closeIsEchoedOnceAndEndsBothDirections() {
        assertThat(close(pair.client)).isZero();
        byte[] buf = new byte[4];
        IntRef type = new IntRef();
        assertThat(websocket_recv_msg(pair.server, buf, 4, type, null, 1000)).isZero();
        assertThat(type.value).isEqualTo(WEBSOCKET_FLAG_CLOSE | WEBSOCKET_FLAG_FINAL);
        assertThat(websocket_recv_msg(pair.server, buf, 4, type, null, 1000)).isEqualTo(-ENOTCONN);
        assertThat(recv(pair.server, buf, 4, 0)).isZero();
        assertThat(send(pair.server, buf, 1, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EPIPE);
        assertThat(recv(pair.clientTransport, buf, 2, MSG_WAITALL)).isEqualTo(2);
        assertThat(buf).startsWith(0x88, 0x00);
    }

    @Test
    void pollSeesTheSecondFrameOfASegment() {
        byte[] two = {(byte) 0x81, 1, 'a', (byte) 0x81, 1, 'b'};
        pair.close();
        pair = WsPair.openClient();
        assertThat(send(pair.serverTransport, two, two.length, 0)).isEqualTo(two.length);
        byte[] buf = new byte[4];
        Pollfd[] fds = Pollfd.array(1);
        fds[0].fd = pair.client;
        fds[0].events = POLLIN;
        assertThat(poll(fds, 1, 1000)).isEqualTo(1);
        assertThat(recv(pair.client, buf, 4, 0)).isEqualTo(1);
        assertThat(poll(fds, 1, 0)).isEqualTo(1);
        assertThat(fds[0].revents).isEqualTo(POLLIN);
        assertThat(recv(pair.client, buf, 4, 0)).isEqualTo(1);
        assertThat(poll(fds, 1, 0)).isZero();
    }

    @Tag("calm")
    @Test
    void illegalFrameIsToldOnceAndAnsweredWith1002() {
        byte[] frames = {(byte) 0x81, 1, 'a', (byte) 0x83, 0};
        pair.close();
        pair = WsPair.openClient();
        assertThat(send(pair.serverTransport, frames, frames.length, 0)).isEqualTo(frames.length);
        byte[] buf = new byte[16];
        assertThat(websocket_recv_msg(pair.client, buf, 16, null, null, 1000)).isEqualTo(1);
        assertThat(websocket_recv_msg(pair.client, buf, 16, null, null, 1000)).isEqualTo(-EPROTO);
        assertThat(websocket_recv_msg(pair.client, buf, 16, null, null, 1000)).isEqualTo(-ENOTCONN);
        assertThat(recv(pair.serverTransport, buf, 8, MSG_WAITALL)).isEqualTo(8);
        assertThat(buf[0]).isEqualTo((byte) 0x88);
        int code = (buf[6] ^ buf[2]) << 8 & 0xff00 | (buf[7] ^ buf[3]) & 0xff;
        assertThat(code).isEqualTo(1002);
    }

    @Test
    void transportClosedFirstEndsTheWebsocket() {
        assertThat(close(pair.clientTransport)).isZero();
        assertThat(websocket_recv_msg(pair.client, new byte[1], 1, null, null, 1000))
                .isEqualTo(-EBADF);
        assertThat(websocket_unregister(pair.client)).isEqualTo(-EALREADY);
        assertThat(close(pair.client)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EBADF);
    }

    private void peerSends(int... bytes) {
        byte[] frame = new byte[bytes.length];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (byte) bytes[i];
        }
        assertThat(send(pair.serverTransport, frame, frame.length, 0)).isEqualTo(frame.length);
    }

    @Test
    void leavingRawModeInsideAFrameIsSafe() {
        pair.close();
        pair = WsPair.openClient();
        assertThat(setsockopt(pair.client, SOL_WEBSOCKET, WEBSOCKET_RAW, 1)).isZero();
        peerSends(0x89, 126, 1000 >> 8, 1000 & 0xff);
        byte[] ping = new byte[1000];
        assertThat(send(pair.serverTransport, ping, ping.length, 0)).isEqualTo(ping.length);
        byte[] buf = new byte[600];
        assertThat(websocket_recv_msg(pair.client, buf, 600, null, null, 1000)).isEqualTo(600);
        assertThat(setsockopt(pair.client, SOL_WEBSOCKET, WEBSOCKET_RAW, 0)).isZero();
        assertThat(websocket_recv_msg(pair.client, buf, 600, null, null, 1000)).isEqualTo(400);
        peerSends(0x89, 126, 1000 >> 8, 1000 & 0xff);
        assertThat(websocket_recv_msg(pair.client, buf, 600, null, null, 1000)).isEqualTo(-EPROTO);
    }

    @Test
    void onlyTheRecvThatFollowsAPollIsKeptFromBlocking() throws Exception {
        pair.close();
        pair = WsPair.openClient();
        byte[] buf = new byte[4];
        Pollfd[] fds = Pollfd.array(1);
        fds[0].fd = pair.client;
        fds[0].events = POLLIN;
        peerSends(0x81, 1, 'a');
        assertThat(poll(fds, 1, 1000)).isEqualTo(1);
        assertThat(websocket_recv_msg(pair.client, buf, 4, null, null, 1000)).isEqualTo(1);
        CompletableFuture<Integer> waits =
                Background.supply(() -> recv(pair.client, new byte[4], 4, 0));
        CompletableFuture<Void> later =
                Background.later(() -> peerSends(0x81, 1, 'b', 0x81, 1, 'c'), 100);
        assertThat(recv(pair.client, buf, 4, 0)).isEqualTo(1);
        later.join();
        assertThat(waits.get(20, TimeUnit.SECONDS)).isEqualTo(1);
        peerSends(0x89, 0); // to be swallowed
        assertThat(poll(fds, 1, 1000)).isEqualTo(1);
        assertThat(recv(pair.client, buf, 4, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EAGAIN);
    }
}
