package dev.zsock.internal.http;

import static dev.zsock.uapi.ErrnoAbi.EAGAIN;
import static dev.zsock.uapi.ErrnoAbi.EBADF;
import static dev.zsock.uapi.ErrnoAbi.ECONNABORTED;
import static dev.zsock.uapi.ErrnoAbi.ECONNRESET;
import static dev.zsock.uapi.ErrnoAbi.ETIMEDOUT;
import static dev.zsock.uapi.HttpAbi.HTTP_DATA_FINAL;
import static dev.zsock.uapi.HttpAbi.HTTP_DATA_MORE;
import static dev.zsock.uapi.HttpAbi.HTTP_HEAD;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.uapi.HttpClientInternalData;
import dev.zsock.uapi.HttpRequest;
import dev.zsock.uapi.HttpResponse;
import dev.zsock.uapi.HttpResponseCb;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * One request and its response over a stream file, within one deadline. The program's callbacks run
 * in the calling thread, with no lock held; they may make calls of their own. Not thread-safe.
 */
public final class HttpExchange {
    private final FileOps below;
    private final Call call;
    private final HttpRequest req;
    private final HttpResponse rsp;
    private final long deadline;
    private final byte[] buffer;
    private final ByteBuffer in;
    private final ResponseParser parser;
    private int told; // index behind the last byte that the callback has been told of
    private boolean headTaken;

    /**
     * Prepares the request's own part. recv_buf and its length must be good; sock is the number
     * that the callbacks get.
     */
    public HttpExchange(
            FileOps below,
            Call call,
            int sock,
            HttpRequest req,
            @Nullable Object userData,
            long deadline) {
        this.below = below;
        this.call = call;
        this.req = req;
        this.deadline = deadline;
        rsp = req.internal.response;
        buffer = Objects.requireNonNull(req.recv_buf);
        in = ByteBuffer.wrap(buffer).limit(0);
        Object programs = req.internal.parser.data;
        req.internal.set(new HttpClientInternalData());
        req.internal.parser.data = programs;
        req.internal.user_data = userData;
        req.internal.sock = sock;
        req.data_len = 0;
        rsp.http_cb = req.http_cb;
        rsp.cb = req.response;
        rsp.recv_buf = buffer;
        rsp.recv_buf_len = req.recv_buf_len;
        if (req.http_cb != null) {
            req.internal.parser_settings.set(req.http_cb);
        }
        boolean bodiless = req.method == HTTP_HEAD;
        parser = new ResponseParser(req.internal.parser, req.http_cb, bodiless);
    }

    /** 0, or -EINVAL for strings that no request can be made of. */
    public static int check(HttpRequest req) {
        return RequestWriter.check(req);
    }

    /** The whole of it, by the call's deadline: bytes sent, or -errno. */
    public static int run(
            FileOps below, Call call, int sock, HttpRequest req, @Nullable Object userData) {
        HttpExchange exchange = new HttpExchange(below, call, sock, req, userData, call.deadline);
        int sent = exchange.send();
        int rc = sent < 0 ? sent : exchange.receive();
        return rc < 0 ? rc : sent;
    }

    /**
     * Sends n bytes: n, or -errno; -ETIMEDOUT when the deadline has come first, -EBADF once the
     * call's number is closed.
     */
    public static int sendAll(FileOps below, Call call, byte[] bytes, int n, long deadline) {
        int done = 0;
        while (done < n) {
            if (call.cancelled()) {
                return -EBADF;
            }
            call.deadline = deadline;
            int rc = below.sendto(call, call.data.set(bytes, done, n - done), 0, null, 0);
            if (rc < 0) {
                return rc == -EAGAIN ? -ETIMEDOUT : rc;
            }
            done += rc;
        }
        return n;
    }

    /** Sends the request: bytes sent, or -errno. */
    public int send() {
        return new RequestWriter(below, call, req, deadline).send();
    }

    /** Receives the head of the response, and no body: 0 or -errno. */
    public int receiveHead() {
        while (!parser.headComplete()) {
            int rc = parser.next(in);
            if (rc < 0) {
                return rc;
            }
            if (rc == ResponseParser.NEED_MORE && !parser.headComplete()) {
                rc = fill();
                if (rc <= 0) {
                    return rc == 0 ? -ECONNRESET : rc;
                }
            }
        }
        takeHead();
        return 0;
    }

    /** The response's head. */
    public HttpHead head() {
        return parser.head();
    }

    /** What has been received behind it, moved to the start of recv_buf; data_len counts it. */
    public ByteBuffer rest() {
        in.compact().flip();
        req.data_len = in.remaining();
        return in;
    }

    /** Receives the response and tells the program's callback: 0 or -errno. */
    private int receive() {
        while (true) {
            int rc = parser.next(in);
            if (rc < 0) {
                return rc;
            }
            if (parser.headComplete()) {
                takeHead();
            }
            switch (rc) {
                case ResponseParser.BODY -> rc = takeBody();
                case ResponseParser.DONE -> {
                    return finish();
                }
                case ResponseParser.NEED_MORE -> {
                    if (in.position() > told && tell(HTTP_DATA_MORE, in.position()) < 0) {
                        return -ECONNABORTED;
                    }
                    rc = fill();
                    if (rc == 0) {
                        return ended();
                    }
                }
                default -> {} // HEAD
            }
            if (rc < 0) {
                return rc;
            }
        }
    }

    /** More than 0, 0 at the end of the stream, or -errno; a server may always have more. */
    private int fill() {
        if (deadline != Call.NOW && Call.nanosLeft(deadline) == 0) {
            return -ETIMEDOUT;
        }
        call.deadline = deadline;
        int rc = below.recvfrom(call, call.data.set(buffer, 0, rsp.recv_buf_len), 0, null, null);
        in.limit(Math.max(rc, 0)).position(0);
        told = 0;
        return rc == -EAGAIN ? -ETIMEDOUT : rc;
    }

    private void takeHead() {
        if (headTaken) {
            return;
        }
        headTaken = true;
        rsp.http_status_code = req.internal.parser.status_code;
        byte[] reason = parser.reason().getBytes(StandardCharsets.ISO_8859_1);
        int n = Math.min(reason.length, rsp.http_status.length - 1);
        System.arraycopy(reason, 0, rsp.http_status, 0, n);
        long length = ResponseParser.contentLength(parser.head().elements("Content-Length"));
        if (length >= 0) {
            rsp.cl_present = 1;
            rsp.content_length = length;
        }
        List<String> ranges = parser.head().values("Content-Range");
        if (ranges.size() == 1) {
            ContentRange.take(ranges.get(0), rsp);
        }
    }

    /** One piece a callback: pieces of chunks do not lie side by side. */
    private int takeBody() {
        if (rsp.body_frag_len > 0 && tell(HTTP_DATA_MORE, parser.pieceAt()) < 0) {
            return -ECONNABORTED;
        }
        rsp.body_found = 1;
        rsp.processed += parser.pieceLength();
        rsp.body_frag_start = buffer;
        rsp.body_frag_off = parser.pieceAt();
        rsp.body_frag_len = parser.pieceLength();
        return 0;
    }

    private int ended() {
        if (parser.begun() && parser.end() != ResponseParser.DONE) {
            return -ECONNRESET;
        }
        return finish(); // without a byte: the null response, with status 0
    }

    private int finish() {
        rsp.message_complete = parser.begun() ? 1 : 0;
        tell(HTTP_DATA_FINAL, in.position());
        rest();
        return 0;
    }

    private int tell(int last, int upTo) {
        rsp.data_len = upTo - told;
        told = upTo;
        HttpResponseCb cb = Objects.requireNonNull(req.response);
        int rc = cb.call(rsp, last, req.internal.user_data);
        rsp.body_frag_start = null;
        rsp.body_frag_off = 0;
        rsp.body_frag_len = 0;
        return rc;
    }
}
