package dev.zsock.vectors;

/**
 * The decisions by which the library departs from what was measured; docs/DIFFERENCES.md says why
 * for each name.
 */
enum Rule {
    CONNECT_STRINGS("connect-strings"),
    CONNECT_BUFFER("connect-buffer"),
    CONNECT_CONTEXTS("connect-contexts"),
    CONNECT_CALLBACK("connect-callback"),
    CONNECT_OVER_WEBSOCKET("connect-over-websocket"),
    CONNECT_HOST("connect-host"),
    HANDSHAKE_STATUS("handshake-status"),
    HANDSHAKE_INTERIM("handshake-interim"),
    HANDSHAKE_VERSION("handshake-version"),
    HANDSHAKE_LINES("handshake-lines"),
    HANDSHAKE_UPGRADE("handshake-upgrade"),
    HANDSHAKE_ACCEPT("handshake-accept"),
    HANDSHAKE_UNASKED("handshake-unasked"),
    HANDSHAKE_PIECES("handshake-pieces"),
    HANDSHAKE_LIMIT("handshake-limit"),
    HANDSHAKE_BODY("handshake-body"),
    HANDSHAKE_EVENTS("handshake-events"),
    FRAME_RSV("frame-rsv"),
    FRAME_OPCODE("frame-opcode"),
    FRAME_LENGTH("frame-length"),
    FRAME_MASK("frame-mask"),
    FRAME_CONTROL("frame-control"),
    FRAME_SEQUENCE("frame-sequence"),
    FRAME_UTF8("frame-utf8"),
    FRAME_CLOSE_PAYLOAD("frame-close-payload"),
    CLOSE_ECHO("close-echo"),
    CLOSE_ENDS_STREAM("close-ends-stream"),
    CLOSE_ONCE("close-once"),
    CLOSE_TORN("close-torn"),
    RECV_REFS("recv-refs"),
    RECV_DATA_FIRST("recv-data-first"),
    RECV_RESET("recv-reset"),
    RECV_BUFFER_SIZE("recv-buffer-size"),
    BSD_APPLICATION_DATA("bsd-application-data"),
    BSD_EARLY_RETURN("bsd-early-return"),
    BSD_NONBLOCK("bsd-nonblock"),
    BSD_FLAGS("bsd-flags"),
    BSD_NULL("bsd-null"),
    SEND_MASK("send-mask"),
    SEND_CONTROL("send-control"),
    SEND_SEQUENCE("send-sequence"),
    SEND_UTF8("send-utf8"),
    SEND_CLOSE_PAYLOAD("send-close-payload"),
    SEND_AFTER_CLOSE("send-after-close"),
    SEND_TAIL("send-tail"),
    SEND_FOREVER("send-forever"),
    POLL_BUFFERED("poll-buffered"),
    POLL_LONE_HEADER("poll-lone-header"),
    POLL_END("poll-end"),
    POLL_READ_AHEAD("poll-read-ahead"),
    POLL_TRANSPORT_CLOSED("poll-transport-closed"),
    REGISTER_CHECKS("register-checks"),
    UNREGISTER_TRANSPORT("unregister-transport"),
    RAW_OPCODE("raw-opcode"),
    RAW_ZERO_LENGTH("raw-zero-length"),
    RAW_CLOSE_WITHOUT_FIN("raw-close-without-fin"),
    RAW_MASK_KEY("raw-mask-key");

    private final String label;

    Rule(String label) {
        this.label = label;
    }

    /** The name in the replayer's lines and in the document. */
    String label() {
        return label;
    }
}
