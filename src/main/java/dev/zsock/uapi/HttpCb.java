package dev.zsock.uapi;

/** {@code http_cb} of {@code <zephyr/net/http/parser.h>}. */
@FunctionalInterface
public interface HttpCb {
    /**
     * Called at a point of a message.
     *
     * @param parser the parser
     * @return 0 (the client ignores it)
     */
    int call(HttpParser parser);
}
