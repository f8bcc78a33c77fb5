package dev.zsock;

import static dev.zsock.Zsock.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.Addrinfo;
import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.In6Addr;
import dev.zsock.uapi.InAddr;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Linger;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;

/** A program in Zephyr's spelling alone: each call does what its name says. */
@Tag("behaviour")
@Tag("calm")
@Timeout(30)
class ZephyrNamesTest {
    private final byte[] buf = "abcdefgh".getBytes();
    private final byte[] in = new byte[8];
    private final IntRef addrlen = new IntRef();
    private final SockaddrIn from = new SockaddrIn();

    private static SockaddrIn loopback() {
        return new SockaddrIn(NET_INADDR_LOOPBACK, 0);
    }

    private static int[] pair() {
        int[] sv = new int[2];
        assertThat(zsock_socketpair(NET_AF_UNIX, NET_SOCK_STREAM, 0, sv)).isZero();
        return sv;
    }

    private static void shut(int... fds) {
        for (int fd : fds) {
            assertThat(zsock_close(fd)).isZero();
            assertThat(zsock_close(fd)).isEqualTo(-1);
            assertThat(errno()).isEqualTo(EBADF);
        }
    }

    @Test
    void connecting() {
        int listener = zsock_socket(NET_AF_INET, NET_SOCK_STREAM, NET_IPPROTO_TCP);
        SockaddrIn addr = loopback();
        assertThat(zsock_bind(listener, addr, SockaddrIn.SIZE)).isZero();
        assertThat(zsock_listen(listener, 2)).isZero();
        addrlen.value = SockaddrIn.SIZE;
        assertThat(zsock_getsockname(listener, addr, addrlen)).isZero();
        int[] clients = new int[2];
        for (int i = 0; i < 2; i++) {
            clients[i] = zsock_socket(NET_AF_INET, NET_SOCK_STREAM, 0);
            assertThat(zsock_connect(clients[i], addr, SockaddrIn.SIZE)).isZero();
        }
        addrlen.value = SockaddrIn.SIZE;
        int first = zsock_accept(listener, from, addrlen);
        SockaddrIn name = new SockaddrIn();
        addrlen.value = SockaddrIn.SIZE;
        assertThat(zsock_getpeername(first, name, addrlen)).isZero();
        assertThat(name.sin_port).isEqualTo(from.sin_port).isPositive();
        int second = zsock_accept4(listener, null, null, SOCK_NONBLOCK);
        assertThat(zsock_fcntl(first, F_GETFL) & O_NONBLOCK).isZero();
        assertThat(zsock_fcntl(second, F_GETFL) & O_NONBLOCK).isEqualTo(O_NONBLOCK);
        assertThat(zsock_fcntl(second, F_SETFL, 0)).isZero();

        assertThat(zsock_fcntl(second, F_GETFL) & O_NONBLOCK).isZero();
        assertThat(zsock_shutdown(clients[1], ZSOCK_SHUT_WR)).isZero();
        assertThat(zsock_recv(second, in, 8, 0)).isZero();
        shut(first, second, clients[0], clients[1], listener);
    }

    @Test
    void streams() {
        int[] sv = pair();
        assertThat(zsock_send(sv[0], buf, 2, 0)).isEqualTo(2);
        assertThat(zsock_send(sv[0], buf, 2, 2, 0)).isEqualTo(2);
        ByteBuffer rest = ByteBuffer.wrap(buf, 4, 2);
        assertThat(zsock_send(sv[0], rest, 0)).isEqualTo(2);
        assertThat(rest.hasRemaining()).isFalse();
        assertThat(zsock_recv(sv[1], in, 2, 0)).isEqualTo(2);
        assertThat(zsock_recv(sv[1], in, 2, 2, 0)).isEqualTo(2);
        assertThat(zsock_recv(sv[1], ByteBuffer.wrap(in, 4, 4), 0)).isEqualTo(2);
        assertThat(in).startsWith("abcdef".getBytes());
        assertThat(zsock_write(sv[0], buf, 1)).isEqualTo(1);
        assertThat(zsock_write(sv[0], buf, 1, 1)).isEqualTo(1);
        assertThat(zsock_write(sv[0], ByteBuffer.wrap(buf, 2, 2))).isEqualTo(2);
        Iovec[] iov = {new Iovec("ef".getBytes(), 2), new Iovec("gh".getBytes(), 2)};
        assertThat(zsock_writev(sv[0], iov, 2)).isEqualTo(4);
        byte[] got = new byte[8];
        assertThat(zsock_read(sv[1], got, 1)).isEqualTo(1);
        assertThat(zsock_read(sv[1], got, 1, 1)).isEqualTo(1);
        assertThat(zsock_read(sv[1], ByteBuffer.wrap(got, 2, 2))).isEqualTo(2);
        Iovec[] into = {new Iovec(new byte[3], 3), new Iovec(new byte[3], 3)};
        assertThat(zsock_readv(sv[1], into, 2)).isEqualTo(4);
        assertThat(new String(got, 0, 4)).isEqualTo("abcd");
        assertThat(into[0].iov_base).isEqualTo("efg".getBytes());
        assertThat(into[1].iov_base).isEqualTo(new byte[] {'h', 0, 0});
        shut(sv);
    }

    @Test
    void datagrams() {
        int udp = zsock_socket(NET_AF_INET, NET_SOCK_DGRAM, 0);
        SockaddrIn to = loopback();
        assertThat(zsock_bind(udp, to, SockaddrIn.SIZE)).isZero();
        addrlen.value = SockaddrIn.SIZE;
        assertThat(zsock_getsockname(udp, to, addrlen)).isZero();
        assertThat(zsock_sendto(udp, buf, 3, 0, to, SockaddrIn.SIZE)).isEqualTo(3);
        assertThat(zsock_sendto(udp, buf, 3, 2, 0, to, SockaddrIn.SIZE)).isEqualTo(2);
        assertThat(zsock_sendto(udp, ByteBuffer.wrap(buf, 5, 3), 0, to, SockaddrIn.SIZE))
                .isEqualTo(3);
        addrlen.value = SockaddrIn.SIZE;
        assertThat(zsock_recvfrom(udp, in, 8, 0, from, addrlen)).isEqualTo(3);
        assertThat(from.sin_port).isEqualTo(to.sin_port);
        assertThat(zsock_recvfrom(udp, in, 3, 5, 0, null, null)).isEqualTo(2);
        assertThat(zsock_recvfrom(udp, ByteBuffer.wrap(in, 5, 3), 0, null, null))
                .isEqualTo(3);
        assertThat(in).isEqualTo(buf);
        shut(udp);
    }

    @Test
    void messages() {
        int udp = zsock_socket(NET_AF_INET, NET_SOCK_DGRAM, 0);
        SockaddrIn to = loopback();
        assertThat(zsock_bind(udp, to, SockaddrIn.SIZE)).isZero();
        addrlen.value = SockaddrIn.SIZE;
        assertThat(zsock_getsockname(udp, to, addrlen)).isZero();
        assertThat(zsock_setsockopt(udp, NET_IPPROTO_IP, IP_RECVTTL, 1)).isZero();
        Msghdr msg = new Msghdr();
        msg.msg_name = to;
        msg.msg_namelen = SockaddrIn.SIZE;
        msg.msg_iov = new Iovec[] {new Iovec(buf, 8)};
        msg.msg_iovlen = 1;
        assertThat(zsock_sendmsg(udp, msg, 0)).isEqualTo(8);
        msg.msg_iov[0].iov_base = in;
        msg.msg_control = new byte[NET_CMSG_SPACE(Integer.BYTES)];
        msg.msg_controllen = msg.msg_control.length;
        assertThat(zsock_recvmsg(udp, msg, 0)).isEqualTo(8);
        assertThat(in).isEqualTo(buf);
        assertThat(NET_CMSG_FIRSTHDR(msg).cmsg_type).isEqualTo(IP_TTL);
        assertThat(NET_CMSG_FIRSTHDR(msg).cmsg_len).isEqualTo(NET_CMSG_LEN(Integer.BYTES));
        assertThat(NET_CMSG_DATA(NET_CMSG_FIRSTHDR(msg)).getInt()).isEqualTo(64);
        assertThat(NET_CMSG_NXTHDR(msg, NET_CMSG_FIRSTHDR(msg))).isNull();
        shut(udp);
    }

    @Test
    void options() {
        int[] sv = pair();
        int fd = sv[0];
        int level = ZSOCK_SOL_SOCKET;
        IntRef value = new IntRef();
        IntRef length = new IntRef(Integer.BYTES);
        assertThat(zsock_setsockopt(fd, level, ZSOCK_SO_PASSCRED, 1, Integer.BYTES))
                .isZero();
        assertThat(zsock_getsockopt(fd, level, ZSOCK_SO_PASSCRED, value)).isZero();
        assertThat(value.value).isOne();
        byte[] zero = new byte[Integer.BYTES];
        assertThat(zsock_setsockopt(fd, level, ZSOCK_SO_PASSCRED, zero)).isZero();
        assertThat(zsock_getsockopt(fd, level, ZSOCK_SO_PASSCRED, value, length))
                .isZero();
        assertThat(value.value).isZero();
        assertThat(zsock_setsockopt(fd, level, ZSOCK_SO_PASSCRED, new int[] {7}))
                .isZero();
        assertThat(zsock_getsockopt(fd, level, ZSOCK_SO_PASSCRED, value)).isZero();
        assertThat(value.value).isOne();
        Timeval time = new Timeval();
        assertThat(zsock_setsockopt(fd, level, ZSOCK_SO_RCVTIMEO, new Timeval(3, 0)))
                .isZero();
        assertThat(zsock_getsockopt(fd, level, ZSOCK_SO_RCVTIMEO, time)).isZero();
        assertThat(time.tv_sec).isEqualTo(3);
        Linger linger = new Linger();
        assertThat(zsock_setsockopt(fd, level, ZSOCK_SO_LINGER, new Linger(1, 5)))
                .isZero();
        assertThat(zsock_getsockopt(fd, level, ZSOCK_SO_LINGER, linger)).isZero();
        assertThat(linger.l_linger).isEqualTo(5);
        assertThat(zsock_setsockopt(fd, level, ZSOCK_SO_PASSCRED, new IntRef(), 4))
                .isZero();
        assertThat(zsock_setsockopt(fd, level, ZSOCK_SO_PASSCRED, new String[] {"x"}))
                .isEqualTo(-1);
        assertThat(errno()).isEqualTo(EINVAL);
        shut(sv);
    }

    /** The short forms under both names. */
    @Test
    void shortForms() {
        int tcp = zsock_socket(NET_AF_INET, NET_SOCK_STREAM, 0);
        byte[] name = new byte[16];
        IntRef length = new IntRef(name.length);
        assertThat(zsock_setsockopt(tcp, IPPROTO_TCP, TCP_CONGESTION, "reno")).isZero();
        assertThat(zsock_getsockopt(tcp, IPPROTO_TCP, TCP_CONGESTION, name, length))
                .isZero();
        assertThat(new String(name, 0, 4)).isEqualTo("reno");
        Timeval time = new Timeval();
        Linger linger = new Linger();
        assertThat(setsockopt(tcp, SOL_SOCKET, SO_SNDTIMEO, new Timeval(2, 0))).isZero();
        assertThat(getsockopt(tcp, SOL_SOCKET, SO_SNDTIMEO, time)).isZero();
        assertThat(time.tv_sec).isEqualTo(2);
        assertThat(setsockopt(tcp, SOL_SOCKET, SO_LINGER, new Linger(1, 9))).isZero();
        assertThat(getsockopt(tcp, SOL_SOCKET, SO_LINGER, linger)).isZero();
        assertThat(linger.l_linger).isEqualTo(9);
        assertThat(setsockopt(tcp, SOL_SOCKET, SO_LINGER, new String[] {"x"})).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EINVAL);
        assertThat(sizeof(1L)).isEqualTo(8);
        shut(tcp);
    }

    @Test
    void numbers() {
        int counter = zsock_eventfd(3, 0);
        int again = zsock_dup(counter);
        Pollfd[] fds = {new Pollfd(again, ZSOCK_POLLIN)};
        assertThat(zsock_poll(fds, 1, 0)).isOne();
        FdSet set = new FdSet();
        FdSet copy = new FdSet();
        ZSOCK_FD_SET(again, set);
        ZSOCK_FD_COPY(set, copy);
        assertThat(zsock_select(again + 1, copy, null, null, new Timeval())).isOne();
        assertThat(ZSOCK_FD_ISSET(again, copy)).isTrue();
        ZSOCK_FD_CLR(again, copy);
        assertThat(ZSOCK_FD_ISSET(again, copy)).isFalse();
        ZSOCK_FD_ZERO(set);
        assertThat(ZSOCK_FD_ISSET(again, set)).isFalse();
        assertThat(zsock_read(again, in, 8)).isEqualTo(8);
        assertThat(zsock_poll(fds, 1, 0)).isZero();
        int[] pipe = new int[2];
        assertThat(zsock_pipe(pipe)).isZero();
        assertThat(zsock_write(pipe[1], buf, 5)).isEqualTo(5);
        IntRef queued = new IntRef();
        assertThat(zsock_ioctl(pipe[0], ZFD_IOCTL_FIONREAD, queued)).isZero();
        assertThat(queued.value).isEqualTo(5);
        shut(counter, again, pipe[0], pipe[1]);
    }

    @Test
    void addresses() {
        assertThat(net_ntohs(net_htons(0x10203))).isEqualTo(0x203);
        assertThat(net_ntohl(net_htonl(0x1020304))).isEqualTo(0x1020304);
        assertThat(net_ntohll(net_htonll(0x102030405060708L))).isEqualTo(0x102030405060708L);
        InAddr v4 = new InAddr();
        assertThat(zsock_inet_pton(NET_AF_INET, "224.0.0.1", v4)).isOne();
        assertThat(zsock_IN_MULTICAST(v4.s_addr)).isTrue();
        assertThat(zsock_inet_ntop(NET_AF_INET, v4)).isEqualTo("224.0.0.1");
        assertThat(zsock_inet_ntop(NET_AF_INET, v4, new byte[4], 4)).isNull();
        assertThat(errno()).isEqualTo(ENOSPC);
        assertThat(zsock_IN6_IS_ADDR_UNSPECIFIED(v6("::"))).isTrue();
        assertThat(zsock_IN6_IS_ADDR_LOOPBACK(v6("::1"))).isTrue();
        assertThat(zsock_IN6_IS_ADDR_MULTICAST(v6("ff02::1"))).isTrue();
        assertThat(zsock_IN6_IS_ADDR_LINKLOCAL(v6("fe80::1"))).isTrue();
        assertThat(zsock_IN6_IS_ADDR_SITELOCAL(v6("fec0::1"))).isTrue();
        assertThat(zsock_IN6_IS_ADDR_V4MAPPED(v6("::ffff:1.2.3.4"))).isTrue();
        assertThat(zsock_IN6_IS_ADDR_V4COMPAT(v6("::1.2.3.4"))).isTrue();
        In6Addr other = v6("2001:db8::1");
        assertThat(zsock_IN6_IS_ADDR_UNSPECIFIED(other)
                        || zsock_IN6_IS_ADDR_LOOPBACK(other)
                        || zsock_IN6_IS_ADDR_MULTICAST(other)
                        || zsock_IN6_IS_ADDR_LINKLOCAL(other)
                        || zsock_IN6_IS_ADDR_SITELOCAL(other)
                        || zsock_IN6_IS_ADDR_V4MAPPED(other)
                        || zsock_IN6_IS_ADDR_V4COMPAT(other))
                .isFalse();
    }

    private static In6Addr v6(String text) {
        In6Addr addr = new In6Addr();
        assertThat(zsock_inet_pton(NET_AF_INET6, text, addr)).isOne();
        return addr;
    }

    @Test
    void hosts() {
        Addrinfo[] res = new Addrinfo[1];
        Addrinfo hints = new Addrinfo();
        hints.ai_flags = AI_NUMERICHOST;
        hints.ai_socktype = NET_SOCK_STREAM;
        assertThat(zsock_getaddrinfo("127.0.0.1", "80", hints, res)).isZero();
        assertThat(net_sin(res[0].ai_addr).sin_port).isEqualTo(80);
        byte[] host = new byte[16];
        byte[] service = new byte[8];
        int numbers = ZSOCK_NI_NUMERICHOST | ZSOCK_NI_NUMERICSERV;
        int rc = zsock_getnameinfo(
                res[0].ai_addr, SockaddrIn.SIZE, host, host.length, service, 8, numbers);
        assertThat(rc).isZero();
        assertThat(new String(host)).startsWith("127.0.0.1\0");
        assertThat(new String(service)).startsWith("80\0");
        zsock_freeaddrinfo(res[0]);
        rc = zsock_getaddrinfo("no number", null, hints, res);
        assertThat(rc).isEqualTo(EAI_NONAME);
        assertThat(zsock_gai_strerror(rc)).isEqualTo("Name or service not known");
        byte[] own = new byte[256];
        assertThat(zsock_gethostname(own, own.length)).isZero();
        assertThat(zsock_gethostname(own, -1)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EINVAL);
    }
}
