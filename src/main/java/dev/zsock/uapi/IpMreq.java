package dev.zsock.uapi;

/** {@code struct ip_mreq} of {@code <netinet/in.h>}: IPv4 group and interface address. */
public final class IpMreq {
    /** C's {@code sizeof(struct ip_mreq)}. */
    public static final int SIZE = 8;

    /** Group. */
    public final InAddr imr_multiaddr = new InAddr();

    /** Address of the interface, 0.0.0.0 for any. */
    public final InAddr imr_interface = new InAddr();

    /** All zero. */
    public IpMreq() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public IpMreq(IpMreq other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(IpMreq other) {
        imr_multiaddr.set(other.imr_multiaddr);
        imr_interface.set(other.imr_interface);
    }

    @Override
    public String toString() {
        return "{imr_multiaddr=" + imr_multiaddr + ", imr_interface=" + imr_interface + "}";
    }
}
