package dev.zsock.vectors;

import static dev.zsock.Sockets.close;
import static dev.zsock.Sockets.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.zsock.uapi.HttpCb;
import dev.zsock.uapi.HttpDataCb;
import dev.zsock.uapi.HttpParserSettings;
import dev.zsock.uapi.HttpRequest;
import dev.zsock.uapi.WebsocketRequest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The request of a websocket_connect, with callbacks that take down what they see. */
final class ConnectArgs {
    static final String[] KNOWN = {
        "sock",
        "timeout",
        "req",
        "host",
        "url",
        "tmplen",
        "tmp_buf",
        "cb",
        "http_cb",
        "optional_headers",
        "optional_headers_cb"
    };

    static final String DEFAULT_HOST = "localhost:8080";
    static final String DEFAULT_URL = "/chat";
    static final int DEFAULT_TMP = 512;

    private final JsonNode args;
    private final List<String[]> events = new ArrayList<>();
    private ObjectNode seenByCb;

    ConnectArgs(JsonNode args) {
        this.args = args;
    }

    static String text(JsonNode args, String name, String otherwise) {
        if (!args.has(name)) {
            return otherwise;
        }
        return args.get(name).isNull() ? null : args.get(name).asText();
    }

    /** The struct; token is the user data that the callback must see again. */
    WebsocketRequest build(Object token) {
        if (args.has("req") && args.get("req").isNull()) {
            return null;
        }
        WebsocketRequest req = new WebsocketRequest();
        req.host = text(args, "host", DEFAULT_HOST);
        req.url = text(args, "url", DEFAULT_URL);
        if (!ApiCalls.isNull(args, "tmp_buf")) {
            req.tmp_buf_len = args.path("tmplen").asInt(DEFAULT_TMP);
            req.tmp_buf = new byte[req.tmp_buf_len];
        }
        if (args.has("optional_headers")) {
            req.optional_headers = strings(args.get("optional_headers"));
        }
        if (args.has("optional_headers_cb")) {
            req.optional_headers_cb = (sock, r, user) -> sendHeaders(sock);
        }
        if (args.has("cb")) {
            Callback does = Callback.parse(args.get("cb").asText());
            req.cb = (ws, r, user) -> connected(ws, r, user == token, does);
        }
        if (args.path("http_cb").asBoolean()) {
            req.http_cb = parserSettings();
        }
        return req;
    }

    /** What a callback does: a number to return, or closing the websocket first. */
    record Callback(boolean closes, int answer) {
        private static final Pattern FORM = Pattern.compile(
                "(?:(?:zsock_|websocket_)?(close|disconnect)[a-z_]*)?\\W*?(-?\\d+)?");

        static Callback parse(String cb) {
            Matcher m = FORM.matcher(cb);
            if (cb.isEmpty() || !m.matches()) {
                throw new Unsupported("callback " + cb);
            }
            return new Callback(
                    m.group(1) != null, m.group(2) == null ? 0 : Integer.parseInt(m.group(2)));
        }
    }

    private static String[] strings(JsonNode array) {
        String[] all = new String[array.size() + 1]; // the last stays null, as in C
        for (int i = 0; i < array.size(); i++) {
            all[i] = array.get(i).isNull() ? null : array.get(i).asText();
        }
        return all;
    }

    private int sendHeaders(int sock) {
        JsonNode cb = args.get("optional_headers_cb");
        byte[] lines = SendData.latin1(cb.path("sends").asText());
        if (lines.length > 0 && send(sock, lines, lines.length, 0) < 0) {
            return -1;
        }
        return cb.path("ret").asInt(lines.length);
    }

    private int connected(int ws, HttpRequest req, boolean tokenSeen, Callback does) {
        seenByCb = Scenario.JSON.createObjectNode();
        seenByCb.put("ws_sock", ws)
                .put("http_status", req.internal.response.http_status_code)
                .put("user_data_ok", tokenSeen)
                .put("cb_ret", does.answer());
        if (does.closes()) {
            close(ws);
        }
        return does.answer();
    }

    private HttpParserSettings parserSettings() {
        HttpParserSettings s = new HttpParserSettings();
        s.on_message_begin = mark("on_message_begin");
        s.on_url = piece("on_url");
        s.on_status = piece("on_status");
        s.on_header_field = piece("on_header_field");
        s.on_header_value = piece("on_header_value");
        s.on_headers_complete = mark("on_headers_complete");
        s.on_body = piece("on_body");
        s.on_message_complete = mark("on_message_complete");
        s.on_chunk_header = mark("on_chunk_header");
        s.on_chunk_complete = mark("on_chunk_complete");
        return s;
    }

    private HttpCb mark(String name) {
        return parser -> {
            events.add(new String[] {name});
            return 0;
        };
    }

    private HttpDataCb piece(String name) {
        return (parser, at, length) -> {
            events.add(new String[] {name, new String(at, 0, length, StandardCharsets.ISO_8859_1)});
            return 0;
        };
    }

    /** Adds what the callbacks saw. */
    void report(ObjectNode result) {
        if (seenByCb != null) {
            result.set("cb", seenByCb);
        }
        if (args.path("http_cb").asBoolean()) {
            ArrayNode list = result.putArray("http_cb_events");
            for (String[] event : events) {
                ArrayNode item = list.addArray();
                for (String part : event) {
                    item.add(part);
                }
            }
        }
    }
}
