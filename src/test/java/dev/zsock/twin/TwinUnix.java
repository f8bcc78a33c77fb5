package dev.zsock.twin;

import static dev.zsock.Sockets.*;
import static dev.zsock.uapi.InetAbi.*;
import static dev.zsock.uapi.NetdbAbi.*;
import static dev.zsock.uapi.PollAbi.*;
import static dev.zsock.uapi.SocketAbi.*;

/**
 * UNIX sockets: streams, datagrams and packets, by path, abstract and in pairs; passing files. Twin
 * of native-tests/twin_unix.c.
 */
final class TwinUnix extends Twin {
    TwinUnix(String folder, Shape shape) {
        super(folder, shape);
    }

    private void paths() {
        say("paths");
        int s = t_socket(AF_UNIX, SOCK_STREAM, 0);

        t_getsockname(s, AF_UNIX, UN);
        t_getpeername(s, AF_UNIX, UN);
        t_connect(s, un("T/none"), UN);
        t_connect(s, un("@zsock-none"), un_len("@zsock-none"));
        t_bind(s, un("T/none/deeper"), UN);
        t_bind(s, un("T/a"), 1);
        t_bind(s, un("T/a"), 0);
        t_bind(s, un("T/a"), 111);
        t_bind(s, un("T/a"), -1);
        t_bind(s, null, UN);
        t_bind(s, in4("127.0.0.1", 0), IN);
        t_bind(s, un("T/a"), UN);
        t_bind(s, un("T/b"), UN);
        t_getsockname(s, AF_UNIX, UN);
        t_getsockname(s, AF_UNIX, 4);
        t_getsockname(s, AF_UNIX, 0);
        t_getsockname(s, 0, STORAGE);
        int c = t_socket(AF_UNIX, SOCK_STREAM, 0);

        t_bind(c, un("T/a"), UN);
        t_connect(c, un("T/a"), UN);
        t_listen(s, 1);
        t_connect(c, in4("127.0.0.1", 9), IN);
        t_connect(c, un("T/a"), UN);
        t_connect(c, un("T/a"), UN);
        t_getsockname(c, AF_UNIX, UN);
        t_getpeername(c, AF_UNIX, UN);
        int a = t_accept(s, AF_UNIX, UN);

        t_getsockname(a, AF_UNIX, UN);
        t_getpeername(a, AF_UNIX, UN);
        t_send(c, "path", 4, 0);
        t_recvfrom(a, 8, 0, AF_UNIX, UN);
        t_close(a);
        t_recv(c, 8, 0);
        t_send(c, "x", 1, 0);
        t_close(c);
        c = t_socket(AF_UNIX, SOCK_DGRAM, 0);
        t_connect(c, un("T/a"), UN);
        t_close(c);
        t_close(s);
        c = t_socket(AF_UNIX, SOCK_STREAM, 0);
        t_connect(c, un("T/a"), UN);
        t_close(c);
    }

    private void queue() {
        say("a full queue");
        int l = t_socket(AF_UNIX, SOCK_STREAM, 0);
        int[] c = new int[6];

        t_bind(l, un("@zsock-queue"), un_len("@zsock-queue"));
        t_getsockname(l, AF_UNIX, UN);
        t_listen(l, 1);
        for (int i = 0; i < 4; i++) {
            c[i] = t_socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
            t_connect(c[i], un("@zsock-queue"), un_len("@zsock-queue"));
        }
        c[4] = t_socket(AF_UNIX, SOCK_STREAM, 0);
        t_setsockopt_time(c[4], SO_SNDTIMEO, 0, 20000);
        t_connect(c[4], un("@zsock-queue"), un_len("@zsock-queue"));
        c[5] = t_accept(l, -1, -2);
        t_connect(c[4], un("@zsock-queue"), un_len("@zsock-queue"));
        for (int i = 0; i < 6; i++) {
            t_close(c[i]);
        }
        t_close(l);
    }

    private void pair_ends(int a, int b) {
        t_send(b, "!", 1, MSG_OOB);
        t_recv(a, 4, MSG_OOB | MSG_DONTWAIT);
        t_recv(a, 4, MSG_DONTWAIT);
        t_writev(a, 3, "a", "bc", "def");
        t_readv(b, 2, 2, 8);
        t_send(a, "waitall", 7, 0);
        t_recv(b, 7, MSG_WAITALL);
        t_poll(0, 2, a, POLLIN | POLLOUT, b, POLLIN | POLLOUT);
        t_shutdown(a, SHUT_WR);
        t_poll(0, 2, a, POLLIN | POLLOUT, b, POLLIN | POLLOUT | POLLRDHUP);
        t_send(a, "x", 1, 0);
        t_recv(b, 4, MSG_DONTWAIT);
        t_send(b, "back", 4, 0);
        t_recv(a, 4, MSG_DONTWAIT);
        t_shutdown(a, SHUT_RD);
        t_send(b, "x", 1, 0);
        t_close(a);
        t_poll(0, 1, b, POLLIN | POLLOUT);
        t_send(b, "x", 1, 0);
        t_recv(b, 4, MSG_DONTWAIT);
        t_recv(b, 4, MSG_DONTWAIT);
        t_close(b);
    }

    private void pair(int type) {
        int[] sv = new int[2];

        t_socketpair(AF_UNIX, type, 0, sv);
        t_getsockname(sv[0], AF_UNIX, UN);
        t_getpeername(sv[0], AF_UNIX, UN);
        t_getsockopt(sv[0], SOL_SOCKET, SO_TYPE);
        t_getsockopt(sv[0], SOL_SOCKET, SO_DOMAIN);
        t_bind(sv[0], un("@zsock-pair"), un_len("@zsock-pair"));
        t_connect(sv[0], un("@zsock-none"), un_len("@zsock-none"));
        t_listen(sv[0], 1);
        t_accept(sv[0], AF_UNIX, UN);
        t_send(sv[0], "one", 3, 0);
        t_write(sv[0], "two", 3);
        t_send(sv[0], "", 0, 0);
        t_sendto(sv[0], "three", 5, 0, un("@zsock-none"), un_len("@zsock-none"));
        t_ioctl(sv[1], FIONREAD, 7);
        t_ioctl(sv[0], TIOCOUTQ, 7);
        t_recv(sv[1], 2, MSG_PEEK);
        t_recv(sv[1], 2, MSG_PEEK | MSG_TRUNC);
        t_recv(sv[1], 16, MSG_TRUNC);
        t_recvfrom(sv[1], 16, MSG_DONTWAIT, AF_UNIX, UN);
        t_recv(sv[1], 16, MSG_DONTWAIT);
        t_recv(sv[1], 16, MSG_DONTWAIT);
        t_send(sv[1], big, 1000, 0);
        t_recv(sv[0], 100, 0);
        t_recv(sv[0], 1000, MSG_DONTWAIT);
        t_send(sv[1], NIL, 4, 0);
        t_send(sv[1], "null", 4, 0);
        t_recv_null(sv[0], 4, MSG_DONTWAIT);
        t_recv(sv[0], 4, MSG_DONTWAIT);
        pair_ends(sv[0], sv[1]);
    }

    private void pairs() {
        say("pairs");
        int[] types = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
        int[] sv = new int[2];

        t_socketpair(AF_INET, SOCK_STREAM, 0, sv);
        t_socketpair(99, SOCK_STREAM, 0, sv);
        t_socketpair(AF_UNIX, 99, 0, sv);
        t_socketpair(AF_UNIX, SOCK_RDM, 0, sv);
        t_socketpair(AF_UNIX, SOCK_STREAM, 7, sv);
        t_socketpair(AF_UNIX, SOCK_STREAM, 0, null);
        t_socketpair(AF_UNIX, SOCK_STREAM | 0x10000, 0, sv);
        t_socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, sv);
        t_fcntl(sv[0], F_GETFL, 0);
        t_fcntl(sv[1], F_GETFD, 0);
        t_recv(sv[0], 4, 0);
        t_close(sv[0]);
        t_close(sv[1]);
        for (int i = 0; i < 3; i++) {
            pair(types[i]);
        }
    }

    private void filling() {
        say("until full");
        int[] types = {SOCK_DGRAM, SOCK_SEQPACKET};
        int[] sv = new int[2];

        for (int i = 0; i < 2; i++) {
            t_socketpair(AF_UNIX, types[i], 0, sv);
            t_setsockopt(sv[0], SOL_SOCKET, SO_SNDBUF, 5000);
            for (int n = 0; n < 20; n++) {
                t_send(sv[0], "datagram", 8, MSG_DONTWAIT);
            }
            t_poll(0, 1, sv[0], POLLOUT);
            t_recv(sv[1], 8, 0);
            t_poll(0, 1, sv[0], POLLOUT);
            t_send(sv[0], "datagram", 8, MSG_DONTWAIT);
            t_setsockopt_time(sv[0], SO_SNDTIMEO, 0, 20000);
            for (int n = 0; n < 20; n++) {
                t_send(sv[0], "datagram", 8, 0);
            }
            t_send(sv[0], big, 100000, 0);
            t_close(sv[1]);
            t_send(sv[0], "x", 1, 0);
            t_close(sv[0]);
        }
        t_socketpair(AF_UNIX, SOCK_STREAM, 0, sv);
        t_send(sv[0], big, 150000, MSG_DONTWAIT);
        t_ioctl(sv[1], FIONREAD, 7);
        t_recv(sv[1], 150000, MSG_PEEK);
        t_recv(sv[1], 150000, MSG_WAITALL | MSG_DONTWAIT);
        t_send(sv[0], big, 140000, 0);
        t_recv(sv[1], 140000, MSG_WAITALL);
        t_send(sv[0], big, 140000, 0);
        t_recv(sv[1], 1000000, 0);
        t_send(sv[0], big, 131072, 0);
        t_recv(sv[1], 1000000, 0);
        t_send(sv[0], big, 131072, 0);
        t_shutdown(sv[0], SHUT_WR);
        t_recv(sv[1], 1000000, 0);
        t_recv(sv[1], 1000000, 0);
        t_close(sv[0]);
        t_close(sv[1]);
        t_socketpair(AF_UNIX, SOCK_STREAM, 0, sv);
        t_setsockopt_time(sv[0], SO_SNDTIMEO, 0, 30000);
        t_setsockopt(sv[0], SOL_SOCKET, SO_SNDBUF, 20000);
        t_send(sv[0], big, 4000, 0);
        t_send(sv[0], big, 4000, MSG_DONTWAIT);
        t_close(sv[0]);
        t_recv(sv[1], 8000, MSG_WAITALL);
        t_close(sv[1]);
    }

    private void datagrams() {
        say("datagrams by name");
        int a = t_socket(AF_UNIX, SOCK_DGRAM, 0);
        int b = t_socket(AF_UNIX, SOCK_DGRAM, 0);

        t_bind(a, un("@zsock-a"), un_len("@zsock-a"));
        t_bind(b, un("T/b.dgram"), UN);
        t_sendto(a, "to b", 4, 0, un("T/b.dgram"), UN);
        t_recvfrom(b, 8, 0, AF_UNIX, UN);
        t_sendto(b, "to a", 4, 0, un("@zsock-a"), un_len("@zsock-a"));
        t_recvfrom(a, 8, 0, AF_UNIX, UN);
        t_sendto(b, "to a", 4, 0, un("@zsock-a"), un_len("@zsock-a"));
        t_recvfrom(a, 8, 0, AF_UNIX, 5);
        t_sendto(b, "to a", 4, 0, un("@zsock-a"), un_len("@zsock-a"));
        t_recvfrom(a, 8, 0, 0, STORAGE);
        t_sendto(b, "to a", 4, 0, un("@zsock-a"), UN);
        t_sendto(b, "none", 4, 0, un("T/nobody"), UN);
        t_send(a, "x", 1, 0);
        t_connect(a, un("T/b.dgram"), UN);
        t_send(a, "x", 1, 0);
        t_getpeername(a, AF_UNIX, UN);
        t_recv(b, 4, 0);
        t_close(b);
        t_send(a, "x", 1, 0);
        t_send(a, "x", 1, 0);
        b = t_socket(AF_UNIX, SOCK_DGRAM, 0);
        t_sendto(b, "nameless", 8, 0, un("@zsock-a"), un_len("@zsock-a"));
        t_recvfrom(a, 8, MSG_DONTWAIT, AF_UNIX, UN);
        t_connect(b, un("@zsock-a"), un_len("@zsock-a"));
        t_connect(b, family(AF_UNSPEC), IN);
        t_listen(b, 1);
        t_close(a);
        t_close(b);
    }

    private void passing(int a, int b) {
        int[] fds = new int[2];

        t_pipe(fds);
        msg_new();
        msg_out("take");
        msg_ints(SOL_SOCKET, SCM_RIGHTS, 2, fds[0], fds[1]);
        t_sendmsg(a, 0);
        t_close(fds[0]);
        t_close(fds[1]);
        msg_new();
        msg_in(8);
        msg_control_room(64);
        t_recvmsg(b, 0);
        t_write(fds[1], "through", 7);
        t_read(fds[0], 8);
        t_fcntl(fds[0], F_GETFD, 0);
        t_close(fds[0]);
        t_close(fds[1]);
        t_socketpair(AF_UNIX, SOCK_STREAM, 0, fds);
        t_fcntl(fds[0], F_SETFL, O_NONBLOCK);
        msg_new();
        msg_out("one");
        msg_ints(SOL_SOCKET, SCM_RIGHTS, 1, fds[0]);
        t_sendmsg(a, 0);
        t_close(fds[0]);
        msg_new();
        msg_in(8);
        msg_control_room(24);
        t_recvmsg(b, MSG_CMSG_CLOEXEC);
        t_fcntl(fds[0], F_GETFD, 0);
        t_fcntl(fds[0], F_GETFL, 0);
        t_getsockopt(fds[0], SOL_SOCKET, SO_TYPE);
        t_recv(fds[0], 4, 0);
        t_send(fds[1], "hello", 5, 0);
        t_recv(fds[0], 8, 0);
        t_close(fds[0]);
        t_close(fds[1]);
    }

    private void little_room(int a, int b) {
        int[] fds = new int[2];

        say("too little room");
        t_pipe(fds);
        msg_new();
        msg_out("two");
        msg_ints(SOL_SOCKET, SCM_RIGHTS, 2, fds[0], fds[1]);
        t_sendmsg(a, 0);
        t_sendmsg(a, 0);
        t_sendmsg(a, 0);
        msg_new();
        msg_in(3);
        msg_control_room(20);
        t_recvmsg(b, 0);
        msg_new();
        msg_in(3);
        t_recvmsg(b, 0);
        msg_new();
        msg_in(3);
        msg_control_room(16);
        t_recvmsg(b, 0);
        t_close(5);
        t_close(6);
        t_close(7);
    }

    private void refused(int a, int b) {
        say("what is refused");
        msg_new();
        msg_out("bad");
        msg_ints(SOL_SOCKET, SCM_RIGHTS, 1, 99);
        t_sendmsg(a, 0);
        msg_new();
        msg_out("bad");
        msg_ints(SOL_SOCKET, SCM_RIGHTS, 1, -1);
        t_sendmsg(a, 0);
        msg_new();
        msg_out("none");
        msg_ints(SOL_SOCKET, SCM_RIGHTS, 0);
        t_sendmsg(a, 0);
        msg_new();
        msg_out("unknown");
        msg_ints(SOL_SOCKET, 99, 1, 1);
        t_sendmsg(a, 0);
        msg_new();
        msg_in(8);
        msg_control_room(64);
        t_recvmsg(b, MSG_DONTWAIT);
    }

    private void credentials(int a, int b) {
        int[] fds = new int[2];

        t_setsockopt(b, SOL_SOCKET, SO_PASSCRED, 1);
        t_send(a, "who", 3, 0);
        msg_new();
        msg_in(8);
        msg_control_room(64);
        t_recvmsg(b, 0);
        t_pipe(fds);
        msg_new();
        msg_out("both");
        msg_ints(SOL_SOCKET, SCM_RIGHTS, 1, fds[0]);
        t_sendmsg(a, 0);
        msg_new();
        msg_in(8);
        msg_control_room(128);
        t_recvmsg(b, 0);
        t_close(7);
        t_close(fds[0]);
        t_close(fds[1]);
    }

    private void rights() {
        say("passing files");
        int[] types = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
        int[] sv = new int[2];

        for (int i = 0; i < 3; i++) {
            t_socketpair(AF_UNIX, types[i], 0, sv);
            passing(sv[0], sv[1]);
            little_room(sv[0], sv[1]);
            refused(sv[0], sv[1]);
            credentials(sv[0], sv[1]);
            t_close(sv[0]);
            t_close(sv[1]);
        }
    }

    @Override
    void scenario() {
        paths();
        queue();
        pairs();
        filling();
        datagrams();
        rights();
    }
}
