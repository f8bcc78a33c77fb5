package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.file.Span;
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
    private final Outlet outlet;
    private final boolean client;
    private final Owed owed = new Owed();

    /** One frame at a time; held while a send blocks below. */
    private final ReentrantLock tx = new ReentrantLock();

    private final Condition messageEnded = tx.newCondition();

    // guarded by tx
    private final SendRules rules;
    private final Utf8Checker utf8 = new Utf8Checker();
    private @Nullable Staging control; // made when something is owed
    private @Nullable Thread owner; // of the fragmented message that is open
    private @Nullable Staging tail;
    private boolean begun; // the frame that a call sends
    private boolean torn; // a begun frame can never be finished

    private final Runnable tellStuck;
    private volatile int pending;
    volatile boolean raw;

    /** tellStuck hears, without a lock, that something waits for the transport to take it. */
    Sender(FileOps below, boolean client, Runnable tellStuck) {
        this.below = below;
        outlet = new Outlet(below);
        this.client = client;
        this.tellStuck = tellStuck;
        rules = new SendRules(client);
    }

    Owed owed() {
        return owed;
    }

    /** Bytes of a begun frame that have still to leave. */
    int pending() {
        return pending;
    }

    /** True once a send has met a reset, which the kernel tells only once. */
    boolean reset() {
        return outlet.reset();
    }

    /** True while something waits for the transport to take it. */
    boolean stuck() {
        return pending > 0 || owed.any();
    }

    /** True while something is stuck that no running call will look after. */
    boolean abandoned() {
        return stuck() && !tx.isLocked();
    }

    /**
     * Sends one frame: its payload's length, also when the kernel has only begun to take it by the
     * deadline; -EAGAIN when it has not begun. The order of the checks is a promise.
     */
    int send(Call call, Span src, int opcode, boolean mask, boolean fin) {
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
        while (rc == 0 && waits(opcode) && !outlet.broken() && !torn && !owed.closeClaimed()) {
            rc = below.ended() ? -EBADF : Locks.await(messageEnded, call);
        }
        return rc;
    }

    private int accept(Call call, Span src, int opcode, boolean mask, boolean fin) {
        if (raw) {
            int rc = flushTail(call);
            return rc < 0 ? rc : frame(call, src, opcode, mask, fin);
        }
        int before = utf8.state();
        int rc = content(src, opcode, fin);
        boolean close = opcode == WEBSOCKET_OPCODE_CLOSE;
        if (rc == 0 && (owed.closeClaimed() || waits(opcode))) {
            rc = close ? src.remaining() : -EPIPE;
        } else if (rc == 0) {
            rc = flushTail(call);
            if (rc == 0 && close && !owed.claimClose()) {
                return src.remaining(); // the echo was quicker
            }
            begun = false;
            rc = rc < 0 ? rc : frame(call, src, opcode, mask, fin);
            if (rc >= 0 || begun) {
                commit(opcode, fin);
                return rc;
            }
            if (close) {
                owed.unclaimClose();
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

    private int frame(Call call, Span src, int opcode, boolean mask, boolean fin) {
        int length = src.remaining();
        int b0 = (fin ? FrameRules.FIN : 0) | opcode & 0x0f;
        int key = mask ? MaskKeys.next() : 0;
        long size = (long) FrameHeader.size(length, mask) + length;
        Staging stage = Staging.get();
        if (call.deadline == Call.NEVER && !Staging.fits(size)) {
            return stream(call, src, stage, b0, mask, key);
        }
        ByteBuffer out = stage.room(size);
        if (out == null) {
            return -ENOMEM;
        }
        FrameHeader.put(out, b0, length, mask, key);
        Masker.toBuffer(src, out, length, key, 0);
        stage.staged(out);
        int rc = outlet.push(call, stage.span, false);
        begun = rc == 0 || stage.begun();
        if (!begun) {
            src.advance(-length);
        }
        if (rc < 0 && begun && !tear(rc)) {
            keep(stage);
            Staging.give();
        } else {
            stage.forget();
        }
        return rc == 0 || begun && rc == -EAGAIN ? length : rc;
    }

    /** A frame too large to stage, from a caller who waits as long as it takes: piece by piece. */
    private int stream(Call call, Span src, Staging stage, int b0, boolean mask, int key) {
        int length = src.remaining();
        ByteBuffer out = stage.room(Staging.FULL);
        if (out == null) {
            return -ENOMEM;
        }
        FrameHeader.put(out, b0, length, mask, key);
        for (int at = 0; at < length; ) {
            int n = Math.min(src.remaining(), out.remaining());
            Masker.toBuffer(src, out, n, key, at);
            stage.staged(out);
            int rc = outlet.push(call, stage.span, at > 0);
            at += n;
            if (rc < 0 && at == n && !stage.begun()) {
                src.advance(-n);
                return rc;
            }
            begun = true;
            if (rc < 0) {
                if (!tear(rc)) {
                    keepRest(stage, src, key, at);
                }
                return rc;
            }
            out.clear();
        }
        return length;
    }

    /** The caller's number was closed, but the frame must be finished for the others' sake. */
    private void keepRest(Staging stage, Span src, int key, int at) {
        Staging rest = Staging.whole((long) stage.span.remaining() + src.remaining());
        if (rest == null) {
            torn = true;
            return;
        }
        ByteBuffer out = rest.buffer();
        stage.span.get(out, stage.span.remaining());
        Masker.toBuffer(src, out, src.remaining(), key, at);
        rest.staged(out);
        keep(rest);
    }

    private void keep(Staging stage) {
        tail = stage;
        pending = stage.span.remaining();
    }

    /** What stopped a begun frame: true when it can never be finished. */
    private boolean tear(int rc) {
        boolean dead = rc != -EAGAIN && rc != -EBADF; // or the caller's number was closed
        torn |= dead;
        return dead;
    }

    /** 0 when no begun frame is left. */
    private int flushTail(Call call) {
        Staging stage = tail;
        int rc = 0;
        if (stage != null) {
            rc = outlet.push(call, stage.span, true);
            pending = stage.span.remaining();
            if (rc == 0 || tear(rc)) {
                tail = null;
                pending = 0;
            }
        }
        return rc == 0 && torn ? -EPIPE : rc;
    }

    /** Sends, without waiting, what is left of a frame and what is owed: 0, or what stopped it. */
    private int flushOwed(Call call) {
        if (!stuck()) {
            return 0;
        }
        long deadline = call.deadline;
        call.deadline = Call.NOW;
        try {
            int rc = flushTail(call);
            while (rc == 0 && owed.any()) {
                Staging stage = control == null ? Staging.control() : control;
                control = stage;
                ByteBuffer out = stage.buffer();
                int encoded = owed.encode(out, client);
                stage.staged(out);
                rc = outlet.push(call, stage.span, true);
                if (rc == 0 || stage.begun()) {
                    owed.gone(encoded);
                }
                if (rc < 0 && stage.begun() && !tear(rc)) {
                    keep(stage);
                }
            }
            if (rc < 0 && rc != -EAGAIN && rc != -EBADF) {
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

    private void unlock(Call call) {
        int rc = flushOwed(call);
        tx.unlock();
        // What became owed since then found the lock taken.
        while (rc == 0 && owed.any() && tx.tryLock()) {
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
                rc = drain(call);
                rc = rc == 0 && torn ? -EPIPE : rc;
                unfinished = rc < 0 && (pending > 0 || torn);
            } finally {
                tx.unlock();
            }
        }
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
