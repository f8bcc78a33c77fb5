package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Span;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Checks UTF-8 (RFC 3629) as it comes, cut anywhere. Not thread-safe; moves no buffer.
 *
 * <p>An automaton of nine states. Each byte has a row of 6-bit cells, one for each state, that
 * tells the next state; a state's number is the bit position of its cell, so that a step is one
 * shift.
 */
final class Utf8Checker {
    private static final int FAILED = 0;
    private static final int START = 6;
    private static final int ONE_MORE = 12;
    private static final int TWO_MORE = 18;
    private static final int THREE_MORE = 24;
    private static final int AFTER_E0 = 30; // a0..bf: no overlong form
    private static final int AFTER_ED = 36; // 80..9f: no surrogate
    private static final int AFTER_F0 = 42; // 90..bf: no overlong form
    private static final int AFTER_F4 = 48; // 80..8f: nothing above U+10FFFF

    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long[] ROWS = rows();
    private static final VarHandle ARRAY =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BUFFER =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private int state = START;

    /** Checks the next n bytes of s, which does not move: how many of them are fine. */
    int check(Span s, int n) {
        ByteBuffer buffer = s.buffer();
        if (buffer != null) {
            return check(buffer, s.at(), n);
        }
        return n == 0 ? 0 : check(Objects.requireNonNull(s.array()), s.at(), n);
    }

    /**
     * Checks n bytes: n, or the index of the first that makes the text illegal; all later ones are
     * refused too.
     */
    int check(byte[] bytes, int off, int n) {
        int s = state;
        int i = 0;
        for (; i <= n - 8; i += 8) {
            long w = (long) ARRAY.get(bytes, off + i);
            if (s != START || (w & HIGH_BITS) != 0) {
                int next = eight(s, w);
                if (next == FAILED) {
                    break; // found again below, byte by byte
                }
                s = next;
            }
        }
        for (; i < n; i++) {
            s = step(s, bytes[off + i]);
            if (s == FAILED) {
                break;
            }
        }
        state = s;
        return i;
    }

    /** The same for n bytes of a buffer from index off. */
    int check(ByteBuffer bytes, int off, int n) {
        int s = state;
        int i = 0;
        for (; i <= n - 8; i += 8) {
            long w = (long) BUFFER.get(bytes, off + i);
            if (s != START || (w & HIGH_BITS) != 0) {
                int next = eight(s, w);
                if (next == FAILED) {
                    break;
                }
                s = next;
            }
        }
        for (; i < n; i++) {
            s = step(s, bytes.get(off + i));
            if (s == FAILED) {
                break;
            }
        }
        state = s;
        return i;
    }

    /** How many of n bytes that end inside a code point lie before that code point. */
    static int whole(ByteBuffer bytes, int off, int n) {
        int i = n;
        while (i > 0 && (bytes.get(off + i - 1) & 0xc0) == 0x80) {
            i--;
        }
        return Math.max(0, i - 1); // its first byte
    }

    /** True between code points: the text may end here. */
    boolean complete() {
        return state == START;
    }

    /** Where the check stands, to go back to. */
    int state() {
        return state;
    }

    /** Goes back to where {@link #state()} said. */
    void state(int before) {
        state = before;
    }

    /** Begins a new text. */
    void reset() {
        state = START;
    }

    private static int step(int s, int b) {
        return (int) (ROWS[b & 0xff] >>> s) & 63;
    }

    private static int eight(int from, long w) {
        int s = from;
        for (int i = 0; i < 64; i += 8) {
            s = step(s, (int) (w >>> i));
        }
        return s;
    }

    private static long[] rows() {
        long[] rows = new long[256];
        edge(rows, START, 0x00, 0x7f, START);
        edge(rows, START, 0xc2, 0xdf, ONE_MORE);
        edge(rows, START, 0xe1, 0xef, TWO_MORE);
        edge(rows, START, 0xe0, 0xe0, AFTER_E0);
        edge(rows, START, 0xed, 0xed, AFTER_ED);
        edge(rows, START, 0xf1, 0xf3, THREE_MORE);
        edge(rows, START, 0xf0, 0xf0, AFTER_F0);
        edge(rows, START, 0xf4, 0xf4, AFTER_F4);
        edge(rows, ONE_MORE, 0x80, 0xbf, START);
        edge(rows, TWO_MORE, 0x80, 0xbf, ONE_MORE);
        edge(rows, THREE_MORE, 0x80, 0xbf, TWO_MORE);
        edge(rows, AFTER_E0, 0xa0, 0xbf, ONE_MORE);
        edge(rows, AFTER_ED, 0x80, 0x9f, ONE_MORE);
        edge(rows, AFTER_F0, 0x90, 0xbf, TWO_MORE);
        edge(rows, AFTER_F4, 0x80, 0x8f, TWO_MORE);
        return rows;
    }

    private static void edge(long[] rows, int from, int first, int last, int to) {
        for (int b = first; b <= last; b++) {
            rows[b] = rows[b] & ~(63L << from) | (long) to << from;
        }
    }
}
