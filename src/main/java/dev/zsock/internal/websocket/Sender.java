package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.file.Span;
import dev.zsock.internal.trace.Trace;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.PollAbi;
import dev.zsock.uapi.SocketAbi;
import dev.zsock.uapi.WebsocketAbi;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sending half. One frame at a time leaves, whole: what the kernel did not take by a call's
 * deadline is the tail, and nothing else leaves before it.
 */
final class Sender implements ErrnoAbi, WebsocketAbi {
    private static final byte[] NOTHING = {};

    private final FileOps below;
    private final int fd; // for the trace
    private final boolean client;
    private final Owed owed = new Owed();

    /** One frame at a time; held while a send blocks below. */
    private final ReentrantLock tx = new ReentrantLock();

    private final Condition messageEnded = tx.newCondition();

    // guarded by tx
    private final SendRules rules;
    private final Utf8Checker utf8 = new Utf8Checker();
    private final FrameWriter writer;
    private final @Nullable MessageDeflater deflater;
    private @Nullable Thread owner; // of the fragmented message that is open
    private boolean gather; // the frame in hand may wait for others

    private final Runnable tellStuck;
    private volatile boolean due; // those that did need not wait for more
    private volatile boolean closed; // the transport is its owner's again
    volatile boolean raw;
    volatile boolean corked; // frames gather

    /**
     * deflater: for what is sent, or null. tellStuck hears, without a lock, that something waits
     * for the transport to take it.
     */
    Sender(
            FileOps below,
            int fd,
            boolean client,
            @Nullable MessageDeflater deflater,
            Runnable tellStuck) {
        this.below = below;
        this.fd = fd;
        this.client = client;
        this.tellStuck = tellStuck;
        rules = new SendRules(client);
        writer = new FrameWriter(below);
        this.deflater = deflater;
    }

    Owed owed() {
        return owed;
    }

    /** Bytes of a begun frame that have still to leave. */
    int pending() {
        return writer.pending();
    }

    /** Bytes of whole frames that wait for more of them. */
    int gathered() {
        return writer.gathered();
    }

    /** True once a send has met a reset, which the kernel tells only once. */
    boolean reset() {
        return writer.reset();
    }

    /** True while something waits for the transport to take it. */
    boolean stuck() {
        return writer.pending() > 0 || waiting();
    }

    /** True while whole frames are to leave at the next frame boundary. */
    private boolean waiting() {
        return owed.any() || due;
    }

    /** True while a frame is begun and not finished, or a call is at it. */
    boolean midFrame() {
        return writer.pending() > 0 || tx.isLocked();
    }

    /** True while something is stuck that no running call will look after. */
    boolean abandoned() {
        return stuck() && !tx.isLocked();
    }

    /**
     * Sends one frame: its payload's length, also when the kernel has only begun to take it by the
     * deadline; -EAGAIN when it has not begun. The order of the checks is a promise.
     */
    int send(Call call, Span src, int opcode, boolean mask, boolean fin, boolean more) {
        int length = src.remaining();
        int rc = attempt(call, src, opcode, mask, fin, more);
        if (Trace.WS && rc < 0) {
            String why = Reasons.notSent(rc, opcode, mask, fin, length, client);
            Trace.ws(fd, "not sent", "opcode", opcode, "len", length, "errno", -rc, "reason", why);
        }
        return rc;
    }

    private int attempt(Call call, Span src, int opcode, boolean mask, boolean fin, boolean more) {
        if (below.ended()) {
            return -EBADF;
        }
        if (!raw && !rules.form(opcode, mask, fin, src.remaining())) {
            return -EINVAL;
        }
        int rc = Locks.lock(tx, call);
        if (rc < 0) {
            return rc;
        }
        try {
            rc = turn(call, opcode);
            if (rc == 0 && !raw && !waits(opcode) && !rules.sequence(opcode)) {
                rc = -EINVAL;
            }
            if (rc == 0) {
                rc = src.check();
            }
            gather = (more || corked) && opcode != WEBSOCKET_OPCODE_CLOSE;
            return rc < 0 ? rc : accept(call, src, opcode, mask, fin);
        } finally {
            unlock(call);
        }
    }

    /** True for a new message while another thread's is open. */
    private boolean waits(int opcode) {
        return !raw
                && rules.open()
                && !SendRules.control(opcode)
                && opcode != WEBSOCKET_OPCODE_CONTINUE
                && owner != Thread.currentThread();
    }

    /** A new message waits until another thread's has ended, or never will. */
    private int turn(Call call, int opcode) {
        int rc = 0;
        while (rc == 0 && waits(opcode) && !writer.broken() && !owed.closeClaimed()) {
            rc = below.ended() ? -EBADF : Locks.await(messageEnded, call);
        }
        return rc;
    }

    private int accept(Call call, Span src, int opcode, boolean mask, boolean fin) {
        if (raw) {
            int rc = writer.finish(call);
            return rc < 0 ? rc : frame(call, src, opcode, mask, fin);
        }
        int before = utf8.state();
        int rc = content(src, opcode, fin);
        boolean close = opcode == WEBSOCKET_OPCODE_CLOSE;
        if (rc == 0 && (owed.closeClaimed() || waits(opcode))) {
            rc = close ? src.remaining() : -EPIPE;
        } else if (rc == 0) {
            rc = writer.finish(call);
            if (rc == 0 && close && !owed.claimClose()) {
                return src.remaining(); // the echo was quicker
            }
            if (rc == 0) {
                rc = frame(call, src, opcode, mask, fin);
                if (writer.begun()) {
                    commit(opcode, fin);
                    return rc;
                }
                if (close) {
                    owed.unclaimClose();
                }
            }
        }
        utf8.state(before);
        return rc;
    }

    /** 0, -EINVAL for a CLOSE that 7.4 forbids, -EILSEQ for text that is not UTF-8. */
    private int content(Span src, int opcode, boolean fin) {
        int n = src.remaining();
        if (opcode == WEBSOCKET_OPCODE_CLOSE) {
            int code = CloseCodes.checkPayload(src);
            return code == 0 ? 0 : code == CloseCodes.INVALID_PAYLOAD ? -EILSEQ : -EINVAL;
        }
        boolean text = opcode == WEBSOCKET_OPCODE_DATA_TEXT
                || opcode == WEBSOCKET_OPCODE_CONTINUE
                        && rules.messageOpcode() == WEBSOCKET_OPCODE_DATA_TEXT;
        if (!text) {
            return 0;
        }
        if (opcode == WEBSOCKET_OPCODE_DATA_TEXT) {
            utf8.reset();
        }
        return utf8.check(src, n) == n && (!fin || utf8.complete()) ? 0 : -EILSEQ;
    }

    private void commit(int opcode, boolean fin) {
        rules.commit(opcode, fin);
        if (!SendRules.control(opcode)) {
            owner = rules.open() ? Thread.currentThread() : null;
            if (owner == null) {
                messageEnded.signalAll();
            }
        }
    }

    /** Sends a frame, compressed when that was agreed on: its payload's length, or -errno. */
    private int frame(Call call, Span src, int opcode, boolean mask, boolean fin) {
        int b0 = (fin ? FrameRules.FIN : 0) | opcode & 0x0f;
        MessageDeflater z = raw || SendRules.control(opcode) ? null : deflater;
        if (z == null) {
            return write(call, src, b0, mask);
        }
        boolean first = opcode != WEBSOCKET_OPCODE_CONTINUE;
        Span packed = z.compress(src, first, fin);
        if (packed == null) {
            return -ENOMEM;
        }
        int rc = write(call, packed, first ? b0 | FrameRules.RSV1 : b0, mask);
        if (!writer.begun()) {
            z.drop();
            return rc;
        }
        int length = src.remaining();
        src.advance(length);
        return rc < 0 ? rc : length;
    }

    private int write(Call call, Span payload, int b0, boolean mask) {
        int length = payload.remaining();
        int rc = writer.write(call, payload, b0, mask, gather);
        if (Trace.WS && writer.begun()) {
            Trace.ws(fd, ">", b0, length);
        }
        return rc;
    }

    /** Sends, without waiting, what has gathered and what is owed: 0, or what stopped it. */
    private int flushOwed(Call call) {
        if (closed || !stuck()) {
            return closed ? -EPIPE : 0;
        }
        long deadline = call.deadline;
        call.deadline = Call.NOW;
        try {
            due = false;
            int rc = writer.flush(call);
            while (rc == 0 && owed.any()) {
                ByteBuffer out = writer.control();
                int encoded = owed.encode(out, client);
                rc = writer.writeControl(call, out);
                if (writer.begun()) {
                    owed.gone(encoded);
                    if (Trace.WS) {
                        Trace.ws(fd, ">", out.get(0), out.get(1) & 0x7f);
                    }
                }
            }
            if (FrameWriter.isDead(rc)) {
                owed.forget(); // nobody is there to hear it
            }
            return rc;
        } finally {
            call.deadline = deadline;
        }
    }

    /**
     * Sends what is stuck as far as that goes without waiting for anybody: true when some is left
     * that no running call will look after.
     */
    boolean flush(Call call) {
        if (stuck() && tx.tryLock()) {
            unlock(call);
        }
        return abandoned();
    }

    /** The same with what has gathered. */
    boolean push(Call call) {
        if (writer.gathered() > 0) {
            due = true;
        }
        return flush(call);
    }

    /** Frames gather no more: those that did leave; 0, also when the deadline left a tail. */
    int uncork(Call call) {
        due = true; // whoever has the lock sends them
        int rc = Locks.lock(tx, call);
        if (rc == 0) {
            try {
                rc = writer.flush(call);
            } finally {
                unlock(call);
            }
        }
        return rc == -EAGAIN ? 0 : rc;
    }

    private void unlock(Call call) {
        int rc = flushOwed(call);
        tx.unlock();
        // What came to wait since then found the lock taken.
        while (rc == 0 && waiting() && tx.tryLock()) {
            rc = flushOwed(call);
            tx.unlock();
        }
        if (stuck()) {
            tellStuck.run();
        }
    }

    /**
     * The end: what is left of a frame leaves, then a CLOSE unless one has gone. When a begun frame
     * cannot be finished the transport is shut down, so that nothing can follow inside it.
     */
    int hangUp(Call call) {
        if (below.ended()) {
            return -EBADF;
        }
        long deadline = call.deadline;
        call.deadline = Call.afterNanos(Locks.LEAVING);
        boolean unfinished = true;
        int rc = Locks.lock(tx, call);
        if (rc == 0) {
            try {
                call.deadline = deadline;
                owed.close(NOTHING, 0, raw);
                due = true;
                rc = drain(call);
                rc = rc == 0 && writer.torn() ? -EPIPE : rc;
                unfinished = rc < 0 && (writer.pending() > 0 || writer.torn());
            } catch (OutOfMemoryError e) { // there was none to wait with
                rc = -ENOMEM;
                unfinished = writer.pending() > 0;
            } finally {
                closed = true; // whatever call still runs
                tx.unlock();
            }
        }
        closed = true;
        if (unfinished) {
            below.shutdown(SocketAbi.SHUT_RDWR);
        }
        return rc == -EAGAIN ? -ETIMEDOUT : rc;
    }

    private int drain(Call call) {
        while (true) {
            int rc = flushOwed(call);
            if (rc != -EAGAIN || below.await(call, PollAbi.POLLOUT) < 0) {
                return rc;
            }
        }
    }
}
