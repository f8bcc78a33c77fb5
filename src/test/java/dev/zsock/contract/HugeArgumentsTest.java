package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;
import dev.zsock.testkit.ForkedJvm;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Arrays;
import java.util.List;

@DisplayName("Lengths up to what an int holds, with memory or without")
@Timeout(120)
class HugeArgumentsTest {
    private static final int QUEUED = 150_000; // more than a thread's scratch has room for

    /** 1024 pieces of one array, 2^31 - 1 bytes in all. */
    static Msghdr huge() {
        byte[] piece = new byte[2 << 20];
        Msghdr msg = new Msghdr();
        msg.msg_iov = new Iovec[1024];
        Arrays.setAll(msg.msg_iov, i -> new Iovec(piece, piece.length - i / 1023));
        msg.msg_iovlen = msg.msg_iov.length;
        return msg;
    }

    private static String told(int rc) {
        return rc == -1 ? strerrorname(errno()) : Integer.toString(rc);
    }

    @Test
    @DisplayName("sendmsg of 2^31 - 1 bytes: no memory for a datagram, a stream takes what it can")
    void hugeMessagesSent() {
        int udp = socket(AF_INET, SOCK_DGRAM, 0);
        assertThat(connect(udp, new SockaddrIn(INADDR_LOOPBACK, 9), SockaddrIn.SIZE))
                .isZero();
        assertThat(told(sendmsg(udp, huge(), 0))).isEqualTo("ENOMEM");
        int[] sv = new int[2];
        assertThat(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, sv)).isZero();
        assertThat(sendmsg(sv[0], huge(), 0)).isGreaterThan(1 << 16);
        for (int fd : new int[] {udp, sv[0], sv[1]}) {
            close(fd);
        }
    }

    /** In a JVM of its own: what used to happen could end it. */
    static final class Peek {
        private Peek() {}

        public static void main(String[] args) {
            int[] sv = new int[2];
            socketpair(AF_UNIX, SOCK_STREAM, 0, sv);
            System.out.println(send(sv[0], new byte[QUEUED], QUEUED, 0));
            int flags = MSG_PEEK | MSG_WAITALL | MSG_DONTWAIT;
            System.out.println(told(recvmsg(sv[1], huge(), flags)));
            System.out.println(recvmsg(sv[1], huge(), MSG_DONTWAIT));
        }
    }

    @Test
    @DisplayName("recvmsg of 2^31 - 1 bytes, MSG_PEEK and MSG_WAITALL: what comes has its room")
    void hugeMessagesPeeked() throws Exception {
        List<String> options = List.of("-XX:MaxDirectMemorySize=64m");
        assertThat(ForkedJvm.run(options, Peek.class, List.of()).output().lines())
                .containsExactly("" + QUEUED, "ENOMEM", "" + QUEUED);
    }

    @Test
    @DisplayName("null with an offset and a length that end beyond an int: EFAULT as any null")
    void nullFarAway() {
        int[] sv = new int[2];
        assertThat(pipe(sv)).isZero();
        assertThat(told(write(sv[1], null, Integer.MAX_VALUE, 16))).isEqualTo("EFAULT");
        assertThat(told(write(sv[1], null, 20, Integer.MAX_VALUE))).isEqualTo("EFAULT");
        int udp = socket(AF_INET, SOCK_DGRAM, 0);
        assertThat(connect(udp, new SockaddrIn(INADDR_LOOPBACK, 9), SockaddrIn.SIZE))
                .isZero();
        assertThat(told(send(udp, null, Integer.MAX_VALUE, 16, 0))).isEqualTo("EFAULT");
        for (int fd : new int[] {udp, sv[0], sv[1]}) {
            close(fd);
        }
    }

    @Test
    @DisplayName("MSG_TRUNC on TCP drops bytes and needs no memory, as in C")
    void droppedBytes() {
        try (WsPair pair = WsPair.openClient()) {
            int from = pair.serverTransport;
            int to = pair.clientTransport;
            assertThat(send(from, "0123456789".getBytes(), 10, 0)).isEqualTo(10);
            assertThat(recv(to, (byte[]) null, 3, MSG_TRUNC)).isEqualTo(3);
            assertThat(recvfrom(to, null, 1, MSG_TRUNC, new SockaddrIn(), new IntRef(16)))
                    .isEqualTo(1);
            Msghdr msg = new Msghdr();
            msg.msg_iov = new Iovec[] {new Iovec(null, 2), new Iovec(bytes('x'), 1)};
            msg.msg_iovlen = 2;
            assertThat(recvmsg(to, msg, MSG_TRUNC)).isEqualTo(3);
            assertThat(msg.msg_iov[1].iov_base).isEqualTo(bytes('x'));
            byte[] rest = new byte[8];
            assertThat(recv(to, rest, 8, 0)).isEqualTo(3);
            assertThat(Arrays.copyOf(rest, 3)).isEqualTo(bytes('7', '8', '9'));
        }
    }

    @Test
    @DisplayName("an option's array may be larger than the memory there is for it")
    void hugeOption() throws Exception {
        List<String> options = List.of("-XX:MaxDirectMemorySize=4m");
        assertThat(ForkedJvm.run(options, HugeOption.class, List.of()).output().lines())
                .containsExactly("0", "0", "EINVAL", "ENOMEM", "ENOMEM");
    }

    /** In a JVM with little direct memory. */
    static final class HugeOption {
        private HugeOption() {}

        public static void main(String[] args) {
            int sock = socket(AF_INET, SOCK_STREAM, 0);
            byte[] value = new byte[8 << 20];
            value[2] = 1;
            System.out.println(told(setsockopt(sock, SOL_SOCKET, SO_RCVBUF, value, 4)));
            System.out.println(told(getsockopt(sock, SOL_SOCKET, SO_RCVBUF, value, new IntRef(4))));
            System.out.println(told(setsockopt(sock, SOL_SOCKET, SO_RCVBUF, value, 3)));
            System.out.println(told(setsockopt(sock, SOL_SOCKET, SO_RCVBUF, value)));
            IntRef all = new IntRef(value.length);
            System.out.println(told(getsockopt(sock, SOL_SOCKET, SO_RCVBUF, value, all)));
        }
    }

    @Test
    @DisplayName("getnameinfo with rooms whose sum is no int: a name needs no more than it needs")
    void hugeRooms() throws Exception {
        List<String> options = List.of("-Xmx1500m", "-Xmn64m", "-XX:+UseSerialGC");
        assertThat(ForkedJvm.run(options, HugeRooms.class, List.of()).output().lines())
                .containsExactly("0", "9");
    }

    /** In a JVM of its own: what used to happen ended it. */
    static final class HugeRooms {
        private HugeRooms() {}

        public static void main(String[] args) {
            byte[] room = new byte[1 << 30];
            SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, 9);
            int flags = NI_NUMERICHOST | NI_NUMERICSERV;
            System.out.println(getnameinfo(
                    addr, SockaddrIn.SIZE, room, room.length, room, room.length, flags));
            System.out.println((char) room[0]);
        }
    }

    @Test
    @DisplayName("poll of more than the kernel's limit of numbers: EINVAL")
    void hugePoll() {
        Pollfd none = new Pollfd(-1, POLLIN);
        Pollfd[] fds = new Pollfd[(1 << 20) + 1];
        Arrays.fill(fds, none);
        String told = Background.supply(() -> told(poll(fds, fds.length, 0))).join();
        assertThat(told).isEqualTo("EINVAL");
    }
}
