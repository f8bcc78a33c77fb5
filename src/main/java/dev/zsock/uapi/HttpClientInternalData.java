package dev.zsock.uapi;

import org.jspecify.annotations.Nullable;

/**
 * {@code struct http_client_internal_data} of {@code <zephyr/net/http/client.h>}: the client's own
 * part of a request.
 */
public final class HttpClientInternalData {
    /** Parser of the response. */
    public final HttpParser parser = new HttpParser();

    /** The client's own parser callbacks. */
    public final HttpParserSettings parser_settings = new HttpParserSettings();

    /** The response. */
    public final HttpResponse response = new HttpResponse();

    /** As given to {@code http_client_req}. */
    public @Nullable Object user_data;

    /** Socket of the request. */
    public int sock;

    /** All zero. */
    public HttpClientInternalData() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public HttpClientInternalData(HttpClientInternalData other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(HttpClientInternalData other) {
        parser.set(other.parser);
        parser_settings.set(other.parser_settings);
        response.set(other.response);
        user_data = other.user_data;
        sock = other.sock;
    }

    @Override
    public String toString() {
        return "{sock=" + sock + ", response=" + response + "}";
    }
}
