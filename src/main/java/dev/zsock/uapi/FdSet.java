package dev.zsock.uapi;

import java.util.Arrays;

/**
 * {@code fd_set} of {@code <sys/select.h>}, {@code zsock_fd_set}.
 *
 * <p>Unlike C's it grows: descriptors of {@code FD_SETSIZE} and more are kept, up to {@link #MAX}.
 * A number outside 0 to {@code MAX - 1} is ignored. Programs use {@code FD_ZERO}, {@code FD_SET},
 * {@code FD_CLR} and {@code FD_ISSET}.
 */
public final class FdSet {
    /** C's {@code sizeof(fd_set)}. */
    public static final int SIZE = 128;

    /** No descriptor is as large as this (the kernel's default {@code fs.nr_open}). */
    public static final int MAX = 1 << 20;

    /** Bit {@code fd % 64} of word {@code fd / 64}; may be longer or shorter than C's. */
    public long[] fds_bits = new long[SIZE / 8];

    /** An empty set. */
    public FdSet() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public FdSet(FdSet other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(FdSet other) {
        if (fds_bits.length != other.fds_bits.length) {
            fds_bits = new long[other.fds_bits.length];
        }
        System.arraycopy(other.fds_bits, 0, fds_bits, 0, fds_bits.length);
    }

    /** {@code FD_ZERO}. */
    public void zero() {
        Arrays.fill(fds_bits, 0);
    }

    /**
     * {@code FD_SET}.
     *
     * @param fd descriptor to put in
     */
    public void add(int fd) {
        if (fd < 0 || fd >= MAX) {
            return;
        }
        if (fd >>> 6 >= fds_bits.length) {
            fds_bits = Arrays.copyOf(fds_bits, Math.max(fds_bits.length * 2, (fd >>> 6) + 1));
        }
        fds_bits[fd >>> 6] |= 1L << fd;
    }

    /**
     * {@code FD_CLR}.
     *
     * @param fd descriptor to take out
     */
    public void remove(int fd) {
        if (fd >= 0 && fd >>> 6 < fds_bits.length) {
            fds_bits[fd >>> 6] &= ~(1L << fd);
        }
    }

    /**
     * {@code FD_ISSET}.
     *
     * @param fd descriptor
     * @return whether it is in the set
     */
    public boolean contains(int fd) {
        return fd >= 0 && fd >>> 6 < fds_bits.length && (fds_bits[fd >>> 6] & 1L << fd) != 0;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int fd = 0; fd < fds_bits.length * 64; fd++) {
            if (contains(fd)) {
                text.append(text.length() == 1 ? "" : ", ").append(fd);
            }
        }
        return text.append("}").toString();
    }
}
