package dev.zsock.twin;

import static dev.zsock.Sockets.*;
import static dev.zsock.uapi.InetAbi.*;
import static dev.zsock.uapi.NetdbAbi.*;
import static dev.zsock.uapi.PollAbi.*;
import static dev.zsock.uapi.SocketAbi.*;

/**
 * TCP over both families: bytes, messages, timeouts and the ways to end. Twin of
 * native-tests/twin_tcp_data.c.
 */
final class TwinTcpData extends Twin {
    TwinTcpData(String folder, Shape shape) {
        super(folder, shape);
    }

    private void urgent(int c, int s) {
        t_send(c, "normal", 6, 0);
        t_send(c, "!", 1, MSG_OOB);
        t_poll(1000, 1, s, POLLPRI);
        t_ioctl(s, SIOCATMARK, 7);
        t_recv(s, 10, 0);
        t_ioctl(s, SIOCATMARK, 7);
        t_recv(s, 10, MSG_OOB | MSG_PEEK);
        t_recv(s, 10, MSG_OOB);
        t_recv(s, 10, MSG_OOB);
        t_recv(c, 10, MSG_OOB);
        t_recv(s, 10, MSG_DONTWAIT | MSG_ERRQUEUE);
    }

    private void larger(int c, int s) {
        t_send(c, "one", 3, MSG_EOR);
        t_send(c, "two", 3, MSG_CONFIRM | MSG_NOSIGNAL);
        t_send(c, "three", 5, MSG_DONTROUTE);
        t_recv(s, 11, MSG_WAITALL);
        t_send(c, big, 40000, 0);
        t_recv(s, 40000, MSG_WAITALL);
        t_writev(c, 3, "one ", "two ", "three");
        t_readv(s, 3, 2, 9, 8);
        t_writev(c, 2, "fault", null);
        t_writev_bad(c, 1, 1);
        t_readv_bad(s, 1, 1);
        t_readv_bad(s, 0, -1);
        t_writev_bad(c, 0, 1025);
        t_writev_bad(c, 1, 0);
        t_recv(s, 16, MSG_DONTWAIT);
    }

    private void data() {
        say("data");
        int l = listener(5);
        int c = client(l);
        int s = t_accept(l, af(), len());

        t_send(c, "hello", 5, 0);
        t_poll(1000, 1, s, POLLIN | POLLOUT);
        t_ioctl(s, FIONREAD, 7);
        t_recv(s, 16, MSG_PEEK);
        t_recv(s, 2, MSG_PEEK);
        t_recv(s, 2, 0);
        t_recv(s, 16, MSG_PEEK | MSG_DONTWAIT);
        t_recv(s, 0, 0);
        t_recv_null(s, 3, 0);
        t_read(s, 16);
        t_recv(s, 16, MSG_DONTWAIT);
        t_recv(s, 0, MSG_DONTWAIT);
        t_recv_null(s, 3, MSG_DONTWAIT);
        t_send(c, "", 0, 0);
        t_recv(s, 16, MSG_DONTWAIT);
        t_write(c, "abc", 3);
        t_write(c, "def", 3);
        t_recv(s, 6, MSG_WAITALL);
        t_send(c, "abcdef", 6, MSG_MORE);
        t_send(c, "gh", 2, 0);
        t_recvfrom(s, 8, MSG_WAITALL, af(), len());
        t_sendto(c, "ignored", 7, 0, lo(9), len());
        t_recvfrom(s, 32, 0, af(), 0);
        t_sendto(c, "ignored", 7, 0, null, 0);
        t_recvfrom(s, 32, 0, -1, -2);
        t_sendto(c, "ignored", 7, 0, null, 99);
        t_recvfrom(s, 32, 0, -1, 16);
        t_sendto(c, "addr", 4, 0, lo(9), 500);
        t_sendto(c, "addr", 4, 0, lo(9), -3);
        t_send(c, "0123456789", 10, 0);
        t_recv(s, 4, MSG_TRUNC);
        t_recv(s, 10, 0);
        urgent(c, s);
        larger(c, s);
        t_close(c);
        t_recv(s, 4, 0);
        t_recv(s, 4, 0);
        t_recv(s, 4, MSG_PEEK);
        t_close(s);
        t_close(l);
    }

    private void control(int s) {
        t_fcntl(s, F_SETFL, O_NONBLOCK);
        t_recv(s, 4, 0);
        t_recv(s, 4, MSG_WAITALL);
        t_fcntl(s, F_GETFL, 0);
        t_ioctl(s, FIONBIO, 0);
        t_fcntl(s, F_GETFL, 0);
        t_ioctl(s, FIONBIO, 3);
        t_fcntl(s, F_GETFL, 0);
        t_recv(s, 4, 0);
        t_ioctl_null(s, FIONBIO);
        t_ioctl_null(s, FIONREAD);
        t_ioctl(s, 0x1234, 1);
        t_fcntl(s, F_SETFL, O_NONBLOCK | O_APPEND);
        t_fcntl(s, F_GETFL, 0);
        t_fcntl(s, 12345, 0);
        t_fcntl(s, F_SETFD, FD_CLOEXEC);
        t_fcntl(s, F_GETFD, 0);
        t_fcntl(s, F_SETFD, 0xfffffff6);
        t_fcntl(s, F_GETFD, 0);
    }

    private void timeouts() {
        say("timeouts");
        int l = listener(5);
        int c = client(l);
        int s = t_accept(l, af(), len());

        t_setsockopt_time(s, SO_RCVTIMEO, 0, 30000);
        t_getsockopt_time(s, SO_RCVTIMEO);
        t_recv(s, 4, 0);
        t_read(s, 4);
        t_recvfrom(s, 4, 0, af(), len());
        t_readv(s, 2, 2, 2);
        t_recv(s, 4, MSG_WAITALL);
        t_send(c, "ab", 2, 0);
        t_recv(s, 4, MSG_WAITALL);
        t_send(c, "ab", 2, 0);
        t_recv(s, 4, MSG_WAITALL | MSG_PEEK);
        t_recv(s, 4, 0);
        t_setsockopt_time(s, SO_RCVTIMEO, 0, 0);
        t_getsockopt_time(s, SO_RCVTIMEO);
        t_setsockopt_time(s, SO_RCVTIMEO, -1, 0);
        t_getsockopt_time(s, SO_RCVTIMEO);
        t_setsockopt_time(s, SO_RCVTIMEO, 0, 1000000);
        t_setsockopt_time(s, SO_RCVTIMEO, 0, -1);
        t_setsockopt_time(s, SO_SNDTIMEO, 1, 500000);
        t_getsockopt_time(s, SO_SNDTIMEO);
        t_setsockopt_time(s, SO_SNDTIMEO, 1L << 40, 0);
        t_getsockopt_time(s, SO_SNDTIMEO);
        control(s);
        t_close(s);
        t_close(c);
        t_close(l);
    }

    private void reset(int l) {
        int c = client(l);
        int s = t_accept(l, af(), len());
        t_send(s, "lost", 4, 0);
        t_setsockopt_linger(s, 1, 0);
        t_getsockopt_linger(s);
        t_close(s);
        t_poll(1000, 1, c, POLLIN | POLLOUT);
        t_recv(c, 10, MSG_PEEK);
        t_recv(c, 10, 0);
        t_recv(c, 10, 0);
        t_send(c, "x", 1, 0);
        t_send(c, "x", 1, 0);
        t_getsockopt(c, SOL_SOCKET, SO_ERROR);
        t_getpeername(c, af(), len());
        t_close(c);
        c = client(l);
        s = t_accept(l, af(), len());
        t_setsockopt_linger(s, 1, 0);
        t_close(s);
        t_poll(1000, 1, c, POLLIN | POLLOUT);
        t_getsockopt(c, SOL_SOCKET, SO_ERROR);
        t_getsockopt(c, SOL_SOCKET, SO_ERROR);
        t_recv(c, 10, 0);
        t_send(c, "x", 1, 0);
        t_close(c);
        c = client(l);
        s = t_accept(l, af(), len());
        t_setsockopt_linger(s, 1, 0);
        t_close(s);
        t_poll(1000, 1, c, POLLIN);
        t_send(c, "x", 1, 0);
        t_send(c, "x", 1, 0);
        t_recv(c, 10, 0);
        t_close(c);
    }

    private void ends() {
        say("shutdown and reset");
        int l = listener(5);
        int c = client(l);
        int s = t_accept(l, af(), len());

        t_shutdown(c, 7);
        t_send(c, "last", 4, 0);
        t_shutdown(c, SHUT_WR);
        t_shutdown(c, SHUT_WR);
        t_send(c, "x", 1, 0);
        t_write(c, "", 0);
        t_poll(1000, 1, s, POLLIN | POLLOUT | POLLRDHUP);
        t_recv(s, 10, 0);
        t_recv(s, 10, 0);
        t_send(s, "answer", 6, 0);
        t_recv(c, 10, 0);
        t_shutdown(c, SHUT_RD);
        t_recv(c, 10, 0);
        t_shutdown(s, SHUT_RDWR);
        t_shutdown(s, SHUT_RDWR);
        t_poll(0, 2, s, POLLIN | POLLOUT, c, POLLIN | POLLOUT);
        t_send(s, "x", 1, 0);
        t_getpeername(s, af(), len());
        t_recv(s, 10, 0);
        t_close(s);
        t_close(c);
        reset(l);
        c = client(l);
        t_close(l);
        t_poll(1000, 1, c, POLLIN);
        t_recv(c, 10, 0);
        t_close(c);
    }

    private void refused(int c) {
        msg_new();
        msg_out("to");
        msg_to(lo(9), len());
        t_sendmsg(c, 0);
        msg_to(lo(9), -1);
        t_sendmsg(c, 0);
        msg_new();
        msg_out(null);
        t_sendmsg(c, 0);
        msg_new();
        msg_out("ctl");
        msg_ints(SOL_SOCKET, 77, 1, 5);
        t_sendmsg(c, 0);
        msg_new();
        msg_out("ctl");
        msg_ints(IPPROTO_TCP, 77, 1, 5);
        t_sendmsg(c, 0);
    }

    private void ended(int c, int s) {
        msg_new();
        msg_in(40);
        t_recvmsg(s, MSG_WAITALL | MSG_DONTWAIT);
        msg_new();
        msg_out("0123456789");
        t_sendmsg(c, 0);
        msg_new();
        msg_in(2);
        msg_in(2);
        t_recvmsg(s, MSG_TRUNC);
        msg_new();
        msg_in(4);
        msg_in(2);
        t_recvmsg(s, MSG_WAITALL);
        t_close(c);
        msg_new();
        msg_in(4);
        msg_name_room(28);
        msg_control_room(16);
        t_recvmsg(s, 0);
    }

    private void messages() {
        say("messages");
        int l = listener(5);
        int c = client(l);
        int s = t_accept(l, af(), len());

        msg_new();
        msg_out("one ");
        msg_out("");
        msg_out("two");
        t_sendmsg(c, 0);
        msg_new();
        msg_in(2);
        msg_in(3);
        msg_in(8);
        msg_name_room(len());
        msg_control_room(64);
        t_recvmsg(s, MSG_PEEK);
        msg_new();
        msg_in(2);
        msg_in(3);
        msg_in(8);
        t_recvmsg(s, 0);
        msg_new();
        msg_in(8);
        t_recvmsg(s, MSG_DONTWAIT);
        msg_new();
        t_recvmsg(s, MSG_DONTWAIT);
        t_sendmsg(c, 0);
        refused(c);
        ended(c, s);
        t_close(s);
        t_close(l);
    }

    @Override
    void scenario() {
        for (v6 = 0; v6 < 2; v6++) {
            say(v6 != 0 ? "IPv6" : "IPv4");
            data();
            timeouts();
            ends();
            messages();
        }
    }
}
