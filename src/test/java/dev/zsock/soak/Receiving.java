package dev.zsock.soak;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Receives records until the other end closes, and looks at each. */
final class Receiving {
    private final Link link;
    private final boolean bsd;
    private final Tally tally;
    private final Random random;
    private final Record.Reader reader;
    private final byte[] buf = new byte[64 << 10];
    private final IntRef type = new IntRef();
    private final LongRef remaining = new LongRef();

    /** bsd: by {@code recv}, on a websocket too. */
    Receiving(Link link, boolean bsd, Tally tally, Random random) {
        this.link = link;
        this.bsd = bsd || !link.websocket();
        this.tally = tally;
        this.random = random;
        reader = new Record.Reader(tally);
    }

    /** How many records came before the end. */
    long run() {
        int rc;
        do {
            if (random.nextInt(50) == 0) {
                tally.faults.add(link.mood(random));
            }
            if (random.nextInt(200) == 0) { // a reader that is busy elsewhere
                tally.faults.increment();
                LockSupport.parkNanos(random.nextInt(3_000_000));
            }
            rc = bsd ? byRecv() : byMessage();
        } while (rc > 0 && !reader.broken());
        if (!reader.betweenRecords()) {
            reader.torn();
        }
        return reader.next();
    }

    private int size() {
        return 1 + random.nextInt(random.nextInt(4) == 0 ? 64 : buf.length - 1);
    }

    /** 1, or 0 at the end. */
    private int byRecv() {
        int asked = size();
        int n = recv(link.fd, buf, asked, random.nextInt(10) == 0 ? MSG_WAITALL : 0);
        if (n < 0) {
            return failed(-errno());
        }
        if (n < asked) {
            tally.met.increment();
        }
        reader.take(buf, n);
        return n == 0 ? 0 : 1;
    }

    private int byMessage() {
        int timeout = random.nextBoolean() ? K_FOREVER : random.nextInt(5);
        int n = websocket_recv_msg(link.fd, buf, size(), type, remaining, timeout);
        if (n < 0) {
            return n == -ENOTCONN ? 0 : failed(n);
        }
        int control = WEBSOCKET_FLAG_CLOSE | WEBSOCKET_FLAG_PING | WEBSOCKET_FLAG_PONG;
        if ((type.value & control) != 0) {
            return 1; // the library answers
        }
        reader.take(buf, n);
        boolean whole = (type.value & WEBSOCKET_FLAG_FINAL) != 0 && remaining.value == 0;
        if (whole && !reader.betweenRecords()) {
            reader.torn();
        }
        return 1;
    }

    private int failed(int rc) {
        tally.met.increment();
        if (rc != -EAGAIN) {
            throw new IllegalStateException("receive: " + strerror(-rc));
        }
        link.await(POLLIN);
        return 1;
    }
}
