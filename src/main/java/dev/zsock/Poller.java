package dev.zsock;

import dev.zsock.internal.fd.Descriptor;
import dev.zsock.internal.fd.FdTable;
import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.LentThreads;
import dev.zsock.internal.kernel.Kernel;
import dev.zsock.internal.kernel.Memory;
import dev.zsock.internal.kernel.Scratch;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.PollAbi;
import dev.zsock.uapi.Pollfd;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One {@code poll(2)} over any mix of files, for the thread that owns this object.
 *
 * <p>A file of the kernel is polled by its kernel number without a reference: when its number is
 * closed meanwhile, the closer wakes every poller, which finds another descriptor in the slot and
 * reports POLLNVAL. A file that keeps data in user space is referenced, asked before the wait and
 * asked again about what the kernel says.
 */
final class Poller implements ErrnoAbi, PollAbi {
    private static final int TIMESPEC = 16; // bytes, before the array
    private static final int SIZE = 8; // struct pollfd
    private static final int REVENTS = TIMESPEC + 6;
    private static final int FIRST = 16;
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final long NANOS = 1_000_000_000L;
    private static final Pollfd[] NONE = {};
    private static final ThreadLocal<Poller> CURRENT = ThreadLocal.withInitial(Poller::new);

    private ByteBuffer memory = memory(FIRST);
    private long address = Memory.address(memory);
    private @Nullable Descriptor[] seen = new @Nullable Descriptor[FIRST];
    private boolean layered; // one of them is
    private final PollEntries pollEntries = new PollEntries();
    private final SelectEntries selectEntries = new SelectEntries();

    /** What to wait for and what came, entry by entry. */
    interface Entries {
        /** The number of entry i, or a negative one to skip it. */
        int fd(int i);

        /** The poll bits asked for. */
        int events(int i);

        /** Takes the poll bits that came, 0 included. */
        void revents(int i, int revents);
    }

    /** The entries of poll. */
    private static final class PollEntries implements Entries {
        Pollfd[] fds = NONE;

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

    private Poller() {}

    /**
     * {@code poll(2)} of the first n: how many have something when one has or at the deadline, or
     * -errno.
     */
    static int poll(Pollfd @Nullable [] fds, int n, long deadline) {
        Poller poller = CURRENT.get();
        PollEntries entries = poller.pollEntries;
        entries.fds = fds == null ? NONE : fds;
        try {
            return poller.call(entries, n, deadline);
        } finally {
            entries.fds = NONE;
        }
    }

    /**
     * {@code select(2)} of the numbers below n: how many bits are left in the sets, or -errno; then
     * the sets are as they were.
     */
    static int select(
            int n,
            @Nullable FdSet read,
            @Nullable FdSet write,
            @Nullable FdSet except,
            long deadline) {
        Poller poller = CURRENT.get();
        SelectEntries entries = poller.selectEntries;
        int count = entries.take(n, read, write, except);
        int rc = poller.call(entries, count, deadline);
        return rc < 0 ? rc : entries.give(n, read, write, except, count);
    }

    private int call(Entries entries, int n, long deadline) {
        Call call = Call.begin(OpenFiles.TABLE.pollers, deadline);
        try {
            return run(call, entries, n, deadline);
        } finally {
            call.end();
        }
    }

    private int run(Call call, Entries entries, int n, long deadline) {
        room(n);
        while (true) {
            int ready;
            try {
                call.look();
                ready = prepare(call, entries, n);
                int rc = wait(call, n, ready > 0 ? Call.NOW : deadline);
                if (rc < 0 && rc != -EINTR) {
                    return rc;
                }
                // A wake means that a number was closed or a file changed: what holds now?
                ready = collect(call, entries, n);
            } finally {
                drop(n);
            }
            if (ready > 0 || Call.nanosLeft(deadline) == 0) {
                return ready;
            }
        }
    }

    /** Fills the kernel's array: how many entries are ready without it. */
    private int prepare(Call call, Entries entries, int n) {
        FdTable table = OpenFiles.TABLE;
        ByteBuffer array = memory;
        int ready = 0;
        layered = false;
        for (int i = 0; i < n; i++) {
            int fd = entries.fd(i);
            Descriptor d = fd < 0 ? null : table.poll(fd);
            if (d != null && d.layered && !d.file.retain()) {
                d = null;
            }
            seen[i] = d;
            int kernelFd = -1;
            int events = 0;
            if (d == null) {
                ready += fd < 0 ? 0 : 1;
            } else {
                kernelFd = d.kernelFd;
                events = entries.events(i);
                if (d.layered) {
                    layered = true;
                    ready += d.file.ops.pollReady(call, events) == 0 ? 0 : 1;
                    events = d.file.ops.pollEvents(events);
                }
            }
            array.putLong(TIMESPEC + i * SIZE, pollfd(kernelFd, events));
        }
        return ready;
    }

    /** A struct pollfd as the number that has its bytes; revents is 0. */
    private static long pollfd(int fd, int events) {
        return LITTLE
                ? (events & 0xffffL) << 32 | fd & 0xffffffffL
                : (long) fd << 32 | (events & 0xffffL) << 16;
    }

    private int wait(Call call, int n, long deadline) {
        if (deadline == Call.NOW) {
            int rc;
            do { // an interrupted look has seen nothing
                rc = Kernel.poll(address + TIMESPEC, n, 0);
            } while (rc == -EINTR);
            return rc;
        }
        long nanos = Call.nanosLeft(deadline);
        memory.putLong(0, nanos / NANOS).putLong(Long.BYTES, nanos % NANOS);
        long timeout = nanos == Call.NEVER ? 0 : address;
        int rc = LentThreads.needed()
                ? LentThreads.run(() -> block(call, n, timeout))
                : block(call, n, timeout);
        call.takeWake();
        return rc;
    }

    private int block(Call call, int n, long timeout) {
        if (!call.block()) {
            return -EINTR;
        }
        try {
            return Kernel.ppoll(address + TIMESPEC, n, timeout);
        } finally {
            call.unblock();
        }
    }

    private int collect(Call call, Entries entries, int n) {
        FdTable table = OpenFiles.TABLE;
        ByteBuffer array = memory;
        boolean stale = call.stale(); // otherwise each slot still has what was seen in it
        int ready = 0;
        for (int i = 0; i < n; i++) {
            int revents = array.getShort(REVENTS + i * SIZE) & 0xffff;
            Descriptor d = seen[i];
            if (d == null || stale && table.peek(entries.fd(i)) != d) {
                revents = entries.fd(i) < 0 ? 0 : POLLNVAL;
            } else if (layered && d.layered) { // else not to be looked at: that costs memory's time
                revents = d.file.ops.pollResult(call, entries.events(i), revents);
            }
            entries.revents(i, revents);
            ready += revents == 0 ? 0 : 1;
        }
        return ready;
    }

    private void drop(int n) {
        for (int i = 0; layered && i < n; i++) {
            Descriptor d = seen[i];
            if (d != null && d.layered) {
                d.file.release();
            }
        }
        Arrays.fill(seen, 0, n, null);
    }

    private void room(int n) {
        if (seen.length < n) {
            ByteBuffer more = memory(n);
            seen = new @Nullable Descriptor[n]; // as long as the memory, whichever of them fails
            memory = more;
            address = Memory.address(memory);
        }
    }

    private static ByteBuffer memory(int n) {
        return Scratch.aligned(TIMESPEC + (long) n * SIZE).order(ByteOrder.nativeOrder());
    }
}
