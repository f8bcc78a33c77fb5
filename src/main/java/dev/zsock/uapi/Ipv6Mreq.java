package dev.zsock.uapi;

/** {@code struct ipv6_mreq} of {@code <netinet/in.h>}: IPv6 group and interface. */
public final class Ipv6Mreq {
    /** C's {@code sizeof(struct ipv6_mreq)}. */
    public static final int SIZE = 20;

    /** Group. */
    public final In6Addr ipv6mr_multiaddr = new In6Addr();

    /** Index of the interface, 0 for any (Zephyr: {@code ipv6mr_ifindex}). */
    public int ipv6mr_interface;

    /** All zero. */
    public Ipv6Mreq() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public Ipv6Mreq(Ipv6Mreq other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(Ipv6Mreq other) {
        ipv6mr_multiaddr.set(other.ipv6mr_multiaddr);
        ipv6mr_interface = other.ipv6mr_interface;
    }

    @Override
    public String toString() {
        return "{ipv6mr_multiaddr=" + ipv6mr_multiaddr + ", ipv6mr_interface=" + ipv6mr_interface
                + "}";
    }
}
