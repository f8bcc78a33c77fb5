package dev.zsock.uapi;

/** {@code struct pollfd} of {@code <poll.h>}, {@code struct zsock_pollfd}. */
public final class Pollfd {
    /** C's {@code sizeof(struct pollfd)}. */
    public static final int SIZE = 8;

    /** Descriptor; a negative one is left out and gets {@code revents} 0. */
    public int fd;

    /** Asked for: {@code POLLIN}, {@code POLLOUT}, ... */
    public int events;

    /** What happened; written by {@code poll}. */
    public int revents;

    /** All zero, as in C: descriptor 0. */
    public Pollfd() {}

    /**
     * Asks for events of a descriptor.
     *
     * @param fd descriptor
     * @param events {@code POLLIN}, {@code POLLOUT}, ...
     */
    public Pollfd(int fd, int events) {
        this.fd = fd;
        this.events = events;
    }

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public Pollfd(Pollfd other) {
        set(other);
    }

    /**
     * C's {@code struct pollfd fds[n]}.
     *
     * @param n number of elements
     * @return an array of n new structs
     */
    public static Pollfd[] array(int n) {
        Pollfd[] fds = new Pollfd[n];
        for (int i = 0; i < n; i++) {
            fds[i] = new Pollfd();
        }
        return fds;
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(Pollfd other) {
        fd = other.fd;
        events = other.events;
        revents = other.revents;
    }

    @Override
    public String toString() {
        return "{fd=" + fd + ", events=0x" + Integer.toHexString(events) + ", revents=0x"
                + Integer.toHexString(revents) + "}";
    }
}
