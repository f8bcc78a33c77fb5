package dev.zsock;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.demo.Tap;
import dev.zsock.demo.WireFrame;
import dev.zsock.docs.LocalEcho;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The page "Websocket Client API", each example under the sentence it belongs to. Server and wire
 * are watched with java.net alone: an echo server, and a tap before it with a frame reader of its
 * own.
 */
@Tag("behaviour")
@Timeout(60)
class DocumentExamplesTest {
    private static final int WIRE_MS = 20_000;

    // the names of the page
    private final int family = AF_INET;
    private final WebsocketRequest config = new WebsocketRequest();
    private final int timeout = 20 * MSEC_PER_SEC;
    private final Object user_data = new Object();
    private final byte[] buf_to_send = "hello".getBytes(UTF_8);
    private final int buf_len = buf_to_send.length;
    private final byte[] buf = new byte[64];
    private final IntRef message_type = new IntRef(-1);
    private final LongRef remaining = new LongRef(ULLONG_MAX);
    private SockaddrIn addr;
    private int addr_len;
    private int sock;
    private int ws_sock = -1;
    private int ret;

    private LocalEcho server;
    private Tap tap;

    @BeforeEach
    void connectTheSocket() throws IOException {
        server = new LocalEcho();
        tap = Tap.before("127.0.0.1", server.port());
        addr = new SockaddrIn(INADDR_LOOPBACK, tap.port());
        addr_len = SockaddrIn.SIZE;
        config.host = "127.0.0.1";
        config.url = "/echo";
        config.tmp_buf = new byte[256];
        config.tmp_buf_len = config.tmp_buf.length;
        sock = socket(family, SOCK_STREAM, IPPROTO_TCP);
        assertThat(sock).isGreaterThan(2);
        ret = connect(sock, addr, addr_len);
        assertThat(ret).isZero();
    }

    @AfterEach
    void end() throws IOException {
        close(ws_sock);
        close(sock);
        tap.close();
        server.close();
    }

    private void upgrade() {
        ws_sock = websocket_connect(sock, config, timeout, user_data);
        assertThat(ws_sock).isGreaterThan(2).isNotEqualTo(sock);
    }

    private WireFrame crossed(boolean fromClient) {
        return tap.frame(fromClient, WIRE_MS).orElseThrow(() -> new AssertionError("no frame"));
    }

    private void assertSent(String kind, byte[] payload) {
        WireFrame frame = crossed(true);
        assertThat(frame.name()).isEqualTo(kind);
        assertThat(frame.fin()).isTrue();
        assertThat(frame.masked()).isTrue();
        assertThat(frame.payload()).isEqualTo(payload);
    }

    private void assertReceived(int flags) {
        assertThat(ret).isEqualTo(buf_len);
        assertThat(Arrays.copyOf(buf, ret)).isEqualTo(buf_to_send);
        assertThat(message_type.value).isEqualTo(flags | WEBSOCKET_FLAG_FINAL);
        assertThat(remaining.value).isZero();
        assertThat(crossed(false).payload()).isEqualTo(buf_to_send);
    }

    @Test
    @DisplayName("First a socket needs to be created and connected to the Websocket server")
    void socketAndConnect() {
        assertThat(tap.head(true, 0)).isEmpty(); // nothing has been said yet
        IntRef error = new IntRef(-1);
        assertThat(getsockopt(sock, SOL_SOCKET, SO_ERROR, error)).isZero();
        assertThat(error.value).isZero();
        SockaddrIn peer = new SockaddrIn();
        assertThat(getpeername(sock, peer, new IntRef(SockaddrIn.SIZE))).isZero();
        assertThat(ntohs(peer.sin_port)).isEqualTo(tap.port());
    }

    @Test
    @DisplayName("The Websocket transport socket is then created like this:"
            + " ws_sock = websocket_connect(sock, &config, timeout, user_data);")
    void websocketConnect() {
        List<Object> seen = new ArrayList<>();
        config.cb = (ws, req, data) -> {
            seen.addAll(List.of(ws, req.internal.response.http_status_code, data));
            return 0;
        };
        config.optional_headers = new String[] {"Origin: http://foobar\r\n", null};
        upgrade();
        assertThat(seen).containsExactly(ws_sock, 101, user_data);
        List<String> request = tap.head(true, WIRE_MS);
        assertThat(request).hasSize(7);
        assertThat(request.get(3)).matches("Sec-WebSocket-Key: [A-Za-z0-9+/]{22}==");
        assertThat(String.join("|", request).replaceAll("Key: .{24}", "Key: ..."))
                .isEqualTo("GET /echo HTTP/1.1|Host: 127.0.0.1|Origin: http://foobar"
                        + "|Sec-WebSocket-Key: ...|Upgrade: websocket|Connection: Upgrade"
                        + "|Sec-WebSocket-Version: 13");
    }

    @Tag("calm")
    @Test
    @DisplayName("The Websocket client API will encapsulate the sent or received data to/from"
            + " Websocket packet payload")
    void payloadOnly() {
        upgrade();
        ret = send(ws_sock, buf_to_send, buf_len, 0);
        assertThat(ret).isEqualTo(buf_len);
        WireFrame out = crossed(true);
        assertThat(out.header()).hasSize(6).startsWith(0x81, 0x85);
        ret = recv(ws_sock, buf, buf.length, 0);
        assertThat(ret).isEqualTo(buf_len);
        assertThat(buf).startsWith(buf_to_send);
        assertThat(crossed(false).header()).containsExactly(0x81, 5);
    }

    @Tag("calm")
    @Test
    @DisplayName("Both the websocket_xxx() API or normal BSD socket API functions can be used to"
            + " send and receive application data.")
    void bothApisOnOneSocket() {
        upgrade();
        int[] sent = {
            websocket_send_msg(
                    ws_sock,
                    buf_to_send,
                    buf_len,
                    WEBSOCKET_OPCODE_DATA_BINARY,
                    true,
                    true,
                    K_FOREVER),
            send(ws_sock, buf_to_send, buf_len, 0),
            write(ws_sock, buf_to_send, buf_len),
            websocket_send_msg(
                    ws_sock,
                    buf_to_send,
                    buf_len,
                    WEBSOCKET_OPCODE_DATA_TEXT,
                    true,
                    true,
                    K_FOREVER)
        };
        assertThat(sent).containsOnly(buf_len);
        ret = websocket_recv_msg(ws_sock, buf, buf.length, message_type, remaining, K_FOREVER);
        assertReceived(WEBSOCKET_FLAG_BINARY);
        ret = websocket_recv_msg(ws_sock, buf, buf.length, message_type, remaining, K_FOREVER);
        assertReceived(WEBSOCKET_FLAG_TEXT);
        assertThat(recv(ws_sock, buf, buf.length, 0)).isEqualTo(buf_len);
        assertThat(read(ws_sock, buf, buf.length)).isEqualTo(buf_len);
        for (String kind : new String[] {"BINARY", "TEXT", "TEXT", "TEXT"}) {
            assertSent(kind, buf_to_send);
        }
    }

    @Test
    @DisplayName("If normal BSD socket functions are used, then currently only TEXT data is"
            + " supported.")
    void bsdCallsSendText() {
        upgrade();
        byte[] umlaut = "grün".getBytes(UTF_8);
        assertThat(send(ws_sock, umlaut, umlaut.length, 0)).isEqualTo(umlaut.length);
        assertThat(sendto(ws_sock, umlaut, umlaut.length, 0, null, 0)).isEqualTo(umlaut.length);
        assertThat(write(ws_sock, umlaut, umlaut.length)).isEqualTo(umlaut.length);
        assertSent("TEXT", umlaut);
        assertSent("TEXT", umlaut);
        assertSent("TEXT", umlaut);
        byte[] binary = {(byte) 0xff, 0, 1};
        assertThat(send(ws_sock, binary, binary.length, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EILSEQ);
        assertThat(send(ws_sock, buf_to_send, buf_len, 0)).isEqualTo(buf_len);
        assertSent("TEXT", buf_to_send); // and nothing of the other
    }

    @Test
    @DisplayName("In order to send BINARY data, the websocket_send_msg() must be used.")
    void binaryByWebsocketSendMsg() {
        upgrade();
        byte[] binary = {(byte) 0xff, 0, 1, (byte) 0x80};
        ret = websocket_send_msg(
                ws_sock, binary, 4, WEBSOCKET_OPCODE_DATA_BINARY, true, true, K_FOREVER);
        assertThat(ret).isEqualTo(4);
        assertSent("BINARY", binary);
        assertThat(recv(ws_sock, buf, 4, MSG_WAITALL)).isEqualTo(4);
        assertThat(buf).startsWith(binary);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("When done, the Websocket transport socket must be closed."
            + " ret = close(ws_sock); or ret = websocket_disconnect(ws_sock);")
    void closedByEitherCall(boolean byClose) {
        upgrade();
        ret = byClose ? close(ws_sock) : websocket_disconnect(ws_sock);
        assertThat(ret).isZero();
        assertSent("CLOSE", new byte[0]);
        assertThat(send(ws_sock, buf_to_send, buf_len, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EBADF);
        assertThat(byClose ? close(ws_sock) : websocket_disconnect(ws_sock)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EBADF);

        // the TCP socket stays open and its owner's, who finds the server's answer in it
        assertThat(recv(sock, buf, buf.length, MSG_WAITALL)).isEqualTo(2);
        assertThat(buf).startsWith(0x88, 0);
        assertThat(close(sock)).isZero();
        assertThat(close(sock)).isEqualTo(-1);
    }

    @Tag("calm")
    @Test
    @DisplayName("websocket_send_msg(ws_sock, buf_to_send, buf_len, ..., true, true, K_FOREVER):"
            + " opcode, mask, final, timeout")
    void argumentsOfSend() {
        upgrade();
        int text = WEBSOCKET_OPCODE_DATA_TEXT;
        int more = WEBSOCKET_OPCODE_CONTINUE;
        assertThat(websocket_send_msg(ws_sock, buf_to_send, 2, text, true, false, K_FOREVER))
                .isEqualTo(2);
        assertThat(websocket_send_msg(ws_sock, buf_to_send, 2, 3, more, true, true, K_NO_WAIT))
                .isEqualTo(3);
        WireFrame first = crossed(true);
        assertThat(first.fin()).isFalse();
        assertThat(first.payload()).isEqualTo("he".getBytes(UTF_8));
        assertSent("CONTINUE", "llo".getBytes(UTF_8));
        assertThat(websocket_send_msg(ws_sock, buf, 0, text, true, true, K_SECONDS(1)))
                .isZero();
        assertSent("TEXT", new byte[0]);
        assertThat(websocket_send_msg(ws_sock, buf, 1, text, false, true, K_FOREVER))
                .as("a client masks")
                .isEqualTo(-EINVAL);
    }

    @Test
    @DisplayName("websocket_recv_msg(..., &message_type, &remaining, timeout): pieces of a frame,"
            + " and -EAGAIN when nothing came")
    void argumentsOfReceive() {
        upgrade();
        int rc = websocket_recv_msg(ws_sock, buf, buf.length, message_type, remaining, K_MSEC(20));
        assertThat(rc).isEqualTo(-EAGAIN);
        assertThat(message_type.value).isEqualTo(-1); // untouched
        assertThat(remaining.value).isEqualTo(ULLONG_MAX);
        assertThat(send(ws_sock, buf_to_send, buf_len, 0)).isEqualTo(buf_len);
        assertThat(websocket_recv_msg(ws_sock, buf, 3, message_type, remaining, timeout))
                .isEqualTo(3);
        assertThat(remaining.value).isEqualTo(2);
        assertThat(websocket_recv_msg(ws_sock, buf, 3, 3, message_type, remaining, timeout))
                .isEqualTo(2);
        ret = buf_len;
        assertReceived(WEBSOCKET_FLAG_TEXT);
    }

    @Test
    @DisplayName("websocket_connect(..., timeout, ...): -ECONNABORTED when no answer came in time")
    void timeoutOfConnect() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int other = socket(family, SOCK_STREAM, IPPROTO_TCP);
            addr.sin_port = htons(silent.getLocalPort());
            assertThat(connect(other, addr, addr_len)).isZero();
            long begin = System.nanoTime();
            ws_sock = websocket_connect(other, config, K_MSEC(100), user_data);
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(ws_sock).isEqualTo(-ECONNABORTED);
            assertThat(waited).isBetween(Duration.ofMillis(100), Duration.ofSeconds(20));
            assertThat(close(other)).as("the socket is still its owner's").isZero();
        }
    }
}
