package dev.zsock.uapi;

import java.nio.ByteBuffer;

/** {@code struct in6_pktinfo} of {@code <netinet/in.h>}: data of {@code IPV6_PKTINFO}. */
public final class In6Pktinfo {
    /** C's {@code sizeof(struct in6_pktinfo)}. */
    public static final int SIZE = 20;

    /** Destination; when sending, the source. */
    public final In6Addr ipi6_addr = new In6Addr();

    /** Index of the interface. */
    public int ipi6_ifindex;

    /** All zero. */
    public In6Pktinfo() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public In6Pktinfo(In6Pktinfo other) {
        set(other);
    }

    /**
     * Reads the data of an {@code IPV6_PKTINFO} control message.
     *
     * @param data what {@code CMSG_DATA} gave; its position stays
     */
    public In6Pktinfo(ByteBuffer data) {
        int at = data.position();
        data.get(at, ipi6_addr.s6_addr);
        ipi6_ifindex = data.getInt(at + 16);
    }

    /**
     * C's {@code memcpy(data, this, sizeof(*this))}.
     *
     * @param data what {@code CMSG_DATA} gave; its position stays
     */
    public void put(ByteBuffer data) {
        int at = data.position();
        data.put(at, ipi6_addr.s6_addr).putInt(at + 16, ipi6_ifindex);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(In6Pktinfo other) {
        ipi6_addr.set(other.ipi6_addr);
        ipi6_ifindex = other.ipi6_ifindex;
    }

    @Override
    public String toString() {
        return "{ipi6_addr=" + ipi6_addr + ", ipi6_ifindex=" + ipi6_ifindex + "}";
    }
}
