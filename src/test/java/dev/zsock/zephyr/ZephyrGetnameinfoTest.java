package dev.zsock.zephyr;

import static dev.zsock.Cstring.cstr;
import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.In6Addr;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("tests/net/socket/getnameinfo")
@Tag("behaviour")
class ZephyrGetnameinfoTest {
    private static final int NUMBERS = NI_NUMERICHOST | NI_NUMERICSERV; // Zephyr's only way

    private static String text(Sockaddr addr, int addrlen) {
        byte[] host = new byte[NI_MAXHOST];
        byte[] serv = new byte[8];
        assertThat(getnameinfo(addr, addrlen, host, host.length, serv, serv.length, NUMBERS))
                .isZero();
        return cstr(host) + " " + cstr(serv);
    }

    @Test
    void test_getnameinfo_ipv4() {
        assertThat(text(new SockaddrIn(INADDR_ANY, 0), SockaddrIn.SIZE)).isEqualTo("0.0.0.0 0");
        assertThat(text(new SockaddrIn(INADDR_LOOPBACK, htons(1234)), SockaddrIn.SIZE))
                .isEqualTo("127.0.0.1 1234");
    }

    @Test
    void test_getnameinfo_ipv6() {
        In6Addr addr = new In6Addr();
        assertThat(text(new SockaddrIn6(addr, 0), SockaddrIn6.SIZE)).isEqualTo(":: 0");
        assertThat(inet_pton(AF_INET6, "ff55::11", addr)).isEqualTo(1);
        assertThat(text(new SockaddrIn6(addr, htons(4321)), SockaddrIn6.SIZE))
                .isEqualTo("ff55::11 4321");
    }
}
