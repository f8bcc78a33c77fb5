package dev.zsock.internal.websocket;

import static dev.zsock.uapi.ErrnoAbi.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.HttpEvents;
import dev.zsock.testkit.ScriptedFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;
import java.util.concurrent.TimeUnit;

class ClientHandshakeTest extends ClientHandshakeFixture {
    @Test
    void requestIsZephyrsByteForByte() {
        req.host = "localhost:8080";
        req.optional_headers = new String[] {"Origin: http://x\r\n", "X-A: 1\r\n"};
        assertThat(runOver(GOOD)).isZero();
        String key = peer.sentField("Sec-WebSocket-Key");
        assertThat(Base64.getDecoder().decode(key)).hasSize(16);
        assertThat(peer.sent())
                .isEqualTo("GET /ws HTTP/1.1\r\nHost: localhost:8080\r\nOrigin: http://x\r\n"
                        + "X-A: 1\r\nSec-WebSocket-Key: " + key + "\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n");
        assertThat(peer.sends).isEqualTo(1);
        String first = key;
        assertThat(runOver(GOOD)).isZero();
        assertThat(peer.sentField("Sec-WebSocket-Key")).isNotEqualTo(first);
    }

    @Test
    void offersStandBehindTheOptionalHeaders() {
        req.optional_headers = new String[] {"X-A: 1\r\n"};
        req.subprotocols = new String[] {"mqtt", "chat", null, "no"};
        req.deflate = true;
        assertThat(runOver(GOOD)).isZero();
        assertThat(peer.sent())
                .contains("\r\nHost: [::1]\r\nX-A: 1\r\nSec-WebSocket-Protocol: mqtt, chat\r\n"
                        + "Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Key: ");
    }

    @Test
    void optionalHeadersCallbackWritesBetweenHostAndKey() {
        req.optional_headers = new String[] {"Ignored: 1\r\n"};
        req.optional_headers_cb = (sock, http, data) -> {
            assertThat(sock).isEqualTo(5);
            assertThat(data).isEqualTo("user data");
            assertThat(peer.sent()).isEqualTo("GET /ws HTTP/1.1\r\nHost: [::1]\r\n");
            return 9;
        };
        assertThat(runOver(GOOD)).isZero();
        assertThat(peer.sent()).contains("Host: [::1]\r\nSec-WebSocket-Key");
        req.optional_headers_cb = (sock, http, data) -> -7;
        assertThat(runOver(GOOD)).isEqualTo(-ECONNABORTED);
    }

    // ---- Zephyr's tests/net/socket/websocket/src/handshake.c, under their upstream names

    @Test
    void test_accept_correct() {
        assertThat(runOver(GOOD)).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "test_accept_prefix_rejected, '{ACCEPT:8}'",
        "test_accept_empty_rejected,  '{ACCEPT:0}'",
        "test_accept_wrong_rejected,  '{ACCEPT:27}!'",
        "other case of a letter,      '{ACCEPT:0}aaaaaaaaaaaaaaaaaaaaaaaaaaa='",
        "right and more,              '{ACCEPT}='",
        "right twice in one,          '{ACCEPT}, {ACCEPT}'"
    })
    void test_accept_rejected(String name, String value) {
        assertThat(runOver(STATUS + FIELDS + "Sec-WebSocket-Accept: " + value + "\r\n\r\n"))
                .isEqualTo(-ECONNABORTED);
    }

    @Test
    void test_accept_split_across_segments() {
        for (int cut = 1; cut < GOOD.length() + 20; cut++) {
            peer = new ScriptedFile().thenCut(GOOD, cut);
            assertThat(run()).as("cut %d", cut).isZero();
            assertThat(peer.left()).isEmpty();
            assertThat(result.rest.hasRemaining()).isFalse();
        }
    }

    /** Upstream's buffer of 256 bytes; here the internal one of 4096 ends anywhere in the value. */
    @Test
    void test_accept_wrong_at_buffer_end() {
        String accept = "Sec-WebSocket-Accept: ";
        for (int behind = 0; behind <= 30; behind++) {
            int before = STATUS.length() + FIELDS.length() + "X-Pad: \r\n".length();
            int pad = 4096 - before - accept.length() - behind;
            String head = STATUS + FIELDS + "X-Pad: " + "p".repeat(pad) + "\r\n" + accept;
            assertThat(head).hasSize(4096 - behind);
            assertThat(runOver(head + "{ACCEPT:27}!\r\n\r\n")).isEqualTo(-ECONNABORTED);
            assertThat(runOver(head + "{ACCEPT}\r\n\r\n")).isZero();
        }
    }

    // ---- what is accepted

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade:websocket\r\nConnection:Upgrade\r\nSec-WebSocket-Accept:{ACCEPT}\r\n",
                "upgrade: WebSocket\r\nCONNECTION: UPGRADE\r\nsec-websocket-accept: {ACCEPT}\r\n",
                "Upgrade: h2c, websocket\r\nConnection: keep-alive,Upgrade\r\n"
                        + "Sec-WebSocket-Accept: {ACCEPT}\r\n",
                "Connection: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Accept: {ACCEPT}\r\n",
                "Upgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Accept: \t  {ACCEPT} \t\n",
                "Upgrade:\r\n websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept:\r\n\t{ACCEPT}\r\n",
                "Sec-WebSocket-Accept: {ACCEPT}\r\nServer: x\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nContent-Length: 50\r\nX-Empty:\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept-Extra: 1\r\n"
                        + "Sec-WebSocket-Accept: {ACCEPT}\r\n"
            })
    void takesAnswersThatMeanTheSame(String fields) {
        for (String status : new String[] {STATUS, "HTTP/1.1 101\r\n", "HTTP/1.1 101 \r\n"}) {
            assertThat(runOver(status + fields + "\r\n")).isZero();
            assertThat(runOver(status + fields + "\n")).as("LF alone").isZero();
        }
    }

    @Test
    void skipsInterimResponses() {
        HttpEvents events = new HttpEvents();
        req.http_cb = events.settings();
        assertThat(runOver("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n"
                        + "Sec-WebSocket-Accept: no\r\n\r\n" + GOOD))
                .isZero();
        assertThat(events.seen).startsWith("begin", "status:Continue", "headers 1.1 100");
        assertThat(events.seen).endsWith("headers 1.1 101 upgrade", "complete");
    }

    @Test
    void oneByteASegment() {
        peer = new ScriptedFile().thenByteByByte(GOOD + "\u0081\u0005hello");
        assertThat(run()).isZero();
        assertThat(result.rest.hasRemaining()).isFalse();
        assertThat(peer.left()).isEqualTo("\u0081\u0005hello");
    }

    @Test
    void framesBehindTheHeadAreKeptAtEveryCut() {
        String frames = "\u0081\u0005hello\u0089\u0000";
        for (int cut = 1; cut < GOOD.length() + 20 + frames.length(); cut++) {
            peer = new ScriptedFile().thenCut(GOOD + frames, cut);
            assertThat(run()).isZero();
            assertThat(rest() + peer.left()).as("cut %d", cut).isEqualTo(frames);
        }
        assertThat(runOver(GOOD + frames)).isZero();
        assertThat(rest()).isEqualTo(frames);
        assertThat(result.request.data_len).isEqualTo(frames.length());
        assertThat(result.request.recv_buf[0]).isEqualTo((byte) 0x81);
    }

    @Test
    void resultCarriesTheResponseForTheConnectCallback() {
        assertThat(runOver(GOOD)).isZero();
        assertThat(result.request.internal.response.http_status_code).isEqualTo(101);
        assertThat(new String(result.request.internal.response.http_status, 0, 19))
                .isEqualTo("Switching Protocols");
        assertThat(result.request.internal.user_data).isEqualTo("user data");
        assertThat(result.request.internal.sock).isEqualTo(5);
    }

    // ---- what is refused

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n" + FIELDS + ACCEPT + "\r\n",
                "HTTP/1.1 200 OK\r\n" + FIELDS + ACCEPT + "Content-Length: 5\r\n\r\nhello",
                "HTTP/1.1 204 No Content\r\n" + FIELDS + ACCEPT + "\r\n",
                "HTTP/1.1 302 Found\r\n" + FIELDS + ACCEPT + "Content-Length: 0\r\n\r\n",
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 500 X\r\n" + ACCEPT + "\r\n",
                "HTTP/1.1 999 X\r\n" + FIELDS + ACCEPT + "Content-Length: 0\r\n\r\n",
                "HTTP/1.0 101 Switching Protocols\r\n" + FIELDS + ACCEPT + "\r\n",
                "HTTP/1.0 100 Continue\r\n\r\n" + GOOD,
                "HTTP/2.0 101 Switching Protocols\r\n" + FIELDS + ACCEPT + "\r\n",
                "HXYZ/1.1 101 Switching Protocols\r\n" + FIELDS + ACCEPT + "\r\n",
                "\r\n" + GOOD,
                "HTTP/1.1 abc\r\n" + FIELDS + ACCEPT + "\r\n",
                STATUS + ACCEPT + "\r\n",
                STATUS + "Connection: Upgrade\r\n" + ACCEPT + "\r\n",
                STATUS + "Upgrade: websocket\r\n" + ACCEPT + "\r\n",
                STATUS + "Upgrade: h2c\r\nConnection: Upgrade\r\n" + ACCEPT + "\r\n",
                STATUS + "Upgrade: websockets\r\nConnection: Upgrade\r\n" + ACCEPT + "\r\n",
                STATUS + "Upgrade: websocket\r\nConnection: close\r\n" + ACCEPT + "\r\n",
                STATUS + FIELDS + "\r\n",
                STATUS + FIELDS + ACCEPT + ACCEPT + "\r\n",
                STATUS + FIELDS + ACCEPT + "Sec-WebSocket-Accept: x\r\n\r\n",
                STATUS + FIELDS + "Sec-WebSocket-Accept : {ACCEPT}\r\n\r\n",
                STATUS + FIELDS + "Sec-WebSocket-Accept-Extra: {ACCEPT}\r\n\r\n",
                STATUS + FIELDS + ACCEPT + "no colon\r\n\r\n",
                STATUS + FIELDS + ACCEPT + "X: a\rb\r\n\r\n",
                STATUS + FIELDS + ACCEPT + "X: a\u0000b\r\n\r\n",
                STATUS + " " + FIELDS + ACCEPT + "\r\n",
                STATUS + FIELDS + ACCEPT + "Sec-WebSocket-Protocol: chat\r\n\r\n",
                STATUS + FIELDS + ACCEPT + "Sec-WebSocket-Protocol:\r\n\r\n",
                STATUS + FIELDS + ACCEPT + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
                STATUS + FIELDS + ACCEPT + "Sec-WebSocket-Extensions:\r\n\r\n",
                "\u0081\u0005hello",
                "HTTP/1.1 101 Switching",
                STATUS + FIELDS + ACCEPT,
                ""
            })
    void refuses(String response) {
        assertThat(runOver(response)).isEqualTo(-ECONNABORTED);
        assertThat(peer.left()).as("not read on").isEmpty();
    }

    @Test
    void refusesHeadsOfMoreThan16KibOr100Fields() {
        assertThat(runOver(STATUS + FIELDS + ACCEPT + "X: " + "x".repeat(16_384) + "\r\n\r\n"))
                .isEqualTo(-ECONNABORTED);
        assertThat(runOver(STATUS + FIELDS + ACCEPT + "X: 1\r\n".repeat(98) + "\r\n"))
                .isEqualTo(-ECONNABORTED);
        assertThat(runOver(STATUS + FIELDS + ACCEPT + "X: 1\r\n".repeat(97) + "\r\n"))
                .isZero();
    }

    /** The body of a refusal is not waited for. */
    @Test
    void refusesAsSoonAsTheHeadIsComplete() {
        peer = new ScriptedFile()
                .then("HTTP/1.1 401 Unauthorized\r\nContent-Length: 500\r\n\r\n")
                .then("body");
        assertThat(run()).isEqualTo(-ECONNABORTED);
        assertThat(peer.left()).isEqualTo("body");
    }

    @Test
    void aRefusalsStatusAndFieldsAreVisible() {
        HttpEvents events = new HttpEvents();
        req.http_cb = events.settings();
        assertThat(runOver("HTTP/1.0 401 Unauthorized\r\nWWW-Authenticate: Basic\r\n\r\n"))
                .isEqualTo(-ECONNABORTED);
        assertThat(events.seen)
                .containsExactly(
                        "begin",
                        "status:Unauthorized",
                        "field:WWW-Authenticate",
                        "value:Basic",
                        "headers 1.0 401");
    }

    @ParameterizedTest
    @ValueSource(ints = {EAGAIN, ECONNRESET, EPIPE, ENOTCONN})
    void everyOtherEndIsTheSame(int errno) {
        peer.end = -errno;
        assertThat(run()).isEqualTo(-ECONNABORTED);
        peer.sendFails = -errno;
        assertThat(run()).isEqualTo(-ECONNABORTED);
    }

    @Test
    void oneDeadlineWhateverDripsIn() {
        peer = new ScriptedFile().thenByteByByte(GOOD);
        long before = System.nanoTime();
        assertThat(run()).isZero();
        long timeout = TimeUnit.MILLISECONDS.toNanos(TIMEOUT);
        assertThat(peer.deadline - timeout).isBetween(before, System.nanoTime());
    }

    // ---- requests that cannot be sent

    @Test
    void badStringsAreRefusedBeforeAnythingIsSent() {
        assertThat(ClientHandshake.check(null)).isEqualTo(-EINVAL);
        for (String s : new String[] {null, "a b", "a\r\nX: 1", "a\u0000", "\u007f"}) {
            req.host = s;
            assertThat(ClientHandshake.check(req)).as(s).isEqualTo(-EINVAL);
            req.host = "h";
            req.url = s;
            assertThat(ClientHandshake.check(req)).as(s).isEqualTo(-EINVAL);
            req.url = "/";
        }
        for (String s : new String[] {"A: 1", "A: 1\r\n\r\n", "", "A: 1\r\nGET / HTTP/1.1\r\n"}) {
            req.optional_headers = new String[] {s};
            assertThat(ClientHandshake.check(req)).as(s).isEqualTo(-EINVAL);
            req.optional_headers_cb = (sock, http, data) -> 0;
            assertThat(ClientHandshake.check(req)).as("ignored then").isZero();
            req.optional_headers_cb = null;
        }
        req.optional_headers = null;
        for (String s : new String[] {"", "a b", "a,b", "a\r\n", "caf\u00e9"}) {
            req.subprotocols = new String[] {"ok", s};
            assertThat(ClientHandshake.check(req)).as(s).isEqualTo(-EINVAL);
        }
        req.subprotocols = new String[] {"a", "a"};
        assertThat(ClientHandshake.check(req)).isEqualTo(-EINVAL);
        req.subprotocols = null;
        req.deflate_client_max_window_bits = 7;
        assertThat(ClientHandshake.check(req)).as("not used").isZero();
        req.deflate = true;
        assertThat(ClientHandshake.check(req)).isEqualTo(-EINVAL);
        req.deflate_client_max_window_bits = 16;
        assertThat(ClientHandshake.check(req)).isEqualTo(-EINVAL);
        req.deflate_client_max_window_bits = 0;
        req.url = "";
        req.host = "";
        assertThat(ClientHandshake.check(req)).as("empty is legal").isZero();
    }
}
