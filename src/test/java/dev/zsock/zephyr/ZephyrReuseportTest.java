package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;
import static dev.zsock.zephyr.Ip.V4;
import static dev.zsock.zephyr.Ip.V6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.Sockaddr;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("tests/net/socket/reuseaddr_reuseport: reuseport")
class ZephyrReuseportTest extends SocketSuite {
    private static final boolean ANY = true;
    private static final boolean ONE = false;
    private int first;
    private int second;

    @Test
    void test_enable_disable() {
        int fd = open(V4, SOCK_STREAM);
        assertThat(getInt(fd, SOL_SOCKET, SO_REUSEPORT)).isZero();
        for (int value : new int[] {1, 2, 0x100, -1}) {
            setInt(fd, SOL_SOCKET, SO_REUSEPORT, 0);
            setInt(fd, SOL_SOCKET, SO_REUSEPORT, value);
            assertThat(getInt(fd, SOL_SOCKET, SO_REUSEPORT)).isEqualTo(1);
        }
    }

    /** What the second of two binds to one port gives: 0 or EADDRINUSE. */
    private int secondBind(Ip ip, int type, boolean[] any, boolean set1, boolean set2) {
        first = open(ip, type);
        setInt(first, SOL_SOCKET, SO_REUSEPORT, set1 ? 1 : 0);
        int port = freePort();
        ok(bind(first, any[0] ? ip.any(port) : ip.loopback(port), ip.size));
        second = open(ip, type);
        setInt(second, SOL_SOCKET, SO_REUSEPORT, set2 ? 1 : 0);
        Sockaddr again = any[1] ? ip.any(port) : ip.loopback(port);
        return bind(second, again, ip.size) == 0 ? 0 : errno();
    }

    private void bad(Ip ip, boolean... any) {
        for (int type : new int[] {SOCK_STREAM, SOCK_DGRAM}) {
            assertThat(secondBind(ip, type, any, false, false)).isEqualTo(EADDRINUSE);
            assertThat(secondBind(ip, type, any, false, true)).isEqualTo(EADDRINUSE);
            assertThat(secondBind(ip, type, any, true, false)).isEqualTo(EADDRINUSE);
        }
    }

    private void good(Ip ip, boolean... any) {
        assertThat(secondBind(ip, SOCK_DGRAM, any, true, true)).isZero();
        assertThat(secondBind(ip, SOCK_STREAM, any, true, true)).isZero();
        ok(listen(first, 1));
        ok(listen(second, 1));
    }

    @Test
    void test_ipv4_both_unspecified_bad() {
        bad(V4, ANY, ANY);
    }

    @Test
    void test_ipv6_both_unspecified_bad() {
        bad(V6, ANY, ANY);
    }

    @Test
    void test_ipv4_both_unspecified_good() {
        good(V4, ANY, ANY);
    }

    @Test
    void test_ipv6_both_unspecified_good() {
        good(V6, ANY, ANY);
    }

    @Test
    void test_ipv4_both_specified_bad() {
        bad(V4, ONE, ONE);
    }

    @Test
    void test_ipv6_both_specified_bad() {
        bad(V6, ONE, ONE);
    }

    @Test
    void test_ipv4_both_specified_good() {
        good(V4, ONE, ONE);
    }

    @Test
    void test_ipv6_both_specified_good() {
        good(V6, ONE, ONE);
    }

    @Test
    void test_ipv4_first_unspecified_bad() {
        bad(V4, ANY, ONE);
    }

    @Test
    void test_ipv6_first_unspecified_bad() {
        bad(V6, ANY, ONE);
    }

    @Test
    void test_ipv4_first_unspecified_good() {
        good(V4, ANY, ONE);
    }

    @Test
    void test_ipv6_first_unspecified_good() {
        good(V6, ANY, ONE);
    }

    @Test
    void test_ipv4_second_unspecified_bad() {
        bad(V4, ONE, ANY);
    }

    @Test
    void test_ipv6_second_unspecified_bad() {
        bad(V6, ONE, ANY);
    }

    @Test
    void test_ipv4_second_unspecified_good() {
        good(V4, ONE, ANY);
    }

    @Test
    void test_ipv6_second_unspecified_good() {
        good(V6, ONE, ANY);
    }

    private void udpBad(Ip ip, boolean set1, boolean set2) {
        boolean[] same = {ONE, ONE};
        assertThat(secondBind(ip, SOCK_DGRAM, same, set1, set2)).isEqualTo(EADDRINUSE);
    }

    @Test
    void test_ipv4_udp_bad_both_not_set() {
        udpBad(V4, false, false);
    }

    @Test
    void test_ipv6_udp_bad_both_not_set() {
        udpBad(V6, false, false);
    }

    @Test
    void test_ipv4_udp_bad_first_not_set() {
        udpBad(V4, false, true);
    }

    @Test
    void test_ipv6_udp_bad_first_not_set() {
        udpBad(V6, false, true);
    }

    @Test
    void test_ipv4_udp_bad_second_not_set() {
        udpBad(V4, true, false);
    }

    @Test
    void test_ipv6_udp_bad_second_not_set() {
        udpBad(V6, true, false);
    }

    /** The connected one of two takes its peer's datagrams, the other all others. */
    private void udpGood(Ip ip) {
        assertThat(secondBind(ip, SOCK_DGRAM, new boolean[] {ONE, ONE}, true, true))
                .isZero();
        int client = bound(ip, SOCK_DGRAM);
        int stranger = bound(ip, SOCK_DGRAM);
        Sockaddr server = name(first);
        ok(connect(second, name(client), ip.size));
        for (int i = 0; i < 4; i++) {
            assertThat(sendto(client, SMALL, 4, 0, server, ip.size)).isEqualTo(4);
            awaitReadable(second);
            assertThat(take(second, 0)).isEqualTo("test");
            fails(recv(first, new byte[4], 4, MSG_DONTWAIT), EAGAIN);
        }
        assertThat(sendto(stranger, SMALL, 4, 0, server, ip.size)).isEqualTo(4);
        awaitReadable(first);
        assertThat(take(first, 0)).isEqualTo("test");
    }

    @Test
    void test_ipv4_udp_good() {
        udpGood(V4);
    }

    @Test
    void test_ipv6_udp_good() {
        udpGood(V6);
    }

    private void identicalClients(Ip ip) {
        int listener = listening(ip, 5);
        assertThat(secondBind(ip, SOCK_STREAM, new boolean[] {ONE, ONE}, true, true))
                .isZero();
        ok(connect(first, name(listener), ip.size));
        fails(connect(second, name(listener), ip.size), EADDRNOTAVAIL);
    }

    @Test
    void test_ipv4_tcp_identical_clients() {
        identicalClients(V4);
    }

    @Test
    void test_ipv6_tcp_identical_clients() {
        identicalClients(V6);
    }
}
