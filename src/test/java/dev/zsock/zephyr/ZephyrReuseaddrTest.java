package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;
import static dev.zsock.zephyr.Ip.V4;
import static dev.zsock.zephyr.Ip.V6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.Sockaddr;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Linux asks for SO_REUSEADDR on both sockets where Zephyr looks at the second one only. */
@DisplayName("tests/net/socket/reuseaddr_reuseport: reuseaddr")
class ZephyrReuseaddrTest extends SocketSuite {
    private static void reuse(int fd) {
        setInt(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    }

    @Test
    void test_enable_disable() {
        int fd = open(V4, SOCK_STREAM);
        assertThat(getInt(fd, SOL_SOCKET, SO_REUSEADDR)).isZero();
        for (int value : new int[] {1, 2, 0x100, -1}) {
            setInt(fd, SOL_SOCKET, SO_REUSEADDR, 0);
            setInt(fd, SOL_SOCKET, SO_REUSEADDR, value);
            assertThat(getInt(fd, SOL_SOCKET, SO_REUSEADDR)).isEqualTo(1);
        }
    }

    private static Sockaddr at(Ip ip, boolean any, int port) {
        return any ? ip.any(port) : ip.loopback(port);
    }

    /** Two binds to one port: refused unless both sockets allow it. */
    private void twice(Ip ip, boolean firstAny, boolean secondAny) {
        int first = open(ip, SOCK_STREAM);
        ok(bind(first, at(ip, firstAny, freePort()), ip.size));
        Sockaddr again = at(ip, secondAny, port(first));
        int second = open(ip, SOCK_STREAM);
        fails(bind(second, again, ip.size), EADDRINUSE);
        reuse(second);
        fails(bind(second, again, ip.size), EADDRINUSE);
        reuse(first);
        ok(bind(second, again, ip.size));
        ok(listen(first, 1));
        fails(listen(second, 1), EADDRINUSE);
    }

    @Test
    void test_ipv4_first_unspecified() {
        twice(V4, true, false);
    }

    @Test
    void test_ipv6_first_unspecified() {
        twice(V6, true, false);
    }

    @Test
    void test_ipv4_second_unspecified() {
        twice(V4, false, true);
    }

    @Test
    void test_ipv6_second_unspecified() {
        twice(V6, false, true);
    }

    @Test
    void test_ipv4_both_unspecified() {
        twice(V4, true, true);
    }

    @Test
    void test_ipv6_both_unspecified() {
        twice(V6, true, true);
    }

    private void listenerFirst(Ip ip, boolean any) {
        int first = open(ip, SOCK_STREAM);
        reuse(first);
        ok(bind(first, at(ip, any, freePort()), ip.size));
        ok(listen(first, 1));
        int second = open(ip, SOCK_STREAM);
        Sockaddr again = at(ip, !any, port(first));
        fails(bind(second, again, ip.size), EADDRINUSE);
        reuse(second);
        fails(bind(second, again, ip.size), EADDRINUSE);
    }

    @Test
    void test_ipv4_tcp_unspecified_listening() {
        listenerFirst(V4, true);
    }

    @Test
    void test_ipv6_tcp_unspecified_listening() {
        listenerFirst(V6, true);
    }

    @Test
    void test_ipv4_tcp_specified_listening() {
        listenerFirst(V4, false);
    }

    @Test
    void test_ipv6_tcp_specified_listening() {
        listenerFirst(V6, false);
    }

    /** The server closes first, so its side stays in TIME-WAIT. */
    private void timeWait(Ip ip, boolean any) {
        int listener = open(ip, SOCK_STREAM);
        reuse(listener);
        ok(bind(listener, at(ip, any, freePort()), ip.size));
        ok(listen(listener, 1));
        Sockaddr again = name(listener);
        int client = open(ip, SOCK_STREAM);
        ok(connect(client, ip.loopback(port(listener)), ip.size));
        shut(accepted(listener));
        awaitReadable(client);
        shut(client);
        shut(listener);
        int next = open(ip, SOCK_STREAM);
        fails(bind(next, again, ip.size), EADDRINUSE);
        reuse(next);
        ok(bind(next, again, ip.size));
        ok(listen(next, 1));
    }

    @Test
    void test_ipv4_tcp_time_wait_unspecified() {
        timeWait(V4, true);
    }

    @Test
    void test_ipv6_tcp_time_wait_unspecified() {
        timeWait(V6, true);
    }

    @Test
    void test_ipv4_tcp_time_wait_specified() {
        timeWait(V4, false);
    }

    @Test
    void test_ipv6_tcp_time_wait_specified() {
        timeWait(V6, false);
    }
}
