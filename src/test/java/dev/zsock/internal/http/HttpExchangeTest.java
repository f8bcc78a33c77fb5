package dev.zsock.internal.http;

import static dev.zsock.uapi.ErrnoAbi.*;
import static dev.zsock.uapi.HttpAbi.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zsock.internal.file.Call;
import dev.zsock.testkit.ScriptedFile;
import dev.zsock.uapi.HttpRequest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class HttpExchangeTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final ScriptedFile peer = new ScriptedFile();
    private final HttpRequest req = new HttpRequest();
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void plainGet() {
        req.method = HTTP_GET;
        req.url = "/x?y";
        req.protocol = "HTTP/1.1";
        req.host = "example.org";
        req.recv_buf = new byte[100];
        req.recv_buf_len = 64;
        req.response = (rsp, last, user_data) -> {
            byte[] frag = rsp.body_frag_start;
            String body = frag == null
                    ? ""
                    : new String(
                            frag,
                            rsp.body_frag_off,
                            rsp.body_frag_len,
                            StandardCharsets.ISO_8859_1);
            told.add((last == HTTP_DATA_FINAL ? "final " : "more ") + rsp.http_status_code + " "
                    + rsp.data_len + " " + body);
            return 0;
        };
    }

    private int run() {
        return run(Call.NEVER);
    }

    private int run(long deadline) {
        Call call = Call.begin(null, deadline);
        try {
            return HttpExchange.run(peer, call, 7, req, "user data");
        } finally {
            call.end();
        }
    }

    @Test
    void wireOrderIsZephyrsAndGoesOutAtOnce() {
        req.method = HTTP_POST;
        req.port = "8080";
        req.optional_headers = new String[] {"A: 1\r\nB: 2\r\n", "C: 3\r\n", null, "D: 4\r\n"};
        req.header_fields = new String[] {"E: 5\r\n"};
        req.content_type_value = "text/plain";
        req.payload = "hello and more".getBytes();
        req.payload_len = 5;
        peer.then(OK + "Content-Length: 0\r\n\r\n");

        String wire = "POST /x?y HTTP/1.1\r\nHost: example.org:8080\r\nA: 1\r\nB: 2\r\nC: 3\r\n"
                + "E: 5\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";
        assertThat(run()).isEqualTo(wire.length());
        assertThat(peer.sent()).isEqualTo(wire);
        assertThat(peer.sends).isEqualTo(1);
        assertThat(told).containsExactly("final 200 38 ");
    }

    @Test
    void payloadWithoutLengthEndsAtItsNulAndHasNoContentLength() {
        req.method = HTTP_PUT;
        req.payload = new byte[] {'a', 'b', 0, 'c'};
        peer.then(OK + "Content-Length: 0\r\n\r\n");
        String wire = "PUT /x?y HTTP/1.1\r\nHost: example.org\r\n\r\nab";
        assertThat(run()).isEqualTo(wire.length());
        assertThat(peer.sent()).isEqualTo(wire);
    }

    @Test
    void largePayloadIsSentWholeThroughShortWrites() {
        req.method = HTTP_PUT;
        req.payload = new byte[100_000];
        Arrays.fill(req.payload, (byte) 'x');
        req.payload_len = 100_000;
        peer.sendAtMost = 7_001;
        peer.then(OK + "Content-Length: 0\r\n\r\n");
        assertThat(run()).isEqualTo(peer.sent().length());
        assertThat(peer.sent()).endsWith("Content-Length: 100000\r\n\r\n" + "x".repeat(100_000));
    }

    @Test
    void callbacksSendThemselvesBehindAFlush() {
        req.optional_headers = new String[] {"Ignored: 1\r\n"};
        req.optional_headers_cb = (sock, request, data) -> {
            assertThat(sock).isEqualTo(7);
            assertThat(request).isSameAs(req);
            assertThat(data).isEqualTo("user data");
            assertThat(peer.sent()).isEqualTo("GET /x?y HTTP/1.1\r\nHost: example.org\r\n");
            return 20;
        };
        req.payload_cb = (sock, request, data) -> {
            assertThat(peer.sent()).endsWith("Content-Length: 30\r\n\r\n");
            return 30;
        };
        req.payload_len = 30;
        peer.then(OK + "Content-Length: 0\r\n\r\n");
        assertThat(run()).isEqualTo(peer.sent().length() + 50);
        assertThat(peer.sends).isEqualTo(2);
    }

    @Test
    void aCallbackThatRefusesEndsTheRequest() {
        req.optional_headers_cb = (sock, request, data) -> -7;
        assertThat(run()).isEqualTo(-7);
        assertThat(peer.sent()).isEqualTo("GET /x?y HTTP/1.1\r\nHost: example.org\r\n");
        req.optional_headers_cb = null;
        req.payload_cb = (sock, request, data) -> -8;
        assertThat(run()).isEqualTo(-8);
        assertThat(peer.receives).isZero();
    }

    @ParameterizedTest(name = "host {0}")
    @CsvSource({
        "::1,            [::1]",
        "fe80::1%eth0,   [fe80::1]",
        "FE80::1%2,      [FE80::1]",
        "::ffff:1.2.3.4, [::ffff:1.2.3.4]",
        "[::1],          [::1]",
        "[::1]:80,       [::1]:80",
        "127.0.0.1:80,   127.0.0.1:80",
        "a:b:c,          a:b:c",
        "1:2:3:4:5:6:7,  1:2:3:4:5:6:7",
        "'',             ''"
    })
    void hostAsRfc3986WantsIt(String host, String field) {
        req.host = host;
        run(Call.NOW);
        assertThat(peer.sentField("Host")).isEqualTo(field);
    }

    @Test
    void stringsThatWouldBreakTheRequestAreRefused() {
        for (String s :
                new String[] {"a b", "a\r\nX: 1", "a\n", "a\tb", "a\u0000", "a\u007f", " "}) {
            req.url = s;
            assertThat(HttpExchange.check(req)).as(s).isEqualTo(-EINVAL);
            req.url = "/";
            req.host = s;
            assertThat(HttpExchange.check(req)).as(s).isEqualTo(-EINVAL);
            req.host = "h";
            req.port = s;
            assertThat(HttpExchange.check(req)).as(s).isEqualTo(-EINVAL);
            req.port = null;
            req.protocol = s;
            assertThat(HttpExchange.check(req)).as(s).isEqualTo(-EINVAL);
            req.protocol = "HTTP/1.1";
        }
    }

    @Test
    void headerLinesThatAreNotCompleteAreRefused() {
        for (String s : new String[] {
            "",
            "A: 1",
            "A: 1\n",
            "A: 1\r\n\r\n",
            "\r\n",
            "A: 1\r\nB",
            "A: 1\r\nB: 2",
            "A : 1\r\n",
            ": 1\r\n",
            "A\r\n",
            "A: 1\r2\r\n",
            "A: 1\u0000\r\n",
            " A: 1\r\n",
            "A: 1\r\n B\r\n",
            "A: 1\n\r\n"
        }) {
            req.optional_headers = new String[] {"Ok: 1\r\n", s};
            assertThat(HttpExchange.check(req)).as(s).isEqualTo(-EINVAL);
            req.optional_headers = null;
            req.header_fields = new String[] {s};
            assertThat(HttpExchange.check(req)).as(s).isEqualTo(-EINVAL);
            req.header_fields = null;
        }
    }

    @Test
    void otherPartsThatCannotBeSent() {
        req.content_type_value = "a\r\nX: 1";
        assertThat(HttpExchange.check(req)).isEqualTo(-EINVAL);
        req.content_type_value = null;
        req.method = 8;
        assertThat(HttpExchange.check(req)).isEqualTo(-EINVAL);
        req.method = -1;
        assertThat(HttpExchange.check(req)).isEqualTo(-EINVAL);
        req.method = HTTP_GET;
        req.url = "";
        req.host = "h\u00f6st";
        assertThat(HttpExchange.check(req)).isZero();
    }

    /** A window of 64 bytes over a response cut everywhere gives the same body and end. */
    @Test
    void bodyComesInPiecesAtEverySplit() {
        String body = "0123456789".repeat(20);
        String text = OK + "Content-Length: 200\r\nContent-Range: bytes 5-204/1000\r\n\r\n" + body;
        for (int cut = 1; cut < text.length(); cut++) {
            told.clear();
            assertThat(peer.left()).isEmpty();
            peer.thenCut(text + "rest", cut);
            assertThat(run()).isPositive();
            StringBuilder got = new StringBuilder();
            int bytes = 0;
            for (int i = 0; i < told.size(); i++) {
                String[] parts = told.get(i).split(" ", -1);
                assertThat(parts[0]).isEqualTo(i < told.size() - 1 ? "more" : "final");
                bytes += Integer.parseInt(parts[2]);
                got.append(parts[3]);
            }
            assertThat(got.toString()).isEqualTo(body);
            assertThat(bytes).isEqualTo(text.length());
            assertThat(req.internal.response.processed).isEqualTo(200);
            assertThat(req.internal.response.content_length).isEqualTo(200);
            assertThat(req.internal.response.content_range.start).isEqualTo(5);
            assertThat(req.internal.response.content_range.end).isEqualTo(204);
            assertThat(req.internal.response.content_range.total).isEqualTo(1000);
            String rest = new String(req.recv_buf, 0, req.data_len) + peer.left();
            assertThat(rest).isEqualTo("rest");
            dropWhatIsLeft();
        }
    }

    private void dropWhatIsLeft() {
        Call call = Call.begin(null, Call.NOW);
        while (peer.recvfrom(call, call.data.set(new byte[64], 0, 64), 0, null, null) > 0) {}
        call.end();
    }

    @Test
    void eachChunkOfOneReadIsToldByItself() {
        req.recv_buf_len = 100;
        peer.then(OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        assertThat(run()).isPositive();
        assertThat(told).containsExactly("more 200 58 abc", "final 200 9 de");
    }

    @Test
    void reasonAndFlagsAreFilledIn() {
        peer.then("HTTP/1.1 404 A reason that is far too long for it\r\n")
                .then("Content-Range: bytes 0-1/*\r\n\r\n");
        peer.end = 0;
        assertThat(run()).isPositive();
        byte[] status = req.internal.response.http_status;
        assertThat(new String(status, 0, 31)).isEqualTo("A reason that is far too long f");
        assertThat(status[31]).isZero();
        assertThat(req.internal.response.cr_present).isEqualTo(1);
        assertThat(req.internal.response.content_range.total).isZero();
        assertThat(req.internal.response.cl_present).isZero();
        assertThat(req.internal.response.message_complete).isEqualTo(1);
        assertThat(told.get(told.size() - 1)).isEqualTo("final 404 0 ");
    }

    @Test
    void endBeforeAnyByteIsTheNullResponse() {
        peer.end = 0;
        assertThat(run()).isEqualTo(peer.sent().length());
        assertThat(told).containsExactly("final 0 0 ");
        assertThat(req.internal.response.message_complete).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "timeout,            HTTP/1.1 2, -11,  110",
        "reset,              HTTP/1.1 2, -104, 104",
        "end inside a head,  HTTP/1.1 2, 0,    104",
        "closed by another,  HTTP/1.1 2, -9,   9",
        "malformed,          HTTP/2.0,   0,    74"
    })
    void failuresHaveZephyrsErrnos(String name, String text, int end, int errno) {
        peer.then(text);
        peer.end = end;
        assertThat(run(Call.NOW)).isEqualTo(-errno);
    }

    @ParameterizedTest
    @ValueSource(ints = {EPIPE, ECONNRESET, EBADF})
    void sendErrorsAreReturned(int errno) {
        peer.sendFails = -errno;
        assertThat(run()).isEqualTo(-errno);
        assertThat(peer.receives).isZero();
    }

    @Test
    void timeWhileSending() {
        peer.sendFails = -EAGAIN;
        assertThat(run()).isEqualTo(-ETIMEDOUT);
    }

    @Test
    void oneDeadlineForEverything() {
        long deadline = System.nanoTime() + 60_000_000_000L;
        peer.thenByteByByte(OK + "Content-Length: 0\r\n\r\n");
        assertThat(run(deadline)).isPositive();
        assertThat(peer.deadline).isEqualTo(deadline);
    }

    @Test
    void theResponseCallbackCanEndIt() {
        req.response = (rsp, last, data) -> last == HTTP_DATA_MORE ? -1 : 0;
        peer.then(OK);
        assertThat(run()).isEqualTo(-ECONNABORTED);
        req.response = (rsp, last, data) -> -1;
        peer.then(OK + "Content-Length: 0\r\n\r\n");
        assertThat(run()).as("its word does not count at the end").isPositive();
    }

    @Test
    void anExceptionOfACallbackReachesTheCaller() {
        req.response = (rsp, last, data) -> {
            throw new IllegalStateException("mine");
        };
        peer.then(OK);
        assertThatThrownBy(this::run).hasMessage("mine");
    }

    @Test
    void bytesBehindA101AreLeftInTheBuffer() {
        peer.then("HTTP/1.1 101 Switching Protocols\r\nContent-Length: 3\r\n\r\n\u0081\u0002hi");
        assertThat(run()).isPositive();
        assertThat(req.data_len).isEqualTo(4);
        assertThat(Arrays.copyOf(req.recv_buf, 4)).isEqualTo(new byte[] {(byte) 0x81, 2, 'h', 'i'});
    }

    @Test
    void theProgramsOwnPointerInTheParserStays() {
        req.internal.parser.data = "mine";
        peer.then(OK + "Content-Length: 0\r\n\r\n");
        assertThat(run()).isPositive();
        assertThat(req.internal.parser.data).isEqualTo("mine");
        assertThat(req.internal.sock).isEqualTo(7);
        assertThat(req.internal.user_data).isEqualTo("user data");
    }
}
