package dev.zsock.soak;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;

import java.util.Random;

/** Sends records over a connection, in every way there is. */
final class Sending {
    private final Link link;
    private final boolean text;
    private final Tally tally;
    private final Random random;
    private final byte[] small = new byte[125];
    private final IntRef type = new IntRef();
    private final LongRef remaining = new LongRef();

    Sending(Link link, boolean text, Tally tally, Random random) {
        this.link = link;
        this.text = text;
        this.tally = tally;
        this.random = random;
    }

    /** So many records at most, and one more that leaves no tail: how many there were. */
    long run(long records, long deadline) {
        long number = 0;
        while (number < records && System.nanoTime() < deadline) {
            if (random.nextInt(20) == 0) {
                tally.faults.add(link.mood(random));
            }
            send(Record.of(number++, size(), random));
        }
        link.calm();
        send(Record.of(number, 0, random));
        if (link.websocket()) { // a timeout of -1 leaves no tail
            frame(small, 0, 0, WEBSOCKET_OPCODE_PONG, true, K_FOREVER);
        }
        return number + 1;
    }

    private int size() {
        int kind = random.nextInt(100);
        return random.nextInt(kind < 70 ? 200 : kind < 97 ? 16 << 10 : 300 << 10);
    }

    private void send(byte[] record) {
        if (!link.websocket()) {
            plain(record);
        } else if (text && random.nextBoolean()) {
            whole(record);
        } else {
            fragments(record);
        }
        if (random.nextInt(4) == 0) { // a receive sends what has gathered
            drain();
        }
    }

    private void plain(byte[] record) {
        for (int at = 0; at < record.length; ) {
            int n = dev.zsock.Sockets.send(link.sock, record, at, record.length - at, MSG_NOSIGNAL);
            at += accepted(n < 0 ? -errno() : n, record.length - at);
        }
    }

    /** One TEXT frame by {@code send}. */
    private void whole(byte[] record) {
        int flags = random.nextInt(4) == 0 ? MSG_MORE : 0;
        int n;
        do {
            n = dev.zsock.Sockets.send(link.fd, record, record.length, flags);
            n = accepted(n < 0 ? -errno() : n, record.length);
        } while (n == 0);
        if (n != record.length) {
            throw new IllegalStateException("send took " + n + " of " + record.length);
        }
    }

    private void fragments(byte[] record) {
        int opcode = text ? WEBSOCKET_OPCODE_DATA_TEXT : WEBSOCKET_OPCODE_DATA_BINARY;
        int at = 0;
        boolean last;
        do {
            boolean cut = random.nextInt(3) == 0;
            int n = cut ? random.nextInt(record.length - at + 1) : record.length - at;
            last = !cut;
            frame(record, at, n, opcode, last, timeout());
            tally.fragments.increment();
            at += n;
            opcode = WEBSOCKET_OPCODE_CONTINUE;
            if (random.nextInt(10) == 0) {
                frame(small, 0, random.nextInt(126), WEBSOCKET_OPCODE_PING, true, timeout());
                tally.pings.increment();
            }
        } while (!last);
    }

    private int timeout() {
        return random.nextBoolean() ? K_FOREVER : random.nextInt(5);
    }

    private void frame(byte[] buf, int off, int n, int opcode, boolean last, int timeout) {
        int rc;
        do {
            rc = websocket_send_msg(link.fd, buf, off, n, opcode, link.client, last, timeout);
            if (rc == -ETIMEDOUT) {
                accepted(-EAGAIN, n);
            } else if (rc != n) {
                throw new IllegalStateException("websocket_send_msg: " + rc + " of " + n);
            }
        } while (rc < 0);
    }

    /** How many bytes were taken; what stands for a full connection waits for room. */
    private int accepted(int rc, int asked) {
        if (rc == asked) {
            return rc;
        }
        tally.met.increment();
        if (rc >= 0) {
            return rc;
        }
        if (rc != -EAGAIN) {
            throw new IllegalStateException("send: " + strerror(-rc));
        }
        drain();
        link.await(POLLOUT | (link.websocket() ? POLLIN : 0));
        return 0;
    }

    /** Takes the PONGs that have come. */
    private void drain() {
        if (!link.websocket()) {
            return;
        }
        int rc;
        do {
            rc = websocket_recv_msg(link.fd, small, small.length, type, remaining, 0);
            if (rc >= 0 && (type.value & WEBSOCKET_FLAG_PONG) != 0 && remaining.value == 0) {
                tally.pongs.increment();
            }
        } while (rc >= 0);
        if (rc != -EAGAIN) {
            throw new IllegalStateException("PONG expected: " + strerror(-rc));
        }
    }
}
