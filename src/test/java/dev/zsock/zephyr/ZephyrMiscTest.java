package dev.zsock.zephyr;

import static dev.zsock.Cstring.cstr;
import static dev.zsock.Sockets.*;
import static dev.zsock.zephyr.Ip.V4;
import static dev.zsock.zephyr.Ip.V6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.In6Addr;
import dev.zsock.uapi.InAddr;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.SockaddrStorage;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;

@DisplayName("tests/net/socket/misc")
class ZephyrMiscTest extends SocketSuite {
    @Test
    void test_gethostname() throws Exception {
        byte[] name = new byte[HOST_NAME_MAX + 1];
        ok(gethostname(name, name.length));
        try (var lines = Files.newBufferedReader(Path.of("/proc/sys/kernel/hostname"))) {
            assertThat(cstr(name)).isEqualTo(lines.readLine());
        }
    }

    @Test
    void test_inet_pton() {
        assertThat(inet_pton(AF_INET, "127.0.0.1", new InAddr())).isEqualTo(1);
        assertThat(inet_pton(AF_INET, "127.0.0.1a", new InAddr())).isZero();
        for (String text : new String[] {"a:b:c:d:0:1:2:3", "::1", "1::"}) {
            assertThat(inet_pton(AF_INET6, text, new In6Addr())).isEqualTo(1);
        }
        assertThat(inet_pton(AF_INET6, "a:b:c:d:0:1:2:3z", new In6Addr())).isZero();
    }

    private void names(Ip ip, int type) {
        int fd = open(ip, type);
        assertThat(name(fd).sa_family()).isEqualTo(ip.family);
        assertThat(port(fd)).isZero();
        int peer = type == SOCK_STREAM ? listening(ip, 1) : bound(ip, type);
        assertThat(name(peer).toString()).contains(ip.loopback(port(peer)).toString());
        ok(connect(fd, name(peer), ip.size));
        assertThat(name(fd).sa_family()).isEqualTo(ip.family);
        assertThat(port(fd)).isPositive();
    }

    @Test
    void test_ipv4_getsockname_tcp() {
        names(V4, SOCK_STREAM);
    }

    @Test
    void test_ipv4_getsockname_udp() {
        names(V4, SOCK_DGRAM);
    }

    @Test
    void test_ipv6_getsockname_tcp() {
        names(V6, SOCK_STREAM);
    }

    @Test
    void test_ipv6_getsockname_udp() {
        names(V6, SOCK_DGRAM);
    }

    private void peers(Ip ip) {
        for (int type : new int[] {SOCK_STREAM, SOCK_DGRAM}) {
            int fd = open(ip, type);
            ok(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo"));
            fails(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "zsock-none"), ENODEV);
            SockaddrStorage peer = new SockaddrStorage();
            IntRef length = new IntRef(SockaddrStorage.SIZE);
            fails(getpeername(fd, peer, length), ENOTCONN);
            int other = type == SOCK_STREAM ? listening(ip, 1) : bound(ip, type);
            ok(connect(fd, name(other), ip.size));
            ok(getpeername(fd, peer, length));
            assertThat(length.value).isEqualTo(ip.size);
            assertThat(peer.toString()).isEqualTo(name(other).toString());
        }
    }

    @Test
    void test_ipv4() {
        peers(V4);
    }

    @Test
    void test_ipv6() {
        peers(V6);
    }

    @Test
    void test_ipv4_mapped_to_ipv6_disabled() {
        int v6 = open(V6, SOCK_STREAM);
        setInt(v6, IPPROTO_IPV6, IPV6_V6ONLY, 1);
        ok(bind(v6, V6.any(freePort()), V6.size));
        ok(listen(v6, 1));
        int v4 = open(V4, SOCK_STREAM);
        ok(bind(v4, V4.any(port(v6)), V4.size));
        ok(listen(v4, 1));
    }

    @Test
    void test_ipv4_mapped_to_ipv6_enabled() {
        int v6 = open(V6, SOCK_STREAM);
        setInt(v6, IPPROTO_IPV6, IPV6_V6ONLY, 0);
        ok(bind(v6, V6.any(freePort()), V6.size));
        fails(bind(open(V4, SOCK_STREAM), V4.any(port(v6)), V4.size), EADDRINUSE);
    }

    @Test
    @Tag("calm")
    void test_ipv4_mapped_to_ipv6_server() throws Exception {
        int v6 = open(V6, SOCK_STREAM);
        try (var lines = Files.newBufferedReader(Path.of("/proc/sys/net/ipv6/bindv6only"))) {
            assertThat(getInt(v6, IPPROTO_IPV6, IPV6_V6ONLY))
                    .isEqualTo(Integer.parseInt(lines.readLine()));
        }
        setInt(v6, IPPROTO_IPV6, IPV6_V6ONLY, 0);
        ok(bind(v6, V6.any(freePort()), V6.size));
        ok(listen(v6, 1));
        int client = open(V4, SOCK_STREAM);
        ok(connect(client, V4.loopback(port(v6)), V4.size));
        SockaddrStorage from = new SockaddrStorage();
        IntRef length = new IntRef(SockaddrStorage.SIZE);
        int server = keep(accept(v6, from, length));
        assertThat(length.value).isEqualTo(V6.size);
        assertThat(from.ss_family).isEqualTo(AF_INET6);
        assertThat(inet_ntop(AF_INET6, net_sin6(from).sin6_addr)).isEqualTo("::ffff:127.0.0.1");
        put(client, SMALL);
        assertThat(take(server, 0)).isEqualTo("test");
        put(server, SMALL);
        assertThat(take(client, 0)).isEqualTo("test");
    }

    @Test
    void test_so_domain_socket_option() {
        for (Ip ip : Ip.values()) {
            int fd = open(ip, SOCK_STREAM);
            assertThat(getInt(fd, SOL_SOCKET, SO_DOMAIN)).isEqualTo(ip.family);
            fails(setsockopt(fd, SOL_SOCKET, SO_DOMAIN, ip.family), ENOPROTOOPT);
        }
    }
}
