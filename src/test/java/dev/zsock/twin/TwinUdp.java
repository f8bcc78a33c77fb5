package dev.zsock.twin;

import static dev.zsock.Sockets.*;
import static dev.zsock.uapi.InetAbi.*;
import static dev.zsock.uapi.NetdbAbi.*;
import static dev.zsock.uapi.PollAbi.*;
import static dev.zsock.uapi.SocketAbi.*;

/**
 * UDP over both families: connected and not, truncation, and what each call refuses. Twin of
 * native-tests/twin_udp.c.
 */
final class TwinUdp extends Twin {
    TwinUdp(String folder, Shape shape) {
        super(folder, shape);
    }

    private void creation() {
        say("creation");
        t_close(t_socket(af(), SOCK_DGRAM, IPPROTO_UDP));
        t_close(t_socket(af(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        t_socket(af(), SOCK_DGRAM, IPPROTO_TCP);
        int s = t_socket(af(), SOCK_DGRAM, 0);

        t_getsockname(s, af(), len());
        t_getpeername(s, af(), len());
        t_listen(s, 1);
        t_accept(s, af(), len());
        t_send(s, "x", 1, 0);
        t_send(s, NIL, 1, 0);
        t_write(s, "x", 1);
        t_recv(s, 4, MSG_DONTWAIT);
        t_recv(s, 0, MSG_DONTWAIT);
        t_shutdown(s, SHUT_RD);
        t_shutdown(s, SHUT_RDWR);
        t_poll(0, 1, s, POLLIN | POLLOUT);
        t_close(s);
    }

    private void sizes(int a, int b) {
        t_sendto(a, "", 0, 0, lo(port_of(b)), len());
        t_ioctl(b, FIONREAD, 7);
        t_poll(100, 1, b, POLLIN);
        t_recv(b, 8, 0);
        t_sendto(a, "four", 4, 0, lo(port_of(b)), len());
        t_sendto(a, "next", 4, 0, lo(port_of(b)), len());
        t_recv(b, 2, MSG_TRUNC | MSG_PEEK);
        t_recv(b, 2, MSG_TRUNC);
        t_recv(b, 2, 0);
        t_recv(b, 2, MSG_TRUNC | MSG_DONTWAIT);
        t_sendto(a, "zero", 4, 0, lo(port_of(b)), len());
        t_recv(b, 0, MSG_TRUNC);
        t_sendto(a, "null", 4, 0, lo(port_of(b)), len());
        t_recv_null(b, 4, 0);
        t_recv(b, 4, MSG_DONTWAIT);
        t_sendto(a, big, 9000, 0, lo(port_of(b)), len());
        t_recv(b, 65000, 0);
        t_sendto(a, big, 65507, 0, lo(port_of(b)), len());
        t_recv(b, 65507, MSG_DONTWAIT);
        t_sendto(a, big, 65528, 0, lo(port_of(b)), len());
        t_sendto(a, big, 200000, 0, lo(port_of(b)), len());
        t_sendto(a, NIL, 4, 0, lo(port_of(b)), len());
    }

    private void refused(int a, int b) {
        t_sendto(a, "x", 1, 0, null, 0);
        t_sendto(a, "x", 1, 0, null, 16);
        t_sendto(a, "x", 1, 0, lo(port_of(b)), 0);
        t_sendto(a, "x", 1, 0, lo(port_of(b)), 3);
        t_sendto(a, "x", 1, 0, lo(port_of(b)), -1);
        t_sendto(a, "x", 1, 0, lo(port_of(b)), 129);
        t_sendto(a, "x", 1, 0, lo(port_of(b)), STORAGE);
        t_recv(b, 4, MSG_DONTWAIT);
        t_sendto(a, "x", 1, 0, family(77), len());
        t_sendto(a, "x", 1, 0, family(AF_UNSPEC), len());
        t_sendto(a, "x", 1, 0, lo(0), len());
        t_sendto(a, "x", 1, MSG_OOB, lo(port_of(b)), len());
        t_sendto(a, "to v4", 5, 0, in4("127.0.0.1", port_of(b)), IN);
        t_sendto(a, "mapped", 6, 0, in6("::ffff:127.0.0.1", port_of(b)), IN6);
        t_recvfrom(b, 16, MSG_DONTWAIT, 0, STORAGE);
        t_recvfrom(b, 16, MSG_DONTWAIT, 0, STORAGE);
        t_sendto(a, "more", 4, MSG_MORE, lo(port_of(b)), len());
        t_sendto(a, "done", 4, 0, lo(port_of(b)), len());
        t_recvfrom(b, 16, MSG_DONTWAIT, af(), len());
        t_writev(a, 2, "no", "peer");
    }

    private void sending() {
        say("sendto and recvfrom");
        int a = bound();
        int b = bound();
        int[] rooms = {0, 2, 4, 8, 16, 20, 28, 128, 500};

        t_sendto(a, "hello", 5, 0, lo(port_of(b)), len());
        t_recvfrom(b, 16, MSG_PEEK, af(), len());
        t_ioctl(b, FIONREAD, 7);
        t_recvfrom(b, 16, 0, af(), len());
        t_ioctl(b, FIONREAD, 7);
        t_recvfrom(b, 16, MSG_DONTWAIT, af(), len());
        for (int i = 0; i < 9; i++) {
            t_sendto(a, "room", 4, 0, lo(port_of(b)), len());
            t_recvfrom(b, 8, 0, 0, rooms[i]);
        }
        t_sendto(a, "gone", 4, 0, lo(port_of(b)), len());
        t_recvfrom(b, 8, 0, 0, -1);
        t_sendto(a, "gone", 4, 0, lo(port_of(b)), len());
        t_recvfrom(b, 8, 0, 0, -2);
        t_sendto(a, "none", 4, 0, lo(port_of(b)), len());
        t_recvfrom(b, 8, 0, -1, 16);
        t_recv(b, 8, MSG_DONTWAIT);
        sizes(a, b);
        refused(a, b);
        t_close(a);
        t_close(b);
    }

    private void unreachable(int a) {
        t_send(a, "x", 1, 0);
        t_poll(1000, 1, a, POLLIN | POLLOUT);
        t_send(a, "x", 1, 0);
        t_send(a, "x", 1, 0);
        t_poll(1000, 1, a, POLLIN);
        t_recv(a, 8, MSG_DONTWAIT);
        t_recv(a, 8, MSG_DONTWAIT);
        t_send(a, "x", 1, 0);
        t_poll(1000, 1, a, POLLIN);
        t_getsockopt(a, SOL_SOCKET, SO_ERROR);
        t_getsockopt(a, SOL_SOCKET, SO_ERROR);
        t_shutdown(a, SHUT_RD);
        t_recv(a, 8, 0);
        t_shutdown(a, SHUT_WR);
        t_send(a, "x", 1, 0);
        t_poll(0, 1, a, POLLIN | POLLOUT);
    }

    private void connected() {
        say("connected");
        int a = bound();
        int b = bound();
        int c = bound();
        int port = port_of(b);

        t_connect(a, lo(port), len());
        t_getpeername(a, af(), len());
        t_connect(a, lo(port), len());
        t_send(a, "hi", 2, 0);
        t_recvfrom(b, 8, 0, af(), len());
        t_sendto(a, "to b", 4, 0, lo(port), len());
        t_sendto(a, "to c", 4, 0, lo(port_of(c)), len());
        t_recv(b, 8, MSG_DONTWAIT);
        t_recv(c, 8, MSG_DONTWAIT);
        t_sendto(c, "stranger", 8, 0, lo(port_of(a)), len());
        t_recv(a, 8, MSG_DONTWAIT);
        t_sendto(b, "friend", 6, 0, lo(port_of(a)), len());
        t_recvfrom(a, 8, MSG_DONTWAIT, af(), len());
        t_writev(a, 3, "one", "two", "three");
        t_readv(b, 2, 4, 4);
        t_write(a, "w", 1);
        t_read(b, 4);
        t_connect(a, family(AF_UNSPEC), len());
        t_getpeername(a, af(), len());
        t_send(a, "x", 1, 0);
        t_sendto(c, "stranger", 8, 0, lo(port_of(a)), len());
        t_recv(a, 8, MSG_DONTWAIT);
        t_connect(a, lo(port), len());
        t_close(b);
        unreachable(a);
        t_close(a);
        t_connect(c, null, len());
        t_connect(c, lo(port), 3);
        t_connect(c, lo(port), 0);
        t_connect(c, v6 != 0 ? in4("127.0.0.1", port) : in6("::1", port), len());
        t_connect(c, v6 != 0 ? in6("2001:db8::1", 9) : in4("255.255.255.255", 9), len());
        t_close(c);
    }

    private void timeouts() {
        say("timeouts");
        int s = bound();

        t_setsockopt_time(s, SO_RCVTIMEO, 0, 20000);
        t_recv(s, 4, 0);
        t_recvfrom(s, 4, 0, af(), len());
        t_readv(s, 2, 1, 1);
        t_recv(s, 4, MSG_WAITALL);
        t_fcntl(s, F_SETFL, O_NONBLOCK);
        t_recv(s, 4, 0);
        t_read(s, 4);
        t_recvfrom(s, 4, 0, af(), len());
        t_close(s);
    }

    private void mixed() {
        say("both families on one socket");
        int a = t_socket(AF_INET6, SOCK_DGRAM, 0);
        int b = t_socket(AF_INET, SOCK_DGRAM, 0);

        t_setsockopt(a, IPPROTO_IPV6, IPV6_V6ONLY, 0);
        t_getsockopt(a, IPPROTO_IPV6, IPV6_V6ONLY);
        t_bind(a, in6("::", 0), IN6);
        t_setsockopt(a, IPPROTO_IPV6, IPV6_V6ONLY, 1);
        t_sendto(b, "from v4", 7, 0, in4("127.0.0.1", port_of(a)), IN);
        t_recvfrom(a, 16, 0, 0, STORAGE);
        t_sendto(a, "to v4", 5, 0, in6("::ffff:127.0.0.1", port_of(b)), IN6);
        t_recvfrom(b, 16, MSG_DONTWAIT, 0, STORAGE);
        t_sendto(a, "to v4", 5, 0, in4("127.0.0.1", port_of(b)), IN);
        t_recvfrom(b, 16, MSG_DONTWAIT, 0, STORAGE);
        t_close(a);
        t_close(b);
    }

    @Override
    void scenario() {
        for (v6 = 0; v6 < 2; v6++) {
            say(v6 != 0 ? "IPv6" : "IPv4");
            creation();
            sending();
            connected();
            timeouts();
        }
        mixed();
    }
}
