package dev.zsock.internal.websocket;

import org.jspecify.annotations.Nullable;

/** What both sides of a handshake have agreed on. */
public class Agreed {
    /** The subprotocol, or null. */
    public @Nullable String subprotocol;

    /** The parameters of permessage-deflate, or null. */
    public @Nullable DeflateParams deflate;
}
