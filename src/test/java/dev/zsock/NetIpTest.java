package dev.zsock;

import static dev.zsock.uapi.SocketAbi.AF_INET;
import static dev.zsock.uapi.SocketAbi.AF_INET6;
import static dev.zsock.uapi.SocketAbi.AF_UNIX;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zsock.uapi.In6Addr;
import dev.zsock.uapi.InAddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;
import dev.zsock.uapi.SockaddrStorage;
import dev.zsock.uapi.SockaddrUn;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

/** What inet_text cannot ask of libc: other families, nulls, other classes, casts. */
class NetIpTest extends NetIp {
    @BeforeEach
    void clear() {
        set_errno(0);
    }

    @Test
    void networkOrderIsJavas() {
        assertThat(htons(0x12345)).isEqualTo(0x2345);
        assertThat(ntohs(-1)).isEqualTo(0xffff);
        assertThat(ntohs(htons(80))).isEqualTo(80);
        assertThat(htonl(INADDR_LOOPBACK)).isEqualTo(0x7f000001);
        assertThat(ntohl(-2)).isEqualTo(-2);
        assertThat(ntohll(htonll(1L << 60))).isEqualTo(1L << 60);
        byte[] wire = new byte[4];
        ByteBuffer.wrap(wire).putInt(htonl(INADDR_LOOPBACK));
        assertThat(wire).containsExactly(127, 0, 0, 1);
    }

    @Test
    void ptonRefusesOtherFamiliesAndObjects() {
        InAddr v4 = new InAddr(7);
        assertThat(inet_pton(AF_UNIX, "1.2.3.4", v4)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EAFNOSUPPORT);
        for (Object dst : new Object[] {null, new In6Addr(), "x"}) {
            set_errno(0);
            assertThat(inet_pton(AF_INET, "1.2.3.4", dst)).isEqualTo(-1);
            assertThat(errno()).isEqualTo(EFAULT);
        }
        set_errno(0);
        assertThat(inet_pton(AF_INET6, "::", v4)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EFAULT);
        set_errno(0);
        assertThat(inet_pton(AF_INET, null, v4)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EFAULT);
        set_errno(0);
        assertThat(inet_pton(AF_INET, "1.2.3.4\0", v4)).as("a NUL is no digit").isZero();
        assertThat(errno()).isZero();
        assertThat(v4.s_addr).isEqualTo(7);
    }

    @Test
    void ntopRefusesOtherFamiliesAndObjects() {
        byte[] dst = new byte[INET6_ADDRSTRLEN];
        assertThat(inet_ntop(AF_UNIX, new InAddr())).isNull();
        assertThat(errno()).isEqualTo(EAFNOSUPPORT);
        assertThat(inet_ntop(AF_INET, new In6Addr())).isNull();
        assertThat(errno()).isEqualTo(EFAULT);
        set_errno(0);
        assertThat(inet_ntop(AF_INET6, null, dst, dst.length)).isNull();
        assertThat(errno()).isEqualTo(EFAULT);
        set_errno(0);
        assertThat(inet_ntop(AF_INET, new InAddr(), null, 16)).isNull();
        assertThat(errno()).isEqualTo(EFAULT);
        set_errno(0);
        assertThat(inet_ntop(AF_INET, new InAddr(), dst, 7)).isNull();
        assertThat(errno()).isEqualTo(ENOSPC);
        assertThatThrownBy(() -> inet_ntop(AF_INET, new InAddr(), dst, dst.length + 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> inet_ntop(AF_INET, new InAddr(), dst, -1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(dst).containsOnly(0);
        assertThat(inet_ntop(AF_INET6, in6addr_loopback)).isEqualTo("::1");
        assertThat(inet_ntop(AF_INET6, in6addr_any)).isEqualTo("::");
        assertThat(inet_ntoa(new InAddr(INADDR_LOOPBACK))).isEqualTo("127.0.0.1");
        assertThat(inet_addr("bad")).isEqualTo(INADDR_NONE);
        assertThat(inet_addr(null)).isEqualTo(INADDR_NONE);
        assertThat(inet_aton(null, new InAddr())).isZero();
        assertThat(inet_aton("1.2", null)).isEqualTo(1); // as glibc's
    }

    @Test
    void zephyrsNamesReturnNegativeErrnosAndLeaveErrnoAlone() {
        InAddr v4 = new InAddr();
        assertThat(net_addr_pton(AF_INET, "10.0.0.1", v4)).isZero();
        assertThat(v4.s_addr).isEqualTo(0x0a000001);
        assertThat(net_addr_pton(AF_INET, "10.0.0", v4)).isEqualTo(-EINVAL);
        assertThat(net_addr_pton(AF_UNIX, "10.0.0.1", v4)).isEqualTo(-ENOTSUP);
        assertThat(net_addr_pton(AF_INET6, "::", v4)).isEqualTo(-EFAULT);
        byte[] dst = new byte[INET_ADDRSTRLEN];
        assertThat(net_addr_ntop(AF_INET, v4, dst, dst.length)).isEqualTo("10.0.0.1");
        assertThat(Cstring.cstr(dst)).isEqualTo("10.0.0.1");
        assertThat(net_addr_ntop(AF_INET, v4, dst, 8)).isNull();
        assertThat(net_addr_ntop(AF_UNIX, v4, dst, dst.length)).isNull();
        assertThat(net_addr_ntop(AF_INET, v4, null, 0)).isNull();
        assertThat(errno()).isZero();
    }

    @Test
    void castsGiveTheObjectOrItsView() {
        SockaddrIn in = new SockaddrIn();
        SockaddrIn6 in6 = new SockaddrIn6();
        SockaddrUn un = new SockaddrUn();
        assertThat(net_sin(in)).isSameAs(in);
        assertThat(net_sin6(in6)).isSameAs(in6);
        assertThat(net_sun(un)).isSameAs(un);
        SockaddrStorage storage = new SockaddrStorage();
        net_sin6(storage).sin6_port = htons(443);
        assertThat(storage.ss_family).isEqualTo(AF_INET6);
        assertThat(net_sin6(storage).sin6_port).isEqualTo(443);
        assertThat(net_sin(storage)).isSameAs(storage.sin());
        assertThat(net_sun(storage)).isSameAs(storage.sun());
        assertThatThrownBy(() -> net_sin(in6)).isInstanceOf(ClassCastException.class);
    }
}
