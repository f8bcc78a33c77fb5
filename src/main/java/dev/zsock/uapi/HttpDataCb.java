package dev.zsock.uapi;

/** {@code http_data_cb} of {@code <zephyr/net/http/parser.h>}. */
@FunctionalInterface
public interface HttpDataCb {
    /**
     * Called with a piece of an item.
     *
     * @param parser the parser
     * @param at the piece, from index 0; valid during the call
     * @param length its bytes
     * @return 0 (the client ignores it)
     */
    int call(HttpParser parser, byte[] at, int length);
}
