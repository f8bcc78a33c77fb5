package dev.zsock.internal.file;

import org.jspecify.annotations.Nullable;

/**
 * One call of the public API while it runs: its deadline, its bytes, and how another thread gets it
 * out of a blocking system call. Threads reuse theirs, so that a call allocates nothing.
 */
public final class Call {
    /** Deadline of a call that waits for ever. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Deadline of a call that does not wait. */
    public static final long NOW = Long.MIN_VALUE;

    /** No deadline of its own: O_NONBLOCK, SO_RCVTIMEO and SO_SNDTIMEO of the socket decide. */
    public static final long AS_SET = Long.MIN_VALUE + 1;

    private static final ThreadLocal<Call> CURRENT = ThreadLocal.withInitial(Call::new);

    /** The caller's bytes. */
    public final Span data = new Span();

    /** Absolute {@link System#nanoTime()} value, or one of the constants above. */
    public long deadline = AS_SET;

    /** Length of the address that {@code sendto} was given. */
    public int addrlen;

    /** The file that {@code accept} made. */
    public @Nullable FileOps accepted;

    @Nullable Waiters waiters; // of the descriptor in use

    @Nullable Call next; // in that list

    boolean blocked; // guarded by waiters
    volatile @Nullable Waiters wokenOn; // a wake that comes too late is meant for other waiters
    int seenWakes; // of waiters, when the call last looked
    long thread;
    private boolean busy;

    private Call() {}

    /** The calling thread's call, begun on the descriptor whose waiters these are (null: none). */
    public static Call begin(@Nullable Waiters waiters, long deadline) {
        Call call = CURRENT.get();
        if (call.busy) { // a user's callback inside another call
            call = new Call();
        }
        call.busy = true;
        if (call.wokenOn != null) { // a store would cost a fence
            call.wokenOn = null;
        }
        call.waiters = waiters;
        call.look();
        call.deadline = deadline;
        return call;
    }

    /** Ends it: the caller's bytes are no longer ours. */
    public void end() {
        data.clear();
        accepted = null;
        waiters = null;
        busy = false;
    }

    /** True once the number that the call was made on is closed. */
    public boolean cancelled() {
        return waiters != null && waiters.closed;
    }

    /**
     * Announces that this thread is about to block in a system call. What comes next must be that
     * system call and then {@link #unblock()}.
     *
     * @return false when it must not block: the number is closed, or somebody woke this call
     */
    public boolean block() {
        return waiters == null || waiters.add(this);
    }

    /** The system call has returned. */
    public void unblock() {
        if (waiters != null) {
            waiters.remove(this);
        }
    }

    /**
     * What the call will wait for is about to be looked at; a wake from now on keeps it from
     * blocking.
     */
    public void look() {
        seenWakes = waiters == null ? 0 : waiters.wakes;
    }

    /** True when what was looked at may no longer hold: somebody closed or woke since. */
    public boolean stale() {
        return waiters != null && seenWakes != waiters.wakes;
    }

    /** True once after it was woken: what the call waits for must be looked at again. */
    public boolean takeWake() {
        Waiters on = wokenOn;
        if (on == null) {
            return false;
        }
        wokenOn = null;
        return on == waiters;
    }

    /** The waiters that it blocks among. */
    public @Nullable Waiters waiters() {
        return waiters;
    }

    /**
     * Relative milliseconds as a deadline: 0 does not wait, -1 waits for ever, anything below -1 is
     * 0.
     */
    public static long afterMs(int ms) {
        return ms == -1 ? NEVER : ms <= 0 ? NOW : System.nanoTime() + ms * 1_000_000L;
    }

    /** Relative nanoseconds as a deadline, {@link #NEVER} and 0 kept. */
    public static long afterNanos(long nanos) {
        return nanos == NEVER ? NEVER : nanos <= 0 ? NOW : System.nanoTime() + nanos;
    }

    /** Nanoseconds until the deadline: 0 when it has passed, {@link #NEVER} when it never comes. */
    public static long nanosLeft(long deadline) {
        if (deadline == NEVER) {
            return NEVER;
        }
        return deadline == NOW ? 0 : Math.max(0, deadline - System.nanoTime());
    }

    /**
     * The same in milliseconds for poll(2), rounded up so that a wait is never cut short; -1 is for
     * ever.
     */
    public static int msLeft(long deadline) {
        long nanos = nanosLeft(deadline);
        return nanos == NEVER
                ? -1
                : (int) Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000);
    }
}
