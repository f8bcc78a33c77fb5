package dev.zsock.contract;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;
import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

@DisplayName("poll and select of thousands")
@Timeout(120)
class PollScaleTest {
    private static final int FEW = 1000;
    private static final int MANY = 10_000;
    private static final int ROUNDS = 5;

    private Pollfd[] fds = {};

    @AfterEach
    void closeAll() {
        for (Pollfd one : fds) {
            close(one.fd);
        }
    }

    private void open(int n) {
        closeAll();
        fds = Pollfd.array(n);
        for (int i = 0; i < n; i++) {
            fds[i].fd = eventfd(i == n - 1 ? 1 : 0, 0);
            assertThat(fds[i].fd).isPositive();
            fds[i].events = POLLIN;
        }
    }

    private int pollAll() {
        return poll(fds, fds.length, -1);
    }

    private FdSet all() {
        FdSet set = new FdSet();
        for (Pollfd one : fds) {
            FD_SET(one.fd, set);
        }
        return set;
    }

    private int selectAll(FdSet all, FdSet set) {
        FD_COPY(all, set);
        return select(fds[fds.length - 1].fd + 1, set, null, null, null);
    }

    @Test
    @DisplayName("finds the one that is ready, and nothing in the others")
    void findsTheOne() {
        open(MANY);
        assertThat(pollAll()).isEqualTo(1);
        for (int i = 0; i < MANY; i++) {
            assertThat(fds[i].revents).isEqualTo(i == MANY - 1 ? POLLIN : 0);
        }
        FdSet set = all();
        assertThat(selectAll(set, set)).isEqualTo(1);
        for (int i = 0; i < MANY; i++) {
            assertThat(FD_ISSET(fds[i].fd, set)).isEqualTo(i == MANY - 1);
        }
        assertThat(select(fds[MANY - 2].fd + 1, all(), null, null, new Timeval()))
                .isZero();
    }

    @Test
    @DisplayName("closing any of them ends the wait")
    void closeEndsTheWait() throws Exception {
        open(MANY);
        fds[MANY - 1].events = 0;
        CompletableFuture<Integer> waits = new CompletableFuture<>();
        Thread poller = new Thread(() -> waits.complete(pollAll()));
        poller.start();
        Wire.awaitBlocked(poller, "ppoll");
        close(fds[MANY / 2].fd);
        assertThat(waits.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(fds[MANY / 2].revents).isEqualTo(POLLNVAL);
        fds[MANY / 2].fd = -1;
        fds[MANY - 1].events = POLLIN;
        assertThat(Background.supply(this::pollAll).get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    /** Processor time of a call, undisturbed, in nanoseconds. */
    private static long cost(IntSupplier call) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int j = 0; j < ROUNDS; j++) {
                assertThat(call.getAsInt()).isEqualTo(1);
            }
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            least = Math.min(least, nanos / ROUNDS);
        }
        return least;
    }

    @Test
    @DisplayName("ten times as many cost ten times as much, not a hundred times")
    void linear() {
        long[][] costs = new long[2][];
        for (int i = 0; i < 2; i++) {
            open(i == 0 ? FEW : MANY);
            FdSet all = all();
            FdSet set = new FdSet();
            cost(this::pollAll); // compiled
            costs[i] = new long[] {cost(this::pollAll), cost(() -> selectAll(all, set))};
        }
        assertThat(costs[1][0]).as("poll").isLessThan(costs[0][0] * 25);
        assertThat(costs[1][1]).as("select").isLessThan(costs[0][1] * 25);
    }
}
