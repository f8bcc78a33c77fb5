package dev.zsock.peers;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;
import dev.zsock.testkit.WsClient;
import dev.zsock.testkit.WsClient.Message;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Random;

/**
 * websocketd, the server of Zephyr's own sample: a program's lines are TEXT messages, or with
 * {@code --binary=true} its output is a stream of BINARY messages of any size.
 */
@Timeout(240)
class WebsocketdTest {
    private static final String V4 = "127.0.0.1";
    private static final String V6 = "::1";
    /** It writes a message to the program before it reads again: larger ones stall in its pipes. */
    private static final int MOST = 64 << 10;

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void linesComeBack(String host) {
        try (Peer peer = Peers.websocketdAt(host, "cat");
                WsClient client = WsClient.open(peer, "/")) {
            for (int size : new int[] {0, 1, 125, 126, 65535, 65536}) {
                String line = "ä".repeat(size / 2) + "z".repeat(size % 2);
                byte[] text = line.getBytes(UTF_8); // it adds the end of the line, and takes it off
                assertThat(send(client.ws, text, text.length, 0)).isEqualTo(text.length);
                Message back = client.receive();
                assertThat(back.is(WEBSOCKET_FLAG_TEXT)).isTrue();
                assertThat(new String(back.payload(), UTF_8)).isEqualTo(line);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void bytesComeBackInOrder(String host) {
        byte[] sent = new byte[16 << 20];
        new Random(1).nextBytes(sent);
        byte[] got = new byte[sent.length];
        try (Peer peer = Peers.websocketdAt(host, "--binary=true", "cat");
                WsClient client = WsClient.open(peer, "/")) {
            int n = 0;
            int at = 0;
            for (int next = 1; at < sent.length; next = Math.min(2 * next, MOST)) {
                int size = Math.min(next, sent.length - at);
                int rc = websocket_send_msg(
                        client.ws,
                        sent,
                        at,
                        size,
                        WEBSOCKET_OPCODE_DATA_BINARY,
                        true,
                        true,
                        K_FOREVER);
                assertThat(rc).isEqualTo(size);
                at += size;
                while (n < at) {
                    byte[] piece = client.receive().payload();
                    System.arraycopy(piece, 0, got, n, piece.length);
                    n += piece.length;
                }
            }
            assertThat(Arrays.equals(got, sent)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void programEndsRightBehindItsOutput(String host) {
        try (Peer peer = Peers.websocketdAt(host, "seq", "100");
                WsClient client = WsClient.open(peer, "/")) {
            byte[] buf = new byte[16];
            for (int i = 1; i <= 100; i++) {
                int n = recv(client.ws, buf, buf.length, 0);
                assertThat(new String(buf, 0, n, UTF_8)).isEqualTo(String.valueOf(i));
            }
            assertThat(recv(client.ws, buf, buf.length, 0)).isZero();
            assertThat(websocket_recv_msg(client.ws, buf, 16, null, null, WsClient.LIMIT))
                    .isEqualTo(-ENOTCONN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void closeEndsTheConnection(String host) {
        try (Peer peer = Peers.websocketdAt(host, "cat");
                WsClient client = WsClient.open(peer, "/")) {
            client.send(WEBSOCKET_OPCODE_PING, new byte[] {1, 2});
            assertThat(client.receive().is(WEBSOCKET_FLAG_PONG)).isTrue();
            assertThat(websocket_disconnect(client.ws)).isZero();
            byte[] buf = new byte[16];
            assertThat(recv(client.sock, buf, buf.length, MSG_WAITALL))
                    .as("its CLOSE, or none, then the end of TCP")
                    .isBetween(0, 4);
        }
    }
}
