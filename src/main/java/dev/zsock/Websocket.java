package dev.zsock;

import dev.zsock.uapi.WebsocketAbi;

/** {@code <zephyr/net/websocket.h>}: the websocket client API. */
public abstract class Websocket extends NetIp implements WebsocketAbi {
    /** For programs that extend the facade instead of importing its names. */
    protected Websocket() {}
}
