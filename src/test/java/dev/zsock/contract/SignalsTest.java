package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.internal.kernel.WakeSignal;
import dev.zsock.testkit.Background;
import dev.zsock.testkit.Loopback;
import dev.zsock.testkit.Tries;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

@DisplayName("EINTR: retried with the remaining deadline, never seen by the caller")
@Timeout(120)
@Tag("behaviour")
class SignalsTest {
    private static final int TIME = 200; // ms of each wait
    private static final int SLACK = 800; // ms that a busy machine may add
    private static final long EVERY = TimeUnit.MICROSECONDS.toNanos(300);
    private static final Timeval TIMEVAL = new Timeval(0, TIME * 1000L);

    /** Runs the call while signals rain on its thread: its result. */
    private static int underSignals(IntSupplier call) {
        long target = WakeSignal.self();
        CompletableFuture<Void> over = new CompletableFuture<>();
        Thread storm = new Thread(() -> {
            while (!over.isDone()) {
                WakeSignal.interrupt(target);
                LockSupport.parkNanos(EVERY);
            }
        });
        storm.start();
        try {
            return call.getAsInt();
        } finally {
            over.complete(null);
            join(storm);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertTakesItsTime(int rc, int error, IntSupplier call) throws Exception {
        assertTakesItsTime(rc, error, () -> {}, call);
    }

    private static void assertTakesItsTime(int rc, int error, Runnable before, IntSupplier call)
            throws Exception {
        Tries.between(TIME - 1, TIME + SLACK, () -> {
            before.run();
            return millis(rc, error, call);
        });
    }

    private static long millis(int rc, int error, IntSupplier call) {
        long before = System.nanoTime();
        assertThat(underSignals(call)).isEqualTo(rc);
        long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        if (rc == -1) {
            assertThat(errno()).isEqualTo(error);
        }
        return ms;
    }

    /** Takes all that has come. */
    private static void drain(int fd) {
        byte[] buf = new byte[64 << 10];
        while (recv(fd, buf, buf.length, MSG_DONTWAIT) > 0) {}
    }

    private static CompletableFuture<Void> later(Runnable action) {
        return Background.later(action, TIME / 2);
    }

    @Test
    @DisplayName("SO_RCVTIMEO and SO_SNDTIMEO of plain sockets")
    @Tag("calm")
    @Tag("lasting")
    void timeoutsOfSockets() throws Exception {
        int[] sv = new int[2];
        assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, sv)).isZero();
        assertThat(setsockopt(sv[0], SOL_SOCKET, SO_RCVTIMEO, TIMEVAL)).isZero();
        assertThat(setsockopt(sv[0], SOL_SOCKET, SO_SNDTIMEO, TIMEVAL)).isZero();
        byte[] buf = new byte[4];
        assertTakesItsTime(-1, EAGAIN, () -> recv(sv[0], buf, 4, 0));
        assertTakesItsTime(1, 0, () -> put(sv[1], 'a'), () -> recv(sv[0], buf, 4, MSG_WAITALL));
        assertTakesItsTime(-1, EAGAIN, () -> recv(sv[0], buf, 4, MSG_WAITALL));
        byte[] much = new byte[4 << 20];
        int[] sent = new int[1];
        assertTakesItsTime(
                1,
                0,
                () -> drain(sv[1]),
                () -> (sent[0] = send(sv[0], much, much.length, 0)) > 0 ? 1 : 0);
        assertThat(sent[0]).isLessThan(much.length);
        assertTakesItsTime(-1, EAGAIN, () -> send(sv[0], much, much.length, 0));
        close(sv[0]);
        close(sv[1]);
    }

    @Test
    @DisplayName("accept and connect")
    @Tag("lasting")
    void connections() throws Exception {
        SockaddrIn addr = new SockaddrIn();
        int listener = Loopback.listener(addr, 0);
        assertThat(setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, TIMEVAL)).isZero();
        assertTakesItsTime(-1, EAGAIN, () -> accept(listener, null, null));
        assertThat(setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, new Timeval())).isZero();
        int first = socket(AF_INET, SOCK_STREAM, 0);
        CompletableFuture<Void> connects =
                later(() -> assertThat(connect(first, addr, SockaddrIn.SIZE)).isZero());
        int accepted = underSignals(() -> accept(listener, null, null));
        assertThat(accepted).isGreaterThan(2);
        connects.join();
        int second = socket(AF_INET, SOCK_STREAM, 0); // stays in the queue: it is full now
        assertThat(underSignals(() -> connect(second, addr, SockaddrIn.SIZE))).isZero();
        Tries.between(TIME - 1, TIME + SLACK, () -> {
            int third = socket(AF_INET, SOCK_STREAM, 0);
            assertThat(setsockopt(third, SOL_SOCKET, SO_SNDTIMEO, TIMEVAL)).isZero();
            long ms = millis(-1, EINPROGRESS, () -> connect(third, addr, SockaddrIn.SIZE));
            close(third);
            return ms;
        });
        for (int fd : new int[] {listener, first, accepted, second}) {
            close(fd);
        }
    }

    @Test
    @DisplayName("poll and select")
    @Tag("lasting")
    void polls() throws Exception {
        int[] sv = new int[2];
        assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, sv)).isZero();
        Pollfd[] fds = {new Pollfd(sv[0], POLLIN)};
        assertTakesItsTime(0, 0, () -> poll(fds, 1, TIME));
        FdSet set = new FdSet();
        FD_SET(sv[0], set);
        assertTakesItsTime(0, 0, () -> select(sv[0] + 1, set, null, null, new Timeval(TIMEVAL)));
        CompletableFuture<Void> data = later(() -> put(sv[1], 'a'));
        assertThat(underSignals(() -> poll(fds, 1, -1))).isEqualTo(1);
        data.join();
        close(sv[0]);
        close(sv[1]);
    }

    @Test
    @DisplayName("pipes: a long write stays whole")
    @Tag("lasting")
    void pipes() {
        int[] ends = new int[2];
        assertThat(pipe(ends)).isZero();
        byte[] much = pattern(1 << 20);
        byte[] got = new byte[much.length];
        CompletableFuture<Void> reader = later(() -> {
            for (int at = 0; at < got.length; ) {
                int rc = read(ends[0], got, at, got.length - at);
                assertThat(rc).isPositive();
                at += rc;
            }
        });
        assertThat(underSignals(() -> write(ends[1], much, much.length))).isEqualTo(much.length);
        reader.join();
        assertThat(got).isEqualTo(much);
        CompletableFuture<Void> writer = later(() -> write(ends[1], much, 1));
        assertThat(underSignals(() -> read(ends[0], got, 4))).isEqualTo(1);
        writer.join();
        close(ends[0]);
        close(ends[1]);
    }

    @Test
    @DisplayName("the websocket calls, with and without a timeout")
    @Tag("calm")
    @Tag("lasting")
    void websockets() throws Exception {
        try (WsPair pair = WsPair.openClient()) {
            int ws = pair.client;
            int peer = pair.serverTransport;
            byte[] buf = new byte[16];
            assertTakesItsTime(-EAGAIN, 0, () -> websocket_recv_msg(ws, buf, 16, null, null, TIME));
            put(peer, 0x82, 100);
            assertTakesItsTime(
                    2,
                    0,
                    () -> put(peer, 'a', 'b'),
                    () -> websocket_recv_msg(ws, buf, 16, null, null, TIME));
            CompletableFuture<Void> rest = later(() -> put(peer, 'c'));
            assertThat(underSignals(() -> recv(ws, buf, 16, 0))).isEqualTo(1);
            rest.join();
            narrow(pair.clientTransport, peer);
            int n = 4 << 20;
            CompletableFuture<byte[]> wire = new CompletableFuture<>();
            CompletableFuture<Void> reads = later(() -> wire.complete(take(peer, LONG_HEADER + n)));
            byte[] payload = pattern(n);
            int binary = WEBSOCKET_OPCODE_DATA_BINARY;
            assertThat(underSignals(
                            () -> websocket_send_msg(ws, payload, n, binary, true, true, -1)))
                    .isEqualTo(n);
            reads.join();
            assertThat(clear(wire.join(), LONG_HEADER, n)).isEqualTo(payload);
            getStuck(ws, n);
            assertTakesItsTime(
                    -ETIMEDOUT,
                    0,
                    () -> websocket_send_msg(ws, payload, 1, binary, true, true, TIME));
            assertThat(fcntl(ws, F_SETFL, O_NONBLOCK)).isZero(); // close shall not wait for it
        }
        Tries.between(TIME - 1, TIME + SLACK, SignalsTest::millisOfClose);
    }

    private static long millisOfClose() {
        try (WsPair pair = WsPair.openClient()) {
            narrow(pair.clientTransport, pair.serverTransport);
            getStuck(pair.client, 4 << 20);
            assertThat(setsockopt(pair.client, SOL_SOCKET, SO_SNDTIMEO, TIMEVAL))
                    .isZero();
            return millis(-1, ETIMEDOUT, () -> close(pair.client));
        }
    }
}
