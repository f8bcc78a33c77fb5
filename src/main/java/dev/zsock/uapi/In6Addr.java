package dev.zsock.uapi;

/** {@code struct in6_addr} of {@code <netinet/in.h>}: an IPv6 address. */
public final class In6Addr {
    /** C's {@code sizeof(struct in6_addr)}. */
    public static final int SIZE = 16;

    /** The 16 bytes in the order they are written. */
    public final byte[] s6_addr = new byte[16];

    /** The unspecified address {@code ::}. */
    public In6Addr() {}

    /**
     * The given address.
     *
     * @param bytes 16 bytes, copied
     */
    public In6Addr(byte[] bytes) {
        System.arraycopy(bytes, 0, s6_addr, 0, s6_addr.length);
    }

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public In6Addr(In6Addr other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(In6Addr other) {
        System.arraycopy(other.s6_addr, 0, s6_addr, 0, s6_addr.length);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < s6_addr.length; i += 2) {
            text.append(i == 0 ? "" : ":")
                    .append(Integer.toHexString((s6_addr[i] & 0xff) << 8 | s6_addr[i + 1] & 0xff));
        }
        return text.toString();
    }
}
