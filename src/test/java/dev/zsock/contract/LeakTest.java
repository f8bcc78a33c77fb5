package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.testkit.DirectMemory;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Linger;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrUn;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

@DisplayName("A hundred thousand times opened and closed")
@Timeout(300)
class LeakTest {
    private static final int CYCLES = 100_000;
    private static final int WARM = 2000;
    private static final int MOST = 3; // numbers of a cycle
    private static final int FREE = 50_000;
    private static final int AUTOBIND = 2; // length of an address without path
    private static final Linger RESET = new Linger(1, 0); // no TIME-WAIT

    private interface Cycle {
        void run(LeakTest test);
    }

    /** What a cycle opens, or fails to open, and closes again. */
    private enum Kind {
        TCP4(t -> t.opened(socket(AF_INET, SOCK_STREAM, 0))),
        TCP6(t -> t.opened(socket(AF_INET6, SOCK_STREAM, 0))),
        UDP4(t -> t.opened(socket(AF_INET, SOCK_DGRAM, 0))),
        UDP6(t -> t.opened(socket(AF_INET6, SOCK_DGRAM, 0))),
        UNIX_STREAM(t -> t.opened(socket(AF_UNIX, SOCK_STREAM, 0))),
        UNIX_DGRAM(t -> t.opened(socket(AF_UNIX, SOCK_DGRAM, 0))),
        SOCKETPAIR(t -> t.opened(t.pair()[0], t.two[1])),
        DUP(t -> t.opened(dup(t.unix))),
        ACCEPTED_UNIX(t -> t.accepted(AF_UNIX, t.unix, t.unixAddr, t.unixAddrlen.value)),
        ACCEPTED_TCP(t -> t.accepted(AF_INET, t.tcp, t.tcpAddr, SockaddrIn.SIZE)),
        WEBSOCKET(t -> t.opened(t.pair()[0], t.two[1], websocket_register(t.two[0], null, 0))),
        FAILED(t -> {
            fails(EINVAL, socket(AF_INET, SOCK_STREAM, -1));
            fails(EOPNOTSUPP, socketpair(AF_INET, SOCK_STREAM, 0, t.two));
            fails(EFAULT, pipe(null));
            fails(EINVAL, eventfd(0, -1));
            fails(EBADF, dup(FREE));
            fails(EAGAIN, accept(t.unix, null, null));
            assertThat(websocket_register(t.udp, null, 0)).isEqualTo(-ENOTSOCK);
            int rc = websocket_connect(t.ended, t.request, 0, null);
            assertThat(rc).isEqualTo(-ECONNABORTED);
        });

        final Cycle cycle;

        Kind(Cycle cycle) {
            this.cycle = cycle;
        }
    }

    private final int[] two = new int[2];
    private final WebsocketRequest request = new WebsocketRequest();
    private final SockaddrUn unixAddr = new SockaddrUn();
    private final IntRef unixAddrlen = new IntRef(SockaddrUn.SIZE);
    private final SockaddrIn tcpAddr = new SockaddrIn(INADDR_LOOPBACK, 0);
    private final List<Integer> kept = new ArrayList<>();
    private final int[] lowest = new int[MOST];
    private int unix;
    private int tcp;
    private int udp;
    private int ended;

    @BeforeEach
    void open() {
        request.host = "localhost";
        request.url = "/";
        unix = listening(AF_UNIX, new SockaddrUn(""), AUTOBIND, unixAddr, unixAddrlen);
        assertThat(fcntl(unix, F_SETFL, O_NONBLOCK)).isZero();
        tcp = listening(AF_INET, tcpAddr, SockaddrIn.SIZE, tcpAddr, new IntRef(SockaddrIn.SIZE));
        udp = keep(socket(AF_INET, SOCK_DGRAM, 0));
        ended = keep(pair()[0]);
        assertThat(close(two[1])).isZero();
        for (int i = 0; i < MOST; i++) {
            lowest[i] = eventfd(0, 0);
        }
        for (int fd : lowest) {
            assertThat(close(fd)).isZero();
        }
    }

    @AfterEach
    void closeAll() {
        kept.forEach(fd -> close(fd));
    }

    private int keep(int fd) {
        assertThat(fd).isPositive();
        kept.add(fd);
        return fd;
    }

    private int listening(int family, Sockaddr addr, int addrlen, Sockaddr name, IntRef size) {
        int fd = keep(socket(family, SOCK_STREAM, 0));
        assertThat(bind(fd, addr, addrlen)).isZero();
        assertThat(listen(fd, 5)).isZero();
        assertThat(getsockname(fd, name, size)).isZero();
        return fd;
    }

    private int[] pair() {
        assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, two)).isZero();
        return two;
    }

    private void accepted(int family, int listener, Sockaddr addr, int addrlen) {
        int client = socket(family, SOCK_STREAM, 0);
        assertThat(connect(client, addr, addrlen)).isZero();
        assertThat(setsockopt(client, SOL_SOCKET, SO_LINGER, RESET)).isZero();
        opened(client, accept(listener, null, null));
    }

    /** The lowest free numbers, which are closed, the last one first. */
    private void opened(int... fds) {
        for (int i = fds.length - 1; i >= 0; i--) {
            if (fds[i] != lowest[i]) { // a hundred thousand assertions would take their time
                assertThat(fds[i]).isLessThanOrEqualTo(lowest[i]); // what ends late gives some back
            }
            assertThat(close(fds[i])).isZero();
        }
    }

    private static void fails(int error, int rc) {
        assertThat(rc).isEqualTo(-1);
        assertThat(errno()).isEqualTo(error);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("no kernel fd more, no direct memory more, the lowest free number each time")
    void leavesNothing(Kind kind) {
        for (int i = 0; i < WARM; i++) {
            kind.cycle.run(this);
        }
        MemoryTest.heap();
        int fds = MemoryTest.kernelFds();
        long direct = DirectMemory.used();
        for (int i = 0; i < CYCLES; i++) {
            kind.cycle.run(this);
        }
        Await.until("no kernel fd more", LIMIT, () -> MemoryTest.kernelFds() <= fds);
        Await.until("no direct memory more", LIMIT, () -> {
            MemoryTest.heap(); // collects what nobody refers to
            return DirectMemory.used() <= direct;
        });
    }
}
