package dev.zsock.twin;

import static dev.zsock.Sockets.*;
import static dev.zsock.uapi.InetAbi.*;
import static dev.zsock.uapi.NetdbAbi.*;
import static dev.zsock.uapi.PollAbi.*;
import static dev.zsock.uapi.SocketAbi.*;

import dev.zsock.uapi.Sockaddr;

/**
 * Numbers, pipes, counters, waiting, and every call on what it is not for. Twin of
 * native-tests/twin_fd.c.
 */
final class TwinFd extends Twin {
    TwinFd(String folder, Shape shape) {
        super(folder, shape);
    }

    private void numbers() {
        say("the lowest free number");
        int a = t_socket(AF_INET, SOCK_STREAM, 0);
        int b = t_socket(AF_INET6, SOCK_DGRAM, 0);
        int c = t_socket(AF_UNIX, SOCK_STREAM, 0);

        t_close(b);
        t_close(t_eventfd(0, 0));
        t_dup(a);
        t_dup(c);
        t_fcntl(a, F_DUPFD, 20);
        t_fcntl(a, F_DUPFD, 20);
        t_fcntl(a, F_DUPFD_CLOEXEC, 20);
        t_fcntl(22, F_GETFD, 0);
        t_fcntl(21, F_GETFD, 0);
        t_fcntl(a, F_DUPFD, -1);
        t_dup(20);
        t_close(20);
        t_close(21);
        t_close(22);
        t_close(4);
        t_close(6);
        t_close(7);
        t_close(a);
        t_close(c);
    }

    private void duplicates() {
        say("two numbers, one file");
        int[] sv = new int[2];

        t_socketpair(AF_UNIX, SOCK_STREAM, 0, sv);
        int d = t_dup(sv[0]);

        t_fcntl(d, F_SETFL, O_NONBLOCK);
        t_fcntl(sv[0], F_GETFL, 0);
        t_recv(sv[0], 4, 0);
        t_fcntl(d, F_SETFD, FD_CLOEXEC);
        t_fcntl(sv[0], F_GETFD, 0);
        t_close(sv[0]);
        t_send(d, "still", 5, 0);
        t_recv(sv[1], 8, 0);
        t_poll(0, 2, sv[1], POLLIN | POLLOUT, d, POLLOUT);
        t_close(d);
        t_recv(sv[1], 8, 0);
        t_close(sv[1]);
    }

    private void pipe_ends(int a, int b) {
        int[] fds = new int[2];

        t_close(b);
        t_poll(0, 1, a, POLLIN);
        t_read(a, 4);
        t_close(a);
        t_pipe(fds);
        t_close(fds[0]);
        t_poll(0, 1, fds[1], POLLOUT);
        t_write(fds[1], "x", 1);
        t_close(fds[1]);
    }

    private void pipes() {
        say("pipes");
        int[] fds = new int[2];

        t_pipe(null);
        t_pipe(fds);
        t_fcntl(fds[0], F_GETFL, 0);
        t_fcntl(fds[1], F_GETFL, 0);
        t_write(fds[1], "hello", 5);
        t_write(fds[1], "", 0);
        t_write(fds[1], NIL, 3);
        t_ioctl(fds[0], FIONREAD, 7);
        t_read(fds[0], 2);
        t_read(fds[0], 0);
        t_read_null(fds[0], 2);
        t_read(fds[0], 16);
        t_read(fds[1], 4);
        t_write(fds[0], "x", 1);
        t_writev(fds[1], 3, "one", "", "three");
        t_readv(fds[0], 2, 4, 8);
        t_writev_bad(fds[1], 0, -1);
        t_writev_bad(fds[1], 0, 0);
        t_writev_bad(fds[1], 0, 1025);
        t_writev_bad(fds[1], 1, 1);
        t_readv_bad(fds[0], 0, -1);
        t_readv_bad(fds[0], 0, 1025);
        t_readv_bad(fds[0], 1, 1);
        t_poll(0, 2, fds[0], POLLIN | POLLOUT, fds[1], POLLIN | POLLOUT);
        t_fcntl(fds[0], F_SETFL, O_NONBLOCK);
        t_read(fds[0], 4);
        t_fcntl(fds[1], F_SETFL, O_NONBLOCK);
        t_write(fds[1], big, 65536);
        t_write(fds[1], "x", 1);
        t_poll(0, 1, fds[1], POLLOUT);
        t_ioctl(fds[0], FIONREAD, 7);
        t_read(fds[0], 65536);
        t_ioctl(fds[0], FIONBIO, 0);
        t_fcntl(fds[0], F_GETFL, 0);
        t_ioctl(fds[0], TIOCOUTQ, 7);
        t_ioctl(fds[0], SIOCATMARK, 7);
        t_ioctl_null(fds[0], FIONREAD);
        pipe_ends(fds[0], fds[1]);
    }

    private void counters() {
        say("counters");
        int e = t_eventfd(3, EFD_NONBLOCK);

        t_fcntl(e, F_GETFL, 0);
        t_poll(0, 1, e, POLLIN | POLLOUT);
        t_read(e, 4);
        t_read(e, 8);
        t_read(e, 8);
        t_poll(0, 1, e, POLLIN | POLLOUT);
        t_write(e, "\1\0\0\0\0\0\0\0", 8);
        t_write(e, "\2\0\0\0\0\0\0\0", 8);
        t_write(e, "short", 4);
        t_read(e, 16);
        t_write(e, "\377\377\377\377\377\377\377\377", 8);
        t_close(e);
        e = t_eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK | EFD_CLOEXEC);
        t_fcntl(e, F_GETFD, 0);
        t_read(e, 8);
        t_read(e, 8);
        t_read(e, 8);
        t_close(e);
        t_eventfd(0, 0x12345);
        t_eventfd(0, -1);
    }

    private void bad(int fd) {
        Sockaddr none = null;

        t_bind(fd, in4("127.0.0.1", 0), IN);
        t_bind(fd, none, IN);
        t_connect(fd, in4("127.0.0.1", 9), IN);
        t_connect(fd, none, IN);
        t_connect(fd, none, 0);
        t_connect(fd, none, 200);
        t_connect(fd, none, -1);
        t_listen(fd, 1);
        t_accept(fd, AF_INET, IN);
        t_accept(fd, AF_INET, -2);
        t_accept4(fd, -1, -2, SOCK_NONBLOCK);
        t_accept4(fd, -1, -2, 12345);
        t_shutdown(fd, SHUT_RDWR);
        t_shutdown(fd, 99);
        t_getsockname(fd, AF_INET, IN);
        t_getsockname(fd, -1, -2);
        t_getpeername(fd, AF_INET, IN);
        t_getpeername(fd, -1, -2);
        t_send(fd, "x", 1, 0);
        t_send(fd, NIL, 1, 0);
        t_send(fd, "", 0, 0);
        t_sendto(fd, "x", 1, 0, in4("127.0.0.1", 9), IN);
        t_sendto(fd, "x", 1, 0, none, 0);
        t_recv(fd, 4, 0);
        t_recv(fd, 0, 0);
        t_recv_null(fd, 4, 0);
        t_recvfrom(fd, 4, 0, AF_INET, IN);
        t_recvfrom(fd, 4, 0, -1, -2);
        msg_new();
        msg_out("x");
        t_sendmsg(fd, 0);
        msg_new();
        msg_in(4);
        t_recvmsg(fd, 0);
        t_setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, 1);
        t_setsockopt_null(fd, SOL_SOCKET, SO_REUSEADDR, 4);
        t_setsockopt(fd, 12345, 1, 1);
        t_getsockopt(fd, SOL_SOCKET, SO_TYPE);
        t_getsockopt_null(fd, SOL_SOCKET, SO_TYPE, 'v');
        t_getsockopt_null(fd, SOL_SOCKET, SO_TYPE, 'l');
        t_ioctl(fd, 0x12345, 7);
        t_fcntl(fd, 12345, 0);
    }

    private void on_files(int fd) {
        t_fcntl(fd, F_GETFL, 0);
        t_fcntl(fd, F_GETFD, 0);
        t_fcntl(fd, F_SETFD, FD_CLOEXEC);
        t_fcntl(fd, F_SETFL, 0);
        t_fcntl(fd, F_DUPFD, 0);
        t_ioctl(fd, FIONREAD, 7);
        t_ioctl_null(fd, FIONBIO);
        t_read(fd, 4);
        t_read_null(fd, 4);
        t_write(fd, "x", 1);
        t_write(fd, NIL, 1);
        t_readv(fd, 2, 1, 1);
        t_writev(fd, 2, "a", "b");
        t_readv_bad(fd, 1, 1);
        t_writev_bad(fd, 1, -1);
        t_poll(0, 1, fd, POLLIN | POLLOUT);
    }

    private void wrong() {
        say("numbers that are none");
        int[] none = {-1, -2, 500, 70000, 1 << 20, 2147483647, -2147483647};
        int[] fds = new int[2];

        for (int i = 0; i < 7; i++) {
            t_close(none[i]);
            t_dup(none[i]);
            bad(none[i]);
            on_files(none[i]);
        }
        say("a closed number");
        int s = t_socket(AF_INET, SOCK_STREAM, 0);

        t_close(s);
        t_close(s);
        t_dup(s);
        bad(s);
        on_files(s);
        say("files that are no sockets");
        t_pipe(fds);
        bad(fds[0]);
        bad(fds[1]);
        t_close(fds[0]);
        t_close(fds[1]);
        int e = t_eventfd(0, EFD_NONBLOCK);

        bad(e);
        t_close(e);
    }

    private void waiting() {
        say("poll");
        int[] sv = new int[2];
        int u = t_socket(AF_INET, SOCK_DGRAM, 0);

        t_socketpair(AF_UNIX, SOCK_STREAM, 0, sv);
        t_poll(0, 0);
        t_poll_null(0, 0);
        t_poll_null(0, 10);
        t_poll_null(2, 0);
        t_poll(10, 2, sv[0], POLLIN, sv[1], POLLIN);
        t_poll(-1, 2, sv[0], POLLIN, sv[1], POLLOUT);
        t_poll(-1, 3, -1, POLLIN, sv[1], POLLOUT, -7, POLLOUT);
        t_poll(0, 3, sv[0], 0, 99, POLLIN, 99, 0);
        t_poll(-1, 2, sv[0], POLLIN, 500, POLLIN);
        t_poll(0, 3, sv[0], POLLOUT, sv[0], POLLOUT, sv[0], POLLIN);
        t_poll(0, 1, sv[0], 0xffff);
        t_poll(0, 1, sv[0], POLLRDNORM | POLLWRNORM | POLLRDBAND | POLLWRBAND);
        t_poll(0, 1, sv[0], 0x12345 | POLLOUT);
        t_send(sv[0], "x", 1, 0);
        t_poll(-1, 2, sv[0], POLLIN, sv[1], POLLIN | POLLRDNORM | POLLPRI);
        t_poll(0, 3, u, POLLIN | POLLOUT, sv[0], POLLIN | POLLOUT, sv[1], POLLIN | POLLOUT);
        say("select");
        t_select(0, null, null, null, 0, 0);
        t_select(0, null, null, null, 0, 10000);
        t_select(8, set_of(2, sv[0], sv[1]), null, null, 0, 0);
        t_select(8, set_of(1, sv[0]), null, null, 0, 10000);
        t_select(8, set_of(2, sv[0], sv[1]), set_of(2, sv[0], u), null, 1, 0);
        t_select(8, set_of(2, sv[0], sv[1]), set_of(2, sv[0], u), set_of(2, u, sv[1]), -2, 0);
        t_select(sv[1], set_of(2, sv[0], sv[1]), null, null, 0, 0);
        t_select(sv[1] + 1, set_of(2, sv[0], sv[1]), null, null, 0, 0);
        t_select(-1, set_of(1, sv[1]), null, null, 0, 0);
        t_select(8, set_of(1, sv[1]), null, null, -1, 0);
        t_select(8, set_of(1, sv[1]), null, null, 0, -1);
        t_select(8, set_of(1, sv[1]), null, null, 0, 2500000);
        t_select(64, set_of(2, sv[1], 50), null, null, 0, 0);
        t_select(64, null, set_of(2, sv[1], 50), null, 0, 0);
        t_select(64, null, null, set_of(1, 50), 0, 0);
        t_select(6, set_of(2, sv[1], 50), null, null, 0, 0);
        t_select(6, set_of(2, sv[1], 200), null, null, 0, 0);
        t_recv(sv[1], 4, 0);
        t_select(8, set_of(2, sv[0], sv[1]), null, null, 0, 20000);
        t_shutdown(sv[0], SHUT_WR);
        t_select(8, set_of(1, sv[1]), set_of(1, sv[1]), set_of(1, sv[1]), 1, 0);
        t_close(sv[0]);
        t_select(8, set_of(1, sv[1]), set_of(1, sv[1]), set_of(1, sv[1]), 1, 0);
        t_poll(0, 1, sv[1], POLLIN | POLLOUT);
        t_close(sv[1]);
        t_close(u);
    }

    @Override
    void scenario() {
        numbers();
        duplicates();
        pipes();
        counters();
        wrong();
        waiting();
    }
}
