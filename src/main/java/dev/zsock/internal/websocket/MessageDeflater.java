package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Span;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses what is sent (RFC 7692 7.2.1), fragment by fragment. Guarded by its owner's lock.
 *
 * <p>The JDK's deflater always looks back over 32 KiB. A smaller window that was agreed on is kept
 * by forgetting everything each time that so many bytes have gone in: what is forgotten is never
 * referred to. For the smallest that would cost most of the time, so nothing is ever referred to:
 * rare letters get longer codes, and that is all.
 */
final class MessageDeflater {
    private static final int KEPT = 64 << 10; // of the output buffer, between messages
    private static final int FLUSH_ROOM = 64; // more than any flush needs
    private static final int TAIL = 4; // 00 00 ff ff, which ends a flush
    private static final byte EMPTY = 0; // 7.2.3.6

    private final int window;
    private final boolean keepsContext;
    private final Span packed = new Span();
    private @Nullable Deflater deflater;
    private byte[] out = {};
    private int at;
    private int remembered; // bytes that went in since everything was forgotten

    /** bits: the largest window that was agreed on, as a power of two. */
    MessageDeflater(int bits, boolean keepsContext) {
        window = 1 << bits;
        this.keepsContext = keepsContext;
    }

    /**
     * The compressed form of a fragment's payload, valid until the next call, or null when there is
     * no memory. src does not move.
     */
    @Nullable Span compress(Span src, boolean first, boolean fin) {
        try {
            Deflater d = deflater;
            if (d == null) {
                d = begin();
                deflater = d;
            } else if (first && !keepsContext) {
                forget(d);
            }
            if (out.length > KEPT) {
                out = new byte[0];
            }
            at = 0;
            feed(d, src);
            if (fin) {
                end();
            }
            return packed.set(out, 0, at);
        } catch (OutOfMemoryError e) {
            out = new byte[0];
            drop();
            return null;
        }
    }

    /** What was compressed last does not leave: later messages must not refer to it. */
    void drop() {
        Deflater d = deflater;
        if (d != null) {
            forget(d);
        }
    }

    /** Gives the native memory back. Nothing may follow. */
    void close() {
        Deflater d = deflater;
        if (d != null) {
            d.end();
        }
    }

    private Deflater begin() {
        Deflater d = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        if (window == 1 << DeflateParams.MIN_BITS) {
            d.setStrategy(Deflater.HUFFMAN_ONLY);
            d.deflate(out, 0, 0); // a new strategy takes a call of its own, which flushes nothing
        }
        return d;
    }

    private void forget(Deflater d) {
        d.reset();
        remembered = 0;
    }

    private void feed(Deflater d, Span src) {
        int left = src.remaining();
        int from = src.at();
        while (left > 0) {
            int n = limited() ? Math.min(left, window - remembered) : left;
            ByteBuffer buffer = src.buffer();
            if (buffer != null) {
                d.setInput(buffer.duplicate().limit(from + n).position(from));
            } else {
                d.setInput(src.array(), from, n);
            }
            from += n;
            left -= n;
            remembered = limited() ? remembered + n : 0;
            boolean full = remembered == window;
            flush(d, full ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH);
            if (full) {
                remembered = 0;
            }
        }
    }

    private boolean limited() {
        return window > 1 << DeflateParams.MIN_BITS && window < 1 << DeflateParams.MAX_BITS;
    }

    private void flush(Deflater d, int how) {
        int room;
        int n;
        do {
            if (out.length - at < FLUSH_ROOM) {
                out = Arrays.copyOf(out, larger(out.length));
            }
            room = out.length - at;
            n = d.deflate(out, at, room, how);
            at += n;
        } while (n == room);
    }

    private static int larger(int size) {
        if (size == Staging.MOST) {
            throw new OutOfMemoryError("compressed payload");
        }
        return (int) Math.min(Staging.MOST, Math.max(2L * size, 4 * FLUSH_ROOM));
    }

    /** 7.2.1: the last flush loses its tail; nothing at all becomes one empty block. */
    private void end() {
        if (at >= TAIL) {
            at -= TAIL;
        } else {
            out = out.length == 0 ? new byte[FLUSH_ROOM] : out;
            out[0] = EMPTY;
            at = 1;
        }
    }
}
