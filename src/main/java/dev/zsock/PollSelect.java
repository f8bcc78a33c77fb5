package dev.zsock;

import dev.zsock.internal.file.Call;
import dev.zsock.uapi.PollAbi;
import dev.zsock.uapi.Pollfd;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** {@code <poll.h>}, {@code <sys/select.h>}: waiting for several file descriptors at once. */
public abstract class PollSelect extends SocketIo implements PollAbi {
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
     * @param timeout milliseconds; 0 does not wait, negative waits for ever
     * @return how many have {@code revents} other than 0, 0 when the time is over, or -1 with
     *     errno: EFAULT fds or one of its elements is null, EINVAL nfds is negative
     * @throws IndexOutOfBoundsException if nfds is larger than the array
     */
    public static int poll(Pollfd @Nullable [] fds, int nfds, int timeout) {
        if (nfds < 0) {
            return ret(-EINVAL);
        }
        if (nfds > 0 && fds == null) {
            return ret(-EFAULT);
        }
        Pollfd[] array = fds == null ? new Pollfd[0] : fds;
        Objects.checkFromIndexSize(0, nfds, array.length);
        for (int i = 0; i < nfds; i++) {
            if (array[i] == null) {
                return ret(-EFAULT);
            }
        }
        long deadline = timeout < 0 ? Call.NEVER : Call.afterMs(timeout);
        return ret(Poller.poll(new PollfdEntries(array), nfds, deadline));
    }

    private static final class PollfdEntries implements Poller.Entries {
        private final Pollfd[] fds;

        PollfdEntries(Pollfd[] fds) {
            this.fds = fds;
        }

        @Override
        public int fd(int i) {
            return fds[i].fd;
        }

        @Override
        public int events(int i) {
            return fds[i].events;
        }

        @Override
        public void revents(int i, int revents) {
            fds[i].revents = revents;
        }
    }
}
