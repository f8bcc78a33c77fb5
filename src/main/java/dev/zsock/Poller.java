package dev.zsock;

import dev.zsock.internal.fd.Descriptor;
import dev.zsock.internal.fd.FdTable;
import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.kernel.Kernel;
import dev.zsock.internal.kernel.Memory;
import dev.zsock.internal.kernel.Scratch;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.PollAbi;

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
    private static final int SIZE = 8; // struct pollfd
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;
    private static final int FIRST = 16;
    private static final ThreadLocal<Poller> CURRENT = ThreadLocal.withInitial(Poller::new);

    private ByteBuffer native_ = memory(FIRST);
    private long address = Memory.address(native_);
    private @Nullable Descriptor[] seen = new @Nullable Descriptor[FIRST];

    /** What to wait for and what came, entry by entry. */
    interface Entries {
        /** The number of entry i, or a negative one to skip it. */
        int fd(int i);

        /** The poll bits asked for. */
        int events(int i);

        /** Takes the poll bits that came, 0 included. */
        void revents(int i, int revents);
    }

    private Poller() {}

    /**
     * Waits until an entry has something or the deadline: the count of entries that have, or
     * -errno.
     */
    static int poll(Entries entries, int n, long deadline) {
        Poller poller = CURRENT.get();
        Call call = Call.begin(OpenFiles.TABLE.pollers, deadline);
        try {
            return poller.run(call, entries, n, deadline);
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
                if (ready < 0) {
                    return ready;
                }
                int rc = wait(call, n, ready > 0 ? Call.NOW : deadline);
                if (rc < 0 && rc != -EINTR) {
                    return rc;
                }
                // A wake means that a number was closed or a file changed: collect says what holds.
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
        int ready = 0;
        for (int i = 0; i < n; i++) {
            int fd = entries.fd(i);
            Descriptor d = fd < 0 ? null : table.peek(fd);
            int kernelFd = -1;
            int events = 0;
            if (d != null && d.file.ops.layered() && !d.file.retain()) {
                d = null;
            }
            seen[i] = d;
            if (d == null) {
                ready += fd < 0 ? 0 : 1;
            } else {
                FileOps ops = d.file.ops;
                kernelFd = ops.kernelFd();
                events = entries.events(i);
                if (ops.layered()) {
                    ready += ops.pollReady(call, events) == 0 ? 0 : 1;
                    events = ops.pollEvents(events);
                }
            }
            native_.putInt(i * SIZE, kernelFd);
            native_.putShort(i * SIZE + EVENTS, (short) events);
            native_.putShort(i * SIZE + REVENTS, (short) 0);
        }
        return ready;
    }

    private int wait(Call call, int n, long deadline) {
        if (deadline == Call.NOW) {
            return Kernel.poll(address, n, 0);
        }
        if (!call.block()) {
            call.takeWake();
            return -EINTR;
        }
        int rc = Kernel.poll(address, n, Call.msLeft(deadline));
        call.unblock();
        call.takeWake();
        return rc;
    }

    private int collect(Call call, Entries entries, int n) {
        FdTable table = OpenFiles.TABLE;
        int ready = 0;
        for (int i = 0; i < n; i++) {
            int fd = entries.fd(i);
            Descriptor d = seen[i];
            int revents = native_.getShort(i * SIZE + REVENTS) & 0xffff;
            if (fd < 0) {
                revents = 0;
            } else if (d == null || table.peek(fd) != d) {
                revents = POLLNVAL;
            } else if (d.file.ops.layered()) {
                revents = d.file.ops.pollResult(call, entries.events(i), revents);
            }
            entries.revents(i, revents);
            ready += revents == 0 ? 0 : 1;
        }
        return ready;
    }

    private void drop(int n) {
        for (int i = 0; i < n; i++) {
            Descriptor d = seen[i];
            if (d != null && d.file.ops.layered()) {
                d.file.release();
            }
        }
        Arrays.fill(seen, 0, n, null);
    }

    private void room(int n) {
        if (seen.length < n) {
            seen = new @Nullable Descriptor[n];
            native_ = memory(n);
            address = Memory.address(native_);
        }
    }

    private static ByteBuffer memory(int n) {
        return Scratch.aligned(n * SIZE).order(ByteOrder.nativeOrder());
    }
}
