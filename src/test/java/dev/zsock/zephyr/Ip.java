package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.In6Addr;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;

/** What differs between the two halves of a suite. */
enum Ip {
    V4(AF_INET, SockaddrIn.SIZE),
    V6(AF_INET6, SockaddrIn6.SIZE);

    final int family;
    final int size;

    Ip(int family, int size) {
        this.family = family;
        this.size = size;
    }

    Sockaddr loopback(int port) {
        return this == V4
                ? new SockaddrIn(INADDR_LOOPBACK, port)
                : new SockaddrIn6(in6addr_loopback, port);
    }

    Sockaddr any(int port) {
        return this == V4 ? new SockaddrIn(INADDR_ANY, port) : new SockaddrIn6(new In6Addr(), port);
    }

    static int port(Sockaddr addr) {
        return addr.sa_family() == AF_INET ? net_sin(addr).sin_port : net_sin6(addr).sin6_port;
    }

    /**
     * Takes the link away from a socket, or gives it back: packets that crossed the loopback have a
     * time to live of 64 and are dropped before TCP sees them.
     */
    void broken(int fd, boolean broken) {
        int least = broken ? 255 : 0;
        if (this == V4) {
            SocketSuite.setInt(fd, IPPROTO_IP, IP_MINTTL, least);
        } else {
            SocketSuite.setInt(fd, IPPROTO_IPV6, IPV6_MINHOPCOUNT, least);
        }
    }
}
