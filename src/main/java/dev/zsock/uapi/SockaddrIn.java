package dev.zsock.uapi;

/** {@code struct sockaddr_in} of {@code <netinet/in.h>}: an IPv4 address and port. */
public final class SockaddrIn extends Sockaddr {
    /** C's {@code sizeof(struct sockaddr_in)}. */
    public static final int SIZE = 16;

    /** {@code AF_INET}. */
    public int sin_family;

    /** Port, 0 to 65535; reads naturally ({@code htons} changes nothing). */
    public int sin_port;

    /** Address. */
    public final InAddr sin_addr = new InAddr();

    /** An address of all zero, family included. */
    public SockaddrIn() {}

    /**
     * An {@code AF_INET} address.
     *
     * @param s_addr address, 127.0.0.1 being {@code 0x7f000001}
     * @param port port, 0 to 65535
     */
    public SockaddrIn(int s_addr, int port) {
        sin_family = SocketAbi.AF_INET;
        sin_port = port;
        sin_addr.s_addr = s_addr;
    }

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public SockaddrIn(SockaddrIn other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(SockaddrIn other) {
        sin_family = other.sin_family;
        sin_port = other.sin_port;
        sin_addr.set(other.sin_addr);
    }

    @Override
    public int sa_family() {
        return sin_family;
    }

    @Override
    public String toString() {
        return "{sin_family=" + sin_family + ", " + sin_addr + ":" + sin_port + "}";
    }
}
