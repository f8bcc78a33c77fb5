package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.uapi.PollAbi;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The PING of a silent connection, and its end when nothing comes after it either.
 *
 * <p>One daemon thread serves all websockets that ask for it; it never blocks on one of them, and
 * ends when none has asked for a while. Bytes that wait in the kernel because the application does
 * not read are no silence.
 */
final class Heartbeat {
    private final FileOps below;
    private final Runnable ping;
    private final Runnable expire;
    private volatile int interval; // ms, 0 for never
    private volatile long heard;
    private @Nullable ScheduledFuture<?> next; // guarded by this
    private boolean stopped; // guarded by this
    private boolean asked; // guarded by this: a PING has gone
    private long askedAt; // guarded by this

    /** ping and expire must not wait; {@link #stop()} waits for them. */
    Heartbeat(FileOps below, Runnable ping, Runnable expire) {
        this.below = below;
        this.ping = ping;
        this.expire = expire;
    }

    private static final class Clock {
        static final ScheduledThreadPoolExecutor CLOCK = clock();

        private static ScheduledThreadPoolExecutor clock() {
            ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, r -> {
                Thread thread = new Thread(r, "zsock-heartbeat");
                thread.setDaemon(true);
                return thread;
            });
            clock.setKeepAliveTime(10, TimeUnit.SECONDS);
            clock.allowCoreThreadTimeOut(true);
            clock.setRemoveOnCancelPolicy(true);
            return clock;
        }
    }

    /** Milliseconds of silence before a PING, 0 for none. */
    int every() {
        return interval;
    }

    /** Sets it; the silence begins now. Nothing begins after {@link #stop()}. */
    synchronized void every(int ms) {
        cancel();
        if (stopped) {
            return;
        }
        interval = ms;
        asked = false;
        heard = System.nanoTime();
        if (ms > 0) {
            next = Clock.CLOCK.schedule(this::look, ms, TimeUnit.MILLISECONDS);
        }
    }

    /** Bytes have come. */
    void heard() {
        if (interval > 0) {
            heard = System.nanoTime();
        }
    }

    /** Nothing more is done, from now on: the transport is its owner's again. */
    synchronized void stop() {
        stopped = true;
        cancel();
    }

    private void cancel() {
        interval = 0;
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }

    private synchronized void look() {
        Runnable due = due();
        if (due != null) {
            due.run();
        }
    }

    /** What is to be done now, and when to look again. */
    private @Nullable Runnable due() {
        if (interval == 0) {
            return null;
        }
        if (unread()) {
            heard = System.nanoTime();
        }
        long now = System.nanoTime();
        long patience = TimeUnit.MILLISECONDS.toNanos(interval);
        if (unanswered() && now - askedAt >= patience) {
            interval = 0;
            return expire;
        }
        boolean silent = now - heard >= patience;
        boolean news = silent && !unanswered();
        if (news) {
            asked = true;
            askedAt = now;
        }
        long since = unanswered() ? askedAt : heard;
        next = Clock.CLOCK.schedule(this::look, since + patience - now, TimeUnit.NANOSECONDS);
        return news ? ping : null;
    }

    /** True when nothing has been heard since the latest PING. */
    private boolean unanswered() {
        return asked && heard - askedAt < 0;
    }

    private boolean unread() {
        Call call = Call.begin(null, Call.NOW);
        try {
            return !below.ended() && below.await(call, PollAbi.POLLIN) > 0;
        } finally {
            call.end();
        }
    }
}
