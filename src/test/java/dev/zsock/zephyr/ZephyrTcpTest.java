package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;
import static dev.zsock.zephyr.Ip.V4;
import static dev.zsock.zephyr.Ip.V6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.SockaddrStorage;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** tests/net/socket/tcp: data. */
@DisplayName("tests/net/socket/tcp: data")
class ZephyrTcpTest extends SocketSuite {
    private static final int LARGE = 60_000;
    private static final int STEP = 256;

    private int listener;
    private int client;
    private int server;

    private void pair(Ip ip) {
        listener = listening(ip, 5);
        client = connected(ip, listener);
        server = accepted(listener);
    }

    private void sendRecv(Ip ip) {
        listener = listening(ip, 5);
        client = connected(ip, listener);
        put(client, SMALL);
        SockaddrStorage addr = new SockaddrStorage();
        IntRef length = new IntRef(SockaddrStorage.SIZE);
        server = keep(accept(listener, addr, length));
        assertThat(length.value).isEqualTo(ip.size);
        assertThat(addr.sa_family()).isEqualTo(ip.family);
        awaitReadable(server);
        assertThat(take(server, MSG_PEEK)).isEqualTo("test");
        assertThat(take(server, 0)).isEqualTo("test");
        shut(client);
        for (int i = 0; i < 3; i++) {
            assertThat(recv(server, new byte[4], 4, 0)).isZero();
        }
    }

    @Test
    @Tag("calm")
    void test_v4_send_recv() {
        sendRecv(V4);
    }

    @Test
    @Tag("calm")
    void test_v6_send_recv() {
        sendRecv(V6);
    }

    private static byte pattern(int at) {
        return (byte) (at % 251);
    }

    /** Sends much in small pieces; at some of them the link is down. */
    private void large(Ip ip, boolean loss) throws Exception {
        CompletableFuture<Integer> sender = start(() -> {
            byte[] piece = new byte[STEP];
            int at = 0;
            while (at < LARGE) {
                int n = Math.min(STEP, LARGE - at);
                for (int i = 0; i < n; i++) {
                    piece[i] = pattern(at + i);
                }
                boolean lost = loss && at % 20_000 < STEP;
                if (lost) {
                    ip.broken(server, true);
                }
                at += ok(send(client, piece, n, 0));
                if (lost) {
                    ip.broken(server, false);
                }
            }
            return at;
        });
        byte[] buf = new byte[1000];
        int at = 0;
        while (at < LARGE) {
            int n = ok(recv(server, buf, buf.length, 0));
            assertThat(n).isPositive();
            for (int i = 0; i < n; i++) {
                assertThat(buf[i]).isEqualTo(pattern(at + i));
            }
            at += n;
        }
        assertThat(at).isEqualTo(result(sender)).isEqualTo(LARGE);
    }

    @Test
    void test_v4_send_recv_large_normal() throws Exception {
        pair(V4);
        large(V4, false);
    }

    @Test
    void test_v6_send_recv_large_normal() throws Exception {
        pair(V6);
        large(V6, false);
    }

    @Test
    void test_v4_send_recv_large_packet_loss() throws Exception {
        pair(V4);
        large(V4, true);
    }

    @Test
    void test_v6_send_recv_large_packet_loss() throws Exception {
        pair(V6);
        large(V6, true);
    }

    private void noDelay(Ip ip) throws Exception {
        pair(ip);
        setInt(client, IPPROTO_TCP, TCP_NODELAY, 0);
        large(ip, false);
        setInt(client, IPPROTO_TCP, TCP_NODELAY, 1);
        large(ip, false);
    }

    @Test
    void test_v4_send_recv_large_no_delay() throws Exception {
        noDelay(V4);
    }

    @Test
    void test_v6_send_recv_large_no_delay() throws Exception {
        noDelay(V6);
    }

    private void sendtoRecvfrom(Ip ip) {
        listener = listening(ip, 5);
        client = connected(ip, listener);
        assertThat(sendto(client, SMALL, 4, 0, ip.loopback(1), ip.size)).isEqualTo(4);
        SockaddrStorage addr = new SockaddrStorage();
        IntRef length = new IntRef(SockaddrStorage.SIZE);
        server = keep(accept(listener, addr, length));
        assertThat(length.value).isEqualTo(ip.size);
        assertThat(Ip.port(addr)).isEqualTo(port(client));
        awaitReadable(server);
        for (int flags : new int[] {MSG_PEEK, 0}) {
            length.value = SockaddrStorage.SIZE;
            byte[] buf = new byte[8];
            assertThat(recvfrom(server, buf, 8, flags, addr, length)).isEqualTo(4);
            assertThat(new String(buf, 0, 4)).isEqualTo("test");
            assertThat(length.value).isZero(); // a stream's bytes have no source
        }
    }

    @Test
    @Tag("calm")
    void test_v4_sendto_recvfrom() {
        sendtoRecvfrom(V4);
    }

    @Test
    @Tag("calm")
    void test_v6_sendto_recvfrom() {
        sendtoRecvfrom(V6);
    }

    private void nullDest(Ip ip) {
        pair(ip);
        put(client, SMALL);
        byte[] buf = new byte[8];
        assertThat(recvfrom(server, buf, 8, 0, null, null)).isEqualTo(4);
        assertThat(new String(buf, 0, 4)).isEqualTo("test");
    }

    @Test
    @Tag("calm")
    void test_v4_sendto_recvfrom_null_dest() {
        nullDest(V4);
    }

    @Test
    @Tag("calm")
    void test_v6_sendto_recvfrom_null_dest() {
        nullDest(V6);
    }

    private static Msghdr pieces(byte[]... bases) {
        Msghdr msg = new Msghdr();
        msg.msg_iov = Iovec.array(bases.length);
        msg.msg_iovlen = bases.length;
        for (int i = 0; i < bases.length; i++) {
            msg.msg_iov[i].iov_base = bases[i];
            msg.msg_iov[i].iov_len = bases[i].length;
        }
        return msg;
    }

    private String message(int flags, int... sizes) {
        byte[][] bases = new byte[sizes.length][];
        for (int i = 0; i < sizes.length; i++) {
            bases[i] = new byte[sizes[i]];
        }
        Msghdr msg = pieces(bases);
        msg.msg_name = new SockaddrStorage();
        msg.msg_namelen = SockaddrStorage.SIZE;
        StringBuilder text = new StringBuilder().append(ok(recvmsg(server, msg, flags)));
        assertThat(msg.msg_namelen).isZero(); // a stream's bytes have no source
        assertThat(msg.msg_iovlen).isEqualTo(sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            assertThat(msg.msg_iov[i].iov_len).isEqualTo(sizes[i]);
            text.append(' ').append(cString(bases[i]));
        }
        return text.toString();
    }

    private static String cString(byte[] bytes) {
        return new String(bytes).replace("\0", "");
    }

    @Test
    @Tag("calm")
    void test_v4_sendto_recvmsg() {
        pair(V4);
        put(client, SMALL);
        assertThat(message(MSG_PEEK, 16)).isEqualTo("4 test");
        assertThat(message(0, 2, 8)).isEqualTo("4 te st");
        put(client, "0123456789ab".getBytes());
        assertThat(message(0, 2, 4, 3)).isEqualTo("9 01 2345 678");
        assertThat(message(0, 16)).isEqualTo("3 9ab");
    }

    private void notConnected(Ip ip) {
        int fresh = open(ip, SOCK_STREAM);
        fails(recv(fresh, new byte[4], 4, 0), ENOTCONN);
        fails(recv(listening(ip, 1), new byte[4], 4, 0), ENOTCONN);
    }

    @Test
    void test_v4_recv_enotconn() {
        notConnected(V4);
    }

    @Test
    void test_v6_recv_enotconn() {
        notConnected(V6);
    }

    private void waitall(Ip ip) throws Exception {
        pair(ip);
        setInt(client, IPPROTO_TCP, TCP_NODELAY, 1);
        assertThat(trickled(20, 20)).isEqualTo(20);
        setTime(server, SO_RCVTIMEO, 100);
        put(client, SMALL);
        awaitReadable(server);
        assertThat(recv(server, new byte[4], 4, MSG_WAITALL)).isEqualTo(4);
        put(client, SMALL);
        awaitReadable(server);
        assertThat(millis(() ->
                        assertThat(recv(server, new byte[8], 8, MSG_WAITALL)).isEqualTo(4)))
                .isGreaterThanOrEqualTo(100);
    }

    /** What a receive of all gives while one byte comes every 10 ms. */
    private int trickled(int count, int size) throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            AtomicInteger sent = new AtomicInteger();
            clock.scheduleAtFixedRate(
                    () -> {
                        if (sent.getAndIncrement() < count) {
                            put(client, new byte[1]);
                        }
                    },
                    10,
                    10,
                    TimeUnit.MILLISECONDS);
            return result(start(() -> recv(server, new byte[size], size, MSG_WAITALL)));
        } finally {
            clock.shutdownNow();
        }
    }

    @Test
    void test_v4_msg_waitall() throws Exception {
        waitall(V4);
    }

    @Test
    void test_v6_msg_waitall() throws Exception {
        waitall(V6);
    }

    private void fionread(Ip ip) {
        pair(ip);
        assertThat(available()).isZero();
        put(client, new byte[1]);
        put(client, new byte[1]);
        dev.zsock.testkit.Await.until(
                "two bytes", java.time.Duration.ofMillis(SOON), () -> available() == 2);
        assertThat(recv(server, new byte[2], 2, 0)).isEqualTo(2);
        assertThat(available()).isZero();
    }

    private int available() {
        IntRef bytes = new IntRef(-1);
        ok(ioctl(server, ZFD_IOCTL_FIONREAD, bytes));
        return bytes.value;
    }

    @Test
    @Tag("calm")
    void test_ioctl_fionread_v4() {
        fionread(V4);
    }

    @Test
    @Tag("calm")
    void test_ioctl_fionread_v6() {
        fionread(V6);
    }
}
