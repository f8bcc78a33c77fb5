package dev.zsock.twin;

import static dev.zsock.Sockets.*;
import static dev.zsock.uapi.InetAbi.*;
import static dev.zsock.uapi.NetdbAbi.*;
import static dev.zsock.uapi.PollAbi.*;
import static dev.zsock.uapi.SocketAbi.*;

/**
 * UDP over both families: messages with control data, broadcast and multicast. Twin of
 * native-tests/twin_udp_msg.c.
 */
final class TwinUdpMsg extends Twin {
    TwinUdpMsg(String folder, Shape shape) {
        super(folder, shape);
    }

    private void received(int a, int b) {
        msg_new();
        msg_in(3);
        msg_in(4);
        msg_name_room(STORAGE);
        t_recvmsg(b, 0);
        msg_new();
        msg_in(2);
        msg_in(2);
        msg_name_room(4);
        t_recvmsg(b, 0);
        msg_new();
        msg_in(2);
        msg_name_room(0);
        t_recvmsg(b, MSG_DONTWAIT);
        msg_new();
        t_recvmsg(b, MSG_DONTWAIT);
        t_recvmsg(b, MSG_DONTWAIT);
        t_sendto(a, "four", 4, 0, lo(port_of(b)), len());
        msg_new();
        msg_in(2);
        t_recvmsg(b, MSG_TRUNC | MSG_PEEK);
        msg_new();
        t_recvmsg(b, 0);
    }

    private void unsendable(int a, int b) {
        int level = v6 != 0 ? IPPROTO_IPV6 : IPPROTO_IP;

        msg_new();
        msg_out("bad");
        msg_to(lo(port_of(b)), len());
        msg_ints(level, v6 != 0 ? IPV6_HOPLIMIT : IP_TTL, 1, 4000);
        t_sendmsg(a, 0);
        msg_new();
        msg_out("bad");
        msg_to(lo(port_of(b)), len());
        msg_ints(level, 99, 1, 1);
        t_sendmsg(a, 0);
        msg_new();
        msg_out("other");
        msg_to(lo(port_of(b)), len());
        msg_ints(IPPROTO_TCP, 99, 1, 1);
        t_sendmsg(a, 0);
        msg_new();
        msg_out("rights");
        msg_to(lo(port_of(b)), len());
        msg_ints(SOL_SOCKET, SCM_RIGHTS, 1, a);
        t_sendmsg(a, 0);
    }

    private void hops(int a, int b) {
        int level = v6 != 0 ? IPPROTO_IPV6 : IPPROTO_IP;

        t_setsockopt(b, level, v6 != 0 ? IPV6_RECVHOPLIMIT : IP_RECVTTL, 1);
        t_setsockopt(b, level, v6 != 0 ? IPV6_RECVTCLASS : IP_RECVTOS, 1);
        t_setsockopt(a, level, v6 != 0 ? IPV6_TCLASS : IP_TOS, 0x10);
        t_sendto(a, "all", 3, 0, lo(port_of(b)), len());
        msg_new();
        msg_in(8);
        msg_control_room(300);
        t_recvmsg(b, 0);
        msg_new();
        msg_out("ttl");
        msg_to(lo(port_of(b)), len());
        msg_ints(level, v6 != 0 ? IPV6_HOPLIMIT : IP_TTL, 1, 33);
        msg_ints(level, v6 != 0 ? IPV6_TCLASS : IP_TOS, 1, 0x20);
        t_sendmsg(a, 0);
        msg_new();
        msg_in(8);
        msg_control_room(300);
        t_recvmsg(b, 0);
        unsendable(a, b);
        msg_new();
        msg_in(8);
        msg_control_room(300);
        t_recvmsg(b, MSG_DONTWAIT);
        t_recvmsg(b, MSG_DONTWAIT);
        t_setsockopt(b, SOL_SOCKET, SO_TIMESTAMP, 1);
        t_sendto(a, "time", 4, 0, lo(port_of(b)), len());
        msg_new();
        msg_in(8);
        msg_control_room(300);
        t_recvmsg(b, 0);
    }

    private void control(int a, int b) {
        int level = v6 != 0 ? IPPROTO_IPV6 : IPPROTO_IP;

        say("control messages");
        t_setsockopt(b, level, v6 != 0 ? IPV6_RECVPKTINFO : IP_PKTINFO, 1);
        t_sendto(a, "info", 4, 0, lo(port_of(b)), len());
        msg_new();
        msg_in(8);
        msg_control_room(200);
        t_recvmsg(b, 0);
        t_sendto(a, "info", 4, 0, lo(port_of(b)), len());
        msg_new();
        msg_in(8);
        msg_control_room(1);
        t_recvmsg(b, 0);
        t_sendto(a, "info", 4, 0, lo(port_of(b)), len());
        msg_new();
        msg_in(8);
        msg_control_room(20);
        t_recvmsg(b, 0);
        t_sendto(a, "info", 4, 0, lo(port_of(b)), len());
        msg_new();
        msg_in(8);
        t_recvmsg(b, 0);
        hops(a, b);
    }

    private void messages() {
        say("messages");
        int a = bound();
        int b = bound();

        msg_new();
        msg_out("ab");
        msg_out("");
        msg_out("cde");
        msg_to(lo(port_of(b)), len());
        t_sendmsg(a, 0);
        t_sendmsg(a, 0);
        msg_to(lo(port_of(b)), 300);
        t_sendmsg(a, 0);
        msg_to(lo(port_of(b)), -1);
        t_sendmsg(a, 0);
        msg_to(lo(port_of(b)), 2);
        t_sendmsg(a, 0);
        msg_new();
        msg_out("no name");
        t_sendmsg(a, 0);
        received(a, b);
        control(a, b);
        t_close(a);
        t_close(b);
    }

    private void groups6(int a, int b, int port) {
        t_setsockopt_group6(b, IPV6_JOIN_GROUP, "ff02::4242", 1);
        t_setsockopt_group6(b, IPV6_JOIN_GROUP, "ff02::4242", 1);
        t_setsockopt_group6(b, IPV6_JOIN_GROUP, "2001:db8::1", 1);
        t_setsockopt_group6(b, IPV6_JOIN_GROUP, "ff02::4242", 9999);
        t_setsockopt(a, IPPROTO_IPV6, IPV6_MULTICAST_IF, 1);
        t_getsockopt(a, IPPROTO_IPV6, IPV6_MULTICAST_IF);
        t_setsockopt(a, IPPROTO_IPV6, IPV6_MULTICAST_IF, 9999);
        t_setsockopt(a, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 3);
        t_setsockopt(a, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 300);
        t_getsockopt(a, IPPROTO_IPV6, IPV6_MULTICAST_HOPS);
        t_sendto(a, "group", 5, 0, in6("ff02::4242", port), IN6);
        t_recv(b, 8, MSG_DONTWAIT);
        t_setsockopt_group6(b, IPV6_LEAVE_GROUP, "ff02::4242", 1);
        t_setsockopt_group6(b, IPV6_LEAVE_GROUP, "ff02::4242", 1);
        t_sendto(a, "group", 5, 0, in6("ff02::4242", port), IN6);
        t_recv(b, 8, MSG_DONTWAIT);
        t_sendto(a, "self", 4, 0, in6("::1", port), IN6);
        t_recv(b, 8, MSG_DONTWAIT);
    }

    private void groups4(int a, int b, int port) {
        t_sendto(a, "all", 3, 0, in4("127.255.255.255", port), IN);
        t_setsockopt(a, SOL_SOCKET, SO_BROADCAST, 1);
        t_getsockopt(a, SOL_SOCKET, SO_BROADCAST);
        t_sendto(a, "all", 3, 0, in4("127.255.255.255", port), IN);
        t_recv(b, 8, MSG_DONTWAIT);
        t_setsockopt_group(b, IP_ADD_MEMBERSHIP, "239.1.2.3", "127.0.0.1", 0, 'n');
        t_setsockopt_group(b, IP_ADD_MEMBERSHIP, "239.1.2.3", "127.0.0.1", 0, 'n');
        t_setsockopt_group(b, IP_ADD_MEMBERSHIP, "239.1.2.4", "0.0.0.0", 1, 'n');
        t_setsockopt_group(b, IP_ADD_MEMBERSHIP, "239.1.2.5", "127.0.0.1", 0, 'a');
        t_setsockopt_group(b, IP_ADD_MEMBERSHIP, "10.1.2.3", "127.0.0.1", 0, 'a');
        t_setsockopt_group(b, IP_ADD_MEMBERSHIP, "239.1.2.6", "203.0.113.1", 0, 'a');
        t_setsockopt_group(b, IP_ADD_MEMBERSHIP, "239.1.2.6", "0.0.0.0", 9999, 'n');
        t_setsockopt_addr(a, IP_MULTICAST_IF, "127.0.0.1");
        t_getsockopt_addr(a, IP_MULTICAST_IF);
        t_setsockopt_addr(a, IP_MULTICAST_IF, "203.0.113.1");
        t_setsockopt_group(a, IP_MULTICAST_IF, "0.0.0.0", "127.0.0.1", 1, 'n');
        t_setsockopt_group(a, IP_MULTICAST_IF, "0.0.0.0", "127.0.0.1", 0, 'a');
        t_getsockopt_addr(a, IP_MULTICAST_IF);
        t_setsockopt(a, IPPROTO_IP, IP_MULTICAST_TTL, 3);
        t_getsockopt(a, IPPROTO_IP, IP_MULTICAST_TTL);
        t_setsockopt(a, IPPROTO_IP, IP_MULTICAST_TTL, 300);
        t_setsockopt(a, IPPROTO_IP, IP_MULTICAST_LOOP, 1);
        t_sendto(a, "group", 5, 0, in4("239.1.2.3", port), IN);
        t_recvfrom(b, 8, MSG_DONTWAIT, AF_INET, IN);
        t_sendto(a, "group", 5, 0, in4("239.1.2.5", port), IN);
        t_recv(b, 8, MSG_DONTWAIT);
        t_setsockopt_group(b, IP_DROP_MEMBERSHIP, "239.1.2.3", "127.0.0.1", 0, 'a');
        t_setsockopt_group(b, IP_DROP_MEMBERSHIP, "239.1.2.3", "127.0.0.1", 0, 'a');
        t_sendto(a, "group", 5, 0, in4("239.1.2.3", port), IN);
        t_recv(b, 8, MSG_DONTWAIT);
        t_setsockopt(a, IPPROTO_IP, IP_TTL, 0);
        t_setsockopt(a, IPPROTO_IP, IP_TTL, 64);
        t_setsockopt_len(a, IPPROTO_IP, IP_TTL, 77, 1);
        t_getsockopt(a, IPPROTO_IP, IP_TTL);
        t_getsockopt_len(a, IPPROTO_IP, IP_TTL, 1);
        t_getsockopt_len(a, IPPROTO_IP, IP_TTL, 0);
    }

    private void spread() {
        say("broadcast and multicast");
        int a = t_socket(af(), SOCK_DGRAM, 0);
        int b = t_socket(af(), SOCK_DGRAM, 0);

        t_bind(b, v6 != 0 ? in6("::", 0) : in4("0.0.0.0", 0), len());
        t_getsockname(b, af(), len());
        int port = port_of(b);

        if (v6 != 0) {
            groups6(a, b, port);
        } else {
            groups4(a, b, port);
        }
        t_close(a);
        t_close(b);
    }

    @Override
    void scenario() {
        for (v6 = 0; v6 < 2; v6++) {
            say(v6 != 0 ? "IPv6" : "IPv4");
            messages();
            spread();
        }
    }
}
