package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Call;
import dev.zsock.uapi.ErrnoAbi;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waiting inside a call: by its deadline, until its number is closed, whether the thread is
 * interrupted or not.
 */
final class Locks {
    /** How long a wait may miss that the number was closed. */
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(20);

    /** Far longer than a call takes to let go of a lock once its number has been closed. */
    static final long LEAVING = TimeUnit.SECONDS.toNanos(2);

    private Locks() {}

    /** Takes the lock: 0, -EAGAIN at the deadline, -EBADF when the call's number was closed. */
    static int lock(ReentrantLock lock, Call call) {
        if (!lock.tryLock()) {
            int rc = lockSlowly(lock, call);
            if (rc < 0) {
                return rc;
            }
        }
        if (call.cancelled()) {
            lock.unlock();
            return -ErrnoAbi.EBADF;
        }
        return 0;
    }

    /** Takes the lock if that goes within the time, which is not the call's. */
    static boolean tryLock(ReentrantLock lock, long nanos) {
        boolean interrupted = nanos > 0 && Thread.interrupted(); // else it would not wait
        try {
            return lock.tryLock() || nanos > 0 && lock.tryLock(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } finally {
            restore(interrupted);
        }
    }

    private static int lockSlowly(ReentrantLock lock, Call call) {
        boolean interrupted = false;
        try {
            while (true) {
                long left = Call.nanosLeft(call.deadline);
                if (left == 0) {
                    return -ErrnoAbi.EAGAIN;
                }
                try {
                    if (lock.tryLock(Math.min(left, SLICE), TimeUnit.NANOSECONDS)) {
                        return 0;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                if (call.cancelled()) {
                    return -ErrnoAbi.EBADF;
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    /**
     * Waits once for the condition: 0 to look again, -EAGAIN at the deadline, -EBADF when closed.
     */
    @SuppressWarnings("WaitNotInLoop") // the caller's loop knows what it waits for
    static int await(Condition condition, Call call) {
        long left = Call.nanosLeft(call.deadline);
        if (left == 0) {
            return -ErrnoAbi.EAGAIN;
        }
        boolean interrupted = Thread.interrupted(); // else the lock would never be let go
        try {
            condition.awaitNanos(Math.min(left, SLICE));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        restore(interrupted);
        return call.cancelled() ? -ErrnoAbi.EBADF : 0;
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
