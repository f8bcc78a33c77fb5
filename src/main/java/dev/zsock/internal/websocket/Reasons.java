package dev.zsock.internal.websocket;

import static dev.zsock.uapi.WebsocketAbi.WEBSOCKET_OPCODE_CLOSE;
import static dev.zsock.uapi.WebsocketAbi.WEBSOCKET_OPCODE_CONTINUE;

import dev.zsock.uapi.ErrnoAbi;

/**
 * Why a frame was refused, in words and with the section of RFC 6455. Only the trace asks; who
 * decides are {@link FrameRules}, {@link SendRules} and their neighbours.
 */
final class Reasons implements ErrnoAbi {
    private static final int RSV23 = 0x30;

    private Reasons() {}

    /** What the peer did wrong. begun: its header was in order. */
    static String received(
            int code, FrameDecoder frame, boolean client, boolean deflate, boolean begun) {
        int opcode = frame.b0 & 0x0f;
        if (code == CloseCodes.TOO_BIG) {
            return "larger than the limit";
        } else if (code == CloseCodes.INVALID_PAYLOAD) {
            return "not UTF-8 (8.1)";
        } else if (frame.state() != FrameDecoder.State.PAYLOAD) {
            return "length not in the shortest form, or above 63 bits (5.2)";
        } else if (begun) {
            return opcode == WEBSOCKET_OPCODE_CLOSE
                    ? "CLOSE of one byte or with a code that may not be sent (5.5.1, 7.4)"
                    : "broken deflate (RFC 7692)";
        } else if (frame.masked == client) {
            return client ? "masked by a server (5.1)" : "not masked by a client (5.1)";
        } else if (!SendRules.legalOpcode(opcode)) {
            return "reserved opcode (5.2)";
        }
        boolean control = SendRules.control(opcode);
        boolean first = !control && opcode != WEBSOCKET_OPCODE_CONTINUE;
        boolean rsv1 = (frame.b0 & FrameRules.RSV1) != 0;
        if ((frame.b0 & RSV23) != 0 || rsv1 && !(deflate && first)) {
            return "RSV bit without a meaning (5.2)";
        } else if (control) {
            return control(frame.b0 >= FrameRules.FIN, frame.length);
        }
        return first ? "new message inside another (5.4)" : "no message to continue (5.4)";
    }

    /** What the caller did wrong, or what else kept a frame from being sent. */
    static String notSent(
            int rc, int opcode, boolean mask, boolean fin, int length, boolean client) {
        switch (-rc) {
            case EILSEQ:
                return "not UTF-8 (8.1): bytes go as BINARY, a cut code point in fragments";
            case EPIPE:
                return "after CLOSE (5.5.1), or the peer is gone";
            case EAGAIN:
                return "no room in time";
            case EINVAL:
                break;
            default:
                return "see errno";
        }
        if (!SendRules.legalOpcode(opcode)) {
            return "reserved opcode (5.2)";
        } else if (mask != client) {
            return client ? "a client masks (5.1)" : "a server does not mask (5.1)";
        } else if (SendRules.control(opcode)) {
            return control(fin, length);
        }
        return opcode == WEBSOCKET_OPCODE_CONTINUE
                ? "no message to continue (5.4)"
                : "this thread's message is still open (5.4)";
    }

    private static String control(boolean fin, long length) {
        if (!fin) {
            return "control frame without FIN (5.5)";
        }
        return Long.compareUnsigned(length, FrameRules.MAX_CONTROL) > 0
                ? "control frame above 125 bytes (5.5)"
                : "CLOSE of one byte or with a code that may not be sent (5.5.1, 7.4)";
    }
}
