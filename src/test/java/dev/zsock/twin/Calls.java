package dev.zsock.twin;

import static dev.zsock.Sockets.*;
import static dev.zsock.uapi.SocketAbi.*;

import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;
import dev.zsock.uapi.SockaddrStorage;
import dev.zsock.uapi.Timeval;

/** Calls that make, name, connect and wait: see native-tests/twin.h. */
abstract class Calls extends Show {
    private static final int NO_LENGTH = -2;

    Calls(String folder) {
        super(folder);
    }

    // ---- making and closing ----

    final int t_socket(int family, int type, int protocol) {
        printf("socket(%d, %d, %d", family, type, protocol);
        return end(done(socket(family, type, protocol)));
    }

    final int t_socketpair(int family, int type, int protocol, int[] sv) {
        printf("socketpair(%d, %d, %d, %s", family, type, protocol, sv == null ? "NULL" : "sv");
        int rc = done(socketpair(family, type, protocol, sv));
        if (rc == 0) {
            printf(" {%d, %d}", sv[0], sv[1]);
        }
        return end(rc);
    }

    final int t_pipe(int[] fds) {
        printf("pipe(%s", fds == null ? "NULL" : "fds");
        int rc = done(pipe(fds));
        if (rc == 0) {
            printf(" {%d, %d}", fds[0], fds[1]);
        }
        return end(rc);
    }

    final int t_eventfd(int value, int flags) {
        printf("eventfd(%d, %d", value, flags);
        return end(done(eventfd(value, flags)));
    }

    final int t_dup(int fd) {
        printf("dup(%d", fd);
        return end(done(dup(fd)));
    }

    final int t_close(int fd) {
        printf("close(%d", fd);
        return end(done(close(fd)));
    }

    final int t_shutdown(int fd, int how) {
        printf("shutdown(%d, %d", fd, how);
        return end(done(shutdown(fd, how)));
    }

    // ---- naming and connecting ----

    final int t_bind(int fd, Sockaddr sa, int len) {
        printf("bind(%d, ", fd);
        showAddr(sa, len);
        printf(", %d", len);
        return end(done(bind(fd, sa, len)));
    }

    final int t_connect(int fd, Sockaddr sa, int len) {
        printf("connect(%d, ", fd);
        showAddr(sa, len);
        printf(", %d", len);
        return end(done(connect(fd, sa, len)));
    }

    final int t_listen(int fd, int backlog) {
        printf("listen(%d, %d", fd, backlog);
        return end(done(listen(fd, backlog)));
    }

    private static IntRef length(int room) {
        return room == NO_LENGTH ? null : new IntRef(room);
    }

    private int named(int rc, Sockaddr sa, IntRef len) {
        done(rc);
        if (rc >= 0 && sa != null && len != null) {
            printf(" ");
            showAddr(sa, len.value);
        }
        if (len != null) {
            printf(" len %d", len.value);
        }
        return end(rc);
    }

    final int t_accept4(int fd, int kind, int room, int flags) {
        Sockaddr sa = empty(kind);
        IntRef len = length(room);
        printf("accept4(%d, %s, %d, %d", fd, sa == null ? "NULL" : "addr", room, flags);
        return named(accept4(fd, sa, len, flags), sa, len);
    }

    final int t_accept(int fd, int kind, int room) {
        Sockaddr sa = empty(kind);
        IntRef len = length(room);
        printf("accept(%d, %s, %d", fd, sa == null ? "NULL" : "addr", room);
        return named(accept(fd, sa, len), sa, len);
    }

    final int t_getsockname(int fd, int kind, int room) {
        Sockaddr sa = empty(kind);
        IntRef len = length(room);
        printf("getsockname(%d, %s, %d", fd, sa == null ? "NULL" : "addr", room);
        return named(getsockname(fd, sa, len), sa, len);
    }

    final int t_getpeername(int fd, int kind, int room) {
        Sockaddr sa = empty(kind);
        IntRef len = length(room);
        printf("getpeername(%d, %s, %d", fd, sa == null ? "NULL" : "addr", room);
        return named(getpeername(fd, sa, len), sa, len);
    }

    static int port_of(int fd) {
        SockaddrStorage s = new SockaddrStorage();
        getsockname(fd, s, new IntRef(STORAGE));
        if (s.sa_family() == AF_INET6) {
            SockaddrIn6 a = net_sin6(s);
            return ntohs(a.sin6_port);
        }
        SockaddrIn a = net_sin(s);
        return ntohs(a.sin_port);
    }

    // ---- waiting ----

    final int t_poll(int timeout, int n, int... pairs) {
        Pollfd[] fds = Pollfd.array(n);
        printf("poll({");
        for (int i = 0; i < n; i++) {
            fds[i].fd = pairs[2 * i];
            fds[i].events = pairs[2 * i + 1];
            fds[i].revents = 0x5555;
            printf("%s%d:%s", i > 0 ? ", " : "", fds[i].fd, hex(fds[i].events & 0xffff));
        }
        printf("}, %d, %d", n, timeout);
        int rc = done(poll(fds, n, timeout));
        for (Pollfd fd : fds) {
            printf(" %s", hex(fd.revents));
        }
        return end(rc);
    }

    final int t_poll_null(int n, int timeout) {
        printf("poll(NULL, %d, %d", n, timeout);
        return end(done(poll(null, n, timeout)));
    }

    static FdSet set_of(int n, int... fds) {
        FdSet set = new FdSet();
        FD_ZERO(set);
        for (int fd : fds) {
            FD_SET(fd, set);
        }
        return set;
    }

    private void showSet(String name, FdSet set) {
        out.append(name);
        if (set == null) {
            out.append("NULL");
            return;
        }
        String comma = "";
        out.append('{');
        for (int fd = 0; fd < FD_SETSIZE; fd++) {
            if (FD_ISSET(fd, set)) {
                printf("%s%d", comma, fd);
                comma = " ";
            }
        }
        out.append('}');
    }

    final int t_select(int n, FdSet r, FdSet w, FdSet e, long sec, long usec) {
        Timeval tv = sec == -2 ? null : new Timeval(sec, usec);
        printf("select(%d, ", n);
        showSet("", r);
        showSet(", ", w);
        showSet(", ", e);
        printf(", %d.%06d", sec, usec);
        int rc = done(select(n, r, w, e, tv));
        showSet(" ", r);
        showSet(" ", w);
        showSet(" ", e);
        if (rc >= 0 && tv != null) {
            printf(tv.tv_sec > 0 || tv.tv_usec > 0 ? " left" : " over");
        }
        return end(rc);
    }
}
