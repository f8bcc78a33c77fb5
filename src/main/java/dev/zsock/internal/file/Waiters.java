package dev.zsock.internal.file;

import org.jspecify.annotations.Nullable;

/**
 * The calls that block in a system call on one descriptor, and the way to get them out.
 *
 * <p>A signal that arrives just before its thread enters the system call is lost, so it is sent
 * again every millisecond until the thread has left: leaving takes this monitor, hence a signal
 * never reaches a thread that is past its system call or gone.
 */
public class Waiters {
    private static final int RESEND_MS = 1;

    private final Signals signals;
    private @Nullable Call head;
    volatile boolean closed;
    volatile int wakes; // written under this monitor

    /** Waiters that are woken through these signals. */
    public Waiters(Signals signals) {
        this.signals = signals;
    }

    /**
     * Lets nobody block here any more and gets everybody out, who then see
     * {@link Call#cancelled()}.
     */
    public final void closeAndWake() {
        boolean interrupted;
        synchronized (this) {
            closed = true;
            interrupted = wakeUntilGone();
        }
        restore(interrupted);
    }

    /**
     * Gets everybody out once, those too who have looked already but do not block yet; they may
     * come back.
     */
    public final void wakeAll() {
        boolean interrupted;
        synchronized (this) {
            wakes++;
            for (Call c = head; c != null; c = c.next) {
                c.wokenOn = this;
            }
            interrupted = wakeUntilGone();
        }
        restore(interrupted);
    }

    final boolean add(Call call) {
        synchronized (this) {
            if (closed || call.wokenOn == this || call.seenWakes != wakes) {
                return false;
            }
            // Asked here: a virtual thread may have moved while it waited.
            call.thread = signals.self();
            call.next = head;
            head = call;
            call.blocked = true;
            return true;
        }
    }

    final void remove(Call call) {
        synchronized (this) {
            call.blocked = false;
            if (head == call) {
                head = call.next;
            } else {
                for (Call c = head; c != null; c = c.next) {
                    if (c.next == call) {
                        c.next = call.next;
                        break;
                    }
                }
            }
            call.next = null;
            notifyAll();
        }
    }

    /**
     * Gets one call out of its system call, or keeps it from the next one, so that it looks again;
     * does nothing to a call that has ended here meanwhile.
     */
    public final void wake(Call call) {
        boolean interrupted = false;
        synchronized (this) {
            call.wokenOn = this;
            while (call.waiters == this && call.blocked && call.wokenOn == this) {
                signals.interrupt(call.thread);
                interrupted |= pause();
            }
        }
        restore(interrupted);
    }

    /**
     * Until the list holds nobody who has still to leave; whoever comes back meanwhile has looked
     * again.
     */
    private boolean wakeUntilGone() {
        boolean interrupted = false;
        boolean left = true;
        while (left) {
            left = false;
            for (Call c = head; c != null; c = c.next) {
                if (closed || c.wokenOn == this) {
                    signals.interrupt(c.thread);
                    left = true;
                }
            }
            if (left) {
                interrupted |= pause();
            }
        }
        return interrupted;
    }

    /** Lets go of the monitor for a moment; true when the thread was interrupted meanwhile. */
    @SuppressWarnings("WaitNotInLoop") // the callers loop
    private boolean pause() {
        try {
            wait(RESEND_MS);
            return false;
        } catch (InterruptedException e) {
            // Restored at the end: a pending interrupt would make every further wait fail at once.
            return true;
        }
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
