package dev.zsock.zephyr;

import static dev.zsock.Zsock.*;
import static dev.zsock.zephyr.Ip.V4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

@DisplayName("tests/net/socket/tcp: all data")
class ZephyrTcpSendAllTest extends SocketSuite {
    private static final int TIMEOUT = 5000; // ms; what goes needs far less
    private static final int SIZE = 1 << 17; // more than both buffers hold

    private final byte[] data = new byte[SIZE];
    private final byte[] got = new byte[SIZE];
    private final IntRef sent = new IntRef(-1);
    private int client;
    private int server;

    @BeforeEach
    void pair() {
        new Random(1).nextBytes(data);
        int listener = bound(V4, SOCK_STREAM);
        setInt(listener, SOL_SOCKET, SO_RCVBUF, 5);
        ok(listen(listener, 1));
        client = open(V4, SOCK_STREAM);
        setInt(client, SOL_SOCKET, SO_SNDBUF, 5);
        ok(connect(client, name(listener), V4.size));
        server = accepted(listener);
    }

    private Msghdr halves() {
        Msghdr msg = new Msghdr();
        msg.msg_iov = Iovec.array(2);
        msg.msg_iovlen = 2;
        msg.msg_iov[0].set(new Iovec(data, SIZE / 2));
        msg.msg_iov[1].set(new Iovec(Arrays.copyOfRange(data, SIZE / 2, SIZE), SIZE / 2));
        return msg;
    }

    @Test
    void test_zsock_send_all_data() throws Exception {
        var reader = start(() -> recv(server, got, SIZE, MSG_WAITALL));
        assertThat(zsock_send_all(client, data, SIZE, 0, TIMEOUT, sent)).isZero();
        assertThat(sent.value).isEqualTo(SIZE);
        assertThat(result(reader)).isEqualTo(SIZE);
        assertThat(got).isEqualTo(data);
    }

    @Test
    void test_zsock_sendmsg_all_data() throws Exception {
        var reader = start(() -> recv(server, got, SIZE, MSG_WAITALL));
        assertThat(zsock_sendmsg_all(client, halves(), 0, TIMEOUT, sent)).isZero();
        assertThat(sent.value).isEqualTo(SIZE);
        assertThat(result(reader)).isEqualTo(SIZE);
        assertThat(got).isEqualTo(data);
    }

    @Test
    void test_zsock_send_all_failure() {
        int udp = bound(V4, SOCK_DGRAM);
        assertThat(zsock_send_all(udp, data, 4, 0, TIMEOUT, sent)).isEqualTo(-EOPNOTSUPP);
        assertThat(sent.value).isZero();
    }

    @Test
    void test_zsock_sendmsg_all_failure() {
        int udp = bound(V4, SOCK_DGRAM);
        assertThat(zsock_sendmsg_all(udp, halves(), 0, TIMEOUT, sent)).isEqualTo(-EOPNOTSUPP);
        assertThat(sent.value).isZero();
    }
}
