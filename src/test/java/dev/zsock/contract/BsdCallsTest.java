package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.uapi.Cmsghdr;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.Timeval;
import dev.zsock.uapi.WebsocketMsgInfo;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

@DisplayName("send(ws), recv(ws) and friends")
@Timeout(120)
@Tag("behaviour")
class BsdCallsTest extends ClientPair {
    private static final byte FILL = 0x5a;

    private final byte[] buf = new byte[16];

    @BeforeEach
    void receivesEnd() {
        assertThat(setsockopt(ws, SOL_SOCKET, SO_RCVTIMEO, new Timeval(20, 0))).isZero();
    }

    private void assertGets(String text, int n, int flags) {
        Arrays.fill(buf, FILL);
        int rc = recv(ws, buf, n, flags);
        assertThat(rc < 0 ? strerror(errno()) : new String(buf, 0, rc, StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(Arrays.copyOfRange(buf, rc, 16)).containsOnly(FILL);
    }

    private void assertFails(int error, int rc) {
        assertThat(rc).isEqualTo(-1);
        assertThat(errno()).isEqualTo(error);
    }

    @Test
    @DisplayName("send: one final TEXT frame, masked from a client, unmasked from a server")
    void sends() {
        byte[] text = "gr\u00fc\u00df".getBytes(StandardCharsets.UTF_8);
        assertThat(send(ws, text, text.length, 0)).isEqualTo(6);
        assertThat(takeFrame(peer)).isEqualTo(concat(bytes(0x81), text));
        assertThat(write(ws, text, text.length)).isEqualTo(6);
        assertThat(takeFrame(peer)).isEqualTo(concat(bytes(0x81), text));
        Iovec[] iov = Iovec.array(3);
        for (int i = 0; i < 3; i++) {
            iov[i].iov_base = text;
            iov[i].iov_off = 2 * i; // the pieces cut a character
            iov[i].iov_len = 2;
        }
        assertThat(writev(ws, iov, 3)).isEqualTo(6);
        assertThat(takeFrame(peer)).isEqualTo(concat(bytes(0x81), text));
        Msghdr msg = new Msghdr();
        msg.msg_iov = iov;
        msg.msg_iovlen = 3;
        assertThat(sendmsg(ws, msg, 0)).isEqualTo(6);
        assertThat(takeFrame(peer)).isEqualTo(concat(bytes(0x81), text));
        ByteBuffer direct = ByteBuffer.allocateDirect(8).put(text).flip();
        assertThat(send(ws, direct, 0)).isEqualTo(6);
        assertThat(direct.remaining()).isZero();
        assertThat(takeFrame(peer)).isEqualTo(concat(bytes(0x81), text));
        int server = websocket_register(peer, null, 0);
        assertThat(send(server, text, 6, 0)).isEqualTo(6);
        assertThat(take(pair.clientTransport, 8)).isEqualTo(concat(bytes(0x81, 6), text));
        close(server);
    }

    @Test
    @DisplayName("send of what is not UTF-8: EILSEQ and nothing is sent, however it is cut")
    void notText() {
        byte[][] wrong = {
            bytes(0xff),
            bytes('a', 0xc3),
            bytes(0xed, 0xa0, 0x80),
            bytes(0xf4, 0x90, 0x80, 0x80),
            bytes(0xc0, 0x80),
            bytes('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 0x80),
        };
        for (byte[] text : wrong) {
            assertFails(EILSEQ, send(ws, text, text.length, 0));
            assertFails(EILSEQ, write(ws, text, text.length));
            assertFails(EILSEQ, send(ws, ByteBuffer.wrap(text), 0));
        }
        assertThat(send(ws, bytes('o', 'k'), 2, 0)).isEqualTo(2);
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x81, 'o', 'k'));
        assertSilent(peer);
    }

    @Test
    @DisplayName("recv: as soon as there is a byte, never across a frame's end, empty ones skipped")
    @Tag("calm")
    void receives() {
        put(peer, concat(frame(0x81, "one"), frame(0x02, ""), frame(0x80, "two"), frame(0x81, "")));
        assertGets("one", 16, 0);
        assertGets("t", 1, 0);
        assertGets("wo", 16, 0);
        assertFails(EAGAIN, recv(ws, buf, 16, MSG_DONTWAIT));
        put(peer, bytes(0x82, 6, 'h', 'a'));
        assertGets("ha", 16, 0);
        put(peer, bytes('l', 'f', '!', '!'));
        assertGets("lf!!", 16, 0);
        assertThat(read(ws, buf, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EINVAL);
    }

    @Test
    @DisplayName(
            "control frames: PING answered, PONG swallowed, CLOSE answered and then 0 for ever")
    void controlFrames() {
        put(
                peer,
                concat(
                        frame(0x01, "a"),
                        frame(0x89, "?"),
                        frame(0x8a, "!"),
                        frame(0x80, "b"),
                        frame(0x88, bytes(3, 233)),
                        frame(0x81, "late")));
        assertGets("a", 16, 0);
        assertGets("b", 16, 0);
        assertThat(takeAnswer(ws, peer)).isEqualTo(bytes(0x8a, '?'));
        assertGets("", 16, 0);
        assertThat(takeAnswer(ws, peer)).isEqualTo(bytes(0x88, 3, 233));
        assertGets("", 16, MSG_WAITALL);
        assertGets("", 16, MSG_PEEK);
        assertSilent(peer);
    }

    @Test
    @DisplayName("MSG_OOB, MSG_ERRQUEUE: frames have no urgent data and no queue of errors")
    void notInFrames() {
        put(peer, frame(0x81, "in band"));
        for (int flags : new int[] {MSG_OOB, MSG_ERRQUEUE, MSG_OOB | MSG_PEEK}) {
            assertFails(EOPNOTSUPP, recv(ws, buf, 16, flags));
        }
        assertFails(EOPNOTSUPP, send(ws, bytes('x'), 1, MSG_OOB));
        assertSilent(peer);
        assertGets("in band", 16, 0);
    }

    @Test
    @DisplayName("MSG_WAITALL crosses frames and keeps a partial count")
    void waitAll() {
        put(peer, concat(frame(0x01, "ab"), frame(0x89, ""), frame(0x80, "cd"), frame(0x82, "ef")));
        assertGets("abcde", 5, MSG_WAITALL);
        assertThat(setsockopt(ws, SOL_SOCKET, SO_RCVTIMEO, new Timeval(0, 30_000)))
                .isZero();
        assertGets("f", 5, MSG_WAITALL);
        assertFails(EAGAIN, recv(ws, buf, 5, MSG_WAITALL));
        receivesEnd();
        put(peer, concat(frame(0x82, "gh"), frame(0x88, "")));
        assertGets("gh", 5, MSG_WAITALL);
        assertGets("", 5, MSG_WAITALL);
    }

    @Test
    @DisplayName("what came before a violation is kept by MSG_WAITALL, the error comes next, once")
    void waitAllAndViolation() {
        put(peer, concat(frame(0x82, "gh"), bytes(0xf0, 0)));
        assertGets("gh", 5, MSG_WAITALL);
        assertFails(EPROTO, recv(ws, buf, 5, MSG_WAITALL));
        assertGets("", 5, 0);
    }

    @Test
    @DisplayName("MSG_PEEK shows and keeps, masked frames and split ones too")
    @Tag("calm")
    void peeks() {
        put(peer, bytes(0x82, 4, 'a', 'b'));
        assertGets("ab", 16, MSG_PEEK);
        assertGets("a", 1, MSG_PEEK);
        assertGets("a", 1, 0);
        put(peer, concat(bytes('c', 'd'), frame(0x82, "e")));
        assertGets("b", 1, MSG_PEEK);
        assertGets("b", 16, 0); // the others have not been read from the transport
        assertGets("cd", 16, 0);
        assertGets("e", 16, MSG_PEEK);
        assertGets("e", 16, 0);
        int server = websocket_register(peer, null, 0);
        assertThat(send(ws, "masked".getBytes(), 6, 0)).isEqualTo(6);
        for (int n = 1; n <= 6; n++) {
            assertThat(recv(server, buf, n, MSG_PEEK)).isEqualTo(n);
            assertThat(new String(buf, 0, n)).isEqualTo("masked".substring(0, n));
        }
        assertThat(recv(server, buf, 2, 0)).isEqualTo(2);
        assertThat(recv(server, buf, 16, MSG_PEEK)).isEqualTo(4);
        assertThat(recv(server, buf, 16, 0)).isEqualTo(4);
        assertThat(new String(buf, 0, 4)).isEqualTo("sked");
        close(server);
    }

    @Test
    @DisplayName("MSG_PEEK at text that is not UTF-8: the good bytes, then EILSEQ, once")
    @Tag("calm")
    void peekAtBadText() {
        put(peer, frame(0x81, bytes('o', 'k', 0xff)));
        assertGets("ok", 16, MSG_PEEK);
        assertGets("ok", 16, MSG_PEEK);
        assertGets("ok", 16, 0);
        assertFails(EILSEQ, recv(ws, buf, 16, MSG_PEEK));
        assertGets("", 16, 0);
    }

    @Test
    @DisplayName("readv and recvmsg fill their pieces from one frame")
    @Tag("calm")
    void pieces() {
        put(peer, concat(frame(0x82, "abcde"), frame(0x82, "fgh")));
        Iovec[] iov = Iovec.array(2);
        for (Iovec piece : iov) {
            piece.iov_base = new byte[3];
            piece.iov_len = 3;
        }
        assertThat(readv(ws, iov, 2)).isEqualTo(5);
        assertThat(new String(iov[0].iov_base)).isEqualTo("abc");
        assertThat(iov[1].iov_base).isEqualTo(bytes('d', 'e', 0));
        Msghdr msg = new Msghdr();
        msg.msg_iov = iov;
        msg.msg_iovlen = 2;
        assertThat(recvmsg(ws, msg, 0)).isEqualTo(3);
        assertThat(new String(iov[0].iov_base)).isEqualTo("fgh");
    }

    @Test
    @DisplayName("recvfrom and recvmsg: the bytes of a stream come without an address")
    @Tag("calm")
    void noSource() {
        put(peer, concat(frame(0x82, "one"), frame(0x82, "two")));
        SockaddrIn from = new SockaddrIn();
        IntRef len = new IntRef(sizeof(from));
        assertThat(recvfrom(ws, buf, 16, 0, from, len)).isEqualTo(3);
        assertThat(len.value).isZero();
        Msghdr msg = new Msghdr();
        msg.msg_name = from;
        msg.msg_namelen = sizeof(from);
        msg.msg_iov = new Iovec[] {new Iovec(buf, 16)};
        msg.msg_iovlen = 1;
        assertThat(recvmsg(ws, msg, 0)).isEqualTo(3);
        assertThat(msg.msg_namelen).isZero();
        assertThat(ntohs(from.sin_port)).isZero();
    }

    private int fionread() {
        IntRef n = new IntRef(-1);
        assertThat(ioctl(ws, FIONREAD, n)).isZero();
        return n.value;
    }

    @Test
    @DisplayName("FIONREAD: how much of a frame has come for recv, in the kernel or read ahead")
    @Tag("calm")
    void waitingBytes() {
        assertThat(fionread()).isZero();
        put(peer, 0x81, 0x05);
        assertThat(revents(ws, POLLIN, 50)).isZero();
        assertThat(fionread()).as("a lone header").isZero();
        put(peer, concat("hello".getBytes(), frame(0x82, "me"), frame(0x89, "?"), frame(0x82, "")));
        assertThat(revents(ws, POLLIN, 5000)).isEqualTo(POLLIN);
        assertThat(fionread()).as("read ahead by poll").isEqualTo(5);
        assertGets("he", 2, 0);
        assertThat(fionread()).isEqualTo(3);
        assertGets("llo", 16, 0);
        assertThat(fionread()).as("next frame").isEqualTo(2);
        assertGets("me", 16, MSG_PEEK);
        assertGets("me", 16, 0);
        assertThat(fionread()).as("PING is no data, nor is an empty frame").isZero();
        assertFails(EAGAIN, recv(ws, buf, 16, MSG_DONTWAIT));
        byte[] all = new byte[60_000];
        put(peer, concat(bytes(0x82, 126, all.length >> 8, all.length), all));
        Await.until("all is there", LIMIT, () -> fionread() == all.length);
        assertThat(recv(ws, all, all.length, MSG_WAITALL)).isEqualTo(all.length);
        put(peer, frame(0x88, bytes(0x03, 0xe8)));
        assertGets("", 16, 0);
        assertThat(fionread()).as("the end").isZero();
    }

    /** The next recvmsg: its bytes, then the frame's type and rest, or what else came of it. */
    private String info(int room, int flags) {
        Msghdr msg = new Msghdr();
        msg.msg_iov = new Iovec[] {new Iovec(buf, 4)};
        msg.msg_iovlen = 1;
        msg.msg_control = new byte[64];
        msg.msg_controllen = room;
        int rc = recvmsg(ws, msg, flags);
        Cmsghdr cmsg = CMSG_FIRSTHDR(msg);
        String told = "-";
        if (cmsg != null) {
            assertThat(cmsg.cmsg_level).isEqualTo(SOL_WEBSOCKET);
            assertThat(cmsg.cmsg_type).isEqualTo(WEBSOCKET_MSG_INFO);
            assertThat(cmsg.cmsg_len).isEqualTo(CMSG_LEN(sizeof(WebsocketMsgInfo.class)));
            assertThat(CMSG_NXTHDR(msg, cmsg)).isNull();
            WebsocketMsgInfo info = new WebsocketMsgInfo(CMSG_DATA(cmsg));
            told = info.message_type + " " + info.remaining;
        }
        String bytes = new String(buf, 0, Math.max(rc, 0), StandardCharsets.US_ASCII);
        return bytes + " " + told + (msg.msg_flags == 0 ? "" : " flags " + msg.msg_flags);
    }

    @Test
    @DisplayName("recvmsg: frame's type, of the message for a continuation, FINAL and remaining")
    @Tag("calm")
    void messageInfo() {
        int room = CMSG_SPACE(WebsocketMsgInfo.SIZE);
        int text = WEBSOCKET_FLAG_TEXT;
        int end = WEBSOCKET_FLAG_FINAL;
        put(peer, concat(frame(0x01, "abcdefg"), frame(0x89, ""), frame(0x80, "hij")));
        assertThat(info(room, MSG_PEEK)).isEqualTo("abcd " + text + " 7");
        assertThat(info(room, 0)).isEqualTo("abcd " + text + " 3");
        assertThat(info(room, MSG_WAITALL)).isEqualTo("efgh " + (text | end) + " 2");
        assertThat(info(room, 0)).isEqualTo("ij " + (text | end) + " 0");
        put(peer, frame(0x82, "kl"));
        assertThat(info(room, 0)).isEqualTo("kl " + (WEBSOCKET_FLAG_BINARY | end) + " 0");
        put(peer, concat(frame(0x82, "m"), frame(0x82, "n"), frame(0x88, "")));
        assertThat(info(0, 0)).isEqualTo("m -");
        assertThat(info(room - 1, 0)).isEqualTo("n - flags " + MSG_CTRUNC);
        assertThat(info(room, 0)).as("the end").isEqualTo(" -");
    }

    @Test
    @DisplayName("recvmsg in raw mode: the frame's type as it is, of empty and control frames, too")
    @Tag("calm")
    void messageInfoRaw() {
        int room = CMSG_SPACE(WebsocketMsgInfo.SIZE);
        assertThat(setsockopt(ws, SOL_WEBSOCKET, WEBSOCKET_RAW, 1)).isZero();
        put(peer, concat(frame(0x01, ""), frame(0x80, "abcde"), frame(0x89, "p")));
        assertThat(info(room, MSG_PEEK)).isEqualTo(" " + WEBSOCKET_FLAG_TEXT + " 0");
        assertThat(info(room, 0)).isEqualTo(" " + WEBSOCKET_FLAG_TEXT + " 0");
        assertThat(info(room, MSG_PEEK)).isEqualTo("abcd " + WEBSOCKET_FLAG_FINAL + " 5");
        assertThat(info(room, 0)).isEqualTo("abcd " + WEBSOCKET_FLAG_FINAL + " 1");
        assertThat(info(room, 0)).isEqualTo("e " + WEBSOCKET_FLAG_FINAL + " 0");
        assertThat(info(room, 0))
                .isEqualTo("p " + (WEBSOCKET_FLAG_PING | WEBSOCKET_FLAG_FINAL) + " 0");
        assertThat(shutdown(peer, SHUT_WR)).isZero();
        assertThat(info(room, 0)).as("the end").isEqualTo(" -");
    }

    @Test
    @DisplayName("nothing of the transport is left unread by anything but the websocket")
    void dropsNothing() {
        byte[] all = pattern(100_000);
        for (int at = 0; at < all.length; at += 1000) {
            put(peer, frame(0x82, Arrays.copyOfRange(all, at, at + 1000)));
        }
        byte[] got = new byte[all.length];
        int at = 0;
        for (int n = 1; at < got.length; n = n % 777 + 1) {
            int rc = recv(ws, got, at, Math.min(n, got.length - at), 0);
            assertThat(rc).isPositive();
            at += rc;
        }
        assertThat(got).isEqualTo(all);
    }
}
