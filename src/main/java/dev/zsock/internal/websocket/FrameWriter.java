package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.file.Span;
import dev.zsock.uapi.ErrnoAbi;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Puts frames on the transport, each whole: what the kernel did not take by a call's deadline is
 * the tail, and its owner lets nothing else leave before it. Guarded by its owner's lock.
 */
final class FrameWriter implements ErrnoAbi {
    private final Outlet outlet;
    private volatile @Nullable Batch batch; // made when it is needed; an open one excludes a tail
    private @Nullable Staging control; // made when it is needed
    private @Nullable Staging tail;
    private boolean begun;
    private volatile boolean torn;
    private volatile int pending;

    FrameWriter(FileOps below) {
        outlet = new Outlet(below);
    }

    /** Bytes of a begun frame that have still to leave. */
    int pending() {
        return pending;
    }

    /** Bytes of whole frames that wait for more of them. */
    int gathered() {
        Batch frames = batch;
        return frames == null ? 0 : frames.size();
    }

    /** True once a send has met a reset, which the kernel tells only once. */
    boolean reset() {
        return outlet.reset();
    }

    /** True once a begun frame can never be finished. */
    boolean torn() {
        return torn;
    }

    /** True once nothing can be sent any more. */
    boolean broken() {
        return outlet.broken() || torn;
    }

    /** True when some of the frame of the latest write has left or will leave. */
    boolean begun() {
        return begun;
    }

    /**
     * Writes one frame with src as payload: its length, also when the kernel has only begun to take
     * the frame by the deadline; -EAGAIN when it has not begun. more: the frame may wait for others
     * to leave with.
     */
    int write(Call call, Span src, int b0, boolean mask, boolean more) {
        int length = src.remaining();
        int key = mask ? MaskKeys.next() : 0;
        long size = (long) FrameHeader.size(length, mask) + length;
        begun = false;
        Batch frames = batch(more);
        if (frames != null && frames.isOpen() && !frames.takes(size)) {
            int rc = flush(call);
            if (rc < 0) {
                return rc;
            }
        }
        if (frames == null || !frames.isOpen() && !(more && frames.takes(size))) {
            return alone(call, src, b0, mask, key, size);
        }
        frames.add(src, b0, mask, key);
        begun = true;
        int rc = more ? 0 : flush(call);
        return rc == 0 || rc == -EAGAIN ? length : rc;
    }

    /** Where frames gather; null when none ever has. */
    private @Nullable Batch batch(boolean more) {
        Batch frames = batch;
        if (frames == null && more) {
            frames = new Batch();
            batch = frames;
        }
        return frames;
    }

    private int alone(Call call, Span src, int b0, boolean mask, int key, long size) {
        int length = src.remaining();
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
            next(src, out, n, key, at);
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

    /** The next n bytes; memory that fails inside a frame, with its arena or limit, tears it. */
    private void next(Span src, ByteBuffer out, int n, int key, int at) {
        try {
            Masker.toBuffer(src, out, n, key, at);
        } catch (RuntimeException | Error e) {
            torn |= at > 0;
            throw e;
        }
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
        next(src, out, src.remaining(), key, at);
        rest.staged(out);
        keep(rest);
    }

    /** An empty buffer with room for a control frame. */
    ByteBuffer control() {
        return small().buffer();
    }

    private Staging small() {
        Staging stage = control;
        if (stage == null) {
            stage = Staging.control();
            control = stage;
        }
        return stage;
    }

    /** Writes the frame that was put into {@link #control()}: 0, or what stopped it. */
    int writeControl(Call call, ByteBuffer frame) {
        Staging stage = small();
        stage.staged(frame);
        int rc = outlet.push(call, stage.span, true);
        begun = rc == 0 || stage.begun();
        if (rc < 0 && begun && !tear(rc)) {
            keep(stage);
        }
        return rc;
    }

    /** 0 when no begun frame is left, else what stops it; what was gathered may gather on. */
    int finish(Call call) {
        Batch frames = batch;
        return frames != null && frames.isOpen() ? 0 : flush(call);
    }

    /** 0 when nothing is left, gathered frames neither, else what stops it. */
    int flush(Call call) {
        Batch frames = batch;
        if (frames != null && frames.isOpen()) {
            keep(frames.seal());
        }
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

    private void keep(Staging stage) {
        tail = stage;
        pending = stage.span.remaining();
    }

    /** What stopped a begun frame: true when it can never be finished. */
    private boolean tear(int rc) {
        boolean dead = isDead(rc);
        torn |= dead;
        return dead;
    }

    /** True for an error of the transport; -EBADF says that the caller's number was closed. */
    static boolean isDead(int rc) {
        return rc < 0 && rc != -EAGAIN && rc != -EBADF;
    }
}
