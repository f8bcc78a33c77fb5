package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Span;
import dev.zsock.uapi.ErrnoAbi;

import java.nio.ByteBuffer;
import java.util.Objects;

/** Close codes (7.4) and the payload of a CLOSE frame (5.5.1). */
final class CloseCodes {
    static final int NORMAL = 1000;
    static final int PROTOCOL_ERROR = 1002;
    static final int UNSUPPORTED_DATA = 1003;
    static final int INVALID_PAYLOAD = 1007;
    static final int TOO_BIG = 1009;
    static final int INTERNAL_ERROR = 1011;
    static final int BAD_GATEWAY = 1014; // 1012 to 1014: IANA registry

    private CloseCodes() {}

    /** What a receive gives when the peer is told this code. */
    static int errno(int code) {
        return switch (code) {
            case INVALID_PAYLOAD -> -ErrnoAbi.EILSEQ;
            case TOO_BIG -> -ErrnoAbi.EMSGSIZE;
            default -> -ErrnoAbi.EPROTO;
        };
    }

    /** True for a code that a CLOSE frame may carry (7.4.1, 7.4.2 and the registry). */
    static boolean legalOnWire(int code) {
        return code >= NORMAL && code <= UNSUPPORTED_DATA
                || code >= INVALID_PAYLOAD && code <= BAD_GATEWAY
                || code >= 3000 && code <= 4999;
    }

    /**
     * The bytes left in a span, which does not move: 0, 1002 for the length or code, 1007 for the
     * reason.
     */
    static int checkPayload(Span payload) {
        int n = payload.remaining();
        if (n == 0) {
            return 0;
        }
        if (n == 1 || !legalOnWire(octet(payload, 0) << 8 | octet(payload, 1))) {
            return PROTOCOL_ERROR;
        }
        Utf8Checker reason = new Utf8Checker();
        Span rest = new Span();
        ByteBuffer buffer = payload.buffer();
        if (buffer != null) {
            rest.set(buffer, payload.at() + 2, n - 2);
        } else {
            rest.set(payload.array(), payload.at() + 2, n - 2);
        }
        return reason.check(rest, n - 2) == n - 2 && reason.complete() ? 0 : INVALID_PAYLOAD;
    }

    /** The same for n bytes of an array. */
    static int checkPayload(byte[] payload, int off, int n) {
        return checkPayload(new Span().set(payload, off, n));
    }

    private static int octet(Span s, int i) {
        ByteBuffer buffer = s.buffer();
        int b = buffer != null
                ? buffer.get(s.at() + i)
                : Objects.requireNonNull(s.array())[s.at() + i];
        return b & 0xff;
    }
}
