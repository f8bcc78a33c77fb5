package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;
import static dev.zsock.zephyr.Ip.V4;
import static dev.zsock.zephyr.Ip.V6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.Cmsghdr;
import dev.zsock.uapi.In6Pktinfo;
import dev.zsock.uapi.InPktinfo;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.SockaddrStorage;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.NetworkInterface;

@DisplayName("tests/net/socket/udp: sendmsg and recvmsg")
class ZephyrUdpMsgTest extends SocketSuite {
    private int client;
    private int server;

    private void pair(Ip ip) {
        server = bound(ip, SOCK_DGRAM);
        client = bound(ip, SOCK_DGRAM);
        ok(connect(client, name(server), ip.size));
    }

    private static Msghdr message(byte[]... pieces) {
        Msghdr msg = new Msghdr();
        msg.msg_iov = Iovec.array(pieces.length);
        msg.msg_iovlen = pieces.length;
        for (int i = 0; i < pieces.length; i++) {
            msg.msg_iov[i].set(new Iovec(pieces[i], pieces[i].length));
        }
        return msg;
    }

    private static void control(Msghdr msg, int level, int type, int value) {
        msg.msg_control = new byte[CMSG_SPACE(4)];
        msg.msg_controllen = msg.msg_control.length;
        Cmsghdr header = CMSG_FIRSTHDR(msg);
        header.cmsg_level = level;
        header.cmsg_type = type;
        header.cmsg_len = CMSG_LEN(4);
        CMSG_DATA(header).putInt(value);
    }

    private void sendmsgRecvfrom(Ip ip, boolean aux, boolean connected) {
        server = bound(ip, SOCK_DGRAM);
        client = bound(ip, SOCK_DGRAM);
        Msghdr msg = message(SMALL);
        if (connected) {
            ok(connect(client, name(server), ip.size));
        } else {
            msg.msg_name = name(server);
            msg.msg_namelen = ip.size;
        }
        if (aux) {
            control(msg, 122, 123, 42); // unknown, hence ignored
        }
        assertThat(sendmsg(client, msg, 0)).isEqualTo(4);
        awaitReadable(server);
        SockaddrStorage from = new SockaddrStorage();
        byte[] buf = new byte[16];
        for (int flags : new int[] {MSG_PEEK, 0}) {
            IntRef length = new IntRef(SockaddrStorage.SIZE);
            assertThat(recvfrom(server, buf, 16, flags, from, length)).isEqualTo(4);
            assertThat(new String(buf, 0, 4)).isEqualTo("test");
            assertThat(Ip.port(from)).isEqualTo(port(client));
        }
    }

    @Test
    void test_12_v4_sendmsg_recvfrom() {
        sendmsgRecvfrom(V4, true, false);
    }

    @Test
    void test_13_v4_sendmsg_recvfrom_no_aux_data() {
        sendmsgRecvfrom(V4, false, false);
    }

    @Test
    void test_14_v6_sendmsg_recvfrom() {
        sendmsgRecvfrom(V6, true, false);
    }

    @Test
    void test_15_v4_sendmsg_recvfrom_connected() {
        sendmsgRecvfrom(V4, true, true);
    }

    @Test
    void test_16_v6_sendmsg_recvfrom_connected() {
        sendmsgRecvfrom(V6, true, true);
    }

    @Test
    void test_26_recvmsg_invalid() {
        pair(V4);
        fails(recvmsg(server, null, 0), EFAULT);
        Msghdr empty = new Msghdr();
        empty.msg_iovlen = 1; // and no array
        fails(recvmsg(server, empty, MSG_DONTWAIT), EFAULT);
    }

    @Test
    void test_27_recvmsg_user() {
        pair(V4);
        put(client, SMALL);
        put(client, SMALL);
        awaitReadable(server);
        Msghdr empty = new Msghdr();
        assertThat(recvmsg(server, empty, 0)).isZero(); // the datagram is gone
        assertThat(empty.msg_flags).isEqualTo(MSG_TRUNC);
        assertThat(pieces(4)).isEqualTo("4 test");
        put(client, SMALL);
        assertThat(pieces(1, 8)).isEqualTo("4 t est");
        put(client, SMALL);
        Msghdr small = message(new byte[3]);
        assertThat(recvmsg(server, small, 0)).isEqualTo(3);
        assertThat(small.msg_flags).isEqualTo(MSG_TRUNC);
        fails(recvmsg(server, small, MSG_DONTWAIT), EAGAIN);
    }

    private String pieces(int... sizes) {
        byte[][] bases = new byte[sizes.length][];
        for (int i = 0; i < sizes.length; i++) {
            bases[i] = new byte[sizes[i]];
        }
        Msghdr msg = message(bases);
        awaitReadable(server);
        StringBuilder text = new StringBuilder().append(ok(recvmsg(server, msg, 0)));
        assertThat(msg.msg_flags).isZero();
        for (byte[] base : bases) {
            text.append(' ').append(new String(base).replace("\0", ""));
        }
        return text.toString();
    }

    private Msghdr received(int room) {
        Msghdr msg = message(new byte[8]);
        msg.msg_control = new byte[room];
        msg.msg_controllen = room;
        awaitReadable(server);
        assertThat(recvmsg(server, msg, 0)).isEqualTo(4);
        return msg;
    }

    /** The one control message that came. */
    private Cmsghdr ancillary(int level, int type) {
        Msghdr msg = received(CMSG_SPACE(64));
        assertThat(msg.msg_flags).isZero();
        Cmsghdr header = CMSG_FIRSTHDR(msg);
        assertThat(header).isNotNull();
        assertThat(header.cmsg_level).isEqualTo(level);
        assertThat(header.cmsg_type).isEqualTo(type);
        assertThat(CMSG_NXTHDR(msg, header)).isNull();
        return header;
    }

    private void noControl() {
        put(client, SMALL);
        Msghdr msg = received(CMSG_SPACE(64));
        assertThat(msg.msg_controllen).isZero();
        assertThat(CMSG_FIRSTHDR(msg)).isNull();
        assertThat(msg.msg_flags).isZero();
    }

    private void noRoom() {
        put(client, SMALL);
        Msghdr msg = received(1);
        assertThat(msg.msg_flags).isEqualTo(MSG_CTRUNC);
        assertThat(CMSG_FIRSTHDR(msg)).isNull();
    }

    private static int loopbackIndex() throws Exception {
        return NetworkInterface.getByInetAddress(java.net.InetAddress.getLoopbackAddress())
                .getIndex();
    }

    @Test
    void test_28_recvmsg_ancillary_ipv4_pktinfo_data_user() throws Exception {
        pair(V4);
        noControl();
        setInt(server, IPPROTO_IP, IP_PKTINFO, 1);
        put(client, SMALL);
        InPktinfo info = new InPktinfo(CMSG_DATA(ancillary(IPPROTO_IP, IP_PKTINFO)));
        assertThat(info.ipi_addr.s_addr).isEqualTo(INADDR_LOOPBACK);
        assertThat(info.ipi_ifindex).isEqualTo(loopbackIndex());
        noRoom();
    }

    @Test
    void test_29_recvmsg_ancillary_ipv6_pktinfo_data_user() throws Exception {
        pair(V6);
        noControl();
        setInt(server, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
        put(client, SMALL);
        In6Pktinfo info = new In6Pktinfo(CMSG_DATA(ancillary(IPPROTO_IPV6, IPV6_PKTINFO)));
        assertThat(info.ipi6_addr.s6_addr).isEqualTo(in6addr_loopback.s6_addr);
        assertThat(info.ipi6_ifindex).isEqualTo(loopbackIndex());
        noRoom();
    }

    @Test
    void test_35_recvmsg_msg_controllen_update() {
        pair(V4);
        noControl();
    }

    private void hopLimit(Ip ip, int level, int type, int ask) {
        pair(ip);
        noControl();
        setInt(server, level, ask, 1);
        put(client, SMALL);
        assertThat(CMSG_DATA(ancillary(level, type)).getInt(0)).isEqualTo(64);
        Msghdr msg = message(SMALL);
        control(msg, level, type, 99); // for this datagram only
        assertThat(sendmsg(client, msg, 0)).isEqualTo(4);
        assertThat(CMSG_DATA(ancillary(level, type)).getInt(0)).isEqualTo(99);
        put(client, SMALL);
        assertThat(CMSG_DATA(ancillary(level, type)).getInt(0)).isEqualTo(64);
    }

    @Test
    void test_43_recvmsg_ancillary_ipv4_hoplimit() {
        hopLimit(V4, IPPROTO_IP, IP_TTL, IP_RECVTTL);
    }

    @Test
    void test_44_recvmsg_ancillary_ipv6_hoplimit() {
        hopLimit(V6, IPPROTO_IPV6, IPV6_HOPLIMIT, IPV6_RECVHOPLIMIT);
    }
}
