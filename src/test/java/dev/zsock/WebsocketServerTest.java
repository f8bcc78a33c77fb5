package dev.zsock;

import static dev.zsock.Sockets.*;
import static dev.zsock.WebsocketServer.websocket_upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Loopback;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.SockaddrIn;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** {@code websocket_upgrade} against the JDK's websocket client and a plain socket. */
@Tag("behaviour")
@Timeout(60)
class WebsocketServerTest {
    private final SockaddrIn addr = new SockaddrIn();
    private int listener;

    @BeforeEach
    void open() {
        listener = Loopback.listener(addr, 1);
    }

    @AfterEach
    void shut() {
        dev.zsock.Sockets.close(listener);
    }

    @Test
    void servesTheJdksClient() throws Exception {
        CompletableFuture<String> got = new CompletableFuture<>();
        WebSocket.Listener hearing = new WebSocket.Listener() {
            private final StringBuilder text = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
                text.append(data);
                if (last) {
                    got.complete(text.toString());
                }
                ws.request(1);
                return null;
            }
        };
        CompletableFuture<WebSocket> opening = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("mqtt", "chat")
                .buildAsync(URI.create("ws://127.0.0.1:" + addr.sin_port + "/x?y"), hearing);
        int tcp = dev.zsock.Sockets.accept(listener, null, null);
        assertThat(websocket_upgrade(tcp, new String[] {"chat"}, true, 20_000)).isZero();
        int ws = websocket_register(tcp, null, 0);
        assertThat(ws).isPositive();
        WebSocket client = opening.get(20, TimeUnit.SECONDS);
        assertThat(client.getSubprotocol()).isEqualTo("chat");

        client.sendText("gr\u00fc\u00df", true).get(20, TimeUnit.SECONDS);
        byte[] buf = new byte[64];
        IntRef type = new IntRef();
        int n = websocket_recv_msg(ws, buf, 64, type, new LongRef(), 20_000);
        assertThat(type.value).isEqualTo(WEBSOCKET_FLAG_TEXT | WEBSOCKET_FLAG_FINAL);
        assertThat(new String(buf, 0, n, StandardCharsets.UTF_8)).isEqualTo("gr\u00fc\u00df");
        assertThat(send(ws, buf, n, 0)).isEqualTo(n);
        assertThat(got.get(20, TimeUnit.SECONDS)).isEqualTo("gr\u00fc\u00df");
        assertThat(websocket_unregister(ws)).isZero();
    }

    /** The client does not wait for the answer before it sends its first frame. */
    @Test
    void framesRightBehindTheRequestAreForTheWebsocket() throws IOException {
        try (Socket client = connectPlainly(request("") + "\u0081\u0082\0\0\0\0hi")) {
            int tcp = dev.zsock.Sockets.accept(listener, null, null);
            assertThat(websocket_upgrade(tcp, null, false, 20_000)).isZero();
            int ws = websocket_register(tcp, null, 0);
            byte[] buf = new byte[8];
            assertThat(websocket_recv_msg(ws, buf, 8, null, null, 20_000)).isEqualTo(2);
            assertThat(new String(buf, 0, 2)).isEqualTo("hi");
            byte[] answer = client.getInputStream().readNBytes(34);
            assertThat(new String(answer)).isEqualTo("HTTP/1.1 101 Switching Protocols\r\n");
            assertThat(websocket_unregister(ws)).isZero();
        }
    }

    @Test
    void refusedRequestsGetTheirAnswer() throws IOException {
        try (Socket client = connectPlainly(request("Content-Length: 3\r\n") + "abc")) {
            int tcp = dev.zsock.Sockets.accept(listener, null, null);
            assertThat(websocket_upgrade(tcp, null, false, 20_000)).isEqualTo(-ECONNABORTED);
            byte[] answer = client.getInputStream().readNBytes(12);
            assertThat(new String(answer)).isEqualTo("HTTP/1.1 400");
            assertThat(dev.zsock.Sockets.close(tcp)).isZero();
        }
    }

    @Test
    void timeoutAndBadArguments() throws IOException {
        set_errno(0);
        try (Socket client = connectPlainly("GET / HTTP/1.1\r\n")) {
            assertThat(client.isConnected()).isTrue();
            int tcp = dev.zsock.Sockets.accept(listener, null, null);
            long before = System.nanoTime();
            assertThat(websocket_upgrade(tcp, null, false, 100)).isEqualTo(-ECONNABORTED);
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(100_000_000L);
            assertThat(websocket_upgrade(tcp, new String[] {"a b"}, false, 0)).isEqualTo(-EINVAL);
            assertThat(websocket_upgrade(tcp, new String[] {null}, false, 0)).isEqualTo(-EINVAL);
            assertThat(websocket_upgrade(-1, null, false, 0)).isEqualTo(-EINVAL);
            assertThat(websocket_upgrade(60_000, null, false, 0)).isEqualTo(-EBADF);
            assertThat(dev.zsock.Sockets.close(tcp)).isZero();
        }
        assertThat(errno()).isZero();
    }

    private static String request(String more) {
        return "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + more + "\r\n";
    }

    private Socket connectPlainly(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), addr.sin_port);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }
}
