package dev.zsock.internal.websocket;

import static dev.zsock.uapi.ErrnoAbi.EBADF;
import static dev.zsock.uapi.ErrnoAbi.ECONNABORTED;
import static dev.zsock.uapi.ErrnoAbi.EINVAL;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.http.HttpExchange;
import dev.zsock.internal.http.HttpHead;
import dev.zsock.internal.http.HttpText;
import dev.zsock.internal.trace.Trace;
import dev.zsock.internal.websocket.Extensions.Extension;
import dev.zsock.uapi.HttpAbi;
import dev.zsock.uapi.HttpRequest;
import dev.zsock.uapi.WebsocketRequest;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The client's opening handshake (4.1): sends the upgrade request and takes nothing but the one
 * right answer. Holds no lock; callbacks of the request run in the calling thread.
 */
public final class ClientHandshake {
    private static final int BUFFER = 4096;
    private static final String CRLF = "\r\n";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    /** What a handshake that succeeded has agreed on. */
    public static final class Result extends Agreed {
        /** The request as made, with its response, for the connect callback. */
        public HttpRequest request = new HttpRequest();

        /**
         * The first frame bytes, which came with the response's head; nobody else uses this memory.
         */
        public ByteBuffer rest = ByteBuffer.allocate(0);
    }

    private final WebsocketRequest req;
    private final String key;
    private final Result out;

    private ClientHandshake(WebsocketRequest req, Result out) {
        this.req = req;
        this.out = out;
        key = AcceptKey.newKey();
    }

    /** 0, or -EINVAL for a request that cannot be sent. */
    public static int check(@Nullable WebsocketRequest req) {
        if (req == null || req.host == null || req.url == null) {
            return -EINVAL;
        }
        if (!legalSubprotocols(req.subprotocols) || req.deflate && !DeflateParams.legal(req)) {
            return -EINVAL;
        }
        return HttpExchange.check(request(req));
    }

    /**
     * Upgrades the connection of a request that {@link #check} has passed. sock is the number that
     * {@code optional_headers_cb} gets.
     *
     * @return 0; -EBADF when the number was closed meanwhile; -ECONNABORTED for anything else that
     *     went wrong
     */
    public static int run(
            FileOps below,
            Call call,
            int sock,
            WebsocketRequest req,
            int timeoutMs,
            @Nullable Object userData,
            Result out) {
        ClientHandshake handshake = new ClientHandshake(req, out);
        long deadline = Call.afterMs(timeoutMs);
        HttpExchange exchange =
                new HttpExchange(below, call, sock, handshake.fullRequest(), userData, deadline);
        int rc = exchange.send();
        if (rc >= 0) {
            rc = exchange.receiveHead();
        }
        if (rc < 0) {
            if (Trace.HTTP) {
                Trace.http(sock, "upgrade failed", "errno", -rc);
            }
            return call.cancelled() ? -EBADF : -ECONNABORTED;
        }
        String reason = handshake.verify(exchange.head());
        if (reason != null) {
            if (Trace.HTTP) {
                int status = out.request.internal.parser.status_code;
                Trace.http(sock, "upgrade refused", "reason", reason, "status", status);
            }
            return -ECONNABORTED;
        }
        out.rest = exchange.rest();
        return 0;
    }

    private static HttpRequest request(WebsocketRequest req) {
        HttpRequest http = new HttpRequest();
        http.method = HttpAbi.HTTP_GET;
        http.url = req.url;
        http.protocol = "HTTP/1.1";
        http.host = req.host;
        http.optional_headers_cb = req.optional_headers_cb;
        http.optional_headers = req.optional_headers;
        http.http_cb = req.http_cb;
        return http;
    }

    private HttpRequest fullRequest() {
        List<String> lines = new ArrayList<>();
        String offered = String.join(", ", upToNull(req.subprotocols));
        if (!offered.isEmpty()) {
            lines.add(PROTOCOL + ": " + offered + CRLF);
        }
        if (req.deflate) {
            lines.add(EXTENSIONS + ": " + DeflateParams.offer(req) + CRLF);
        }
        lines.add("Sec-WebSocket-Key: " + key + CRLF);
        lines.add("Upgrade: websocket" + CRLF);
        lines.add("Connection: Upgrade" + CRLF);
        lines.add("Sec-WebSocket-Version: 13" + CRLF);
        HttpRequest http = request(req);
        http.header_fields = lines.toArray(new String[0]);
        http.recv_buf = new byte[BUFFER];
        http.recv_buf_len = BUFFER;
        out.request = http;
        return http;
    }

    /** 4.1, the list at its end: null, or why the answer is refused. */
    private @Nullable String verify(HttpHead head) {
        if (out.request.internal.parser.status_code != 101) {
            return "status is not 101";
        }
        if (out.request.internal.parser.http_minor != 1) {
            return "version is not HTTP/1.1";
        }
        if (!head.has("Upgrade", "websocket")) {
            return "no Upgrade to websocket";
        }
        if (!head.has("Connection", "upgrade")) {
            return "no Connection with upgrade";
        }
        List<String> accepts = head.values("Sec-WebSocket-Accept");
        if (accepts.size() != 1) {
            return "not exactly one Sec-WebSocket-Accept";
        }
        if (!accepts.get(0).equals(AcceptKey.expected(key))) {
            return "wrong Sec-WebSocket-Accept";
        }
        String reason = verifySubprotocol(head.values(PROTOCOL));
        return reason != null ? reason : verifyExtensions(head.values(EXTENSIONS));
    }

    private @Nullable String verifySubprotocol(List<String> answers) {
        if (answers.isEmpty()) {
            return null;
        }
        String answer = answers.get(0);
        if (answers.size() > 1 || !HttpText.isToken(answer)) {
            return "not exactly one subprotocol";
        }
        // what the callback has sent itself is not known here
        if (req.optional_headers_cb == null && !askedFor().contains(answer)) {
            return "subprotocol not asked for";
        }
        out.subprotocol = answer;
        return null;
    }

    private @Nullable String verifyExtensions(List<String> answers) {
        if (answers.isEmpty()) {
            return null;
        }
        if (!req.deflate) {
            return "extension not asked for";
        }
        List<Extension> extensions = Extensions.parse(answers);
        if (extensions == null || extensions.size() != 1) {
            return "not exactly one extension";
        }
        out.deflate = DeflateParams.accept(extensions.get(0), req);
        return out.deflate == null ? "extension or parameter not asked for" : null;
    }

    /** The subprotocols named in the request and in its own header lines. */
    private Set<String> askedFor() {
        Set<String> names = new HashSet<>(upToNull(req.subprotocols));
        String field = PROTOCOL.toLowerCase(Locale.ROOT) + ":";
        for (String lines : upToNull(req.optional_headers)) {
            for (String line : lines.split(CRLF, -1)) {
                if (line.toLowerCase(Locale.ROOT).startsWith(field)) {
                    for (String name : line.substring(field.length()).split(",", -1)) {
                        names.add(HttpText.trim(name));
                    }
                }
            }
        }
        return names;
    }

    /** 4.1: tokens, none of them twice. */
    private static boolean legalSubprotocols(@Nullable String @Nullable [] names) {
        Set<String> seen = new HashSet<>();
        for (String name : upToNull(names)) {
            if (!HttpText.isToken(name) || !seen.add(name)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> upToNull(@Nullable String @Nullable [] names) {
        List<String> found = new ArrayList<>();
        for (int i = 0; names != null && i < names.length; i++) {
            String name = names[i];
            if (name == null) {
                break;
            }
            found.add(name);
        }
        return found;
    }
}
