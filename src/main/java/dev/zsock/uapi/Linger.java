package dev.zsock.uapi;

/** {@code struct linger} of {@code <sys/socket.h>}: value of {@code SO_LINGER}. */
public final class Linger {
    /** C's {@code sizeof(struct linger)}. */
    public static final int SIZE = 8;

    /** Not 0: {@code close} waits for unsent data. */
    public int l_onoff;

    /** Seconds to wait; with 0 the connection is reset. */
    public int l_linger;

    /** All zero. */
    public Linger() {}

    /**
     * The given setting.
     *
     * @param l_onoff 0 or 1
     * @param l_linger seconds
     */
    public Linger(int l_onoff, int l_linger) {
        this.l_onoff = l_onoff;
        this.l_linger = l_linger;
    }

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public Linger(Linger other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(Linger other) {
        l_onoff = other.l_onoff;
        l_linger = other.l_linger;
    }

    @Override
    public String toString() {
        return "{l_onoff=" + l_onoff + ", l_linger=" + l_linger + "}";
    }
}
