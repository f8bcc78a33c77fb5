package dev.zsock.peers;

import static dev.zsock.Sockets.*;
import static dev.zsock.WebsocketServer.websocket_upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.demo.EchoServer;
import dev.zsock.testkit.ClientScript;
import dev.zsock.testkit.WsClient;
import dev.zsock.testkit.WsClient.Message;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Our server's end, made by websocket_register, against clients of other projects. */
@Timeout(240)
class RegisteredServerTest {
    private static final byte[] BYE = "..bye".getBytes(UTF_8);

    static {
        BYE[0] = 1001 >> 8;
        BYE[1] = (byte) 1001;
    }

    private int listener = -1;
    private int sock = -1;
    private int ws = -1;

    @ParameterizedTest
    @ValueSource(strings = {"pythonWebsockets", "nodeWs"})
    void echoesAllSizesAnswersPingAndClose(String peer) {
        EchoServer server = EchoServer.start();
        String url = "ws://127.0.0.1:" + server.port() + "/echo";
        try (ClientScript client = ClientScript.start(peer, url, "echo")) {
            assertThat(client.output()).containsExactly("ok");
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "pythonWebsockets,127.0.0.1",
        "pythonWebsockets,::1",
        "nodeWs,127.0.0.1",
        "nodeWs,::1"
    })
    void sendsPingsAndCloses(String peer, String host) {
        try (ClientScript client = ClientScript.start(peer, listenOn(host), "listen")) {
            acceptAndRegister();
            byte[] text = "grüße".getBytes(UTF_8);
            assertThat(send(ws, text, text.length, 0)).isEqualTo(text.length);
            assertThat(frame("bytes".getBytes(UTF_8), WEBSOCKET_OPCODE_DATA_BINARY))
                    .isEqualTo(5);
            assertThat(frame("hb".getBytes(UTF_8), WEBSOCKET_OPCODE_PING)).isEqualTo(2);
            Message pong = WsClient.receive(ws, WsClient.LIMIT);
            assertThat(pong.is(WEBSOCKET_FLAG_PONG)).isTrue();
            assertThat(pong.payload()).isEqualTo("hb".getBytes(UTF_8));
            assertThat(frame(BYE, WEBSOCKET_OPCODE_CLOSE)).isEqualTo(5);
            Message close = WsClient.receive(ws, WsClient.LIMIT);
            assertThat(close.is(WEBSOCKET_FLAG_CLOSE)).isTrue();
            assertThat(close.payload()).startsWith(BYE[0], BYE[1]);
            assertThat(websocket_unregister(ws)).isZero();
            assertThat(close(sock)).as("closed by unregister").isEqualTo(-1);
            assertThat(client.output())
                    .filteredOn(line -> !line.startsWith("ping"))
                    .isEqualTo(List.of("text grüße", "binary bytes", "close 1001 bye"));
        } finally {
            closeAll();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pythonWebsockets", "nodeWs"})
    void clientGoneInMidFrame(String peer) {
        try (ClientScript client = ClientScript.start(peer, listenOn("127.0.0.1"), "vanish")) {
            acceptAndRegister();
            IntRef type = new IntRef();
            LongRef remaining = new LongRef();
            byte[] buf = new byte[8192];
            assertThat(websocket_recv_msg(ws, buf, 8192, type, remaining, WsClient.LIMIT))
                    .isEqualTo(100);
            assertThat(buf).startsWith('x', 'x');
            assertThat(remaining.value).isEqualTo(4096 - 100);
            assertThat(websocket_recv_msg(ws, buf, 8192, type, remaining, WsClient.LIMIT))
                    .isEqualTo(-ENOTCONN);
            assertThat(websocket_unregister(ws)).isZero();
            assertThat(client.output()).isEmpty();
        } finally {
            closeAll();
        }
    }

    private String listenOn(String host) {
        boolean six = host.indexOf(':') >= 0;
        Sockaddr addr =
                six ? new SockaddrIn6(in6addr_loopback, 0) : new SockaddrIn(INADDR_LOOPBACK, 0);
        int size = six ? SockaddrIn6.SIZE : SockaddrIn.SIZE;
        listener = socket(addr.sa_family(), SOCK_STREAM, IPPROTO_TCP);
        assertThat(bind(listener, addr, size)).isZero();
        assertThat(listen(listener, 1)).isZero();
        Timeval limit = new Timeval(WsClient.LIMIT / MSEC_PER_SEC, 0); // of accept, too
        assertThat(setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, limit, Timeval.SIZE))
                .isZero();
        assertThat(getsockname(listener, addr, new IntRef(size))).isZero();
        return six
                ? "ws://[::1]:" + ntohs(net_sin6(addr).sin6_port) + "/"
                : "ws://127.0.0.1:" + ntohs(net_sin(addr).sin_port) + "/";
    }

    private void acceptAndRegister() {
        sock = accept(listener, null, null);
        assertThat(sock).isGreaterThan(2);
        assertThat(websocket_upgrade(sock, null, false, WsClient.LIMIT)).isZero();
        ws = websocket_register(sock, null, 0);
        assertThat(ws).isGreaterThan(2);
    }

    private int frame(byte[] payload, int opcode) {
        return websocket_send_msg(ws, payload, payload.length, opcode, false, true, K_FOREVER);
    }

    private void closeAll() {
        close(ws);
        close(sock);
        close(listener);
    }
}
