package dev.zsock.internal.http;

import static dev.zsock.uapi.ErrnoAbi.EBADMSG;

import java.nio.ByteBuffer;

/**
 * Takes the framing off a body (RFC 9112 6 and 7), resumable at any byte, and stops right behind
 * it. Trailers are for {@link HeadReader}. Not thread-safe.
 */
final class BodyReader {
    /** The input is drained. */
    static final int NEED_MORE = 0;

    /** {@link #pieceAt} and {@link #pieceLength} tell what the input had of the body. */
    static final int PIECE = 1;

    /** A chunk begins; {@link #remaining} is its size. */
    static final int CHUNK = 2;

    /** A chunk has been taken whole. */
    static final int CHUNK_END = 3;

    /** The body has been taken whole. */
    static final int DONE = 4;

    private static final int MAX_SIZE_LINE = 4096;

    private enum State {
        FIXED,
        UNTIL_EOF,
        SIZE,
        EXTENSION,
        DATA,
        DATA_END,
        COMPLETE
    }

    /** Bytes of the body or chunk still to come. */
    long remaining;

    int pieceAt;
    int pieceLength;

    private State state = State.COMPLETE;
    private int taken; // bytes of the size line
    private int digits;
    private boolean cr;

    /** The body has n bytes. */
    void length(long n) {
        remaining = n;
        state = n == 0 ? State.COMPLETE : State.FIXED;
    }

    /** The body ends with the connection. */
    void untilEof() {
        remaining = Long.MAX_VALUE;
        state = State.UNTIL_EOF;
    }

    /** The body comes in chunks. */
    void chunked() {
        beginSize();
    }

    /** True when nothing is to come. */
    boolean complete() {
        return state == State.COMPLETE;
    }

    /** True when the end of the connection ends the body. */
    boolean endsWithConnection() {
        return state == State.UNTIL_EOF;
    }

    /** One of the constants above, or -EBADMSG. */
    int next(ByteBuffer in) {
        while (state != State.COMPLETE) {
            if (state == State.DATA && remaining == 0) {
                state = State.DATA_END;
                return CHUNK_END;
            }
            if (!in.hasRemaining()) {
                return NEED_MORE;
            }
            switch (state) {
                case FIXED, UNTIL_EOF, DATA -> {
                    return piece(in);
                }
                case DATA_END -> {
                    if (!lineEnd(in.get())) {
                        return -EBADMSG;
                    }
                }
                default -> {
                    int rc = sizeLine(in.get());
                    if (rc != 0) {
                        return rc;
                    }
                }
            }
        }
        return DONE;
    }

    private int piece(ByteBuffer in) {
        pieceAt = in.position();
        pieceLength = (int) Math.min(remaining, in.remaining());
        in.position(pieceAt + pieceLength);
        if (state != State.UNTIL_EOF) {
            remaining -= pieceLength;
        }
        if (state == State.FIXED && remaining == 0) {
            state = State.COMPLETE;
        }
        return PIECE;
    }

    /** The line end behind a chunk's data. */
    private boolean lineEnd(byte b) {
        if (b == '\n') {
            beginSize();
            return true;
        }
        boolean first = !cr;
        cr = true;
        return first && b == '\r';
    }

    private void beginSize() {
        state = State.SIZE;
        remaining = 0;
        digits = 0;
        taken = 0;
        cr = false;
    }

    /** 9112 7.1: hexadecimal size, extensions that mean nothing here, line end. */
    private int sizeLine(byte b) {
        if (++taken > MAX_SIZE_LINE || b == 0) {
            return -EBADMSG;
        }
        if (b == '\n') {
            return sizeDone();
        }
        if (cr) {
            return -EBADMSG;
        }
        if (b == '\r') {
            cr = true;
            return 0;
        }
        if (state == State.EXTENSION) {
            return 0;
        }
        int digit = Character.digit(b, 16);
        if (digit >= 0 && digits < 15) {
            remaining = remaining << 4 | digit;
            digits++;
            return 0;
        }
        if (digits > 0 && (b == ';' || HttpText.isBlank(b))) {
            state = State.EXTENSION;
            return 0;
        }
        return -EBADMSG;
    }

    private int sizeDone() {
        if (digits == 0) {
            return -EBADMSG;
        }
        cr = false;
        state = remaining == 0 ? State.COMPLETE : State.DATA;
        return CHUNK;
    }
}
