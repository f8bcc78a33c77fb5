package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Span;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where a frame is put together: header and masked payload side by side, so that one system call
 * takes them. Each thread has one; when the kernel took only part of a frame, the rest stays in it
 * and the websocket keeps it.
 */
final class Staging {
    /** Payload that leaves in one system call. */
    private static final int PAYLOAD = 128 << 10;

    /** The most that a thread keeps. */
    static final int FULL = PAYLOAD + FrameHeader.MAX;

    /** The largest array. */
    static final int MOST = Integer.MAX_VALUE - 8;

    private static final int SMALL = 16 << 10;
    private static final int PAGE = 4096;
    private static final ThreadLocal<Staging> CURRENT = ThreadLocal.withInitial(Staging::empty);

    /** What has been put in and has still to leave. */
    final Span span = new Span();

    private ByteBuffer buffer;

    private Staging(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** One that no thread shares, without memory until {@link #room} is asked for. */
    static Staging empty() {
        return new Staging(ByteBuffer.allocate(0));
    }

    /** Room for a control frame only, which no thread shares. */
    static Staging control() {
        return new Staging(ByteBuffer.allocate(FrameHeader.MAX + FrameRules.MAX_CONTROL));
    }

    /** One on the heap with room for size bytes, which no thread shares; null: no memory. */
    static @Nullable Staging whole(long size) {
        ByteBuffer memory = heap(size);
        return memory == null ? null : new Staging(memory);
    }

    /** The calling thread's. */
    static Staging get() {
        return CURRENT.get();
    }

    /** The calling thread's now belongs to a websocket; the thread gets another at need. */
    static void give() {
        CURRENT.remove();
    }

    /** True when so many bytes fit into what threads keep. */
    static boolean fits(long size) {
        return size <= FULL;
    }

    /**
     * An empty buffer with room for size bytes, or null when there is no memory: direct and kept up
     * to {@link #FULL}, for a larger frame on the heap and for this once.
     */
    @Nullable ByteBuffer room(long size) {
        if (size > FULL) {
            return heap(size);
        }
        try {
            if (size > buffer.capacity()) {
                buffer = aligned(size > SMALL ? FULL : SMALL);
            }
            return buffer.clear();
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    private static @Nullable ByteBuffer heap(long size) {
        try {
            return size > MOST ? null : ByteBuffer.allocate((int) size);
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    /** The buffer as it is, empty. */
    ByteBuffer buffer() {
        return buffer.clear();
    }

    /** True when some of what was staged has left. */
    boolean begun() {
        return span.at() > 0;
    }

    /** Lets go of the memory of a large frame. */
    void forget() {
        if (span.array() != null) {
            span.clear();
        }
    }

    /** What lies between the start and the buffer's position is to be sent. */
    void staged(ByteBuffer filled) {
        if (filled.hasArray()) {
            span.set(filled.array(), filled.arrayOffset(), filled.position());
        } else {
            span.set(filled, 0, filled.position());
        }
    }

    /** Memory that begins on a page: another alignment can double the cost of the kernel's copy. */
    static ByteBuffer aligned(int n) {
        int whole = (n + PAGE - 1) / PAGE * PAGE;
        return ByteBuffer.allocateDirect(whole + PAGE)
                .alignedSlice(PAGE)
                .slice(0, n)
                .order(ByteOrder.BIG_ENDIAN);
    }
}
