package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.file.Span;
import dev.zsock.internal.file.Waiters;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.PollAbi;
import dev.zsock.uapi.SocketAbi;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The receiving half: one reader at a time brings bytes from the transport and frames to callers.
 */
final class Receiver implements ErrnoAbi {
    private static final int LAST = 1; // of a loop's results: the caller has what it wants

    /** How long poll waits for a reader that takes what poll was told of. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(1);

    /** Bytes that are no data, after which a call whose time is over takes no more. */
    private static final int PATIENT = 64 << 10;

    private final FileOps below;
    private final Sender sender;

    /** One reader at a time; held while a receive blocks below. */
    private final ReentrantLock rx = new ReentrantLock();

    private final Heartbeat heartbeat;
    private volatile boolean expired;

    // guarded by rx
    private final InputBuffer in;
    private final FrameReader frames;
    private long dry; // bytes that came since the call began or had data

    private final Watchers watchers;
    private volatile @Nullable Call reader; // the call that waits for bytes, or the last that did
    private volatile @Nullable Waiters blocksOn; // where it may block
    private final Promised promised = new Promised(); // a receive that does not block

    Receiver(
            FileOps below,
            Sender sender,
            InputBuffer in,
            FrameReader frames,
            Heartbeat heartbeat,
            Watchers watchers) {
        this.below = below;
        this.watchers = watchers;
        this.sender = sender;
        this.in = in;
        this.frames = frames;
        this.heartbeat = heartbeat;
    }

    /** For what may be asked and set without the lock. */
    FrameReader frames() {
        return frames;
    }

    /** The peer has been silent for too long: from now on nothing comes. */
    void expire() {
        expired = true;
    }

    /** Makes the reader, if one waits, look at everything again. */
    void wake() {
        Waiters where = blocksOn;
        Call waiting = reader;
        if (where != null && waiting != null) {
            where.wake(waiting);
        }
    }

    /**
     * The last number has been closed: once the calls that run have left, nobody takes another byte
     * from the transport.
     */
    void quit(Call call) {
        call.deadline = Call.afterNanos(Locks.LEAVING);
        if (Locks.lock(rx, call) == 0) {
            frames.over(-EBADF);
            rx.unlock();
        }
    }

    /** Lets go; what the protocol owes the peer for what came leaves without waiting. */
    private void end(Call call) {
        rx.unlock();
        // Who polls adds itself first and tries the lock then: others() before unlock() missed it.
        if (watchers.others() && rx.tryLock()) {
            boolean tell = frames.deliverable();
            rx.unlock();
            if (tell) {
                watchers.tellInput();
            }
        }
        sender.flush(call);
    }

    /**
     * Like Zephyr's {@code websocket_recv_msg}: one frame or a piece of it, control frames too. The
     * references are written with every result that is not negative.
     */
    int message(Call call, Span dst, @Nullable IntRef type, @Nullable LongRef remaining) {
        return message(call, dst, false, type, remaining);
    }

    private int message(
            Call call, Span dst, boolean peek, @Nullable IntRef type, @Nullable LongRef remaining) {
        promised.take();
        int rc = Locks.lock(rx, call);
        if (rc < 0) {
            return rc;
        }
        try {
            return nextPiece(call, dst, peek, type, remaining);
        } finally {
            end(call);
        }
    }

    private int nextPiece(
            Call call, Span dst, boolean peek, @Nullable IntRef type, @Nullable LongRef remaining) {
        int got = 0;
        dry = 0;
        while (true) {
            int rc = frames.frame();
            if (rc > 0 && frames.isClose()) {
                rc = frames.collect() ? frames.closeReceived() : 0;
            }
            if (rc > 0) {
                got += frames.isClose()
                        ? frames.show(dst)
                        : peek ? frames.peek(dst) : frames.deliver(dst);
                dry = got > 0 ? 0 : dry;
                rc = frames.failure(); // text that is not UTF-8
                boolean enough = dst.remaining() == 0 || peek && got > 0;
                if (rc == 0 && (frames.left() == 0 || enough)) {
                    return report(got, peek, type, remaining);
                }
            }
            rc = rc == 0 ? fill(call) : rc;
            if (rc < 0) {
                return got > 0 ? report(got, peek, type, remaining) : told(rc);
            }
        }
    }

    /**
     * Writes what the frame in hand is and what is left of it; nothing left ends it, but a look.
     */
    private int report(int got, boolean peek, @Nullable IntRef type, @Nullable LongRef remaining) {
        tell(frames.type(), type, remaining);
        if (frames.left() == 0 && !peek) {
            frames.seen();
        }
        return got;
    }

    private void tell(int what, @Nullable IntRef type, @Nullable LongRef remaining) {
        if (type != null) {
            type.value = what;
        }
        if (remaining != null) {
            remaining.value = frames.left();
        }
    }

    /**
     * Like {@code recv(2)}: application data only; 0 is the end. The references are written when
     * the result is a frame's.
     */
    int stream(
            Call call,
            Span dst,
            boolean all,
            boolean peek,
            @Nullable IntRef type,
            @Nullable LongRef remaining) {
        if (frames.raw) {
            return endOfData(message(call, dst, peek, type, remaining));
        }
        if (promised.take()) { // told that something is there: does not block
            call.deadline = Call.NOW;
        }
        int rc = Locks.lock(rx, call);
        if (rc < 0) {
            return rc;
        }
        try {
            return nextData(call, dst, all, peek, type, remaining);
        } finally {
            end(call);
        }
    }

    private int nextData(
            Call call,
            Span dst,
            boolean all,
            boolean peek,
            @Nullable IntRef type,
            @Nullable LongRef remaining) {
        int got = 0;
        dry = 0;
        while (true) {
            int rc = frames.frame();
            boolean whole = true;
            if (rc > 0 && frames.isControl()) {
                whole = frames.collect();
                rc = whole ? frames.answer() : 0;
            } else if (rc > 0) {
                int n = peek ? frames.peek(dst) : frames.deliver(dst);
                if (n > 0) {
                    dry = 0;
                    tell(frames.messageType(), type, remaining);
                }
                got += n;
                boolean enough = got > 0 && (!all || peek || dst.remaining() == 0);
                rc = enough ? LAST : frames.failure();
            }
            boolean ended = rc >= 0 && whole && frames.inFrame() && frames.left() == 0;
            if (ended) {
                frames.frameEnds();
            }
            if (rc == LAST) {
                return got;
            }
            if (rc == 0 && !ended) {
                rc = fill(call);
            }
            if (rc < 0) {
                return got > 0 ? got : endOfData(told(rc));
            }
        }
    }

    /** What the caller is told of rc; once the transport is gone there is no other end. */
    private int told(int rc) {
        int once = frames.told(rc);
        return once == frames.over() && below.ended() ? -EBADF : once;
    }

    private static int endOfData(int rc) {
        return rc == -ENOTCONN ? 0 : rc;
    }

    /** Reads from the transport: bytes that came, or -errno. */
    private int fill(Call call) {
        if (frames.over() != 0) {
            return frames.over();
        }
        if (dry > PATIENT && Call.nanosLeft(call.deadline) == 0) {
            return -EAGAIN; // a peer that never stops would keep it beyond its time
        }
        Span room = in.room(frames.coming());
        while (true) {
            int rc = below.ended() ? -EBADF : receive(call, room);
            if (rc > 0) {
                in.filled(rc);
                dry += rc;
                heartbeat.heard();
                return rc;
            }
            if (rc == 0) {
                rc = endOfStream();
            }
            if (rc == -ENOTCONN || rc == -ECONNRESET || rc == -ETIMEDOUT) {
                return frames.over(rc);
            }
            if (rc != -EINTR) {
                return rc;
            }
        }
    }

    private int endOfStream() {
        if (below.ended()) {
            return -EBADF;
        }
        return expired ? -ETIMEDOUT : sender.reset() ? -ECONNRESET : -ENOTCONN;
    }

    private int receive(Call call, Span room) {
        sender.push(call);
        // Told first, looked at then: who wakes does it the other way round.
        reader = call;
        blocksOn = call.waiters();
        try {
            if (expired) {
                return -ETIMEDOUT;
            }
            return sender.abandoned()
                    ? receiveOrSend(call, room)
                    : below.recvfrom(call, room, 0, null, null);
        } catch (OutOfMemoryError e) { // before anything was taken
            return -ENOMEM;
        } finally {
            blocksOn = null;
        }
    }

    /** While a frame is stuck, waiting for bytes also waits for room to send it. */
    private int receiveOrSend(Call call, Span room) {
        long deadline = call.deadline;
        call.deadline = Call.NOW;
        int rc = below.recvfrom(call, room, 0, null, null);
        call.deadline = deadline;
        if (rc == -EAGAIN && deadline != Call.NOW) {
            rc = below.await(call, PollAbi.POLLIN | PollAbi.POLLOUT);
            return rc < 0 ? rc : -EINTR; // look again
        }
        return rc;
    }

    /**
     * POLLIN when a receive would deliver something now, POLLNVAL when the transport has gone, or
     * 0. ask: the transport has bytes or has ended.
     */
    int poll(Call call, boolean ask) {
        promised.take();
        if (!Locks.tryLock(rx, ask ? PATIENCE : 0)) {
            return 0; // somebody receives: what comes is theirs
        }
        long deadline = call.deadline;
        call.deadline = Call.NOW;
        try {
            int rc = lookAhead(call, ask || expired);
            boolean over = frames.over() != 0 && frames.failure() == 0 && !frames.inFrame();
            rc = over && below.ended() ? -EBADF : rc;
            if (rc == -EBADF || rc == -EAGAIN) {
                return rc == -EBADF ? PollAbi.POLLNVAL : 0;
            }
            promised.add();
            return PollAbi.POLLIN;
        } finally {
            end(call);
            call.deadline = deadline;
        }
    }

    /** Goes on to what a receive would deliver, asking the transport or not: 1, or why not. */
    private int lookAhead(Call call, boolean ask) {
        int rc = 1;
        dry = 0;
        while (!frames.deliverable() && rc > 0) {
            rc = ask ? fill(call) : -EAGAIN;
        }
        return rc;
    }

    /** FIONREAD: tells how much of the frame in hand has come for recv; 0 or what went wrong. */
    int readable(Call call, IntRef count) {
        if (!Locks.tryLock(rx, PATIENCE)) {
            count.value = 0; // somebody receives: what comes is theirs
            return 0;
        }
        call.deadline = Call.NOW;
        try {
            lookAhead(call, true);
            int rc = below.ioctl(call, SocketAbi.FIONREAD, count); // what has not been read
            if (rc >= 0) {
                boolean data = frames.inFrame() && !frames.isControl() && frames.failure() == 0;
                count.value = data ? frames.come(count.value) : 0;
            }
            return rc;
        } finally {
            end(call);
        }
    }
}
