package dev.zsock.internal.websocket;

import static dev.zsock.uapi.ErrnoAbi.EPROTO;

import java.nio.ByteBuffer;

/**
 * Reads frame headers (5.2), resumable at any byte. Knows the syntax only: what a first byte means
 * is for {@link FrameRules}, the payload is for the caller. Not thread-safe.
 *
 * <pre>
 *  b0: FIN RSV1 RSV2 RSV3 opcode(4)   MASK length(7)   [length(16 or 64)]   [key(32)]   payload
 * </pre>
 */
final class FrameDecoder {
    enum State {
        FIRST,
        SECOND,
        LENGTH,
        KEY,
        PAYLOAD
    }

    /** The input is drained and the header is not complete. */
    static final int NEED_MORE = 0;

    /** The header is complete: the fields hold until {@link #frameDone()}. */
    static final int HEADER = 1;

    /** The first byte: FIN, the RSV bits and the opcode. */
    int b0;

    boolean masked;

    /** The masking key in wire order, 0 when there is none. */
    int key;

    /** The payload's length, unsigned. */
    long length;

    /** Payload bytes still to come, unsigned. The caller counts down. */
    long remaining;

    /** Payload bytes taken so far. The caller counts up. */
    long at;

    /** False takes any form of length, and all 64 bits of it. */
    boolean strict = true;

    private State state = State.FIRST;
    private int need; // bytes missing from the length or the key
    private boolean wide; // the length has 64 bits

    State state() {
        return state;
    }

    /** {@link #HEADER}, {@link #NEED_MORE}, or -EPROTO for a length that 5.2 forbids. */
    int header(ByteBuffer in) {
        // the states in the order of the wire: a header that is there whole falls straight through
        if (state == State.FIRST) {
            if (!in.hasRemaining()) {
                return NEED_MORE;
            }
            first(in.get() & 0xff);
        }
        if (state == State.SECOND) {
            if (!in.hasRemaining()) {
                return NEED_MORE;
            }
            second(in.get() & 0xff);
        }
        if (state == State.LENGTH) {
            length = bits(in, length);
            if (need > 0) {
                return NEED_MORE;
            }
            if (strict && !shortest()) {
                return -EPROTO;
            }
            lengthDone();
        }
        if (state == State.KEY) {
            key = (int) bits(in, key);
            if (need > 0) {
                return NEED_MORE;
            }
            payload();
        }
        return HEADER;
    }

    /** The payload has been taken whole: the next byte is a first one. */
    void frameDone() {
        state = State.FIRST;
    }

    private void first(int b) {
        b0 = b;
        key = 0;
        at = 0;
        remaining = 0;
        state = State.SECOND;
    }

    private void second(int b) {
        masked = (b & 0x80) != 0;
        length = b & 0x7f;
        if (length < 126) {
            lengthDone();
            return;
        }
        wide = length == 127;
        need = wide ? 8 : 2;
        length = 0;
        state = State.LENGTH;
    }

    /** What is there of the bytes needed, appended to those that came before. */
    private long bits(ByteBuffer in, long before) {
        long v = before;
        for (int n = Math.min(need, in.remaining()); n > 0; n--) {
            v = v << 8 | in.get() & 0xff;
            need--;
        }
        return v;
    }

    /** 5.2: the shortest form, and the top bit of 64 clear. */
    private boolean shortest() {
        return wide ? length >= 65536 : length >= 126;
    }

    private void lengthDone() {
        if (masked) {
            need = 4;
            state = State.KEY;
        } else {
            payload();
        }
    }

    private void payload() {
        remaining = length;
        state = State.PAYLOAD;
    }
}
