package dev.zsock.uapi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@code struct in_pktinfo} of {@code <netinet/in.h>}: data of {@code IP_PKTINFO}. */
public final class InPktinfo {
    /** C's {@code sizeof(struct in_pktinfo)}. */
    public static final int SIZE = 12;

    /** Index of the interface. */
    public int ipi_ifindex;

    /** Local address; when sending, the source. */
    public final InAddr ipi_spec_dst = new InAddr();

    /** Destination in the packet's header. */
    public final InAddr ipi_addr = new InAddr();

    /** All zero. */
    public InPktinfo() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public InPktinfo(InPktinfo other) {
        set(other);
    }

    /**
     * Reads the data of an {@code IP_PKTINFO} control message.
     *
     * @param data what {@code CMSG_DATA} gave; its position stays
     */
    public InPktinfo(ByteBuffer data) {
        int at = data.position();
        ipi_ifindex = data.getInt(at);
        ipi_spec_dst.s_addr = network(data).getInt(at + 4);
        ipi_addr.s_addr = network(data).getInt(at + 8);
    }

    /**
     * C's {@code memcpy(data, this, sizeof(*this))}.
     *
     * @param data what {@code CMSG_DATA} gave; its position stays
     */
    public void put(ByteBuffer data) {
        int at = data.position();
        data.putInt(at, ipi_ifindex);
        network(data).putInt(at + 4, ipi_spec_dst.s_addr).putInt(at + 8, ipi_addr.s_addr);
    }

    private static ByteBuffer network(ByteBuffer data) {
        return data.duplicate().order(ByteOrder.BIG_ENDIAN);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(InPktinfo other) {
        ipi_ifindex = other.ipi_ifindex;
        ipi_spec_dst.set(other.ipi_spec_dst);
        ipi_addr.set(other.ipi_addr);
    }

    @Override
    public String toString() {
        return "{ipi_ifindex=" + ipi_ifindex + ", ipi_spec_dst=" + ipi_spec_dst + ", ipi_addr="
                + ipi_addr + "}";
    }
}
