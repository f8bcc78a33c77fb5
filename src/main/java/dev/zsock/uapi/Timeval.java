package dev.zsock.uapi;

/** {@code struct timeval} of {@code <sys/time.h>}: a time span, {@code struct zsock_timeval}. */
public final class Timeval {
    /** C's {@code sizeof(struct timeval)}. */
    public static final int SIZE = 16;

    /** Seconds. */
    public long tv_sec;

    /** Microseconds, 0 to 999999. */
    public long tv_usec;

    /** All zero. */
    public Timeval() {}

    /**
     * The given span.
     *
     * @param tv_sec seconds
     * @param tv_usec microseconds
     */
    public Timeval(long tv_sec, long tv_usec) {
        this.tv_sec = tv_sec;
        this.tv_usec = tv_usec;
    }

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public Timeval(Timeval other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(Timeval other) {
        tv_sec = other.tv_sec;
        tv_usec = other.tv_usec;
    }

    @Override
    public String toString() {
        return "{tv_sec=" + tv_sec + ", tv_usec=" + tv_usec + "}";
    }
}
