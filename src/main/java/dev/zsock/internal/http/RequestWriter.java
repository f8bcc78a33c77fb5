package dev.zsock.internal.http;

import static dev.zsock.uapi.ErrnoAbi.EINVAL;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.uapi.HttpRequest;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Sends a request: Zephyr's lines in Zephyr's order, gathered and sent at once where no callback of
 * the program stands between. Checks first that the program's strings end no line that they should
 * not.
 */
final class RequestWriter {
    private static final String CRLF = "\r\n";
    private static final String[] METHODS = {
        "DELETE", "GET", "HEAD", "POST", "PUT", "CONNECT", "OPTIONS", "TRACE"
    };

    /** A payload up to here goes out with the head; a larger one is not copied. */
    private static final int MAX_GATHERED = 16 * 1024;

    private final FileOps below;
    private final Call call;
    private final HttpRequest req;
    private final long deadline;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    private int sent;

    RequestWriter(FileOps below, Call call, HttpRequest req, long deadline) {
        this.below = below;
        this.call = call;
        this.req = req;
        this.deadline = deadline;
    }

    /** 0, or -EINVAL for strings that no request can be made of. */
    static int check(HttpRequest req) {
        boolean ok = req.method >= 0 && req.method < METHODS.length;
        ok = ok && visible(req.url) && visible(req.protocol) && visible(req.host);
        ok = ok && (req.port == null || visible(req.port));
        ok = ok && (req.optional_headers_cb != null || lines(req.optional_headers));
        ok = ok && lines(req.header_fields);
        String type = req.content_type_value;
        ok = ok && (type == null || HttpText.isOneLine(type));
        return ok && req.payload_len >= 0 ? 0 : -EINVAL;
    }

    /** Bytes sent, or -errno. */
    int send() {
        String host = HttpText.authority(Objects.requireNonNull(req.host));
        text(METHODS[req.method] + " " + req.url + " " + req.protocol + CRLF);
        text("Host: " + host + (req.port == null ? "" : ":" + req.port) + CRLF);
        int rc = optionalHeaders();
        if (rc < 0) {
            return rc;
        }
        fields(req.header_fields);
        if (req.content_type_value != null) {
            text("Content-Type: " + req.content_type_value + CRLF);
        }
        rc = payload();
        return rc < 0 ? rc : sent;
    }

    private int optionalHeaders() {
        if (req.optional_headers_cb == null) {
            fields(req.optional_headers);
            return 0;
        }
        int rc = flush();
        if (rc < 0) {
            return rc;
        }
        rc = req.optional_headers_cb.call(req.internal.sock, req, req.internal.user_data);
        sent += Math.max(rc, 0);
        return rc;
    }

    private int payload() {
        byte[] payload = req.payload;
        boolean any = payload != null || req.payload_cb != null;
        if (any && req.payload_len > 0) {
            text("Content-Length: " + req.payload_len + CRLF);
        }
        text(CRLF);
        if (req.payload_cb != null) {
            int rc = flush();
            if (rc >= 0) {
                rc = req.payload_cb.call(req.internal.sock, req, req.internal.user_data);
                sent += Math.max(rc, 0);
            }
            return rc;
        }
        if (payload == null) {
            return flush();
        }
        int n = req.payload_len > 0 ? req.payload_len : upToNul(payload);
        if (n <= MAX_GATHERED) {
            out.write(payload, 0, n);
            return flush();
        }
        int rc = flush();
        return rc < 0 ? rc : sendAll(payload, n);
    }

    private int flush() {
        byte[] gathered = out.toByteArray();
        out.reset();
        return sendAll(gathered, gathered.length);
    }

    private int sendAll(byte[] bytes, int n) {
        int rc = HttpExchange.sendAll(below, call, bytes, n, deadline);
        sent += Math.max(rc, 0);
        return rc;
    }

    private void fields(@Nullable String @Nullable [] lines) {
        for (int i = 0; lines != null && i < lines.length && lines[i] != null; i++) {
            text(lines[i]);
        }
    }

    private void text(@Nullable String text) {
        out.writeBytes(Objects.requireNonNull(text).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean visible(@Nullable String text) {
        return text != null && HttpText.isVisible(text);
    }

    private static boolean lines(@Nullable String @Nullable [] lines) {
        for (int i = 0; lines != null && i < lines.length && lines[i] != null; i++) {
            if (!HttpText.isFieldLines(Objects.requireNonNull(lines[i]))) {
                return false;
            }
        }
        return true;
    }

    private static int upToNul(byte[] bytes) {
        int n = 0;
        while (n < bytes.length && bytes[n] != 0) {
            n++;
        }
        return n;
    }
}
