package dev.zsock.twin;

import static dev.zsock.Sockets.*;
import static dev.zsock.uapi.InetAbi.*;
import static dev.zsock.uapi.SocketAbi.*;

import dev.zsock.uapi.InAddr;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.IpMreq;
import dev.zsock.uapi.IpMreqn;
import dev.zsock.uapi.Ipv6Mreq;
import dev.zsock.uapi.Linger;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.Timeval;

/** Options and control, and the frame around a scenario: see native-tests/twin.h. */
abstract class Twin extends Names {
    Twin(String folder, Shape shape) {
        super(folder, shape);
    }

    int v6; // both families of the internet: this chooses

    final int af() {
        return v6 != 0 ? AF_INET6 : AF_INET;
    }

    final int len() {
        return v6 != 0 ? IN6 : IN;
    }

    final Sockaddr lo(int port) {
        return v6 != 0 ? in6("::1", port) : in4("127.0.0.1", port);
    }

    final int listener(int backlog) {
        int s = t_socket(af(), SOCK_STREAM, 0);
        t_bind(s, lo(0), len());
        t_listen(s, backlog);
        t_getsockname(s, af(), len());
        return s;
    }

    final int client(int l) {
        int c = t_socket(af(), SOCK_STREAM, IPPROTO_TCP);
        t_connect(c, lo(port_of(l)), len());
        return c;
    }

    final int bound() {
        int s = t_socket(af(), SOCK_DGRAM, 0);
        t_bind(s, lo(0), len());
        t_getsockname(s, af(), len());
        return s;
    }

    abstract void scenario();

    /** The transcript of the scenario. */
    final String transcript() {
        scenario();
        return out.toString();
    }

    final int t_setsockopt(int fd, int level, int name, int value) {
        printf("setsockopt(%d, %d, %d, %d, 4", fd, level, name, value);
        return end(done(setsockopt(fd, level, name, value)));
    }

    final int t_setsockopt_len(int fd, int level, int name, int value, int len) {
        printf("setsockopt(%d, %d, %d, %d, %d", fd, level, name, value, len);
        return end(done(setsockopt(fd, level, name, value, len)));
    }

    final int t_setsockopt_null(int fd, int level, int name, int len) {
        printf("setsockopt(%d, %d, %d, NULL, %d", fd, level, name, len);
        return end(done(setsockopt(fd, level, name, null, len)));
    }

    final int t_setsockopt_time(int fd, int name, long sec, long usec) {
        printf("setsockopt(%d, 1, %d, {%d, %d}, 16", fd, name, sec, usec);
        return end(done(setsockopt(fd, SOL_SOCKET, name, new Timeval(sec, usec))));
    }

    final int t_setsockopt_linger(int fd, int onoff, int seconds) {
        printf("setsockopt(%d, 1, 13, {%d, %d}, 8", fd, onoff, seconds);
        return end(done(setsockopt(fd, SOL_SOCKET, SO_LINGER, new Linger(onoff, seconds))));
    }

    final int t_setsockopt_text(int fd, int level, int name, String text) {
        printf("setsockopt(%d, %d, %d, \"%s\", %d", fd, level, name, text, text.length());
        return end(done(setsockopt(fd, level, name, text)));
    }

    final int t_setsockopt_group(
            int fd, int name, String group, String address, int index, char kind) {
        Object value;
        if (kind == 'n') {
            IpMreqn mreqn = new IpMreqn();
            inet_pton(AF_INET, group, mreqn.imr_multiaddr);
            inet_pton(AF_INET, address, mreqn.imr_address);
            mreqn.imr_ifindex = index;
            value = mreqn;
        } else {
            IpMreq mreq = new IpMreq();
            inet_pton(AF_INET, group, mreq.imr_multiaddr);
            inet_pton(AF_INET, address, mreq.imr_interface);
            value = mreq;
        }
        int len = sizeof(value);
        printf("setsockopt(%d, 0, %d, {%s %s %d}, %d", fd, name, group, address, index, len);
        return end(done(setsockopt(fd, IPPROTO_IP, name, value, len)));
    }

    final int t_setsockopt_addr(int fd, int name, String address) {
        InAddr addr = new InAddr();
        inet_pton(AF_INET, address, addr);
        printf("setsockopt(%d, 0, %d, %s, 4", fd, name, address);
        return end(done(setsockopt(fd, IPPROTO_IP, name, addr, sizeof(addr))));
    }

    final int t_getsockopt_addr(int fd, int name) {
        InAddr addr = new InAddr();
        IntRef len = new IntRef(sizeof(addr));
        printf("getsockopt(%d, 0, %d, addr, 4", fd, name);
        int rc = done(getsockopt(fd, IPPROTO_IP, name, addr, len));
        printf(" %s %d", inet_ntoa(addr), len.value);
        return end(rc);
    }

    final int t_setsockopt_group6(int fd, int name, String group, int index) {
        Ipv6Mreq mreq = new Ipv6Mreq();
        inet_pton(AF_INET6, group, mreq.ipv6mr_multiaddr);
        mreq.ipv6mr_interface = index;
        printf("setsockopt(%d, 41, %d, {%s %d}, 20", fd, name, group, index);
        return end(done(setsockopt(fd, IPPROTO_IPV6, name, mreq, sizeof(mreq))));
    }

    final int t_getsockopt(int fd, int level, int name) {
        IntRef value = new IntRef(0x55555555);
        IntRef len = new IntRef(sizeof(value));
        printf("getsockopt(%d, %d, %d, int, 4", fd, level, name);
        int rc = done(getsockopt(fd, level, name, value, len));
        printf(" %d %d", value.value, len.value);
        return end(rc);
    }

    final int t_getsockopt_len(int fd, int level, int name, int room) {
        IntRef value = new IntRef(0x55555555);
        IntRef len = new IntRef(room);
        printf("getsockopt(%d, %d, %d, int, %d", fd, level, name, room);
        int rc = done(getsockopt(fd, level, name, value, len));
        printf(" %d %d", value.value, len.value);
        return end(rc);
    }

    final int t_getsockopt_null(int fd, int level, int name, char which) {
        IntRef value = which == 'v' ? null : new IntRef();
        IntRef len = which == 'l' ? null : new IntRef(4);
        String first = value == null ? "NULL" : "int";
        printf("getsockopt(%d, %d, %d, %s, %s", fd, level, name, first, len == null ? "NULL" : "4");
        return end(done(getsockopt(fd, level, name, value, len)));
    }

    final int t_getsockopt_time(int fd, int name) {
        Timeval tv = new Timeval(-1, -1);
        IntRef len = new IntRef(sizeof(tv));
        printf("getsockopt(%d, 1, %d, time, 16", fd, name);
        int rc = done(getsockopt(fd, SOL_SOCKET, name, tv, len));
        printf(" %d.%06d %d", tv.tv_sec, tv.tv_usec, len.value);
        return end(rc);
    }

    final int t_getsockopt_linger(int fd) {
        Linger l = new Linger(-1, -1);
        IntRef len = new IntRef(sizeof(l));
        printf("getsockopt(%d, 1, 13, linger, 8", fd);
        int rc = done(getsockopt(fd, SOL_SOCKET, SO_LINGER, l, len));
        printf(" {%d, %d} %d", l.l_onoff, l.l_linger, len.value);
        return end(rc);
    }

    final int t_getsockopt_bytes(int fd, int level, int name, int room, int shown) {
        byte[] bytes = dots(room);
        IntRef len = new IntRef(room);
        printf("getsockopt(%d, %d, %d, bytes, %d", fd, level, name, room);
        int rc = done(getsockopt(fd, level, name, bytes, len));
        if (shown != 0) {
            printf(" ");
            showBytes(bytes, 0, room);
            printf(" %d", len.value);
        }
        return end(rc);
    }

    final int t_fcntl(int fd, int cmd, int arg) {
        printf("fcntl(%d, %d, %s", fd, cmd, hex(arg));
        return end(done(fcntl(fd, cmd, arg)));
    }

    final int t_ioctl(int fd, int request, int value) {
        IntRef arg = new IntRef(value);
        printf("ioctl(%d, %s, %d", fd, hex(request), value);
        int rc = done(ioctl(fd, request, arg));
        printf(" %d", arg.value);
        return end(rc);
    }

    final int t_ioctl_null(int fd, int request) {
        printf("ioctl(%d, %s, NULL", fd, hex(request));
        return end(done(ioctl(fd, request, null)));
    }
}
