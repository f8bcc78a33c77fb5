package dev.zsock.uapi;

import org.jspecify.annotations.Nullable;

/**
 * {@code struct http_request} of {@code <zephyr/net/http/client.h>}: a request for
 * {@code http_client_req}.
 */
public final class HttpRequest {
    /** The client's own part. */
    public final HttpClientInternalData internal = new HttpClientInternalData();

    /** {@code HTTP_GET}, ... */
    public int method;

    /** Called with pieces of the response (required). */
    public @Nullable HttpResponseCb response;

    /** Called while the response is parsed. */
    public @Nullable HttpParserSettings http_cb;

    /** Receive buffer (required). */
    public byte @Nullable [] recv_buf;

    /** Bytes of {@link #recv_buf} that may be used. */
    public int recv_buf_len;

    /** After the call: bytes at the start of {@link #recv_buf} that followed the response. */
    public int data_len;

    /** Request target, as {@code /path?query}. */
    public @Nullable String url;

    /** {@code HTTP/1.1}. */
    public @Nullable String protocol;

    /** Complete header lines with CRLF, up to the first null or the end. */
    public @Nullable String @Nullable [] header_fields;

    /** Value of Content-Type, or null for none. */
    public @Nullable String content_type_value;

    /** Value of the Host header. */
    public @Nullable String host;

    /** Port to append to the host, or null for none. */
    public @Nullable String port;

    /** Sends the body itself. */
    public @Nullable HttpPayloadCb payload_cb;

    /** Body. */
    public byte @Nullable [] payload;

    /** Bytes of {@link #payload}, 0 when it ends at a NUL; with a callback, the Content-Length. */
    public int payload_len;

    /** Sends header lines itself; when set, {@link #optional_headers} is ignored. */
    public @Nullable HttpHeaderCb optional_headers_cb;

    /** Complete header lines with CRLF, up to the first null or the end. */
    public @Nullable String @Nullable [] optional_headers;

    /** All zero. */
    public HttpRequest() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public HttpRequest(HttpRequest other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(HttpRequest other) {
        internal.set(other.internal);
        method = other.method;
        response = other.response;
        http_cb = other.http_cb;
        recv_buf = other.recv_buf;
        recv_buf_len = other.recv_buf_len;
        data_len = other.data_len;
        url = other.url;
        protocol = other.protocol;
        header_fields = other.header_fields;
        content_type_value = other.content_type_value;
        host = other.host;
        port = other.port;
        payload_cb = other.payload_cb;
        payload = other.payload;
        payload_len = other.payload_len;
        optional_headers_cb = other.optional_headers_cb;
        optional_headers = other.optional_headers;
    }

    @Override
    public String toString() {
        return "{method=" + method + ", host=" + host + ", url=" + url + "}";
    }
}
