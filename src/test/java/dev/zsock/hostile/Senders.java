package dev.zsock.hostile;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Timeval;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * Sixteen threads that send parcels over one websocket until a call fails, four by {@code send},
 * eight by {@code websocket_send_msg}, four of these as fragments, and a thread that sends PINGs.
 */
final class Senders {
    static final int COUNT = 16;

    /** Payload of each PING. */
    static final byte[] PING = {'h', 'b'};

    private static final int KINDS = 4; // send, TEXT, BINARY, fragments
    private static final int FRAGMENTS = 3;
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int LOOK_AGAIN_MS = 20;

    /** How calls wait. */
    enum Mood {
        BLOCKING,
        NONBLOCK,
        TIMEOUT;

        /** Sets it on a transport. */
        void on(int sock) {
            assertThat(fcntl(sock, F_SETFL, this == NONBLOCK ? O_NONBLOCK : 0)).isZero();
            if (this == TIMEOUT) {
                Timeval ms = new Timeval(0, 2000);
                assertThat(setsockopt(sock, SOL_SOCKET, SO_SNDTIMEO, ms)).isZero();
                assertThat(setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, ms)).isZero();
            }
        }

        /**
         * Before close, which waits for 2 s when nothing is set, and a machine stalls for longer.
         */
        void closing(int sock) {
            if (this == BLOCKING) {
                assertThat(setsockopt(sock, SOL_SOCKET, SO_SNDTIMEO, new Timeval(20, 0)))
                        .isZero();
            }
        }

        int timeout() {
            return this == BLOCKING ? SYS_FOREVER_MS : this == NONBLOCK ? 0 : 2;
        }
    }

    /** How many parcels of each sender were accepted whole, and how many empty messages. */
    final AtomicIntegerArray accepted = new AtomicIntegerArray(COUNT);

    final AtomicInteger empty = new AtomicInteger();

    /** Calls that had to be made again. */
    final AtomicInteger refused = new AtomicInteger();

    private final int ws;
    private final boolean mask;
    private final Mood mood;
    private final List<CompletableFuture<Integer>> ends = new ArrayList<>();

    Senders(int ws, boolean mask, Mood mood) {
        this.ws = ws;
        this.mask = mask;
        this.mood = mood;
    }

    /** Opcode of the parcels of a sender. */
    static int opcode(int sender) {
        return sender % KINDS < 2 ? WEBSOCKET_OPCODE_DATA_TEXT : WEBSOCKET_OPCODE_DATA_BINARY;
    }

    void start() {
        for (int i = 0; i < COUNT; i++) {
            int sender = i;
            ends.add(Background.supply(() -> parcels(sender)));
        }
        ends.add(Background.supply(this::pings));
    }

    /** Waits for all: the negative errno that ended each. */
    List<Integer> ends() throws Exception {
        List<Integer> all = new ArrayList<>();
        for (CompletableFuture<Integer> end : ends) {
            all.add(end.get(20, TimeUnit.SECONDS));
        }
        return all;
    }

    private int parcels(int sender) {
        Random random = new Random(sender);
        for (int number = 0; ; number++) {
            byte[] bytes = Parcel.of(sender, number);
            int rc = sender % KINDS == 0
                    ? bsd(bytes)
                    : frames(bytes, opcode(sender), sender % KINDS == KINDS - 1, random);
            if (rc < 0) {
                return rc;
            }
            accepted.incrementAndGet(sender);
            if (number % 10 == sender % 10) {
                rc = sender % KINDS == 0
                        ? bsd(new byte[0])
                        : frame(null, 0, 0, opcode(sender), true);
                if (rc < 0) {
                    return rc;
                }
                empty.incrementAndGet();
            }
        }
    }

    private int pings() {
        int rc = 0;
        while (rc >= 0) {
            rc = frame(PING, 0, PING.length, WEBSOCKET_OPCODE_PING, true);
            LockSupport.parkNanos(10 * PAUSE_NANOS);
        }
        return rc;
    }

    private int bsd(byte[] bytes) {
        return accepted(bytes.length, () -> {
            int rc = send(ws, bytes, bytes.length, 0);
            return rc < 0 ? -errno() : rc;
        });
    }

    private int frames(byte[] bytes, int opcode, boolean fragments, Random random) {
        int at = 0;
        int cuts = fragments ? random.nextInt(FRAGMENTS) : 0;
        for (int next = opcode; ; next = WEBSOCKET_OPCODE_CONTINUE) {
            int n = cuts == 0 ? bytes.length - at : random.nextInt(bytes.length - at + 1);
            int rc = frame(bytes, at, n, next, cuts == 0);
            if (rc < 0 || cuts-- == 0) {
                return rc;
            }
            at += n;
        }
    }

    private int frame(byte[] bytes, int at, int n, int opcode, boolean fin) {
        return accepted(
                n, () -> websocket_send_msg(ws, bytes, at, n, opcode, mask, fin, mood.timeout()));
    }

    /** Calls until it accepts, whole as a frame is, or fails. */
    private int accepted(int n, IntSupplier call) {
        while (true) {
            int rc = call.getAsInt();
            if (rc != -EAGAIN && rc != -ETIMEDOUT) {
                assertThat(rc < 0 || rc == n).as("%d of %d", rc, n).isTrue();
                return rc;
            }
            assertThat(mood).isNotEqualTo(Mood.BLOCKING);
            refused.incrementAndGet();
            poll(new Pollfd[] {new Pollfd(ws, POLLOUT)}, 1, LOOK_AGAIN_MS);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
