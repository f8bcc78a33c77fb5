package dev.zsock.testkit;

import dev.zsock.uapi.HttpCb;
import dev.zsock.uapi.HttpDataCb;
import dev.zsock.uapi.HttpParserSettings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Parser callbacks that write down what they are told, neighbours of one kind as one. */
public final class HttpEvents {
    /** The events: the callback's name, and behind a colon what it was given. */
    public final List<String> seen = new ArrayList<>();

    private String lastData = "";

    /** Settings whose callbacks all answer a value that the client must ignore. */
    public HttpParserSettings settings() {
        HttpParserSettings s = new HttpParserSettings();
        s.on_message_begin = plain("begin");
        s.on_url = data("url");
        s.on_status = data("status");
        s.on_header_field = data("field");
        s.on_header_value = data("value");
        s.on_headers_complete = parser -> {
            lastData = "";
            seen.add("headers " + parser.http_major + "." + parser.http_minor + " "
                    + parser.status_code + (parser.upgrade != 0 ? " upgrade" : ""));
            return -1;
        };
        s.on_body = data("body");
        s.on_message_complete = plain("complete");
        s.on_chunk_header = parser -> {
            lastData = "";
            seen.add("chunk " + parser.content_length);
            return -1;
        };
        s.on_chunk_complete = plain("chunk end");
        return s;
    }

    private HttpCb plain(String name) {
        return parser -> {
            lastData = "";
            seen.add(name);
            return -1;
        };
    }

    private HttpDataCb data(String name) {
        return (parser, at, length) -> {
            String text = new String(at, 0, length, StandardCharsets.ISO_8859_1);
            if (lastData.equals(name)) {
                int last = seen.size() - 1;
                seen.set(last, seen.get(last) + text);
            } else {
                seen.add(name + ":" + text);
            }
            lastData = name;
            return -1;
        };
    }
}
