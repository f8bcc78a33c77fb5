package dev.zsock.peers;

import static dev.zsock.Sockets.*;
import static dev.zsock.WebsocketServer.websocket_upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;
import dev.zsock.testkit.ClientScript;
import dev.zsock.testkit.Loopback;
import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;
import dev.zsock.testkit.WsClient;
import dev.zsock.testkit.WsClient.Message;
import dev.zsock.uapi.SockaddrIn;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.concurrent.CompletableFuture;

/** permessage-deflate with clients of other projects: each set of parameters, as client.js says. */
@Timeout(240)
class DeflateClientsTest {
    private static final int CONNECTIONS = 4 + 7 + 1;

    private int listener;
    private String url;

    @BeforeEach
    void listen() {
        SockaddrIn addr = new SockaddrIn();
        listener = Loopback.listener(addr, 4);
        url = "ws://127.0.0.1:" + ntohs(addr.sin_port);
    }

    @AfterEach
    void close() {
        dev.zsock.Sockets.close(listener);
    }

    @ParameterizedTest
    @CsvSource({"pythonWebsockets, false", "nodeWs, false", "nodeWs, true"})
    void everyMessageComesBack(String client, boolean nginx) throws Exception {
        CompletableFuture<Integer> served = Background.supply(this::serve);
        try (Peer proxy = nginx ? Peers.nginx("127.0.0.1", url) : null;
                ClientScript script =
                        ClientScript.start(client, nginx ? proxy.url("/") : url + "/", "deflate")) {
            assertThat(script.output()).containsExactly("ok");
        }
        close();
        assertThat(served.join()).isEqualTo(CONNECTIONS);
    }

    /** Echoes to each connection until its CLOSE: how many there were. */
    private int serve() {
        int count = 0;
        for (int sock; (sock = accept(listener, null, null)) >= 0; ) {
            setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, 1);
            assertThat(websocket_upgrade(sock, null, true, WsClient.LIMIT)).isZero();
            int ws = websocket_register(sock, null, 0);
            Message m = WsClient.receive(ws, WsClient.LIMIT);
            while ((m.flags() & WEBSOCKET_FLAG_CLOSE) == 0) {
                boolean text = (m.flags() & WEBSOCKET_FLAG_TEXT) != 0;
                int opcode = text ? WEBSOCKET_OPCODE_DATA_TEXT : WEBSOCKET_OPCODE_DATA_BINARY;
                byte[] bytes = m.payload();
                int rc = websocket_send_msg(
                        ws, bytes, bytes.length, opcode, false, true, WsClient.LIMIT);
                assertThat(rc).isEqualTo(bytes.length);
                m = WsClient.receive(ws, WsClient.LIMIT);
            }
            assertThat(websocket_unregister(ws)).isZero();
            count++;
        }
        return count;
    }
}
