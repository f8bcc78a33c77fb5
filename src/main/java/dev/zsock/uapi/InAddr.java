package dev.zsock.uapi;

/** {@code struct in_addr} of {@code <netinet/in.h>}: an IPv4 address. */
public final class InAddr {
    /** C's {@code sizeof(struct in_addr)}. */
    public static final int SIZE = 4;

    /** Address; 127.0.0.1 is {@code 0x7f000001}. */
    public int s_addr;

    /** 0.0.0.0. */
    public InAddr() {}

    /**
     * The given address.
     *
     * @param s_addr address, 127.0.0.1 being {@code 0x7f000001}
     */
    public InAddr(int s_addr) {
        this.s_addr = s_addr;
    }

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public InAddr(InAddr other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(InAddr other) {
        s_addr = other.s_addr;
    }

    /** Dotted decimal. */
    @Override
    public String toString() {
        return (s_addr >>> 24) + "." + (s_addr >> 16 & 0xff) + "." + (s_addr >> 8 & 0xff) + "."
                + (s_addr & 0xff);
    }
}
