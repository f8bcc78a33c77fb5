package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.file.Span;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.SocketAbi;

/** Where staged bytes leave. It knows no frames; its owner orders the calls. */
final class Outlet implements ErrnoAbi {
    private static final int PAUSE_MS = 1;

    private final FileOps below;
    private volatile boolean reset; // written by one sender at a time
    private boolean broken; // guarded by the owner's lock

    Outlet(FileOps below) {
        this.below = below;
    }

    /** True once a send has met a reset, which the kernel tells only once. */
    boolean reset() {
        return reset;
    }

    /** True once nothing can be sent any more. */
    boolean broken() {
        return broken;
    }

    /**
     * 0 when all of the span has left, else what stopped it. A kernel without memory stops only
     * what has not begun and is nobody's duty: the rest waits, as for room.
     *
     * @param due belongs to a begun frame, or the protocol owes it
     */
    int push(Call call, Span span, boolean due) {
        while (span.remaining() > 0) {
            int rc = send(call, span, due || span.at() > 0);
            if ((rc == -ENOBUFS || rc == -ENOMEM) && (due || span.at() > 0)) {
                rc = pause(call);
            }
            if (rc < 0 && rc != -EINTR) {
                return failed(rc);
            }
        }
        return 0;
    }

    /** The JVM may lack memory, too: then nothing has left, and what is due stays so. */
    private int send(Call call, Span span, boolean due) {
        try {
            return below.sendto(call, span, SocketAbi.MSG_NOSIGNAL, null, 0);
        } catch (OutOfMemoryError e) {
            return due ? -EAGAIN : -ENOMEM;
        }
    }

    private int failed(int rc) {
        if (below.ended()) {
            return -EBADF;
        }
        reset |= rc == -ECONNRESET;
        broken |= rc == -ECONNRESET || rc == -EPIPE;
        return rc;
    }

    /** POLLOUT does not tell when memory is back: 0 after a moment, -EAGAIN when time is over. */
    private int pause(Call call) {
        long deadline = call.deadline;
        call.deadline = Call.afterMs(PAUSE_MS);
        int rc = below.await(call, 0);
        call.deadline = deadline;
        return rc == -EBADF ? rc : Call.nanosLeft(deadline) == 0 ? -EAGAIN : 0;
    }
}
