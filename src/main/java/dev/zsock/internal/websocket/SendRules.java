package dev.zsock.internal.websocket;

import static dev.zsock.uapi.WebsocketAbi.WEBSOCKET_OPCODE_CLOSE;
import static dev.zsock.uapi.WebsocketAbi.WEBSOCKET_OPCODE_CONTINUE;
import static dev.zsock.uapi.WebsocketAbi.WEBSOCKET_OPCODE_DATA_BINARY;
import static dev.zsock.uapi.WebsocketAbi.WEBSOCKET_OPCODE_DATA_TEXT;
import static dev.zsock.uapi.WebsocketAbi.WEBSOCKET_OPCODE_PING;
import static dev.zsock.uapi.WebsocketAbi.WEBSOCKET_OPCODE_PONG;

/**
 * What may be sent next. {@link #form} and {@link #sequence} ask, {@link #commit} follows once the
 * frame is under way. Knows neither threads nor payload. Not thread-safe.
 */
final class SendRules {
    private final boolean client;
    private int opcode;
    private boolean open;

    SendRules(boolean client) {
        this.client = client;
    }

    /** True for the opcodes of 5.2 that have a meaning. */
    static boolean legalOpcode(int opcode) {
        switch (opcode) {
            case WEBSOCKET_OPCODE_CONTINUE:
            case WEBSOCKET_OPCODE_DATA_TEXT:
            case WEBSOCKET_OPCODE_DATA_BINARY:
            case WEBSOCKET_OPCODE_CLOSE:
            case WEBSOCKET_OPCODE_PING:
            case WEBSOCKET_OPCODE_PONG:
                return true;
            default:
                return false;
        }
    }

    /** True for CLOSE, PING and PONG. */
    static boolean control(int opcode) {
        return (opcode & 0x08) != 0;
    }

    /** True when the frame may be sent at some time: opcode, mask, form of a control frame. */
    boolean form(int opcode, boolean mask, boolean fin, long length) {
        return legalOpcode(opcode)
                && mask == client // 5.1
                && (!control(opcode) || fin && length <= FrameRules.MAX_CONTROL); // 5.5
    }

    /** True when a frame of this opcode may be sent next (5.4). */
    boolean sequence(int opcode) {
        return control(opcode) || open == (opcode == WEBSOCKET_OPCODE_CONTINUE);
    }

    /** The frame that was checked goes out. */
    void commit(int opcode, boolean fin) {
        if (control(opcode)) {
            return;
        }
        open = !fin;
        if (opcode != WEBSOCKET_OPCODE_CONTINUE) {
            this.opcode = opcode;
        }
    }

    /** Opcode of the message that the latest data frame belongs to. */
    int messageOpcode() {
        return opcode;
    }

    /** True while a fragmented message wants more. */
    boolean open() {
        return open;
    }
}
