package dev.zsock;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;
import dev.zsock.testkit.Loopback;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.Cmsghdr;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Linger;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/** What goes in comes out, whole and in order, whichever way it is sent and received. */
@Tag("behaviour")
@Timeout(60)
class TransferTest {
    private static final int TOTAL = 3 << 20;
    private static final int MOST = 300_000; // of one call

    private final int[] sv = {-1, -1};
    private int listener = -1;

    @AfterEach
    void closeAll() {
        close(sv[0]);
        close(sv[1]);
        close(listener);
    }

    /** How two streams are connected. */
    enum Link {
        UNIX {
            @Override
            void open(TransferTest t) {
                assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, t.sv)).isZero();
            }
        },
        TCP {
            @Override
            void open(TransferTest t) {
                SockaddrIn addr = new SockaddrIn();
                t.listener = Loopback.listener(addr, 1);
                t.sv[0] = socket(AF_INET, SOCK_STREAM, 0);
                assertThat(connect(t.sv[0], addr, SockaddrIn.SIZE)).isZero();
                IntRef length = new IntRef(SockaddrIn.SIZE);
                t.sv[1] = accept(t.listener, addr, length);
                assertThat(t.sv[1]).isPositive();
                SockaddrIn name = new SockaddrIn();
                assertThat(getsockname(t.sv[0], name, length)).isZero();
                assertThat(addr.sin_port).isEqualTo(name.sin_port);
            }
        },
        PIPE {
            @Override
            void open(TransferTest t) {
                assertThat(pipe(t.sv)).isZero();
                int swap = t.sv[0];
                t.sv[0] = t.sv[1];
                t.sv[1] = swap;
            }
        };

        abstract void open(TransferTest t);
    }

    @ParameterizedTest
    @EnumSource(Link.class)
    void streams(Link link) throws Exception {
        link.open(this);
        boolean socket = link != Link.PIPE;
        CompletableFuture<Long> sent = Background.supply(() -> sends(sv[0], socket));
        long got = receives(sv[1], socket);
        assertThat(sent.get(20, TimeUnit.SECONDS)).isEqualTo(got);
        close(sv[0]);
        assertThat(read(sv[1], new byte[1], 1)).isZero();
    }

    private static long sends(int fd, boolean socket) {
        Random random = new Random(1);
        CRC32 sum = new CRC32();
        for (int left = TOTAL; left > 0; ) {
            byte[] bytes = new byte[1 + random.nextInt(Math.min(left, MOST))];
            random.nextBytes(bytes);
            int n = send(fd, bytes, random.nextInt(socket ? 5 : 2));
            assertThat(n).as("%d, errno %d", bytes.length, errno()).isPositive();
            sum.update(bytes, 0, n);
            left -= n;
        }
        return sum.getValue();
    }

    private static int send(int fd, byte[] bytes, int how) {
        int half = bytes.length / 2;
        Iovec[] iov = {new Iovec(bytes, half), new Iovec(bytes, bytes.length - half)};
        iov[1].iov_off = half;
        return switch (how) {
            case 0 -> write(fd, bytes, bytes.length);
            case 1 ->
                write(fd, ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
            case 2 -> writev(fd, iov, 2);
            case 3 -> {
                Msghdr msg = new Msghdr();
                msg.msg_iov = iov;
                msg.msg_iovlen = 2;
                yield sendmsg(fd, msg, 0);
            }
            default -> {
                int n = dev.zsock.Sockets.send(fd, bytes, bytes.length, MSG_DONTWAIT);
                while (n < 0 && errno() == EAGAIN) {
                    assertThat(poll(new Pollfd[] {new Pollfd(fd, POLLOUT)}, 1, 20_000))
                            .isOne();
                    n = dev.zsock.Sockets.send(fd, bytes, bytes.length, MSG_DONTWAIT);
                }
                yield n;
            }
        };
    }

    private static long receives(int fd, boolean socket) {
        Random random = new Random(2);
        CRC32 sum = new CRC32();
        for (int left = TOTAL; left > 0; ) {
            byte[] bytes = new byte[1 + random.nextInt(Math.min(left, MOST))];
            int how = random.nextInt(socket ? 5 : 2);
            int n = receive(fd, bytes, how);
            assertThat(n).as("errno %d", errno()).isPositive();
            if (how == 2) {
                assertThat(n).isEqualTo(bytes.length);
            }
            sum.update(bytes, 0, n);
            left -= n;
        }
        return sum.getValue();
    }

    private static int receive(int fd, byte[] bytes, int how) {
        return switch (how) {
            case 0 -> read(fd, bytes, bytes.length);
            case 1 -> {
                ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length);
                int n = read(fd, direct);
                direct.flip().get(bytes, 0, Math.max(0, n));
                yield n;
            }
            case 2 -> recv(fd, bytes, bytes.length, MSG_WAITALL);
            case 3 -> {
                int half = bytes.length / 2;
                Iovec[] iov = {new Iovec(bytes, half), new Iovec(bytes, bytes.length - half)};
                iov[1].iov_off = half;
                yield readv(fd, iov, 2);
            }
            default -> {
                int n = recv(fd, bytes, bytes.length, MSG_DONTWAIT);
                while (n < 0 && errno() == EAGAIN) {
                    assertThat(poll(new Pollfd[] {new Pollfd(fd, POLLIN)}, 1, 20_000))
                            .isOne();
                    n = recv(fd, bytes, bytes.length, MSG_DONTWAIT);
                }
                yield n;
            }
        };
    }

    @Test
    void datagramsStayWhole() {
        assertThat(socketpair(AF_UNIX, SOCK_DGRAM, 0, sv)).isZero();
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            byte[] out = new byte[1 + random.nextInt(2000)];
            random.nextBytes(out);
            assertThat(dev.zsock.Sockets.send(sv[0], out, out.length, 0)).isEqualTo(out.length);
            byte[] in = new byte[2000];
            assertThat(recv(sv[1], in, in.length, 0)).isEqualTo(out.length);
            assertThat(in).startsWith(out);
        }
    }

    @Test
    void rightsComeWithTheFirstByteAndOnce() {
        assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, sv)).isZero();
        int[] passed = new int[2];
        for (int i = 0; i < 50; i++) {
            assertThat(pipe(passed)).isZero();
            Msghdr msg = message(new byte[] {1, 2, 3, 4}, 4);
            Cmsghdr cmsg = CMSG_FIRSTHDR(msg);
            cmsg.cmsg_level = SOL_SOCKET;
            cmsg.cmsg_type = SCM_RIGHTS;
            cmsg.cmsg_len = CMSG_LEN(4);
            CMSG_DATA(cmsg).putInt(passed[1]);
            assertThat(sendmsg(sv[0], msg, 0)).isEqualTo(4);
            close(passed[1]);
            byte[] got = new byte[4];
            Msghdr in = message(got, 4);
            int n = recvmsg(sv[1], in, MSG_WAITALL);
            assertThat(n).isEqualTo(4);
            assertThat(got).containsExactly(1, 2, 3, 4);
            assertThat(in.msg_flags & MSG_CTRUNC).isZero();
            int fd = CMSG_DATA(CMSG_FIRSTHDR(in)).getInt();
            assertThat(write(fd, new byte[] {7}, 1)).isOne();
            assertThat(read(passed[0], got, 4)).isOne();
            close(fd);
            close(passed[0]);
        }
    }

    private static Msghdr message(byte[] bytes, int n) {
        Msghdr msg = new Msghdr();
        msg.msg_iov = new Iovec[] {new Iovec(bytes, n)};
        msg.msg_iovlen = 1;
        msg.msg_control = new byte[CMSG_SPACE(4)];
        msg.msg_controllen = msg.msg_control.length;
        return msg;
    }

    @Test
    @Tag("lasting")
    void aTimeoutIsNeitherCutNorStretched() {
        long limit = 50_000_000; // ns
        assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, sv)).isZero();
        Timeval timeout = new Timeval(0, 50_000);
        assertThat(setsockopt(sv[0], SOL_SOCKET, SO_RCVTIMEO, timeout)).isZero();
        List<Long> received = new ArrayList<>();
        List<Long> polled = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long before = System.nanoTime();
            assertThat(recv(sv[0], new byte[1], 1, 0)).isEqualTo(-1);
            assertThat(errno()).isEqualTo(EAGAIN);
            received.add(System.nanoTime() - before);
            before = System.nanoTime();
            assertThat(poll(new Pollfd[] {new Pollfd(sv[0], POLLIN)}, 1, 50)).isZero();
            polled.add(System.nanoTime() - before);
        }
        // none ends early, and not all late: the machine may stall in one of them
        assertThat(Collections.min(received)).isBetween(limit, 10 * limit);
        assertThat(Collections.min(polled)).isBetween(limit, 10 * limit);
    }

    /** As in the kernel, which tells every later send by itself, and a receive never. */
    @ParameterizedTest
    @EnumSource(
            value = Link.class,
            names = {"UNIX", "TCP"})
    void aSendThatShutdownEndsPartWayLeavesNoErrorBehind(Link link) throws Exception {
        link.open(this);
        byte[] much = new byte[64 << 20];
        CompletableFuture<Integer> sent =
                Background.supply(() -> dev.zsock.Sockets.send(sv[0], much, much.length, 0));
        assertThat(poll(new Pollfd[] {new Pollfd(sv[1], POLLIN)}, 1, 20_000)).isOne();
        assertThat(shutdown(sv[0], SHUT_RDWR)).isZero();
        assertThat(sent.get(20, TimeUnit.SECONDS)).isBetween(1, much.length - 1);
        assertThat(recv(sv[0], much, 1, 0)).isZero();
        IntRef error = new IntRef(-1);
        assertThat(getsockopt(sv[0], SOL_SOCKET, SO_ERROR, error)).isZero();
        assertThat(error.value).isZero();
        assertThat(dev.zsock.Sockets.send(sv[0], much, 1, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EPIPE);
    }

    /**
     * A send that the peer's reset ends part way tells it to SO_ERROR, whatever takes the value.
     */
    @ParameterizedTest
    @EnumSource(ErrorInto.class)
    void theErrorThatEndsASendPartWay(ErrorInto into) throws Exception {
        Link.TCP.open(this);
        byte[] much = new byte[64 << 20];
        CompletableFuture<Integer> sent =
                Background.supply(() -> dev.zsock.Sockets.send(sv[0], much, much.length, 0));
        assertThat(poll(new Pollfd[] {new Pollfd(sv[1], POLLIN)}, 1, 20_000)).isOne();
        assertThat(setsockopt(sv[1], SOL_SOCKET, SO_LINGER, new Linger(1, 0))).isZero();
        assertThat(close(sv[1])).isZero();
        assertThat(sent.get(20, TimeUnit.SECONDS)).isBetween(1, much.length - 1);
        assertThat(into.get(sv[0])).isEqualTo(ECONNRESET);
        assertThat(into.get(sv[0])).as("told once").isZero();
    }

    /** What a program may give to getsockopt for an int. */
    enum ErrorInto {
        INT_REF {
            @Override
            int get(int fd) {
                IntRef error = new IntRef(-1);
                assertThat(getsockopt(fd, SOL_SOCKET, SO_ERROR, error)).isZero();
                return error.value;
            }
        },
        INTS {
            @Override
            int get(int fd) {
                int[] error = {-1};
                assertThat(getsockopt(fd, SOL_SOCKET, SO_ERROR, error, new IntRef(4)))
                        .isZero();
                return error[0];
            }
        },
        BYTES {
            @Override
            int get(int fd) {
                ByteBuffer error = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder());
                assertThat(getsockopt(fd, SOL_SOCKET, SO_ERROR, error.array(), new IntRef(4)))
                        .isZero();
                return error.getInt();
            }
        };

        abstract int get(int fd);
    }

    @Test
    void textFramesOverASelectLoop() throws Exception {
        try (WsPair pair = WsPair.open()) {
            byte[] text = "Grüße, κόσμε, 世界 🌍".repeat(40).getBytes("UTF-8");
            CompletableFuture<Void> echo = Background.run(() -> {
                byte[] buf = new byte[8192];
                for (int i = 0; i < 20; i++) {
                    int n = websocket_recv_msg(pair.server, buf, buf.length, null, null, K_FOREVER);
                    assertThat(n).isEqualTo(text.length);
                    assertThat(dev.zsock.Sockets.send(pair.server, buf, n, 0)).isEqualTo(n);
                }
            });
            for (int i = 0; i < 20; i++) {
                assertThat(dev.zsock.Sockets.send(pair.client, text, text.length, 0))
                        .isEqualTo(text.length);
                byte[] got = new byte[text.length];
                for (int n = 0; n < got.length; ) {
                    Pollfd[] fds = {new Pollfd(pair.client, POLLIN)};
                    assertThat(poll(fds, 1, 20_000)).isOne();
                    int rc = recv(pair.client, got, n, got.length - n, 0);
                    assertThat(rc > 0 || errno() == EAGAIN).isTrue();
                    n += Math.max(0, rc);
                }
                assertThat(got).isEqualTo(text);
            }
            echo.get(20, TimeUnit.SECONDS);
        }
    }
}
