package dev.zsock.uapi;

import org.jspecify.annotations.Nullable;

/** {@code struct iovec} of {@code <sys/uio.h>}: one piece of a scattered buffer. */
public final class Iovec {
    /** C's {@code sizeof(struct iovec)}. */
    public static final int SIZE = 16;

    /** Buffer. */
    public byte @Nullable [] iov_base;

    /** Length in bytes. */
    public int iov_len;

    /** Where in {@link #iov_base} the piece begins: C's {@code iov_base + n}. */
    public int iov_off;

    /** All zero. */
    public Iovec() {}

    /**
     * A piece at the start of a buffer.
     *
     * @param base buffer
     * @param len length in bytes
     */
    public Iovec(byte[] base, int len) {
        iov_base = base;
        iov_len = len;
    }

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public Iovec(Iovec other) {
        set(other);
    }

    /**
     * C's {@code struct iovec iov[n]}.
     *
     * @param n number of elements
     * @return an array of n new structs
     */
    public static Iovec[] array(int n) {
        Iovec[] iov = new Iovec[n];
        for (int i = 0; i < n; i++) {
            iov[i] = new Iovec();
        }
        return iov;
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(Iovec other) {
        iov_base = other.iov_base;
        iov_len = other.iov_len;
        iov_off = other.iov_off;
    }

    @Override
    public String toString() {
        return "{iov_off=" + iov_off + ", iov_len=" + iov_len + "}";
    }
}
