package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;
import static dev.zsock.zephyr.Ip.V4;
import static dev.zsock.zephyr.Ip.V6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.InAddr;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.IpMreq;
import dev.zsock.uapi.IpMreqn;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.NetworkInterface;

@DisplayName("tests/net/socket/udp: options")
class ZephyrUdpOptionTest extends SocketSuite {
    private static int set(int fd, int level, int option, int value) {
        setInt(fd, level, option, value);
        return getInt(fd, level, option);
    }

    @Test
    void test_31_v4_ttl() {
        int fd = bound(V4, SOCK_DGRAM);
        assertThat(getInt(fd, IPPROTO_IP, IP_TTL)).isEqualTo(64);
        assertThat(set(fd, IPPROTO_IP, IP_TTL, 16)).isEqualTo(16);
        fails(setsockopt(fd, IPPROTO_IP, IP_TTL, 0), EINVAL);
    }

    @Test
    void test_32_v4_mcast_ttl() {
        int fd = bound(V4, SOCK_DGRAM);
        assertThat(getInt(fd, IPPROTO_IP, IP_MULTICAST_TTL)).isEqualTo(1);
        assertThat(set(fd, IPPROTO_IP, IP_MULTICAST_TTL, 8)).isEqualTo(8);
        assertThat(set(fd, IPPROTO_IP, IP_MULTICAST_TTL, 0)).isZero();
    }

    @Test
    void test_33_v6_mcast_hops() {
        int fd = bound(V6, SOCK_DGRAM);
        assertThat(set(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 8)).isEqualTo(8);
        assertThat(set(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, -1)).isEqualTo(1);
    }

    @Test
    void test_34_v6_hops() {
        int fd = bound(V6, SOCK_DGRAM);
        int usual = getInt(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS);
        assertThat(set(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 16)).isEqualTo(16);
        assertThat(set(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, -1)).isEqualTo(usual);
        fails(setsockopt(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 256), EINVAL);
    }

    @Test
    void test_37_ipv6_src_addr_select() {
        int fd = bound(V6, SOCK_DGRAM);
        for (int choice : new int[] {IPV6_PREFER_SRC_PUBLIC, IPV6_PREFER_SRC_TMP}) {
            assertThat(set(fd, IPPROTO_IPV6, IPV6_ADDR_PREFERENCES, choice) & choice)
                    .isEqualTo(choice);
        }
        int both = IPV6_PREFER_SRC_PUBLIC | IPV6_PREFER_SRC_TMP;
        fails(setsockopt(fd, IPPROTO_IPV6, IPV6_ADDR_PREFERENCES, both), EINVAL);
    }

    private static int loopbackIndex() throws Exception {
        return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress())
                .getIndex();
    }

    @Test
    void test_38_ipv6_multicast_ifindex() throws Exception {
        int fd = open(V6, SOCK_DGRAM);
        assertThat(getInt(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF)).isZero();
        int lo = loopbackIndex();
        assertThat(set(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, lo)).isEqualTo(lo);
        fails(setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, 1 << 20), ENODEV);
        int v4 = open(V4, SOCK_DGRAM);
        IntRef length = new IntRef(4);
        fails(getsockopt(v4, IPPROTO_IPV6, IPV6_MULTICAST_IF, new IntRef(), length), EOPNOTSUPP);
        assertThat(length.value).isEqualTo(4);
    }

    private static int multicastAddress(int fd) {
        InAddr addr = new InAddr();
        IntRef length = new IntRef(InAddr.SIZE);
        ok(getsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, addr, length));
        assertThat(length.value).isEqualTo(InAddr.SIZE);
        return addr.s_addr;
    }

    @Test
    void test_39_ipv4_multicast_ifindex() throws Exception {
        int fd = open(V4, SOCK_DGRAM);
        assertThat(multicastAddress(fd)).isEqualTo(INADDR_ANY);
        IpMreqn request = new IpMreqn();
        request.imr_ifindex = loopbackIndex();
        ok(setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, request, IpMreqn.SIZE));
        assertThat(multicastAddress(fd)).isEqualTo(INADDR_ANY); // an index has no address
        request.imr_ifindex = 0;
        request.imr_address.s_addr = INADDR_LOOPBACK;
        ok(setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, request, IpMreqn.SIZE));
        assertThat(multicastAddress(fd)).isEqualTo(INADDR_LOOPBACK);
        IpMreq old = new IpMreq();
        ok(setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, old, IpMreq.SIZE));
        assertThat(multicastAddress(fd)).isEqualTo(INADDR_ANY);
        old.imr_interface.s_addr = INADDR_LOOPBACK;
        ok(setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, old, IpMreq.SIZE));
        assertThat(multicastAddress(fd)).isEqualTo(INADDR_LOOPBACK);
        request.imr_ifindex = 1 << 20;
        fails(setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, request, IpMreqn.SIZE), EADDRNOTAVAIL);
        int v6 = open(V6, SOCK_DGRAM); // carries IPv4, too
        assertThat(multicastAddress(v6)).isEqualTo(INADDR_ANY);
    }

    private static int range(int low, int high) {
        return high << 16 | low;
    }

    private void portRange(Ip ip, int type) {
        int fd = open(ip, type);
        assertThat(set(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE, range(40_000, 41_000)))
                .isEqualTo(range(40_000, 41_000));
        ok(bind(fd, ip.loopback(ANY_PORT), ip.size));
        assertThat(port(fd)).isBetween(40_000, 41_000);
        fails(setsockopt(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE, 0, 0), EINVAL);
        fails(setsockopt(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE, new int[2]), EINVAL);
        fails(setsockopt(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE, range(1001, 1000)), EINVAL);
        setInt(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE, range(1001, 1001));
        setInt(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE, range(0, 50_000));
        setInt(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE, range(40_000, 0));
    }

    @Test
    void test_40_clamp_udp_tcp_port_range() {
        for (Ip ip : Ip.values()) {
            portRange(ip, SOCK_DGRAM);
            portRange(ip, SOCK_STREAM);
        }
    }
}
