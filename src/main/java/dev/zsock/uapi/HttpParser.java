package dev.zsock.uapi;

import org.jspecify.annotations.Nullable;

/**
 * {@code struct http_parser} of {@code <zephyr/net/http/parser.h>}: the public part of the parser's
 * state.
 */
public final class HttpParser {
    /** Major version of the message. */
    public int http_major;

    /** Minor version of the message. */
    public int http_minor;

    /** Status code of a response. */
    public int status_code;

    /** {@code HTTP_GET}, ... of a request. */
    public int method;

    /** 0 while the message is well formed. */
    public int http_errno;

    /** 1 when the headers ask for another protocol. */
    public int upgrade;

    /** Bytes of the body, or chunk, still to come. */
    public long content_length;

    /** Free for the program. */
    public @Nullable Object data;

    /** Free for the program: the peer's address. */
    public @Nullable Sockaddr addr;

    /** All zero. */
    public HttpParser() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public HttpParser(HttpParser other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(HttpParser other) {
        http_major = other.http_major;
        http_minor = other.http_minor;
        status_code = other.status_code;
        method = other.method;
        http_errno = other.http_errno;
        upgrade = other.upgrade;
        content_length = other.content_length;
        data = other.data;
        addr = other.addr;
    }

    @Override
    public String toString() {
        return "{http_major=" + http_major + ", http_minor=" + http_minor + ", status_code="
                + status_code + "}";
    }
}
