package dev.zsock;

import dev.zsock.internal.file.Call;
import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.PollAbi;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Timeval;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** {@code <poll.h>}, {@code <sys/select.h>}: waiting for several file descriptors at once. */
public abstract class PollSelect extends SocketOpt implements PollAbi {
    private static final long MICROS = 1_000_000;
    private static final long NANOS_PER_MICRO = 1000;
    private static final long MAX_SECONDS = Long.MAX_VALUE / 4 / (MICROS * NANOS_PER_MICRO);

    /** For programs that extend the facade instead of importing its names. */
    protected PollSelect() {}

    /**
     * {@code poll(2)} over any mix of file descriptors, the standard streams included. What sits in
     * user space counts: a frame that has been read from the transport already makes its websocket
     * readable.
     *
     * @param fds what to wait for; {@code revents} of each of the first nfds is written; a negative
     *     {@code fd} is skipped
     * @param nfds how many
     * @param timeout milliseconds; 0 does not wait, -1 waits for ever, below -1 is 0
     * @return how many have {@code revents} other than 0, 0 when the time is over, or -1 with
     *     errno: EFAULT fds or one of its elements is null, EINVAL nfds is negative or above the
     *     kernel's RLIMIT_NOFILE, ENOMEM
     * @throws IndexOutOfBoundsException if nfds is larger than the array
     */
    public static int poll(Pollfd @Nullable [] fds, int nfds, int timeout) {
        if (nfds < 0) {
            return ret(-EINVAL);
        }
        if (nfds > 0 && fds == null) {
            return ret(-EFAULT);
        }
        if (fds != null) {
            Objects.checkFromIndexSize(0, nfds, fds.length);
        }
        for (int i = 0; fds != null && i < nfds; i++) {
            if (fds[i] == null) {
                return ret(-EFAULT);
            }
        }
        try {
            return ret(Poller.poll(fds, nfds, Call.afterMs(timeout)));
        } catch (OutOfMemoryError e) {
            return ret(-ENOMEM);
        }
    }

    /**
     * {@code select(2)} as Linux does it: numbers of any size, user-space data counts, and what is
     * left of the time is written back.
     *
     * @param nfds the highest number in any set, plus 1
     * @param readfds in: what to wait for; out: what can be read without blocking; or null
     * @param writefds the same for writing; or null
     * @param exceptfds the same for urgent data; or null
     * @param timeout the longest wait, null for ever; takes what is left of it
     * @return how many are in the sets together, 0 when the time is over, or -1 with errno and the
     *     sets as they were: EBADF a set has a number that is none, or one closed meanwhile, EINVAL
     *     nfds or the timeout is negative, ENOMEM
     */
    public static int select(
            int nfds,
            @Nullable FdSet readfds,
            @Nullable FdSet writefds,
            @Nullable FdSet exceptfds,
            @Nullable Timeval timeout) {
        if (nfds < 0 || timeout != null && (timeout.tv_sec < 0 || timeout.tv_usec < 0)) {
            return ret(-EINVAL);
        }
        long deadline = timeout == null ? Call.NEVER : Call.afterNanos(nanos(timeout));
        int rc;
        try {
            rc = Poller.select(nfds, readfds, writefds, exceptfds, deadline);
        } catch (OutOfMemoryError e) {
            return ret(-ENOMEM);
        }
        if (timeout != null && deadline != Call.NEVER) {
            long micros = Call.nanosLeft(deadline) / NANOS_PER_MICRO;
            timeout.tv_sec = micros / MICROS;
            timeout.tv_usec = micros % MICROS;
        }
        return ret(rc);
    }

    private static long nanos(Timeval t) {
        long seconds = Math.min(t.tv_sec, MAX_SECONDS) + Math.min(t.tv_usec / MICROS, MAX_SECONDS);
        return seconds >= MAX_SECONDS
                ? Call.NEVER
                : (seconds * MICROS + t.tv_usec % MICROS) * NANOS_PER_MICRO;
    }

    /**
     * {@code FD_ZERO} of {@code select(2)}.
     *
     * @param set the set to empty
     */
    public static void FD_ZERO(FdSet set) {
        set.zero();
    }

    /**
     * {@code FD_SET} of {@code select(2)}; the set grows as needed.
     *
     * @param fd the number to put in
     * @param set the set
     */
    public static void FD_SET(int fd, FdSet set) {
        set.add(fd);
    }

    /**
     * {@code FD_CLR} of {@code select(2)}.
     *
     * @param fd the number to take out
     * @param set the set
     */
    public static void FD_CLR(int fd, FdSet set) {
        set.remove(fd);
    }

    /**
     * {@code FD_ISSET} of {@code select(2)}.
     *
     * @param fd a number
     * @param set the set
     * @return whether it is in
     */
    public static boolean FD_ISSET(int fd, FdSet set) {
        return set.contains(fd);
    }

    /**
     * BSD's {@code FD_COPY}: C's {@code *to = *from}.
     *
     * @param from what to copy
     * @param to takes the copy
     */
    public static void FD_COPY(FdSet from, FdSet to) {
        to.set(from);
    }
}
