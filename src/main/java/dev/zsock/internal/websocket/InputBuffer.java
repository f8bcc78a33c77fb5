package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Span;

import java.nio.ByteBuffer;

/**
 * Bytes that came from the transport: headers that the decoder reads, and payload of the frame in
 * hand. It starts small and grows when the traffic shows that it pays. Not thread-safe.
 */
final class InputBuffer {
    private static final int FIRST = 4 << 10;
    private static final int MOST = 64 << 10;

    private final Span span = new Span();
    private final Span inPlace = new Span();
    private ByteBuffer buffer; // position: next byte; limit: end of what came
    private ByteBuffer whole; // the same memory without these bounds
    private int clear; // payload bytes at the front that are unmasked already
    private boolean grow; // the last receive left no room

    /** Starts with bytes that came behind the handshake. */
    InputBuffer(ByteBuffer leftover) {
        // Small and as it comes: an idle connection should cost no more than it must.
        buffer = ByteBuffer.allocateDirect(Math.max(FIRST, leftover.remaining()));
        buffer.put(leftover).flip();
        whole = buffer.duplicate().clear();
    }

    /** What has come and was not taken; the decoder may take headers. */
    ByteBuffer bytes() {
        return buffer;
    }

    /** How many payload bytes are there, max at most. */
    int available(FrameDecoder frame, int max) {
        int n = Math.min(max, buffer.remaining());
        return Long.compareUnsigned(frame.remaining, n) < 0 ? (int) frame.remaining : n;
    }

    /** Moves the next n payload bytes to dst. */
    void take(FrameDecoder frame, int n, Span dst) {
        if (clear > 0) {
            unmask(frame, n);
            dst.put(buffer, n);
        } else {
            Masker.fromBuffer(buffer, dst, n, frame.key, frame.at);
        }
        took(frame, n);
    }

    /** Copies the next n payload bytes to dst, which moves, and keeps them. */
    void peek(FrameDecoder frame, int n, Span dst) {
        int from = buffer.position();
        unmask(frame, n);
        dst.put(buffer, n);
        buffer.position(from);
    }

    /** Copies the next n payload bytes to an array and keeps them. */
    void copy(FrameDecoder frame, int n, byte[] to, int at) {
        unmask(frame, n);
        buffer.get(buffer.position(), to, at, n);
    }

    /** Drops the next n payload bytes. */
    void skip(FrameDecoder frame, int n) {
        buffer.position(buffer.position() + n);
        took(frame, n);
    }

    private void took(FrameDecoder frame, int n) {
        frame.at += n;
        frame.remaining -= n;
        clear = Math.max(0, clear - n);
    }

    /** Makes the next n payload bytes readable where they are. */
    void unmask(FrameDecoder frame, int n) {
        if (frame.key == 0 || n <= clear) {
            return;
        }
        int from = buffer.position();
        buffer.position(from + clear);
        inPlace.set(buffer, from + clear, n - clear);
        Masker.fromBuffer(buffer, inPlace, n - clear, frame.key, frame.at + clear);
        buffer.position(from);
        clear = n;
    }

    /** Room for the next bytes, of which so many are known to come; never empty. */
    Span room(long coming) {
        boolean more = grow || Long.compareUnsigned(coming, buffer.capacity()) > 0;
        if (more && buffer.capacity() < MOST) {
            enlarge(Long.compareUnsigned(coming, MOST) >= 0 ? MOST : 2 * buffer.capacity());
        }
        if (!buffer.hasRemaining()) {
            buffer.clear().limit(0);
        } else if (buffer.limit() == buffer.capacity()) {
            buffer.compact().flip();
        }
        grow = false;
        return span.set(whole, buffer.limit(), buffer.capacity() - buffer.limit());
    }

    /** What waits moves to a larger buffer, if there is memory for one. */
    private void enlarge(int size) {
        try {
            buffer = Staging.aligned(size).put(buffer).flip();
            whole = buffer.duplicate().clear();
        } catch (OutOfMemoryError e) {
            // the traffic passes through what there is
        }
    }

    /** So many bytes have come into the room. */
    void filled(int n) {
        buffer.limit(buffer.limit() + n);
        grow = buffer.limit() == buffer.capacity();
    }
}
