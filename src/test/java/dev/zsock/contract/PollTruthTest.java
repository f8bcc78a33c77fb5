package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;
import dev.zsock.testkit.Tries;
import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

@DisplayName("poll/select")
@Timeout(120)
@Tag("behaviour")
class PollTruthTest extends ClientPair {
    private static final int SOON = 50; // ms: nothing may come
    private static final int LATER = 20_000; // ms: something must come
    private static final int IDLE_CPU = 99; // ms that a waiting thread may use at most

    private final byte[] buf = new byte[16];

    private void closingHandshake() {
        put(peer, frame(0x88, bytes(3, 232)));
        assertThat(websocket_recv_msg(ws, buf, 16, null, null, LATER)).isEqualTo(2);
        assertThat(takeAnswer(ws, peer)).isEqualTo(bytes(0x88, 3, 232));
    }

    @Test
    @DisplayName("POLLHUP holds after the closing handshake, whatever was asked for")
    void hangUpIsToldUnasked() {
        closingHandshake();
        assertThat(revents(ws, 0, LATER)).isEqualTo(POLLHUP);
        assertThat(revents(ws, POLLOUT, LATER) & POLLHUP).isEqualTo(POLLHUP);
        assertThat(revents(ws, POLLIN, LATER)).isEqualTo(POLLIN | POLLHUP);
    }

    @Test
    @DisplayName("the other names of POLLIN and POLLOUT")
    void normalDataAndPeersEnd() {
        int both = POLLRDNORM | POLLWRNORM;
        assertThat(revents(ws, both, LATER)).isEqualTo(POLLWRNORM);
        put(peer, frame(0x81, "a"));
        assertThat(revents(ws, POLLRDNORM, LATER)).isEqualTo(POLLRDNORM);
        assertThat(recv(ws, buf, 16, 0)).isEqualTo(1);
        assertThat(revents(ws, POLLRDNORM, SOON)).isZero();
        assertThat(revents(ws, POLLRDHUP, SOON)).isZero();
        assertThat(shutdown(peer, SHUT_WR)).isZero();
        assertThat(revents(ws, POLLRDHUP, LATER)).isEqualTo(POLLRDHUP);
    }

    @Test
    @DisplayName("a lone header is parsed and poll waits on, whatever it was asked")
    @Tag("lasting")
    void aLoneHeaderIsNothing() throws Exception {
        put(peer, bytes(0x81, 126, 1));
        Tries.between(0, IDLE_CPU, () -> {
            long before = cpuMillis();
            assertThat(revents(ws, POLLIN, SOON)).isZero();
            assertThat(revents(ws, POLLRDNORM | POLLRDHUP, 300)).isZero();
            return cpuMillis() - before;
        });
        put(peer, bytes(0));
        assertThat(revents(ws, POLLIN, SOON)).isZero();
        put(peer, bytes('x'));
        assertThat(revents(ws, POLLIN, LATER)).isEqualTo(POLLIN);
        assertThat(websocket_recv_msg(ws, buf, 1, null, null, 0)).isEqualTo(1);
        assertThat(revents(ws, POLLIN, SOON)).isZero();
    }

    @Test
    @DisplayName("two threads that poll a websocket with a stuck frame do not wake each other")
    void pollersOfAStuckFrameSleep() throws Exception {
        narrow(pair.clientTransport, peer);
        getStuck(ws, 8 << 20);
        Tries.between(0, IDLE_CPU, () -> {
            CompletableFuture<Long> other = Background.supply(this::cpuOfAPoll);
            long own = cpuOfAPoll();
            return Math.max(own, other.get(LATER, TimeUnit.MILLISECONDS));
        });
    }

    @Test
    @DisplayName("what one thread leaves in user space ends another thread's poll")
    void aFrameThatIsLeftWakesOtherPollers() throws Exception {
        CompletableFuture<Integer> other = new CompletableFuture<>();
        Thread poller = new Thread(() -> other.complete(revents(ws, POLLIN, LATER)));
        for (int i = 0; i < 200; i++) { // whichever thread the kernel lets run first
            CompletableFuture<Integer> polled = Background.supply(() -> revents(ws, POLLIN, LATER));
            put(peer, frame(0x81, "a"));
            assertThat(revents(ws, POLLIN, LATER)).isEqualTo(POLLIN);
            assertThat(polled.get(LATER, TimeUnit.MILLISECONDS)).isEqualTo(POLLIN);
            assertThat(recv(ws, buf, 16, 0)).isEqualTo(1);
        }
        poller.start();
        awaitBlocked(poller, "ppoll");
        put(peer, concat(frame(0x81, "b"), frame(0x81, "c")));
        assertThat(recv(ws, buf, 16, 0)).isEqualTo(1);
        assertThat(other.get(LATER, TimeUnit.MILLISECONDS)).isEqualTo(POLLIN);
    }

    @Test
    @DisplayName("POLLIN: a payload byte, a whole empty or control frame; half a control frame not")
    void whatCounts() {
        byte[][] deliverable = {
            bytes(0x82, 5, 'a'),
            bytes(0x81, 0),
            bytes(0x01, 0),
            bytes(0x89, 0),
            bytes(0x8a, 1, 'x'),
        };
        for (byte[] wire : deliverable) {
            closeAll();
            open();
            assertThat(revents(ws, POLLIN, 0)).isZero();
            put(peer, wire);
            assertThat(revents(ws, POLLIN, LATER)).isEqualTo(POLLIN);
            assertThat(revents(ws, POLLIN | POLLOUT, LATER)).isEqualTo(POLLIN | POLLOUT);
            assertThat(websocket_recv_msg(ws, buf, 16, null, null, 20)).isNotNegative();
        }
        for (byte[] wire : new byte[][] {
            bytes(0x82),
            bytes(0x82, 126, 0),
            bytes(0x82, 9),
            bytes(0x89, 2, 'x'),
            bytes(0x88, 2, 3),
            bytes(0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0),
        }) {
            closeAll();
            open();
            put(peer, wire);
            assertThat(readable(pair.clientTransport)).isTrue();
            assertThat(revents(ws, POLLIN, SOON)).isZero();
            assertThat(websocket_recv_msg(ws, buf, 16, null, null, 0)).isIn(-EAGAIN, 1);
        }
    }

    @Test
    @DisplayName("only control frames had come: the recv after a positive poll gives EAGAIN")
    void controlFramesOnly() {
        put(peer, concat(frame(0x89, "p"), frame(0x8a, "q"), frame(0x81, "")));
        assertThat(revents(ws, POLLIN, LATER)).isEqualTo(POLLIN);
        assertThat(recv(ws, buf, 16, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EAGAIN);
        assertThat(takeAnswer(ws, peer)).isEqualTo(bytes(0x8a, 'p'));
    }

    @Test
    @DisplayName("MSG_WAITALL cannot be met: the recv after a positive poll gives what there is")
    @Tag("calm")
    void waitAllAfterPoll() {
        put(peer, frame(0x82, "abc"));
        assertThat(revents(ws, POLLIN, LATER)).isEqualTo(POLLIN);
        assertThat(recv(ws, buf, 16, MSG_WAITALL)).as("cannot be met").isEqualTo(3);
    }

    @Test
    @DisplayName("... by the same thread, also when another has polled since")
    void eachThreadsOwnRecv() throws Exception {
        put(peer, frame(0x89, "p"));
        assertThat(revents(ws, POLLIN, LATER)).isEqualTo(POLLIN);
        CompletableFuture<Integer> other = Background.supply(() -> revents(ws, POLLIN, LATER));
        assertThat(other.get(LATER, TimeUnit.MILLISECONDS)).isEqualTo(POLLIN);
        CompletableFuture<Integer> recv = new CompletableFuture<>();
        Thread rescue = new Thread(() -> {
            try {
                recv.get(LATER, TimeUnit.MILLISECONDS);
            } catch (Exception e) {
                put(peer, frame(0x81, "rescue"));
            }
        });
        rescue.start();
        int rc = recv(ws, buf, 16, 0);
        recv.complete(rc);
        rescue.join();
        assertThat(rc).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EAGAIN);
    }

    @Test
    @DisplayName("end of stream: POLLIN; POLLHUP only when sending is over, too")
    void endOfStream() {
        assertThat(shutdown(peer, SHUT_WR)).isZero();
        assertThat(revents(ws, POLLIN, LATER)).isEqualTo(POLLIN);
        assertThat(recv(ws, buf, 16, 0)).isZero();
        assertThat(revents(ws, POLLIN | POLLOUT, LATER)).isEqualTo(POLLIN | POLLOUT);
        assertThat(send(ws, bytes('x'), 1, 0)).isEqualTo(1);
        assertThat(shutdown(ws, SHUT_WR)).isZero();
        assertThat(revents(ws, POLLIN, LATER)).isEqualTo(POLLIN | POLLHUP);
    }

    @Test
    @DisplayName("any mix: TCP, UDP, pipe, eventfd, websocket, bad, negative, the same one twice")
    @Tag("calm")
    void mixture() {
        int[] pipe = new int[2];
        assertThat(pipe(pipe)).isZero();
        int counter = eventfd(1, 0);
        int udp = socket(AF_INET, SOCK_DGRAM, 0);
        put(peer, concat(frame(0x81, "a"), frame(0x81, "b")));
        assertThat(recv(ws, buf, 16, 0)).isEqualTo(1); // the second is in user space
        Pollfd[] fds = {
            new Pollfd(ws, POLLIN), new Pollfd(pipe[0], POLLIN), new Pollfd(counter, POLLIN),
            new Pollfd(udp, POLLIN | POLLOUT), new Pollfd(-1, POLLIN), new Pollfd(60_000, POLLIN),
            new Pollfd(ws, POLLOUT), new Pollfd(pair.clientTransport, POLLIN), new Pollfd(ws, 0),
        };
        fds[4].revents = 99;
        assertThat(poll(fds, fds.length, -1)).isEqualTo(5);
        int[] revents = java.util.Arrays.stream(fds).mapToInt(f -> f.revents).toArray();
        assertThat(revents).containsExactly(POLLIN, 0, POLLIN, POLLOUT, 0, POLLNVAL, POLLOUT, 0, 0);
        FdSet in = new FdSet();
        FdSet out = new FdSet();
        for (int fd : new int[] {ws, pipe[0], counter}) {
            FD_SET(fd, in);
            FD_SET(fd, out);
        }
        FD_CLR(pipe[0], out);
        FD_CLR(counter, out);
        assertThat(select(60_001, in, out, null, new Timeval(5, 0))).isEqualTo(3);
        assertThat(FD_ISSET(ws, in) && FD_ISSET(ws, out) && FD_ISSET(counter, in))
                .isTrue();
        assertThat(FD_ISSET(pipe[0], in)).isFalse();
        for (int fd : new int[] {pipe[0], pipe[1], counter, udp}) {
            close(fd);
        }
    }

    @Test
    @DisplayName("select: one set in several places counts in each and holds the last, as in C")
    @Tag("calm")
    void oneSet() {
        FdSet set = new FdSet();
        FD_SET(ws, set);
        assertThat(select(ws + 1, set, set, null, new Timeval(0, 0))).isEqualTo(1);
        assertThat(FD_ISSET(ws, set)).as("can be written").isTrue();
        assertThat(select(ws + 1, set, set, set, new Timeval(0, 0))).isEqualTo(1);
        assertThat(FD_ISSET(ws, set)).as("has nothing urgent").isFalse();
    }

    private long cpuOfAPoll() {
        long before = cpuMillis();
        assertThat(revents(ws, POLLIN | POLLOUT, 300)).isZero();
        return cpuMillis() - before;
    }
}
