package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;
import static dev.zsock.zephyr.Ip.V4;
import static dev.zsock.zephyr.Ip.V6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrStorage;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

@DisplayName("tests/net/socket/udp: datagrams")
class ZephyrUdpTest extends SocketSuite {
    private static final int CLOCK_MONOTONIC = 1;
    private static final byte[] LONG = "0123456789abcdefghijklmnop".getBytes();

    private static void sendTo(int fd, byte[] bytes, Sockaddr to, Ip ip) {
        assertThat(sendto(fd, bytes, bytes.length, 0, to, ip.size)).isEqualTo(bytes.length);
    }

    private static String takeFrom(int fd, int flags, int room, SockaddrStorage from, Ip ip) {
        byte[] buf = new byte[room];
        IntRef length = new IntRef(SockaddrStorage.SIZE);
        int n = ok(recvfrom(fd, buf, room, flags, from, length));
        assertThat(length.value).isEqualTo(ip.size);
        return new String(buf, 0, n, StandardCharsets.US_ASCII);
    }

    @Test
    void test_01_send_recv_2_sock() {
        int one = bound(V4, SOCK_DGRAM);
        int two = bound(V4, SOCK_DGRAM);
        ok(connect(two, name(one), V4.size));
        put(two, SMALL);
        awaitReadable(one);
        assertThat(take(one, MSG_PEEK)).isEqualTo("test");
        assertThat(take(one, 0)).isEqualTo("test");
    }

    private void sendtoRecvfrom(Ip ip, int client) {
        int server = bound(ip, SOCK_DGRAM);
        SockaddrStorage from = new SockaddrStorage();
        sendTo(client, SMALL, name(server), ip);
        awaitReadable(server);
        IntRef bytes = new IntRef();
        ok(ioctl(server, ZFD_IOCTL_FIONREAD, bytes));
        assertThat(bytes.value).isEqualTo(4);
        assertThat(takeFrom(server, MSG_PEEK, 16, from, ip)).isEqualTo("test");
        assertThat(takeFrom(server, 0, 16, from, ip)).isEqualTo("test");
        assertThat(Ip.port(from)).isEqualTo(port(client));
        sendTo(server, "reply".getBytes(), from, ip);
        awaitReadable(client);
        assertThat(takeFrom(client, 0, 16, from, ip)).isEqualTo("reply");
        assertThat(Ip.port(from)).isEqualTo(port(server));
        sendTo(client, LONG, name(server), ip); // its end is dropped
        sendTo(client, SMALL, name(server), ip);
        assertThat(takeFrom(server, 0, 16, from, ip)).isEqualTo("0123456789abcdef");
        assertThat(takeFrom(server, 0, 16, from, ip)).isEqualTo("test");
    }

    @Test
    void test_02_v4_sendto_recvfrom() {
        sendtoRecvfrom(V4, open(V4, SOCK_DGRAM));
    }

    @Test
    void test_03_v6_sendto_recvfrom() {
        sendtoRecvfrom(V6, open(V6, SOCK_DGRAM));
    }

    @Test
    void test_04_v4_bind_sendto() {
        sendtoRecvfrom(V4, bound(V4, SOCK_DGRAM));
    }

    @Test
    void test_05_v6_bind_sendto() {
        sendtoRecvfrom(V6, bound(V6, SOCK_DGRAM));
    }

    @Test
    void test_06_so_type() {
        for (Ip ip : Ip.values()) {
            assertThat(getInt(open(ip, SOCK_DGRAM), SOL_SOCKET, SO_TYPE)).isEqualTo(SOCK_DGRAM);
        }
    }

    @Test
    void test_07_so_priority() {
        int fd = bound(V4, SOCK_DGRAM);
        for (int priority : new int[] {2, 6}) {
            fails(setsockopt(fd, SOL_SOCKET, SO_PRIORITY, new byte[] {(byte) priority}), EINVAL);
            setInt(fd, SOL_SOCKET, SO_PRIORITY, priority);
            assertThat(getInt(fd, SOL_SOCKET, SO_PRIORITY)).isEqualTo(priority);
        }
    }

    @Test
    void test_08_so_txtime() {
        int fd = bound(V4, SOCK_DGRAM);
        fails(setsockopt(fd, SOL_SOCKET, SO_TXTIME, 1), EINVAL);
        int[] clockAndFlags = {CLOCK_MONOTONIC, 0};
        ok(setsockopt(fd, SOL_SOCKET, SO_TXTIME, clockAndFlags));
        int[] read = new int[2];
        ok(getsockopt(fd, SOL_SOCKET, SO_TXTIME, read, new IntRef(8)));
        assertThat(read).containsExactly(clockAndFlags);
    }

    @Test
    void test_09_so_rcvtimeo() {
        for (Ip ip : Ip.values()) {
            int fd = bound(ip, SOCK_DGRAM);
            int limit = ip == V4 ? 60 : 80;
            setTime(fd, SO_RCVTIMEO, limit);
            IntRef length = new IntRef(SockaddrStorage.SIZE);
            SockaddrStorage from = new SockaddrStorage();
            assertThat(millis(() -> fails(recvfrom(fd, new byte[4], 4, 0, from, length), EAGAIN)))
                    .isGreaterThanOrEqualTo(limit);
        }
    }

    @Test
    void test_10_so_sndtimeo() {
        for (Ip ip : Ip.values()) {
            setTime(bound(ip, SOCK_DGRAM), SO_SNDTIMEO, 2000);
        }
    }

    @Test
    void test_11_so_protocol() {
        for (Ip ip : Ip.values()) {
            assertThat(getInt(open(ip, SOCK_DGRAM), SOL_SOCKET, SO_PROTOCOL))
                    .isEqualTo(IPPROTO_UDP);
        }
    }

    private void truncated(Ip ip) {
        int server = bound(ip, SOCK_DGRAM);
        int client = open(ip, SOCK_DGRAM);
        ok(connect(client, name(server), ip.size));
        byte[] two = new byte[2];
        put(client, SMALL);
        awaitReadable(server);
        assertThat(recv(server, two, 2, MSG_TRUNC)).isEqualTo(4);
        assertThat(new String(two)).isEqualTo("te");
        fails(recv(server, two, 2, MSG_DONTWAIT), EAGAIN);
        put(client, SMALL);
        awaitReadable(server);
        assertThat(recv(server, two, 2, MSG_TRUNC | MSG_PEEK)).isEqualTo(4);
        assertThat(take(server, MSG_DONTWAIT)).isEqualTo("test");
    }

    @Test
    @Tag("calm")
    void test_19_v4_msg_trunc() {
        truncated(V4);
    }

    @Test
    @Tag("calm")
    void test_20_v6_msg_trunc() {
        truncated(V6);
    }

    private void tooLong(Ip ip) {
        int server = bound(ip, SOCK_DGRAM);
        int client = open(ip, SOCK_DGRAM);
        byte[] much = new byte[65_536];
        fails(sendto(client, much, much.length, 0, name(server), ip.size), EMSGSIZE);
        fails(recv(server, much, much.length, MSG_DONTWAIT), EAGAIN);
    }

    @Test
    void test_21_v4_dgram_overflow() {
        tooLong(V4);
    }

    @Test
    void test_22_v6_dgram_fragmented_or_overflow() {
        int server = bound(V6, SOCK_DGRAM);
        int client = open(V6, SOCK_DGRAM);
        setInt(client, IPPROTO_IPV6, IPV6_MTU, 1280); // the loopback's own would not fragment
        byte[] much = new byte[3 * 1280];
        much[much.length - 1] = 7;
        sendTo(client, much, name(server), V6);
        awaitReadable(server);
        byte[] got = new byte[much.length];
        assertThat(recv(server, got, got.length, 0)).isEqualTo(much.length);
        assertThat(got).isEqualTo(much);
    }

    @Test
    void test_23_v6_dgram_overflow() {
        tooLong(V6);
    }

    private void connectedOnly(Ip ip) {
        int client = bound(ip, SOCK_DGRAM);
        int peer = bound(ip, SOCK_DGRAM);
        int stranger = bound(ip, SOCK_DGRAM);
        ok(connect(client, name(peer), ip.size));
        sendTo(peer, SMALL, name(client), ip);
        awaitReadable(client);
        assertThat(take(client, 0)).isEqualTo("test");
        sendTo(stranger, "stranger".getBytes(), name(client), ip);
        sendTo(peer, SMALL, name(client), ip);
        awaitReadable(client);
        assertThat(take(client, 0)).isEqualTo("test");
        fails(recv(client, new byte[4], 4, MSG_DONTWAIT), EAGAIN);
    }

    @Test
    void test_24_v4_dgram_connected() {
        connectedOnly(V4);
    }

    @Test
    void test_25_v6_dgram_connected() {
        connectedOnly(V6);
    }

    private void peerReset(Ip ip) {
        int client = bound(ip, SOCK_DGRAM);
        Sockaddr local = name(client);
        ok(connect(client, name(bound(ip, SOCK_DGRAM)), ip.size));
        SockaddrStorage none = new SockaddrStorage();
        assertThat(none.ss_family).isEqualTo(AF_UNSPEC);
        ok(connect(client, none, ip.size));
        fails(getpeername(client, new SockaddrStorage(), new IntRef(128)), ENOTCONN);
        assertThat(port(client)).isZero(); // a port that the host chose goes, too
        ok(bind(client, local, ip.size));
        ok(connect(client, name(bound(ip, SOCK_DGRAM)), ip.size));
        ok(connect(client, none, ip.size));
        assertThat(port(client)).isEqualTo(Ip.port(local));
        int stranger = bound(ip, SOCK_DGRAM);
        sendTo(stranger, SMALL, ip.loopback(port(client)), ip);
        awaitReadable(client);
        assertThat(take(client, 0)).isEqualTo("test");
    }

    @Test
    void test_41_v4_dgram_peer_addr_reset() {
        peerReset(V4);
    }

    @Test
    void test_42_v6_dgram_peer_addr_reset() {
        peerReset(V6);
    }
}
