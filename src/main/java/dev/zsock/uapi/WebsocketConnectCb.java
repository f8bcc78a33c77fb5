package dev.zsock.uapi;

import org.jspecify.annotations.Nullable;

/** {@code websocket_connect_cb_t} of {@code <zephyr/net/websocket.h>}. */
@FunctionalInterface
public interface WebsocketConnectCb {
    /**
     * Called when a websocket connection is up.
     *
     * @param ws_sock the new websocket
     * @param req the request and its response
     * @param user_data as given to the call
     * @return 0 or more to go on; a negative value ends the connection and is returned to the
     *     caller
     */
    int call(int ws_sock, HttpRequest req, @Nullable Object user_data);
}
