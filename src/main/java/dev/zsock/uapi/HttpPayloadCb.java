package dev.zsock.uapi;

import org.jspecify.annotations.Nullable;

/** {@code http_payload_cb_t} of {@code <zephyr/net/http/client.h>}. */
@FunctionalInterface
public interface HttpPayloadCb {
    /**
     * Sends the body of a request.
     *
     * @param sock where to send
     * @param req the request
     * @param user_data as given to the call
     * @return bytes sent, or a negative value, which ends the request and is returned to the caller
     */
    int call(int sock, HttpRequest req, @Nullable Object user_data);
}
