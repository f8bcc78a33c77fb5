package dev.zsock.uapi;

/** Constants of {@code <zephyr/net/websocket.h>} and this library's own websocket options. */
public interface WebsocketAbi {
    // What websocket_recv_msg writes to message_type.

    /** The frame ends its message. */
    int WEBSOCKET_FLAG_FINAL = 0x01;
    /** First frame of a text message. */
    int WEBSOCKET_FLAG_TEXT = 0x02;
    /** First frame of a binary message. */
    int WEBSOCKET_FLAG_BINARY = 0x04;
    /** CLOSE frame. */
    int WEBSOCKET_FLAG_CLOSE = 0x08;
    /** PING frame. */
    int WEBSOCKET_FLAG_PING = 0x10;
    /** PONG frame. */
    int WEBSOCKET_FLAG_PONG = 0x20;

    // Opcodes for websocket_send_msg (RFC 6455 5.2).

    /** Further frame of a message. */
    int WEBSOCKET_OPCODE_CONTINUE = 0x00;
    /** First frame of a text message. */
    int WEBSOCKET_OPCODE_DATA_TEXT = 0x01;
    /** First frame of a binary message. */
    int WEBSOCKET_OPCODE_DATA_BINARY = 0x02;
    /** CLOSE frame. */
    int WEBSOCKET_OPCODE_CLOSE = 0x08;
    /** PING frame. */
    int WEBSOCKET_OPCODE_PING = 0x09;
    /** PONG frame. */
    int WEBSOCKET_OPCODE_PONG = 0x0A;

    // Options at level SOL_WEBSOCKET: this library's own.

    /** Level of the control message below and of these options, which are 0 until they are set. */
    int SOL_WEBSOCKET = 0x5753;
    /** int: answer each PING that {@code websocket_recv_msg} shows. */
    int WEBSOCKET_AUTO_PONG = 1;
    /** int: frames go out as asked and come in unchecked. */
    int WEBSOCKET_RAW = 2;
    /** long: largest payload of a received frame, in bytes; 0 for no limit. */
    int WEBSOCKET_MAX_FRAME = 3;
    /**
     * long: largest received message, in bytes; 0 for no limit. Unless set, compressed ones may
     * have 64 MiB, inflated.
     */
    int WEBSOCKET_MAX_MESSAGE = 4;
    /** byte[], read only: payload of the peer's CLOSE (code, reason). */
    int WEBSOCKET_CLOSE_INFO = 5;
    /** int, read only: bytes that sends have accepted and that still have to leave. */
    int WEBSOCKET_PENDING = 6;
    /** int: milliseconds of silence before a PING; 0 for none. */
    int WEBSOCKET_PING_INTERVAL = 7;
    /** byte[], read only: the subprotocol that the server chose. */
    int WEBSOCKET_SUBPROTOCOL = 8;
    /** int: frames gather and leave together, as with {@code TCP_CORK}; 0 sends what there is. */
    int WEBSOCKET_CORK = 9;
    /** Type of the control message with a {@link WebsocketMsgInfo}. */
    int WEBSOCKET_MSG_INFO = 16;

    // <zephyr/kernel.h>: timeouts in milliseconds.

    /** Wait for ever. */
    int K_FOREVER = -1;
    /** Wait for ever. */
    int SYS_FOREVER_MS = -1;
    /** Do not wait. */
    int K_NO_WAIT = 0;
    /** Milliseconds in a second. */
    int MSEC_PER_SEC = 1000;

    // <limits.h>.

    /** Starting value of {@code remaining}: positive here, so that loops on it run. */
    long ULLONG_MAX = Long.MAX_VALUE;
}
