package dev.zsock.uapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.AbiProbe;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/** Control messages against what the macros of {@code <sys/socket.h>} did in abi_probe. */
class CmsghdrTest {
    private final byte[] probed =
            HexFormat.of().parseHex(AbiProbe.lines("cmsg ").get(0));
    private final Msghdr msg = new Msghdr();

    @BeforeEach
    void room() {
        msg.msg_control = new byte[probed.length];
        msg.msg_controllen = probed.length;
    }

    @Test
    void alignmentIsTheMacros() {
        for (int n = 0; n <= 17; n++) {
            assertThat(Cmsghdr.SIZE + n).isEqualTo(AbiProbe.number("CMSG_LEN(" + n + ")"));
            assertThat(Cmsghdr.align(Cmsghdr.SIZE + n))
                    .isEqualTo(AbiProbe.number("CMSG_SPACE(" + n + ")"));
        }
        assertThat(Cmsghdr.align(Integer.MAX_VALUE)).isPositive();
    }

    @Test
    void writingThroughWindowsGivesTheBytesOfC() {
        Cmsghdr cmsg = msg.firstCmsg();
        cmsg.cmsg_len = Cmsghdr.SIZE + 12;
        cmsg.cmsg_level = SocketAbi.SOL_SOCKET;
        cmsg.cmsg_type = SocketAbi.SCM_RIGHTS;
        cmsg.data().putInt(3).putInt(4).putInt(5);
        cmsg = msg.nextCmsg(cmsg);
        cmsg.cmsg_len = Cmsghdr.SIZE + 1;
        cmsg.cmsg_level = InetAbi.IPPROTO_IP;
        cmsg.cmsg_type = InetAbi.IP_TOS;
        cmsg.data().put((byte) 0x10);
        assertThat(msg.nextCmsg(cmsg)).isNull();
        msg.syncControl();
        assertThat(msg.msg_control).containsExactly(probed);
    }

    @Test
    void readingTheBytesOfC() {
        msg.msg_control = probed;
        Cmsghdr first = msg.firstCmsg();
        assertThat(first).hasToString("{cmsg_len=28, cmsg_level=1, cmsg_type=1}");
        ByteBuffer data = first.data();
        assertThat(data.order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(data.remaining()).as("what cmsg_len says").isEqualTo(12);
        assertThat(new int[] {data.getInt(), data.getInt(), data.getInt()})
                .containsExactly(3, 4, 5);
        Cmsghdr second = msg.nextCmsg(first);
        assertThat(second).hasToString("{cmsg_len=17, cmsg_level=0, cmsg_type=1}");
        assertThat(second.data().get()).isEqualTo((byte) 0x10);
        assertThat(msg.nextCmsg(second)).isNull();
        assertThat(msg.firstCmsg()).as("always the same object").isSameAs(first);
        assertThat(msg.nextCmsg(first)).isSameAs(second);
    }

    @Test
    void noRoomNoHeader() {
        msg.msg_controllen = Cmsghdr.SIZE - 1;
        assertThat(msg.firstCmsg()).isNull();
        msg.msg_controllen = -1;
        assertThat(msg.firstCmsg()).isNull();
        msg.msg_control = null;
        msg.msg_controllen = 100;
        assertThat(msg.firstCmsg()).isNull();
        msg.msg_control = new byte[8];
        assertThat(msg.firstCmsg()).as("the array's length counts").isNull();
        msg.msg_control = new byte[Cmsghdr.SIZE];
        assertThat(msg.firstCmsg().data().remaining()).isZero();
    }

    @Test
    void lengthsThatDoNotFitEndTheWalk() {
        Cmsghdr first = msg.firstCmsg();
        assertThat(msg.nextCmsg(first)).as("length 0").isNull();
        first.cmsg_len = Cmsghdr.SIZE - 1;
        assertThat(msg.nextCmsg(first)).isNull();
        first.cmsg_len = probed.length + 1;
        assertThat(msg.nextCmsg(first)).isNull();
        first.cmsg_len = Integer.MAX_VALUE;
        assertThat(msg.nextCmsg(first)).isNull();
        first.cmsg_len = Cmsghdr.SIZE + 12;
        Cmsghdr second = msg.nextCmsg(first);
        second.cmsg_len = 1000;
        assertThat(msg.nextCmsg(first)).as("the header behind it is too long").isNull();
    }

    @Test
    void whatTheKernelWroteReachesWindowsThatTheProgramHolds() {
        Cmsghdr first = msg.firstCmsg();
        first.cmsg_len = Cmsghdr.SIZE;
        msg.syncControl();
        System.arraycopy(probed, 0, msg.msg_control, 0, probed.length);
        msg.syncControl();
        assertThat(first).hasToString("{cmsg_len=28, cmsg_level=1, cmsg_type=1}");
        Arrays.fill(msg.msg_control, (byte) 0);
        assertThat(msg.firstCmsg()).hasToString("{cmsg_len=0, cmsg_level=0, cmsg_type=0}");
    }

    @Test
    void windowsOfAnotherArrayAreLeftBehind() {
        Cmsghdr old = msg.firstCmsg();
        byte[] before = msg.msg_control;
        msg.msg_control = probed;
        Cmsghdr now = msg.firstCmsg();
        assertThat(now).isNotSameAs(old);
        old.cmsg_len = 99;
        msg.syncControl();
        assertThat(before).containsOnly(0);
        assertThat(now.cmsg_len).isEqualTo(28);
    }

    @Test
    void lengthsBeyondAnIntAreCutNotWrapped() {
        ByteBuffer.wrap(msg.msg_control).order(ByteOrder.nativeOrder()).putLong(0, 1L << 32);
        assertThat(msg.firstCmsg().cmsg_len).isEqualTo(Integer.MAX_VALUE);
        ByteBuffer.wrap(msg.msg_control).order(ByteOrder.nativeOrder()).putLong(0, -1);
        assertThat(msg.firstCmsg().cmsg_len).isZero();
    }

    @Test
    void aHeaderThatStandsAloneHasNoData() {
        Cmsghdr alone = new Cmsghdr();
        alone.cmsg_len = 100;
        assertThat(alone.data().capacity()).isZero();
        assertThat(new Cmsghdr(alone).cmsg_len).isEqualTo(100);
    }

    @Test
    void assigningAMessageTakesWhatItsWindowsHold() {
        msg.firstCmsg().cmsg_len = 20;
        Msghdr copy = new Msghdr(msg);
        assertThat(copy.firstCmsg().cmsg_len).isEqualTo(20);
    }

    /** IP_PKTINFO and its kin, at the offsets the compiler gives. */
    @Test
    void dataOfControlMessagesLiesAsInC() {
        ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder()).position(4);
        InPktinfo v4 = new InPktinfo();
        v4.ipi_ifindex = 2;
        v4.ipi_spec_dst.s_addr = 0x7f000001;
        v4.ipi_addr.s_addr = 0x0a010203;
        v4.put(data);
        assertThat(data.position()).isEqualTo(4);
        assertThat(data.getInt(4 + AbiProbe.offsetof("InPktinfo.ipi_ifindex"))).isEqualTo(2);
        assertThat(data.get(4 + AbiProbe.offsetof("InPktinfo.ipi_spec_dst"))).isEqualTo((byte) 127);
        assertThat(data.get(4 + AbiProbe.offsetof("InPktinfo.ipi_addr") + 3)).isEqualTo((byte) 3);
        assertThat(new InPktinfo(data)).usingRecursiveComparison().isEqualTo(v4);

        In6Pktinfo v6 = new In6Pktinfo();
        v6.ipi6_addr.s6_addr[15] = 1;
        v6.ipi6_ifindex = 77;
        v6.put(data);
        assertThat(data.position()).isEqualTo(4);
        assertThat(data.getInt(4 + AbiProbe.offsetof("In6Pktinfo.ipi6_ifindex")))
                .isEqualTo(77);
        assertThat(data.get(4 + AbiProbe.offsetof("In6Pktinfo.ipi6_addr") + 15))
                .isEqualTo((byte) 1);
        assertThat(new In6Pktinfo(data)).usingRecursiveComparison().isEqualTo(v6);

        WebsocketMsgInfo info = new WebsocketMsgInfo();
        info.message_type = 5;
        info.remaining = 1L << 40;
        info.put(data);
        assertThat(data.getInt(4 + AbiProbe.offsetof("WebsocketMsgInfo.message_type")))
                .isEqualTo(5);
        assertThat(data.getLong(4 + AbiProbe.offsetof("WebsocketMsgInfo.remaining")))
                .isEqualTo(1L << 40);
        assertThat(new WebsocketMsgInfo(data)).usingRecursiveComparison().isEqualTo(info);
    }
}
