package dev.zsock.internal.websocket;

import static dev.zsock.uapi.ErrnoAbi.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.internal.file.Call;
import dev.zsock.testkit.ScriptedFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerHandshakeTest {
    private static final String START = "GET /chat HTTP/1.1\r\nHost: server.example.com\r\n";
    private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
    private static final String GOOD = START + UPGRADE + KEY + VERSION;

    private ScriptedFile peer = new ScriptedFile();
    private Agreed agreed = new Agreed();

    private int run(String... subprotocols) {
        Call call = Call.begin(null, Call.NOW);
        try {
            agreed = new Agreed();
            return ServerUpgrade.run(peer, call, 5, subprotocols, true, agreed);
        } finally {
            call.end();
        }
    }

    private int runOver(String request, String... subprotocols) {
        peer = new ScriptedFile().then(request);
        return run(subprotocols);
    }

    /** 1.2 and 1.3: key and accept value of the RFC's example. */
    @Test
    void answersTheExampleOf_1_2_InZephyrsLineOrder() {
        String origin = "Origin: http://example.com\r\nSec-WebSocket-Protocol: chat, superchat\r\n";
        assertThat(runOver(GOOD + origin + "\r\n", "chat")).isZero();
        assertThat(peer.sent())
                .isEqualTo("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                        + "Upgrade: websocket\r\n"
                        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                        + "Sec-WebSocket-Protocol: chat\r\n\r\n");
        assertThat(peer.sends).isEqualTo(1);
        assertThat(agreed.subprotocol).isEqualTo("chat");
        assertThat(agreed.deflate).isNull();
    }

    @Test
    void takesNoByteBehindTheHeadAtAnyCut() {
        String frames = "\u0081\u0082\u0001\u0002\u0003\u0004ik";
        String all = GOOD + "X-Folded: a\r\n b\r\n\r\n" + frames;
        for (int cut = 1; cut < all.length(); cut++) {
            peer = new ScriptedFile().thenCut(all, cut);
            assertThat(run()).isZero();
            assertThat(peer.left()).as("cut %d", cut).isEqualTo(frames);
        }
        peer = new ScriptedFile().thenByteByByte(all);
        assertThat(run()).isZero();
        assertThat(peer.left()).isEqualTo(frames);
    }

    @Test
    void headsLargerThanAPiece() {
        assertThat(runOver(GOOD + "X: " + "x".repeat(9000) + "\r\n\r\nrest")).isZero();
        assertThat(peer.left()).isEqualTo("rest");
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "'a, b',      b,   b",
        "'a, b',      b a, b",
        "'a,b',       a b, a",
        "'a',         c,   none",
        "'A',         a,   none",
        "'a, a',      a,   a"
    })
    void choosesInTheServersOrder(String offered, String mine, String want) {
        String line = "Sec-WebSocket-Protocol: " + offered + "\r\n";
        assertThat(runOver(GOOD + line + "\r\n", mine.split(" "))).isZero();
        assertThat(String.valueOf(agreed.subprotocol)).isEqualTo(want.replace("none", "null"));
        assertThat(peer.sent().contains("Sec-WebSocket-Protocol")).isEqualTo(!want.equals("none"));
    }

    @Test
    void answersDeflate() {
        String line = "Sec-WebSocket-Extensions: foo, permessage-deflate; "
                + "client_max_window_bits; server_max_window_bits=10\r\n";
        assertThat(runOver(GOOD + line + "\r\n")).isZero();
        assertThat(peer.sent())
                .endsWith("Sec-WebSocket-Extensions: permessage-deflate; "
                        + "server_max_window_bits=10\r\n\r\n");
        assertThat(agreed.deflate.serverBits).isEqualTo(10);
        assertThat(agreed.deflate.clientBits).isEqualTo(15);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n" + GOOD,
                "POST /chat HTTP/1.1\r\nHost: h\r\n" + UPGRADE + KEY + VERSION,
                "GET /chat HTTP/1.0\r\nHost: h\r\n" + UPGRADE + KEY + VERSION,
                "GET  HTTP/1.1\r\nHost: h\r\n" + UPGRADE + KEY + VERSION,
                "GET /a b HTTP/1.1\r\nHost: h\r\n" + UPGRADE + KEY + VERSION,
                "GET HTTP/1.1\r\nHost: h\r\n" + UPGRADE + KEY + VERSION,
                "get /chat HTTP/1.1\r\nHost: h\r\n" + UPGRADE + KEY + VERSION,
                "GET /chat HTTP/1.1\r\n" + UPGRADE + KEY + VERSION,
                GOOD + "Host: twice\r\n",
                START + UPGRADE + VERSION,
                GOOD + KEY,
                START + UPGRADE + VERSION + "Sec-WebSocket-Key: \r\n",
                START + UPGRADE + VERSION + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=\r\n",
                START + UPGRADE + VERSION + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ\r\n",
                START + UPGRADE + VERSION + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSE=\r\n",
                START + UPGRADE + VERSION + "Sec-WebSocket-Key: !!hlIHNhbXBsZSBub25jZQ==\r\n",
                GOOD + "Content-Length: 5\r\n",
                GOOD + "Transfer-Encoding: chunked\r\n",
                GOOD + "Sec-WebSocket-Protocol: a b\r\n",
                GOOD + "Sec-WebSocket-Extensions: a;;\r\n",
                GOOD + "no colon\r\n",
                GOOD + "X : 1\r\n",
                GOOD + "X: a\u0000\r\n"
            })
    void refusesWith400(String head) {
        assertThat(runOver(head + "\r\n", "a")).isEqualTo(-ECONNABORTED);
        assertThat(peer.sent())
                .isEqualTo("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n"
                        + "Content-Length: 0\r\n\r\n");
        assertThat(agreed.subprotocol).isNull();
        assertThat(agreed.deflate).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                START,
                START + KEY + VERSION,
                START + "Upgrade: websocket\r\n" + KEY + VERSION,
                START + "Connection: Upgrade\r\n" + KEY + VERSION,
                START + "Upgrade: h2c\r\nConnection: Upgrade\r\n" + KEY + VERSION,
                START + UPGRADE + KEY,
                START + UPGRADE + KEY + "Sec-WebSocket-Version: 8\r\n",
                GOOD + VERSION
            })
    void refusesWith426(String head) {
        assertThat(runOver(head + "\r\n")).isEqualTo(-ECONNABORTED);
        assertThat(peer.sent())
                .isEqualTo("HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade, close\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Content-Length: 0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -EAGAIN, -ECONNRESET})
    void endsInsideTheHead(int end) {
        peer.then(GOOD);
        peer.end = end;
        assertThat(run()).isEqualTo(-ECONNABORTED);
        assertThat(peer.sent()).isEmpty();
    }

    @Test
    void whatOurClientSendsOurServerTakes() {
        for (String[] names : new String[][] {{}, {"mqtt"}, {"x", "mqtt"}}) {
            dev.zsock.uapi.WebsocketRequest req = new dev.zsock.uapi.WebsocketRequest();
            req.host = "::1";
            req.url = "/";
            req.subprotocols = names;
            req.deflate = true;
            ScriptedFile client = new ScriptedFile();
            Call call = Call.begin(null, Call.NOW);
            ClientHandshake.run(client, call, 5, req, 0, null, new ClientHandshake.Result());
            call.end();
            assertThat(runOver(client.sent(), "mqtt")).isZero();
            assertThat(agreed.subprotocol).isEqualTo(names.length == 0 ? null : "mqtt");
            assertThat(agreed.deflate).isNotNull();
        }
    }
}
