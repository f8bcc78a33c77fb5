package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;
import static dev.zsock.zephyr.Ip.V4;
import static dev.zsock.zephyr.Ip.V6;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** tests/net/socket/tcp: options, and what they do. */
@DisplayName("tests/net/socket/tcp: options")
class ZephyrTcpOptionTest extends SocketSuite {
    private static final int LEAST_BUFFERS = 1 << 17; // more than the host's smallest hold

    private int client;
    private int server;

    private void pair(Ip ip) {
        int listener = listening(ip, 5);
        client = connected(ip, listener);
        server = accepted(listener);
    }

    @Test
    void test_so_type() {
        for (Ip ip : Ip.values()) {
            assertThat(getInt(open(ip, SOCK_STREAM), SOL_SOCKET, SO_TYPE)).isEqualTo(SOCK_STREAM);
        }
    }

    @Test
    void test_so_protocol() {
        for (Ip ip : Ip.values()) {
            assertThat(getInt(open(ip, SOCK_STREAM), SOL_SOCKET, SO_PROTOCOL))
                    .isEqualTo(IPPROTO_TCP);
        }
    }

    private void buffer(int option) {
        for (Ip ip : Ip.values()) {
            int fd = open(ip, SOCK_STREAM);
            setInt(fd, SOL_SOCKET, option, 65_535);
            assertThat(getInt(fd, SOL_SOCKET, option)).isEqualTo(2 * 65_535);
            setInt(fd, SOL_SOCKET, option, 65_536);
            assertThat(getInt(fd, SOL_SOCKET, option)).isEqualTo(2 * 65_536);
            setInt(fd, SOL_SOCKET, option, -1); // as large as the host allows
            assertThat(getInt(fd, SOL_SOCKET, option)).isGreaterThan(2 * 65_536);
        }
    }

    @Test
    void test_so_rcvbuf() {
        buffer(SO_RCVBUF);
    }

    @Test
    void test_so_sndbuf() {
        buffer(SO_SNDBUF);
    }

    @Test
    @Tag("calm")
    void test_so_rcvbuf_win_size() {
        int listener = bound(V4, SOCK_STREAM);
        setInt(listener, SOL_SOCKET, SO_RCVBUF, 5);
        ok(listen(listener, 1));
        client = open(V4, SOCK_STREAM);
        setInt(client, SOL_SOCKET, SO_SNDBUF, 5);
        ok(connect(client, name(listener), V4.size));
        server = accepted(listener);
        assertThat(getInt(server, SOL_SOCKET, SO_RCVBUF)).isGreaterThan(5);
        assertThat(fill(client, 5)).isBetween(5, LEAST_BUFFERS);
    }

    @Test
    @Tag("calm")
    void test_so_sndbuf_win_size() {
        pair(V4);
        setInt(client, SOL_SOCKET, SO_SNDBUF, 5);
        V4.broken(server, true);
        assertThat(getInt(client, SOL_SOCKET, SO_SNDBUF)).isGreaterThan(5);
        assertThat(fill(client, 5)).isBetween(5, LEAST_BUFFERS);
    }

    private void rcvtimeo(Ip ip) {
        pair(ip);
        for (int fd : new int[] {client, server}) {
            int limit = fd == client ? 150 : 100;
            setTime(fd, SO_RCVTIMEO, limit);
            assertThat(millis(() -> fails(recv(fd, new byte[1], 1, 0), EAGAIN)))
                    .isGreaterThanOrEqualTo(limit);
        }
        setTime(server, SO_RCVTIMEO, SOON);
        shut(client);
        assertThat(recv(server, new byte[1], 1, 0)).isZero();
    }

    @Test
    void test_v4_so_rcvtimeo() {
        rcvtimeo(V4);
    }

    @Test
    void test_v6_so_rcvtimeo() {
        rcvtimeo(V6);
    }

    private void sndtimeo(Ip ip) {
        pair(ip);
        setInt(client, SOL_SOCKET, SO_SNDBUF, 5);
        byte[] bytes = new byte[4096];
        for (int limit : new int[] {100, 200}) {
            setTime(client, SO_SNDTIMEO, limit);
            int[] rc = {1};
            long took = 0;
            while (rc[0] > 0) { // the peer's window closes only when its buffer is full
                took = millis(() -> rc[0] = send(client, bytes, bytes.length, 0));
            }
            fails(rc[0], EAGAIN);
            assertThat(took).isGreaterThanOrEqualTo(limit);
        }
    }

    @Test
    @Tag("calm")
    @Tag("lasting")
    void test_v4_so_sndtimeo() {
        sndtimeo(V4);
    }

    @Test
    @Tag("calm")
    @Tag("lasting")
    void test_v6_so_sndtimeo() {
        sndtimeo(V6);
    }

    /** Read in one piece: a second read of such a file gives nothing. */
    private static int sysctl(String name) throws IOException {
        try (var lines = Files.newBufferedReader(Path.of("/proc/sys/net/ipv4/" + name))) {
            return Integer.parseInt(lines.readLine());
        }
    }

    @Test
    void test_so_keepalive_opt() throws IOException {
        int fd = open(V4, SOCK_STREAM);
        assertThat(getInt(fd, SOL_SOCKET, SO_KEEPALIVE)).isZero();
        setInt(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
        assertThat(getInt(fd, SOL_SOCKET, SO_KEEPALIVE)).isEqualTo(1);
        int[] options = {TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT};
        String[] defaults = {"tcp_keepalive_time", "tcp_keepalive_intvl", "tcp_keepalive_probes"};
        int[] values = {123, 10, 2};
        for (int i = 0; i < options.length; i++) {
            assertThat(getInt(fd, IPPROTO_TCP, options[i])).isEqualTo(sysctl(defaults[i]));
            setInt(fd, IPPROTO_TCP, options[i], values[i]);
            assertThat(getInt(fd, IPPROTO_TCP, options[i])).isEqualTo(values[i]);
        }
    }

    private static void probeEverySecond(int fd) {
        setInt(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
        setInt(fd, IPPROTO_TCP, TCP_KEEPIDLE, 1);
        setInt(fd, IPPROTO_TCP, TCP_KEEPINTVL, 1);
        setInt(fd, IPPROTO_TCP, TCP_KEEPCNT, 1);
    }

    @Test
    @Tag("lasting")
    void test_keepalive() {
        pair(V4);
        probeEverySecond(client);
        setTime(client, SO_RCVTIMEO, 2500); // idle and interval are whole seconds
        assertThat(millis(() -> fails(recv(client, new byte[1], 1, 0), EAGAIN)))
                .isGreaterThanOrEqualTo(2500);
    }

    @Test
    @Tag("lasting")
    void test_keepalive_timeout() throws Exception {
        pair(V4);
        for (int fd : new int[] {client, server}) {
            probeEverySecond(fd);
            V4.broken(fd, true);
        }
        var other = start(() -> recv(server, new byte[1], 1, 0));
        fails(recv(client, new byte[1], 1, 0), ETIMEDOUT);
        assertThat(result(other)).isEqualTo(-ETIMEDOUT);
    }
}
