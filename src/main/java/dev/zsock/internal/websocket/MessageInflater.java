package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Span;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses what is received (RFC 7692 7.2.2), a piece at a time: no message is ever held whole.
 * Guarded by its owner's lock.
 *
 * <p>Behind the last byte of a message goes a final block of our own: when the inflater has not
 * finished then, the message was cut off inside a block. A sender's own final blocks are allowed
 * too (7.2.3.4). The JDK's inflater forgets at each of them what later blocks may refer to, so the
 * latest bytes are kept here to remind it.
 */
final class MessageInflater {
    private static final int PIECE = 8 << 10;
    private static final int OUT = 32 << 10;

    /** 7.2.2: the four bytes that the sender has left out, and an empty final block. */
    private static final byte[] TAIL = {0, 0, -1, -1, 1, 0, 0, -1, -1};

    private final int window;
    private final boolean keepsContext;
    private final byte[] piece = new byte[PIECE];
    private byte[] input = piece; // what the inflater reads
    private int inputLength;
    private @Nullable Inflater inflater;

    /** What came last: bytes that later ones may refer to, then those that wait. */
    private byte[] out = {};

    private ByteBuffer view = ByteBuffer.wrap(out);
    private int at; // the first that waits
    private int end;
    private long total; // bytes of the message so far
    private boolean fresh; // nothing was read since the inflater began
    private boolean ended;
    private int broken;

    /** bits: the largest window that was agreed on, as a power of two. */
    MessageInflater(int bits, boolean keepsContext) {
        window = 1 << bits;
        this.keepsContext = keepsContext;
    }

    /** A message begins. */
    void begin() {
        if (inflater == null) {
            inflater = new Inflater(true);
            out = new byte[window + OUT];
            view = ByteBuffer.wrap(out);
        }
        if (!keepsContext) {
            at = 0;
            end = 0;
        }
        restart(inflater);
        total = 0;
        ended = false;
        inputLength = 0;
    }

    /** Gives the native memory back. Nothing may follow. */
    void close() {
        if (inflater != null) {
            inflater.end();
        }
    }

    /** The inflated bytes that wait begin at {@link #at()}. */
    ByteBuffer bytes() {
        return view;
    }

    int at() {
        return at;
    }

    /** How many inflated bytes wait. */
    int waiting() {
        return end - at;
    }

    /** True when these n waiting bytes are the message's last. */
    boolean endsAfter(int n) {
        return ended && waiting() == n;
    }

    /** Once nothing waits: the close code for what came next, or 0. */
    int broken() {
        return broken;
    }

    /** Copies n waiting bytes to dst, which moves, and keeps them. */
    void peek(int n, Span dst) {
        dst.put(view.position(at), n);
    }

    /** Moves n waiting bytes to dst. */
    void take(int n, Span dst) {
        peek(n, dst);
        at += n;
    }

    /**
     * Inflates what has come of the frame, as far as there is room for it. fin: the frame is the
     * message's last. limit: the largest message, 0 for any.
     */
    void pump(InputBuffer in, FrameDecoder frame, boolean fin, long limit) {
        Inflater inf = inflater;
        if (inf == null || broken != 0 || ended) {
            return;
        }
        makeRoom();
        while (end < out.length && broken == 0) {
            int n = inflate(inf, limit);
            if (broken != 0) {
                return;
            } else if (inf.finished()) {
                finalBlock(inf);
            } else if (n == 0 && !more(inf, in, frame, fin)) {
                return;
            }
            if (ended) {
                return;
            }
        }
    }

    /** Inflates what was read as far as there is room; how many bytes came of it. */
    private int inflate(Inflater inf, long limit) {
        long before = inf.getBytesWritten();
        try {
            inf.inflate(out, end, out.length - end);
        } catch (DataFormatException e) {
            broken = CloseCodes.PROTOCOL_ERROR;
        }
        int n = (int) (inf.getBytesWritten() - before); // those ahead of what is broken, too
        end += n;
        total += n;
        if (limit > 0 && total > limit) {
            end -= (int) (total - limit);
            broken = CloseCodes.TOO_BIG;
        }
        return n;
    }

    private void makeRoom() {
        if (at == end && end > window) {
            System.arraycopy(out, end - window, out, 0, window);
            at = window;
            end = window;
        }
    }

    /** Gives the inflater something to read; false when that must come first, or is over. */
    private boolean more(Inflater inf, InputBuffer in, FrameDecoder frame, boolean fin) {
        if (frame.remaining != 0) {
            int n = in.available(frame, PIECE);
            if (n > 0) {
                in.copy(frame, n, piece, 0);
                in.skip(frame, n);
                read(inf, piece, n);
            }
            return n > 0;
        }
        if (!fin) {
            return false;
        }
        if (input == TAIL && inputLength > 0) { // read, and yet not finished
            broken = CloseCodes.PROTOCOL_ERROR;
        } else if (fresh) { // no bytes at all, or a final block was the last
            ended = true;
        } else {
            read(inf, TAIL, TAIL.length);
        }
        return !ended && broken == 0;
    }

    private void read(Inflater inf, byte[] bytes, int n) {
        input = bytes;
        inputLength = n;
        fresh = false;
        inf.setInput(bytes, 0, n);
    }

    private void finalBlock(Inflater inf) {
        int rest = inf.getRemaining();
        if (input == TAIL) {
            ended = rest == 0;
            broken = rest == 0 ? 0 : CloseCodes.PROTOCOL_ERROR;
            return;
        }
        restart(inf);
        if (rest > 0) {
            fresh = false;
            inf.setInput(input, inputLength - rest, rest);
        }
    }

    private void restart(Inflater inf) {
        inf.reset();
        int n = Math.min(end, window);
        if (n > 0) {
            inf.setDictionary(out, end - n, n);
        }
        fresh = true;
    }
}
