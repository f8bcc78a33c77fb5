package dev.zsock.internal.websocket;

/**
 * The largest frame and message that are taken. What an option sets may change at any time; the
 * count is guarded by the reader's lock.
 */
final class Limits {
    /** The largest inflated message unless a limit was set. */
    private static final long MAX_INFLATED = 64L << 20;

    private static final long UNSET = -1;

    private final boolean inflates;
    private long taken; // bytes of the message's frames so far
    private volatile long message = UNSET;

    /** Payload of a frame; 0 for any. */
    volatile long frame;

    /** inflates: messages may be compressed in this connection. */
    Limits(boolean inflates) {
        this.inflates = inflates;
    }

    /** The largest message, inflated; 0 for any. */
    long message() {
        long max = message;
        return max != UNSET ? max : inflates ? MAX_INFLATED : 0;
    }

    void message(long max) {
        message = max;
    }

    /** A message begins. */
    void begin() {
        taken = 0;
    }

    /** True when its next frame is too big; what inflates is counted when it comes. */
    boolean exceededBy(long length, boolean compressed) {
        taken += length;
        long max = message;
        return frame > 0 && length > frame || max > 0 && !compressed && (taken > max || taken < 0);
    }
}
