package dev.zsock.internal.http;

import static dev.zsock.uapi.ErrnoAbi.EBADMSG;
import static dev.zsock.uapi.ErrnoAbi.ECONNRESET;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.HttpEvents;
import dev.zsock.uapi.HttpParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class ResponseParserTest {
    private static final String REST = "\u0081\u0005hello";

    /** A response, whether it answers HEAD, and the events it must give. */
    record Case(String name, boolean head, String text, String... events) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Case> GOOD = List.of(
            new Case(
                    "101",
                    false,
                    "HTTP/1.1 101 Switching Protocols\r\nX-A: 1\r\nConnection: Upgrade\r\n"
                            + "X-Empty:\r\n\r\n",
                    "begin",
                    "status:Switching Protocols",
                    "field:X-A",
                    "value:1",
                    "field:Connection",
                    "value:Upgrade",
                    "field:X-Empty",
                    "value:",
                    "headers 1.1 101 upgrade",
                    "complete"),
            new Case(
                    "content length",
                    false,
                    "HTTP/1.0 200 OK\r\nContent-Length:  5 \r\n\r\nhello",
                    "begin",
                    "status:OK",
                    "field:Content-Length",
                    "value:5",
                    "headers 1.0 200",
                    "body:hello",
                    "complete"),
            new Case(
                    "content length twice alike",
                    false,
                    "HTTP/1.1 200 OK\nContent-Length: 1, 1\ncontent-length: 1\n\nx",
                    "begin",
                    "status:OK",
                    "field:Content-Length",
                    "value:1, 1",
                    "field:content-length",
                    "value:1",
                    "headers 1.1 200",
                    "body:x",
                    "complete"),
            new Case(
                    "LF alone, no reason, folded line",
                    false,
                    "HTTP/1.1 204\nX-Folded: a\n \t b\r\n\tc  \n\n",
                    "begin",
                    "status:",
                    "field:X-Folded",
                    "value:a b c",
                    "headers 1.1 204",
                    "complete"),
            new Case(
                    "chunks, extension, trailer",
                    false,
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
                            + "5\r\nhello\r\n0A;x=\"y\" \r\n0123456789\r\n"
                            + "000\r\nX-T: v\r\n\r\n",
                    "begin",
                    "status:OK",
                    "field:Transfer-Encoding",
                    "value:Chunked",
                    "headers 1.1 200",
                    "chunk 5",
                    "body:hello",
                    "chunk end",
                    "chunk 10",
                    "body:0123456789",
                    "chunk end",
                    "chunk 0",
                    "field:X-T",
                    "value:v",
                    "chunk end",
                    "complete"),
            new Case(
                    "interim responses first",
                    false,
                    "HTTP/1.1 100 Continue\r\nX: 1\r\n\r\nHTTP/1.1 103\r\n\r\n"
                            + "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
                    "begin",
                    "status:Continue",
                    "field:X",
                    "value:1",
                    "headers 1.1 100",
                    "complete",
                    "begin",
                    "status:",
                    "headers 1.1 103",
                    "complete",
                    "begin",
                    "status:Not Modified",
                    "field:Content-Length",
                    "value:9",
                    "headers 1.1 304",
                    "complete"),
            new Case(
                    "answer to HEAD",
                    true,
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                    "begin",
                    "status:OK",
                    "field:Transfer-Encoding",
                    "value:chunked",
                    "headers 1.1 200",
                    "complete"));

    @ParameterizedTest
    @FieldSource("GOOD")
    void eventsAreTheSameAtEverySplitAndTheRestIsLeft(Case c) {
        byte[] text = bytes(c.text + REST);
        for (int cut = 0; cut <= text.length; cut++) {
            HttpEvents events = new HttpEvents();
            ResponseParser parser = new ResponseParser(new HttpParser(), events.settings(), c.head);
            ByteBuffer in = ByteBuffer.wrap(text).limit(cut);
            int rc = drain(parser, in);
            in.limit(text.length);
            rc = rc == ResponseParser.NEED_MORE ? drain(parser, in) : rc;
            assertThat(rc).as("cut %d", cut).isEqualTo(ResponseParser.DONE);
            assertThat(in.position()).as("cut %d", cut).isEqualTo(c.text.length());
            assertThat(events.seen).as("cut %d", cut).containsExactly(c.events);
        }
    }

    @ParameterizedTest
    @FieldSource("GOOD")
    void byteByByte(Case c) {
        HttpEvents events = new HttpEvents();
        ResponseParser parser = new ResponseParser(new HttpParser(), events.settings(), c.head);
        int rc = ResponseParser.NEED_MORE;
        for (byte b : bytes(c.text)) {
            assertThat(rc).isEqualTo(ResponseParser.NEED_MORE);
            rc = drain(parser, ByteBuffer.wrap(new byte[] {b}));
        }
        assertThat(rc).isEqualTo(ResponseParser.DONE);
        assertThat(events.seen).containsExactly(c.events);
    }

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    static final List<String> BAD = List.of(
            "\r\n" + OK + "\r\n",
            "\n",
            "HTTP/2.0 200 OK\r\n\r\n",
            "HTTP/1.2 200 OK\r\n\r\n",
            "HXYZ/1.1 200 OK\r\n\r\n",
            "http/1.1 200 OK\r\n\r\n",
            "HTTP/1.1  200 OK\r\n\r\n",
            "HTTP/1.1 20 OK\r\n\r\n",
            "HTTP/1.1 2000 OK\r\n\r\n",
            "HTTP/1.1 abc\r\n\r\n",
            "HTTP/1.1 099 OK\r\n\r\n",
            "HTTP/1.1 200OK\r\n\r\n",
            "HTTP/1.1\r\n\r\n",
            "\u0081\u0005hello",
            OK + "X : 1\r\n\r\n",
            OK + "no colon\r\n\r\n",
            OK + ": no name\r\n\r\n",
            OK + " folded at once\r\n\r\n",
            OK + "X: a\rb\r\n\r\n",
            OK + "X: a\r\r\n\r\n",
            OK + "X: a\u0000b\r\n\r\n",
            OK + "X(Y): 1\r\n\r\n",
            OK + "\u00e9: 1\r\n\r\n",
            OK + "Content-Length: -1\r\n\r\n",
            OK + "Content-Length: +1\r\n\r\n",
            OK + "Content-Length: 1x\r\n\r\n",
            OK + "Content-Length: \r\n\r\n",
            OK + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
            OK + "Content-Length: 1, 2\r\n\r\n",
            OK + "Content-Length: 1234567890123456789\r\n\r\n",
            OK + "Transfer-Encoding: gzip, chunked\r\n\r\n",
            OK + "Transfer-Encoding: identity\r\n\r\n",
            OK + "Transfer-Encoding:\r\n\r\n",
            OK + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            OK + "Transfer-Encoding: chunked\r\n\r\n\r\n",
            OK + "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
            OK + "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n",
            OK + "Transfer-Encoding: chunked\r\n\r\n1234567890abcdef\r\n",
            OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n",
            OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\r\n",
            OK + "Transfer-Encoding: chunked\r\n\r\n5\rhello\r\n",
            OK + "Transfer-Encoding: chunked\r\n\r\n;x\r\n",
            OK + "Transfer-Encoding: chunked\r\n\r\n0\r\nno colon\r\n\r\n",
            OK + "Transfer-Encoding: chunked\r\n\r\n5;" + "x".repeat(5000) + "\r\n",
            OK + "X: " + "x".repeat(16 * 1024) + "\r\n\r\n",
            OK + "X: 1\r\n".repeat(101) + "\r\n",
            "HTTP/1.1 100 \r\n\r\n".repeat(2000));

    @ParameterizedTest
    @FieldSource("BAD")
    void refusesAtEverySplit(String text) {
        byte[] b = bytes(text);
        int step = Math.max(1, b.length / 100);
        for (int cut = 0; cut <= b.length; cut += step) {
            HttpParser fields = new HttpParser();
            ResponseParser parser = new ResponseParser(fields, null, false);
            ByteBuffer in = ByteBuffer.wrap(b).limit(cut);
            int rc = drain(parser, in);
            in.limit(b.length);
            rc = rc == ResponseParser.NEED_MORE ? drain(parser, in) : rc;
            assertThat(rc).as("cut %d", cut).isEqualTo(-EBADMSG);
            assertThat(fields.http_errno).isNotZero();
            assertThat(parser.next(ByteBuffer.wrap(bytes(OK)))).isEqualTo(-EBADMSG);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0081", "GET / HTTP/1.1", "HTTP/2"})
    void whatIsNotHttpIsRefusedAtItsFirstByte(String text) {
        ResponseParser parser = new ResponseParser(new HttpParser(), null, false);
        assertThat(drain(parser, ByteBuffer.wrap(bytes(text)))).isEqualTo(-EBADMSG);
    }

    @Test
    void headOfExactly16KibAnd100FieldsPasses() {
        String fields = "X: 1\r\n".repeat(99);
        int used = OK.length() + fields.length() + "Y: \r\n\r\n".length();
        String text = OK + fields + "Y: " + "y".repeat(16 * 1024 - used) + "\r\n\r\n";
        ResponseParser parser = new ResponseParser(new HttpParser(), null, false);
        assertThat(text).hasSize(16 * 1024);
        assertThat(parser.next(ByteBuffer.wrap(bytes(text)))).isEqualTo(ResponseParser.HEAD);
    }

    @Test
    void bodyWithoutLengthEndsWithTheConnection() {
        HttpEvents events = new HttpEvents();
        ResponseParser parser = new ResponseParser(new HttpParser(), events.settings(), false);
        assertThat(drain(parser, ByteBuffer.wrap(bytes(OK + "\r\nabc")))).isZero();
        assertThat(drain(parser, ByteBuffer.wrap(bytes("def")))).isZero();
        assertThat(parser.end()).isEqualTo(ResponseParser.DONE);
        assertThat(events.seen)
                .containsExactly(
                        "begin", "status:OK", "headers 1.1 200", "body:abcdef", "complete");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK",
                "HTTP/1.1 200 OK\r\nX: 1\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n"
            })
    void theEndOfTheConnectionInsideAResponse(String text) {
        ResponseParser parser = new ResponseParser(new HttpParser(), null, false);
        assertThat(drain(parser, ByteBuffer.wrap(bytes(text)))).isZero();
        assertThat(parser.end()).isEqualTo(-ECONNRESET);
    }

    /** Bodies of every framing, cut anywhere, come out as they were put in. */
    @Test
    void randomBodiesInRandomPieces() {
        Random random = new Random(9112);
        for (int round = 0; round < 500; round++) {
            byte[] body = new byte[random.nextInt(3000)];
            random.nextBytes(body);
            String text = framed(new String(body, StandardCharsets.ISO_8859_1), random);
            List<Byte> got = new ArrayList<>();
            ResponseParser parser = new ResponseParser(new HttpParser(), null, false);
            byte[] wire = bytes(text + REST);
            ByteBuffer in = ByteBuffer.wrap(wire).limit(0);
            int rc = ResponseParser.NEED_MORE;
            while (rc != ResponseParser.DONE) {
                assertThat(rc).isNotNegative();
                if (rc == ResponseParser.NEED_MORE) {
                    in.limit(Math.min(wire.length, in.limit() + 1 + random.nextInt(200)));
                }
                rc = parser.next(in);
                for (int i = 0; rc == ResponseParser.BODY && i < parser.pieceLength(); i++) {
                    got.add(wire[parser.pieceAt() + i]);
                }
            }
            assertThat(in.position()).isEqualTo(text.length());
            byte[] all = new byte[got.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = got.get(i);
            }
            assertThat(all).isEqualTo(body);
        }
    }

    private static String framed(String body, Random random) {
        if (random.nextBoolean()) {
            return OK + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        }
        StringBuilder s = new StringBuilder(OK + "Transfer-Encoding: chunked\r\n\r\n");
        for (int at = 0; at < body.length(); ) {
            int n = 1 + random.nextInt(Math.min(500, body.length() - at));
            s.append(Integer.toHexString(n)).append("\r\n");
            s.append(body, at, at + n).append("\r\n");
            at += n;
        }
        return s.append("0\r\n\r\n").toString();
    }

    private static int drain(ResponseParser parser, ByteBuffer in) {
        int rc;
        do {
            rc = parser.next(in);
        } while (rc == ResponseParser.HEAD || rc == ResponseParser.BODY);
        return rc;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
