package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;
import static dev.zsock.zephyr.Ip.V4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.Pollfd;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("tests/net/socket/socketpair")
class ZephyrSocketpairTest extends SocketSuite {
    private final int[] sv = new int[2];
    private final byte[] one = new byte[1];

    @BeforeEach
    void pair() {
        ok(socketpair(AF_UNIX, SOCK_STREAM, 0, sv));
        keep(sv[0]);
        keep(sv[1]);
    }

    private void reopen() {
        closeEnd(0);
        closeEnd(1);
        pair();
    }

    private void closeEnd(int i) {
        if (sv[i] >= 0) {
            shut(sv[i]);
        }
        sv[i] = -1;
    }

    @Test
    void test_close_one_end_and_write_to_the_other() {
        for (int i = 0; i < 2; i++) {
            closeEnd(i);
            fails(send(sv[1 - i], one, 1, 0), EPIPE);
            reopen();
        }
    }

    @Test
    @Tag("calm")
    void test_close_one_end_and_read_from_the_other() {
        for (int i = 0; i < 2; i++) {
            assertThat(send(sv[i], new byte[2], 2, 0)).isEqualTo(2);
            closeEnd(i);
            byte[] buf = new byte[16];
            assertThat(recv(sv[1 - i], buf, 16, 0)).isEqualTo(2);
            assertThat(recv(sv[1 - i], buf, 16, 0)).isZero();
            reopen();
        }
    }

    @Test
    @Tag("calm")
    void test_write_nonblock() {
        for (int i = 0; i < 2; i++) {
            assertThat(fill(sv[i], 1)).isPositive();
            nonblocking(sv[i]);
            fails(write(sv[i], one, 1), EAGAIN);
        }
    }

    @Test
    void test_read_nonblock() {
        for (int end : sv) {
            nonblocking(end);
            fails(read(end, one, 1), EAGAIN);
        }
    }

    @Test
    @Tag("calm")
    void test_write_block() throws Exception {
        fill(sv[0], 1024);
        var call = start(() -> send(sv[0], one, 1, 0));
        blocks(call);
        byte[] buf = new byte[1 << 20];
        assertThat(recv(sv[1], buf, buf.length, 0)).isPositive();
        assertThat(result(call)).isEqualTo(1);
    }

    @Test
    void test_read_block() throws Exception {
        var call = start(() -> read(sv[0], one, 1));
        blocks(call);
        put(sv[1], one);
        assertThat(result(call)).isEqualTo(1);
    }

    @Test
    void test_unsupported_calls() {
        for (int end : sv) {
            fails(bind(end, V4.loopback(ANY_PORT), V4.size), EINVAL);
            fails(connect(end, V4.loopback(1), V4.size), EINVAL);
            fails(listen(end, 1), EINVAL);
            fails(accept(end, null, null), EINVAL);
        }
    }

    private void idle() {
        assertThat(revents(sv[0], POLLIN, 1)).isZero();
        fill(sv[0], 1024);
        assertThat(revents(sv[0], POLLOUT, 1)).isZero();
    }

    @Test
    @Tag("calm")
    void test_poll_timeout() {
        idle();
    }

    @Test
    @Tag("calm")
    void test_poll_timeout_nonblocking() {
        nonblocking(sv[0]);
        nonblocking(sv[1]);
        idle();
    }

    @Test
    void test_poll_close_remote_end_POLLIN() throws Exception {
        var call = start(() -> revents(sv[0], POLLIN, -1));
        blocks(call);
        closeEnd(1);
        assertThat(result(call)).isEqualTo(POLLIN | POLLHUP);
        assertThat(read(sv[0], one, 1)).isZero();
    }

    @Test
    @Tag("calm")
    void test_poll_close_remote_end_POLLOUT() throws Exception {
        fill(sv[0], 1024);
        var call = start(() -> revents(sv[0], POLLOUT, -1));
        blocks(call);
        closeEnd(1); // with bytes unread
        assertThat(result(call) & POLLHUP).isEqualTo(POLLHUP);
        assertThat(getInt(sv[0], SOL_SOCKET, SO_ERROR)).isEqualTo(ECONNRESET);
        fails(write(sv[0], one, 1), EPIPE);
    }

    @Test
    void test_poll_immediate_data() {
        assertThat(revents(sv[0], POLLOUT, 0)).isEqualTo(POLLOUT);
        put(sv[0], one);
        assertThat(revents(sv[1], POLLIN, 0)).isEqualTo(POLLIN);
        Pollfd[] fds = {entry(sv[0], POLLOUT), entry(sv[1], POLLIN)};
        assertThat(poll(fds, 2, 0)).isEqualTo(2);
        assertThat(fds[0].revents).isEqualTo(POLLOUT);
        assertThat(fds[1].revents).isEqualTo(POLLIN);
    }

    @Test
    @Tag("calm")
    void test_poll_delayed_data() throws Exception {
        var readable = start(() -> revents(sv[0], POLLIN, SOON));
        blocks(readable);
        put(sv[1], one);
        assertThat(result(readable)).isEqualTo(POLLIN);
        fill(sv[0], 1024);
        var writable = start(() -> revents(sv[0], POLLOUT, SOON));
        blocks(writable);
        drain(sv[1]);
        assertThat(result(writable)).isEqualTo(POLLOUT);
    }

    private static void drain(int fd) {
        byte[] buf = new byte[1 << 16];
        int n;
        do {
            n = recv(fd, buf, buf.length, MSG_DONTWAIT);
        } while (n > 0);
        fails(n, EAGAIN);
    }

    @Test
    void test_poll_signalling_POLLIN() {
        assertThat(revents(sv[1], POLLIN, 0)).isZero();
        put(sv[0], one);
        assertThat(revents(sv[1], POLLIN, SOON)).isEqualTo(POLLIN);
        assertThat(read(sv[1], one, 1)).isEqualTo(1);
        assertThat(revents(sv[1], POLLIN, 0)).isZero();
    }

    @Test
    @Tag("calm")
    void test_poll_signalling_POLLOUT() {
        assertThat(revents(sv[0], POLLOUT, 0)).isEqualTo(POLLOUT);
        fill(sv[0], 1);
        assertThat(revents(sv[0], POLLOUT, 0)).isZero();
        assertThat(read(sv[1], one, 1)).isEqualTo(1);
        assertThat(revents(sv[0], POLLOUT, 0)).isZero(); // one byte is not room enough
        drain(sv[1]);
        assertThat(revents(sv[0], POLLOUT, 0)).isEqualTo(POLLOUT);
    }

    @Test
    void test_socketpair_expected_failures() {
        int[] none = {-1, -1};
        fails(socketpair(AF_INET, SOCK_STREAM, 0, none), EOPNOTSUPP);
        fails(socketpair(4242, SOCK_STREAM, 0, none), EAFNOSUPPORT);
        fails(socketpair(AF_UNIX, SOCK_STREAM + 42, 0, none), EINVAL);
        fails(socketpair(AF_UNIX, 7, 0, none), ESOCKTNOSUPPORT);
        fails(socketpair(AF_UNIX, SOCK_STREAM, IPPROTO_UDP, none), EPROTONOSUPPORT);
        fails(socketpair(AF_UNIX, SOCK_STREAM, 0, null), EFAULT);
        assertThat(none).containsExactly(-1, -1);
    }

    @Test
    void test_socketpair_fcntl() {
        for (int end : sv) {
            assertThat(fcntl(end, F_GETFL, 0)).isEqualTo(O_RDWR);
            assertThat(fcntl(end, F_SETFL, O_NONBLOCK)).isZero();
            assertThat(fcntl(end, F_GETFL, 0)).isEqualTo(O_RDWR | O_NONBLOCK);
        }
    }

    @Test
    void test_ioctl_fionread() {
        IntRef bytes = new IntRef(-1);
        for (int i = 0; i < 2; i++) {
            ok(ioctl(sv[i], ZFD_IOCTL_FIONREAD, bytes));
            assertThat(bytes.value).isZero();
            put(sv[1 - i], SMALL);
            ok(ioctl(sv[i], ZFD_IOCTL_FIONREAD, bytes));
            assertThat(bytes.value).isEqualTo(4);
        }
    }

    @Test
    @Tag("calm")
    void test_AF_LOCAL_SOCK_STREAM_0() {
        for (int i = 0; i < 2; i++) {
            put(sv[i], SMALL);
            assertThat(take(sv[1 - i], 0)).isEqualTo("test");
            Msghdr msg = new Msghdr();
            msg.msg_iov = Iovec.array(3);
            msg.msg_iov[0].set(new Iovec(SMALL, 2));
            msg.msg_iov[1].set(new Iovec(SMALL, 0));
            msg.msg_iov[2].set(new Iovec(SMALL, 4));
            msg.msg_iovlen = 3;
            assertThat(sendmsg(sv[i], msg, 0)).isEqualTo(6);
            assertThat(take(sv[1 - i], 0)).isEqualTo("tetest");
        }
    }
}
