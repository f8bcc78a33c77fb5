package dev.zsock.internal.http;

import static dev.zsock.uapi.ErrnoAbi.EBADMSG;
import static dev.zsock.uapi.ErrnoAbi.ECONNRESET;

import dev.zsock.uapi.HttpCb;
import dev.zsock.uapi.HttpDataCb;
import dev.zsock.uapi.HttpParser;
import dev.zsock.uapi.HttpParserSettings;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a response (RFC 9112), resumable at any byte, tells the program's callbacks about it, and
 * stops right behind it. Interim responses (1xx but 101) are told and skipped. Not thread-safe.
 */
final class ResponseParser {
    /** The input is drained. */
    static final int NEED_MORE = 0;

    /** The head is complete and a body follows. */
    static final int HEAD = 1;

    /** {@link #pieceAt()} and {@link #pieceLength()} tell what the input had of the body. */
    static final int BODY = 2;

    /** The response has been taken whole. */
    static final int DONE = 3;

    private static final int AGAIN = 4;
    private static final HttpParserSettings NONE = new HttpParserSettings();
    private static final int MAX_LENGTH_DIGITS = 18;

    private enum State {
        BEGIN,
        HEAD,
        BODY,
        TRAILERS,
        DONE,
        FAILED
    }

    private final HttpParser parser;
    private final HttpParserSettings cb;
    private final boolean bodiless;
    private final HeadReader lines = new HeadReader("HTTP/1.");
    private final BodyReader body = new BodyReader();
    private final HttpHead head = new HttpHead();
    private State state = State.BEGIN;
    private boolean begun;
    private boolean headComplete;
    private String reason = "";

    /**
     * For the answer to one request. bodiless: to HEAD, which is answered without a body whatever
     * the fields say.
     */
    ResponseParser(HttpParser parser, @Nullable HttpParserSettings cb, boolean bodiless) {
        this.parser = parser;
        this.cb = cb == null ? NONE : new HttpParserSettings(cb);
        this.bodiless = bodiless;
    }

    /** One of the constants above, or -EBADMSG. */
    int next(ByteBuffer in) {
        int rc = AGAIN;
        while (rc == AGAIN) {
            rc = step(in);
        }
        if (rc < 0) {
            state = State.FAILED;
            parser.http_errno = EBADMSG;
        }
        return rc;
    }

    private int step(ByteBuffer in) {
        switch (state) {
            case BEGIN:
                if (!in.hasRemaining()) {
                    return NEED_MORE;
                }
                begun = true;
                state = State.HEAD;
                tell(cb.on_message_begin);
                return AGAIN;
            case HEAD:
            case TRAILERS:
                return line(in);
            case BODY:
                return body(in);
            case DONE:
                return DONE;
            default:
                return -EBADMSG;
        }
    }

    /** The connection has ended: {@link #DONE} when that ends the response, else -ECONNRESET. */
    int end() {
        if (state == State.BODY && body.endsWithConnection()) {
            return messageComplete();
        }
        return state == State.DONE ? DONE : -ECONNRESET;
    }

    /** True once a byte has come. */
    boolean begun() {
        return begun;
    }

    /** True once the head of the final response is complete. */
    boolean headComplete() {
        return headComplete;
    }

    /** Its fields, as far as they have come. */
    HttpHead head() {
        return head;
    }

    /** Its reason phrase. */
    String reason() {
        return reason;
    }

    /** Where in the input the body's piece begins. */
    int pieceAt() {
        return body.pieceAt;
    }

    /** Bytes of the body's piece. */
    int pieceLength() {
        return body.pieceLength;
    }

    private int line(ByteBuffer in) {
        int rc = lines.next(in);
        switch (rc) {
            case HeadReader.START_LINE:
                return statusLine(lines.startLine());
            case HeadReader.FIELD:
                if (state == State.HEAD) {
                    head.add(lines.name(), lines.value());
                }
                tell(cb.on_header_field, lines.name());
                tell(cb.on_header_value, lines.value());
                return AGAIN;
            case HeadReader.END:
                return state == State.HEAD ? headDone() : lastChunkComplete();
            default:
                return rc; // NEED_MORE is 0 in both
        }
    }

    /** 9112 4: the version, three digits, and a reason that may be missing. */
    private int statusLine(String line) {
        boolean ok = line.length() >= 12 && line.startsWith("HTTP/1.");
        ok = ok && (line.charAt(7) == '0' || line.charAt(7) == '1') && line.charAt(8) == ' ';
        ok = ok && HttpText.isNumber(line.substring(9, 12)) && line.charAt(9) != '0';
        ok = ok && (line.length() == 12 || line.charAt(12) == ' ');
        if (!ok) {
            return -EBADMSG;
        }
        parser.http_major = 1;
        parser.http_minor = line.charAt(7) - '0';
        parser.status_code = Integer.parseInt(line.substring(9, 12));
        reason = line.length() > 13 ? line.substring(13) : "";
        tell(cb.on_status, reason);
        return AGAIN;
    }

    private int headDone() {
        int status = parser.status_code;
        boolean switched = status == 101;
        parser.upgrade = switched && head.has("Connection", "upgrade") ? 1 : 0;
        parser.content_length = 0;
        if (status < 200 && !switched) { // 9110 15.2: the final response is still to come
            if (parser.http_minor == 0) {
                return -EBADMSG; // HTTP/1.0 has no interim responses
            }
            tell(cb.on_headers_complete);
            tell(cb.on_message_complete);
            head.clear();
            state = State.BEGIN;
            return AGAIN;
        }
        boolean empty = bodiless || switched || status == 204 || status == 304;
        int rc = empty ? 0 : frame();
        if (rc < 0) {
            return rc;
        }
        headComplete = true;
        tell(cb.on_headers_complete);
        if (empty || body.complete()) {
            return messageComplete();
        }
        state = State.BODY;
        return HEAD;
    }

    /** 9112 6.3: how long the body is. */
    private int frame() {
        List<String> codings = head.elements("Transfer-Encoding");
        List<String> lengths = head.elements("Content-Length");
        if (!head.values("Transfer-Encoding").isEmpty()) {
            boolean chunked = codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
            if (!chunked || !head.values("Content-Length").isEmpty() || parser.http_minor == 0) {
                return -EBADMSG; // 9112 6.1: framing that others may read in another way
            }
            body.chunked();
            return 0;
        }
        if (head.values("Content-Length").isEmpty()) {
            body.untilEof();
            return 0;
        }
        long length = contentLength(lengths);
        if (length < 0) {
            return -EBADMSG;
        }
        parser.content_length = length;
        body.length(length);
        return 0;
    }

    /** The one value that all elements have, or -1. */
    static long contentLength(List<String> elements) {
        if (elements.isEmpty()) {
            return -1;
        }
        String digits = elements.get(0);
        for (String other : elements) {
            if (!other.equals(digits)) {
                return -1;
            }
        }
        boolean ok = HttpText.isNumber(digits) && digits.length() <= MAX_LENGTH_DIGITS;
        return ok ? Long.parseLong(digits) : -1;
    }

    private int body(ByteBuffer in) {
        int rc = body.next(in);
        switch (rc) {
            case BodyReader.PIECE:
                parser.content_length = body.endsWithConnection() ? 0 : body.remaining;
                tell(cb.on_body, in);
                return BODY;
            case BodyReader.CHUNK:
                parser.content_length = body.remaining;
                tell(cb.on_chunk_header);
                if (body.remaining == 0) {
                    lines.expectTrailers();
                    state = State.TRAILERS;
                }
                return AGAIN;
            case BodyReader.CHUNK_END:
                tell(cb.on_chunk_complete);
                return AGAIN;
            case BodyReader.DONE:
                return messageComplete();
            default:
                return rc;
        }
    }

    private int lastChunkComplete() {
        tell(cb.on_chunk_complete);
        return messageComplete();
    }

    private int messageComplete() {
        state = State.DONE;
        tell(cb.on_message_complete);
        return DONE;
    }

    private void tell(@Nullable HttpCb to) {
        if (to != null) {
            to.call(parser);
        }
    }

    private void tell(@Nullable HttpDataCb to, String text) {
        if (to != null) {
            byte[] at = text.getBytes(StandardCharsets.ISO_8859_1);
            to.call(parser, at, at.length);
        }
    }

    private void tell(@Nullable HttpDataCb to, ByteBuffer in) {
        if (to != null) {
            int from = in.arrayOffset() + body.pieceAt;
            byte[] at = Arrays.copyOfRange(in.array(), from, from + body.pieceLength);
            to.call(parser, at, at.length);
        }
    }
}
