package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Span;

import java.nio.ByteBuffer;

/**
 * Whole frames that wait for more of them, so that one system call takes them all. It has memory
 * from its first frame on. Guarded by its owner's lock.
 */
final class Batch {
    private final Staging stage = Staging.empty();
    private ByteBuffer filling = ByteBuffer.allocate(0);
    private boolean open;
    private volatile int size;

    /** Bytes that wait; without a lock. */
    int size() {
        return size;
    }

    /** True while frames wait: the next one has to leave behind them. */
    boolean isOpen() {
        return open;
    }

    /** True when a frame of so many bytes may be added; the first one opens the batch. */
    boolean takes(long frame) {
        if (open) {
            return frame <= filling.capacity() - size;
        }
        ByteBuffer memory = Staging.fits(frame) ? stage.room(Staging.FULL) : null;
        if (memory == null) {
            return false;
        }
        filling = memory;
        open = true;
        return true;
    }

    /** Adds a frame with all of src as payload; one whose memory fails is not there. */
    void add(Span src, int b0, boolean mask, int key) {
        int length = src.remaining();
        filling.position(size);
        FrameHeader.put(filling, b0, length, mask, key);
        Masker.toBuffer(src, filling, length, key, 0);
        size = filling.position();
    }

    /** Ends it: what has to leave. */
    Staging seal() {
        stage.staged(filling.position(size));
        open = false;
        size = 0;
        return stage;
    }
}
