package dev.zsock.faults;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.FaultKernel;
import dev.zsock.testkit.FaultKernel.Fault;
import dev.zsock.testkit.Tries;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.TimeUnit;

/**
 * One fault at a chosen call of plain sockets. {@link FaultRun} runs it: the name keeps it out of
 * the ordinary run, where there is no fault kernel.
 */
@Timeout(120)
class FaultCases {
    private static final int MANY = 1000;
    private static final int CHUNK = 128 << 10; // what a heap array crosses in

    private final int[] sv = new int[2];

    @BeforeEach
    void open() {
        FaultKernel.calm();
        assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, sv)).isZero();
    }

    @AfterEach
    void closeAll() {
        FaultKernel.calm();
        close(sv[0]);
        close(sv[1]);
    }

    private static SockaddrIn listen(int listener) {
        SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, 0);
        assertThat(bind(listener, addr, SockaddrIn.SIZE)).isZero();
        assertThat(getsockname(listener, addr, new IntRef(SockaddrIn.SIZE))).isZero();
        return addr;
    }

    @Test
    void aPollThatDoesNotWaitIsRightThoughInterrupted() {
        assertThat(send(sv[1], new byte[1], 1, 0)).isOne();
        FaultKernel.force(Fault.INTERRUPT, 0, 3);
        Pollfd[] fds = {new Pollfd(sv[0], POLLIN)};
        assertThat(poll(fds, 1, 0)).isOne();
        assertThat(fds[0].revents).isEqualTo(POLLIN);
        assertThat(FaultKernel.count(Fault.INTERRUPT)).isEqualTo(3);
    }

    @Test
    void interruptionsDoNotStretchAReceiveTimeout() throws Exception {
        Timeval timeout = new Timeval(0, 100_000);
        assertThat(setsockopt(sv[0], SOL_SOCKET, SO_RCVTIMEO, timeout)).isZero();
        assertNotStretched(() -> {
            assertThat(recv(sv[0], new byte[1], 1, 0)).isEqualTo(-1);
            assertThat(errno()).isEqualTo(EAGAIN);
        });
    }

    private static void assertNotStretched(Runnable call) throws Exception {
        Tries.between(100, 400, () -> {
            FaultKernel.calm();
            FaultKernel.force(Fault.INTERRUPT, 0, MANY);
            long before = System.nanoTime();
            call.run();
            long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
            boolean often = FaultKernel.count(Fault.INTERRUPT) > 10;
            return often ? ms : Long.MAX_VALUE; // few interruptions prove nothing
        });
    }

    @Test
    void interruptionsDoNotStretchAPoll() throws Exception {
        Pollfd[] fds = {new Pollfd(sv[0], POLLIN)};
        assertNotStretched(() -> assertThat(poll(fds, 1, 100)).isZero());
    }

    @Test
    void anInterruptedConnectStillConnects() {
        int listener = socket(AF_INET, SOCK_STREAM, 0);
        SockaddrIn addr = listen(listener);
        assertThat(dev.zsock.Sockets.listen(listener, 1)).isZero();
        int client = socket(AF_INET, SOCK_STREAM, 0);
        FaultKernel.force(Fault.INTERRUPT, 0, 3);
        assertThat(connect(client, addr, SockaddrIn.SIZE)).isZero();
        assertThat(FaultKernel.count(Fault.INTERRUPT)).isPositive();
        assertThat(send(client, new byte[1], 1, 0)).isOne();
        close(client);
        close(listener);
    }

    @Test
    void anInterruptedConnectIsStillRefused() {
        int bound = socket(AF_INET, SOCK_STREAM, 0);
        SockaddrIn addr = listen(bound); // bound, but nobody listens
        int client = socket(AF_INET, SOCK_STREAM, 0);
        FaultKernel.force(Fault.INTERRUPT, 0, 3);
        assertThat(connect(client, addr, SockaddrIn.SIZE)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(ECONNREFUSED);
        close(client);
        close(bound);
    }

    @Test
    void aSendWithoutMemorySaysSoAndSendsNothing() {
        FaultKernel.force(Fault.NO_MEMORY, 0, 2);
        assertThat(send(sv[0], new byte[] {1}, 1, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(ENOBUFS);
        assertThat(write(sv[0], new byte[] {2}, 1)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(ENOMEM);
        assertThat(send(sv[0], new byte[] {3}, 1, 0)).isOne();
        byte[] got = new byte[4];
        assertThat(recv(sv[1], got, 4, 0)).isOne();
        assertThat(got[0]).isEqualTo((byte) 3);
    }

    /** The kernel forgets it as well: only errors of the connection wait for the next call. */
    @Test
    void lackOfMemoryInMidCallIsOverWithTheCall() {
        int size = 2 * CHUNK;
        setsockopt(sv[0], SOL_SOCKET, SO_SNDBUF, 2 * size);
        FaultKernel.force(Fault.NO_MEMORY, 1, 1);
        assertThat(send(sv[0], new byte[size], size, MSG_DONTWAIT)).isEqualTo(CHUNK);
        assertThat(FaultKernel.count(Fault.NO_MEMORY)).isOne();
        assertThat(recv(sv[0], new byte[1], 1, MSG_DONTWAIT)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EAGAIN);
        assertThat(send(sv[0], new byte[1], 1, 0)).isOne();
        assertThat(recv(sv[1], new byte[size], size, 0)).isPositive();
    }
}
