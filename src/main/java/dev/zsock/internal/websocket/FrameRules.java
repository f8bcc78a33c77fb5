package dev.zsock.internal.websocket;

import static dev.zsock.uapi.WebsocketAbi.*;

/**
 * What may be received next: one RFC 6455 section per line, anything unknown is refused. Keeps
 * which message is open; the payload's own rules (UTF-8, close code) are elsewhere. Not
 * thread-safe.
 */
final class FrameRules {
    static final int FIN = 0x80;
    static final int RSV1 = 0x40;

    /** The longest payload of a control frame (5.5). */
    static final int MAX_CONTROL = 125;

    static final int OK = 0;

    private int opcode;
    private boolean open;

    /**
     * Takes a complete header: {@link #OK}, or the close code to send. rsv1Allowed: deflate has
     * been negotiated.
     */
    int next(int b0, long length, boolean masked, boolean expectMasked, boolean rsv1Allowed) {
        if (masked != expectMasked) { // 5.1
            return CloseCodes.PROTOCOL_ERROR;
        }
        int plain = b0;
        if (rsv1Allowed && (b0 & 0x0f) != WEBSOCKET_OPCODE_CONTINUE && (b0 & 0x08) == 0) {
            plain &= ~RSV1; // RFC 7692 6: on the first frame of a message
        }
        switch (plain) {
            case FIN | WEBSOCKET_OPCODE_DATA_TEXT: // 5.4 whole message
            case FIN | WEBSOCKET_OPCODE_DATA_BINARY:
                return open ? CloseCodes.PROTOCOL_ERROR : begin(plain, false);
            case WEBSOCKET_OPCODE_DATA_TEXT: // 5.4 first fragment
            case WEBSOCKET_OPCODE_DATA_BINARY:
                return open ? CloseCodes.PROTOCOL_ERROR : begin(plain, true);
            case WEBSOCKET_OPCODE_CONTINUE: // 5.4 middle fragment
                return open ? OK : CloseCodes.PROTOCOL_ERROR;
            case FIN | WEBSOCKET_OPCODE_CONTINUE: // 5.4 last fragment
                return open ? end() : CloseCodes.PROTOCOL_ERROR;
            case FIN | WEBSOCKET_OPCODE_PING: // 5.5, 5.5.2
            case FIN | WEBSOCKET_OPCODE_PONG: // 5.5, 5.5.3
                return control(length) ? OK : CloseCodes.PROTOCOL_ERROR;
            case FIN | WEBSOCKET_OPCODE_CLOSE: // 5.5, 5.5.1
                return control(length) && length != 1 ? OK : CloseCodes.PROTOCOL_ERROR;
            default: // 5.2 RSV bit, reserved opcode; 5.5 control frame without FIN
                return CloseCodes.PROTOCOL_ERROR;
        }
    }

    /** Opcode of the message that the latest data frame belongs to. */
    int messageOpcode() {
        return opcode;
    }

    /** True while more fragments of a message must come. */
    boolean open() {
        return open;
    }

    /** What {@code websocket_recv_msg} says of a frame. */
    static int flags(int b0) {
        int fin = (b0 & FIN) == 0 ? 0 : WEBSOCKET_FLAG_FINAL;
        return fin
                | switch (b0 & 0x0f) {
                    case WEBSOCKET_OPCODE_DATA_TEXT -> WEBSOCKET_FLAG_TEXT;
                    case WEBSOCKET_OPCODE_DATA_BINARY -> WEBSOCKET_FLAG_BINARY;
                    case WEBSOCKET_OPCODE_CLOSE -> WEBSOCKET_FLAG_CLOSE;
                    case WEBSOCKET_OPCODE_PING -> WEBSOCKET_FLAG_PING;
                    case WEBSOCKET_OPCODE_PONG -> WEBSOCKET_FLAG_PONG;
                    default -> 0;
                };
    }

    private int begin(int b0, boolean more) {
        opcode = b0 & 0x0f;
        open = more;
        return OK;
    }

    private int end() {
        open = false;
        return OK;
    }

    private static boolean control(long length) {
        return length >= 0 && length <= MAX_CONTROL;
    }
}
