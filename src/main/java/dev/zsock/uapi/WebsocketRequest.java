package dev.zsock.uapi;

import org.jspecify.annotations.Nullable;

/**
 * {@code struct websocket_request} of {@code <zephyr/net/websocket.h>}: what
 * {@code websocket_connect} asks the server for.
 */
public final class WebsocketRequest {
    /** Value of the Host header (required). */
    public @Nullable String host;

    /** Request target, as {@code /path?query} (required). */
    public @Nullable String url;

    /** Sends header lines itself; when set, {@link #optional_headers} is ignored. */
    public @Nullable HttpHeaderCb optional_headers_cb;

    /** Complete header lines with CRLF, up to the first null or the end. */
    public @Nullable String @Nullable [] optional_headers;

    /** Called when the connection is up. */
    public @Nullable WebsocketConnectCb cb;

    /** Called while the response is parsed. */
    public @Nullable HttpParserSettings http_cb;

    /** Buffer for the response and, later, received frames; may be null. */
    public byte @Nullable [] tmp_buf;

    /** Bytes of {@link #tmp_buf} that may be used. */
    public int tmp_buf_len;

    /** Subprotocols to offer, preferred first (RFC 6455 1.9); null for none. Not in Zephyr. */
    public @Nullable String @Nullable [] subprotocols;

    /** Offer permessage-deflate (RFC 7692). Not in Zephyr, as all fields below. */
    public boolean deflate;

    /** {@code client_max_window_bits} to offer, 8 to 15; 0 for the default. */
    public int deflate_client_max_window_bits;

    /** {@code server_max_window_bits} to ask for, 8 to 15; 0 for the default. */
    public int deflate_server_max_window_bits;

    /** Compress each message by itself. */
    public boolean deflate_client_no_context_takeover;

    /** Ask the server to compress each message by itself. */
    public boolean deflate_server_no_context_takeover;

    /** All zero. */
    public WebsocketRequest() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public WebsocketRequest(WebsocketRequest other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(WebsocketRequest other) {
        host = other.host;
        url = other.url;
        optional_headers_cb = other.optional_headers_cb;
        optional_headers = other.optional_headers;
        cb = other.cb;
        http_cb = other.http_cb;
        tmp_buf = other.tmp_buf;
        tmp_buf_len = other.tmp_buf_len;
        subprotocols = other.subprotocols;
        deflate = other.deflate;
        deflate_client_max_window_bits = other.deflate_client_max_window_bits;
        deflate_server_max_window_bits = other.deflate_server_max_window_bits;
        deflate_client_no_context_takeover = other.deflate_client_no_context_takeover;
        deflate_server_no_context_takeover = other.deflate_server_no_context_takeover;
    }

    @Override
    public String toString() {
        return "{host=" + host + ", url=" + url + "}";
    }
}
