package dev.zsock.uapi;

/** {@code struct sockaddr_in6} of {@code <netinet/in.h>}: an IPv6 address, port and scope. */
public final class SockaddrIn6 extends Sockaddr {
    /** C's {@code sizeof(struct sockaddr_in6)}. */
    public static final int SIZE = 28;

    /** {@code AF_INET6}. */
    public int sin6_family;

    /** Port, 0 to 65535; reads naturally ({@code htons} changes nothing). */
    public int sin6_port;

    /** Traffic class and flow label; reads naturally ({@code htonl} changes nothing). */
    public int sin6_flowinfo;

    /** Address. */
    public final In6Addr sin6_addr = new In6Addr();

    /** Interface index for an address of link scope, else 0. */
    public int sin6_scope_id;

    /** An address of all zero, family included. */
    public SockaddrIn6() {}

    /**
     * An {@code AF_INET6} address.
     *
     * @param addr address, copied
     * @param port port, 0 to 65535
     */
    public SockaddrIn6(In6Addr addr, int port) {
        sin6_family = SocketAbi.AF_INET6;
        sin6_port = port;
        sin6_addr.set(addr);
    }

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public SockaddrIn6(SockaddrIn6 other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(SockaddrIn6 other) {
        sin6_family = other.sin6_family;
        sin6_port = other.sin6_port;
        sin6_flowinfo = other.sin6_flowinfo;
        sin6_addr.set(other.sin6_addr);
        sin6_scope_id = other.sin6_scope_id;
    }

    @Override
    public int sa_family() {
        return sin6_family;
    }

    @Override
    public String toString() {
        return "{sin6_family=" + sin6_family + ", [" + sin6_addr + "%" + sin6_scope_id + "]:"
                + sin6_port + "}";
    }
}
