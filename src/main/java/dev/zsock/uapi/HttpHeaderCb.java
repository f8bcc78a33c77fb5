package dev.zsock.uapi;

import org.jspecify.annotations.Nullable;

/** {@code http_header_cb_t} of {@code <zephyr/net/http/client.h>}. */
@FunctionalInterface
public interface HttpHeaderCb {
    /**
     * Sends complete header lines with CRLF, without the empty line.
     *
     * @param sock where to send
     * @param req the request
     * @param user_data as given to the call
     * @return bytes sent, or a negative value, which ends the request and is returned to the caller
     */
    int call(int sock, HttpRequest req, @Nullable Object user_data);
}
