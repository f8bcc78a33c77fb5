package dev.zsock.testkit;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.SockaddrIn;

/** Plain sockets of this library on 127.0.0.1. */
public final class Loopback {
    private Loopback() {}

    /** A TCP listener on a free port; its address goes to addr. */
    public static int listener(SockaddrIn addr, int backlog) {
        int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
        addr.set(new SockaddrIn(INADDR_LOOPBACK, 0));
        assertThat(bind(listener, addr, SockaddrIn.SIZE)).isZero();
        assertThat(listen(listener, backlog)).isZero();
        assertThat(getsockname(listener, addr, new IntRef(SockaddrIn.SIZE))).isZero();
        return listener;
    }
}
