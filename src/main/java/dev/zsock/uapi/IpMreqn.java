package dev.zsock.uapi;

/** {@code struct ip_mreqn} of {@code <netinet/in.h>}: IPv4 group and interface. */
public final class IpMreqn {
    /** C's {@code sizeof(struct ip_mreqn)}. */
    public static final int SIZE = 12;

    /** Group. */
    public final InAddr imr_multiaddr = new InAddr();

    /** Address of the interface, when no index is given. */
    public final InAddr imr_address = new InAddr();

    /** Index of the interface, 0 for any. */
    public int imr_ifindex;

    /** All zero. */
    public IpMreqn() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public IpMreqn(IpMreqn other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(IpMreqn other) {
        imr_multiaddr.set(other.imr_multiaddr);
        imr_address.set(other.imr_address);
        imr_ifindex = other.imr_ifindex;
    }

    @Override
    public String toString() {
        return "{imr_multiaddr=" + imr_multiaddr + ", imr_address=" + imr_address + ", imr_ifindex="
                + imr_ifindex + "}";
    }
}
