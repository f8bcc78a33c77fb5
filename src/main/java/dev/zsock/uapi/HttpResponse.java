package dev.zsock.uapi;

import org.jspecify.annotations.Nullable;

/**
 * {@code struct http_response} of {@code <zephyr/net/http/client.h>}: a response while it comes in.
 */
public final class HttpResponse {
    /** The program's parser callbacks. */
    public @Nullable HttpParserSettings http_cb;

    /** The program's response callback. */
    public @Nullable HttpResponseCb cb;

    /** Buffer with the body's piece; it begins at {@link #body_frag_off}. */
    public byte @Nullable [] body_frag_start;

    /** Bytes of the body's piece. */
    public int body_frag_len;

    /** Receive buffer. */
    public byte @Nullable [] recv_buf;

    /** Bytes of {@link #recv_buf} that may be used. */
    public int recv_buf_len;

    /** Bytes received since the last callback. */
    public int data_len;

    /** Value of Content-Length. */
    public long content_length;

    /** Bytes of the body seen so far. */
    public long processed;

    /** Reason phrase, ended by a NUL. */
    public final byte[] http_status = new byte[HttpAbi.HTTP_STATUS_STR_SIZE];

    /** Status code. */
    public int http_status_code;

    /** Value of Content-Range. */
    public final HttpContentRange content_range = new HttpContentRange();

    /** 1 when there was a Content-Length. */
    public int cl_present;

    /** 1 when there was a body. */
    public int body_found;

    /** 1 after the last byte. */
    public int message_complete;

    /** 1 when there was a Content-Range. */
    public int cr_present;

    /** Where in {@link #body_frag_start} the piece begins. */
    public int body_frag_off;

    /** All zero. */
    public HttpResponse() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public HttpResponse(HttpResponse other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(HttpResponse other) {
        http_cb = other.http_cb;
        cb = other.cb;
        body_frag_start = other.body_frag_start;
        body_frag_len = other.body_frag_len;
        recv_buf = other.recv_buf;
        recv_buf_len = other.recv_buf_len;
        data_len = other.data_len;
        content_length = other.content_length;
        processed = other.processed;
        System.arraycopy(other.http_status, 0, http_status, 0, http_status.length);
        http_status_code = other.http_status_code;
        content_range.set(other.content_range);
        cl_present = other.cl_present;
        body_found = other.body_found;
        message_complete = other.message_complete;
        cr_present = other.cr_present;
        body_frag_off = other.body_frag_off;
    }

    @Override
    public String toString() {
        return "{http_status_code=" + http_status_code + ", data_len=" + data_len
                + ", body_frag_len=" + body_frag_len + "}";
    }
}
