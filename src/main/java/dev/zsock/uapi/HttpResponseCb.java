package dev.zsock.uapi;

import org.jspecify.annotations.Nullable;

/** {@code http_response_cb_t} of {@code <zephyr/net/http/client.h>}. */
@FunctionalInterface
public interface HttpResponseCb {
    /**
     * Called with each piece of a response.
     *
     * @param rsp the response so far
     * @param final_data {@code HTTP_DATA_MORE} or {@code HTTP_DATA_FINAL}
     * @param user_data as given to the call
     * @return 0 to go on, negative to end the request; not looked at with {@code HTTP_DATA_FINAL}
     */
    int call(HttpResponse rsp, int final_data, @Nullable Object user_data);
}
