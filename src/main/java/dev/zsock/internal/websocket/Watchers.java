package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Waiters;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The threads that may wait in poll for a websocket. The kernel wakes them for what it sees; what
 * it cannot see is told here. Whoever polls says so first and looks then; whoever changes something
 * does it the other way round, so that nobody sleeps over it.
 */
final class Watchers {
    private final Waiters pollers;

    /** Who may wait: a thread, or this when there are several. */
    private final AtomicReference<@Nullable Object> by = new AtomicReference<>();

    /** Somebody may wait without POLLOUT. */
    private volatile boolean forInput;

    /** pollers: the calls that block in poll. */
    Watchers(Waiters pollers) {
        this.pollers = pollers;
    }

    /** The calling thread is about to look at the websocket and to wait. */
    void add() {
        Thread thread = Thread.currentThread();
        Object before = by.get();
        while (before != thread && before != this) {
            by.compareAndSet(before, before == null ? thread : this);
            before = by.get();
        }
    }

    /** The calling thread does not wait for room to send; it looks once more whether it must. */
    void waitForInput() {
        forInput = true;
    }

    /** True when a thread that is not the caller's may wait. */
    boolean others() {
        Object who = by.get();
        return who != null && who != Thread.currentThread();
    }

    /** What can be received has left the kernel: they look again. */
    void tellInput() {
        by.set(null);
        pollers.wakeAll();
    }

    /** Something waits for room to send: those who don't wait for that, too, look again. */
    void tellStuck() {
        if (forInput) {
            forInput = false;
            pollers.wakeAll();
        }
    }
}
