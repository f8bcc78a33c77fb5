package dev.zsock.internal.fd;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.file.Signals;
import dev.zsock.internal.file.Waiters;
import dev.zsock.uapi.ErrnoAbi;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Numbers and what they lead to; the lowest free number is given out first. */
public final class FdTable implements ErrnoAbi {
    private final AtomicReferenceArray<@Nullable Descriptor> slots;
    private final BitSet used; // guarded by this: taken numbers, reserved ones too
    private final Signals signals;

    /** The calls that block in poll: closing a number that was polled makes them look again. */
    public final Waiters pollers;

    /** An empty table of size numbers, whose blocked calls are woken by these signals. */
    public FdTable(int size, Signals signals) {
        slots = new AtomicReferenceArray<>(size);
        used = new BitSet();
        this.signals = signals;
        pollers = new Waiters(signals);
    }

    /** How many numbers there are. */
    public int size() {
        return slots.length();
    }

    /** What the number leads to now, or null. No reference is taken. */
    public @Nullable Descriptor peek(int number) {
        return number < 0 || number >= slots.length() ? null : slots.get(number);
    }

    /**
     * What the number leads to now, or null, for somebody who polls it: its closing is told to
     * {@link #pollers} from now on. No reference is taken.
     */
    public @Nullable Descriptor poll(int number) {
        Descriptor d = peek(number);
        if (d == null || d.polled) {
            return d;
        }
        d.polled = true;
        return peek(number) == d ? d : null; // else its closer may have missed the mark
    }

    /**
     * What the number leads to, with a reference for the caller to release; null when it is free.
     */
    public @Nullable Descriptor get(int number) {
        Descriptor d = peek(number);
        return d != null && d.file.retain() ? d : null;
    }

    /**
     * Takes the lowest free number from least on, or -ENFILE. It leads nowhere until
     * {@link #publish}.
     */
    public synchronized int reserve(int least) {
        int number = used.nextClearBit(least);
        if (number >= slots.length()) {
            return -ENFILE;
        }
        used.set(number);
        return number;
    }

    /** Lets a reserved number lead to the file, whose reference it takes over. */
    public Descriptor publish(int number, OpenFile file) {
        file.numberAdded();
        Descriptor d = new Descriptor(number, file, signals);
        slots.set(number, d);
        return d;
    }

    /**
     * Lets a reserved number lead to a file that has another one, and takes over a reference; false
     * when that has gone meanwhile, the last of the file.
     */
    public boolean share(int number, OpenFile file, int flags) {
        if (!file.numberShared()) {
            return false;
        }
        Descriptor d = new Descriptor(number, file, signals);
        d.flags = flags;
        slots.set(number, d);
        return true;
    }

    /** Gives a reserved number back. */
    public synchronized void cancel(int number) {
        used.clear(number);
    }

    /** Gives the file the lowest free number; closes it and gives -ENFILE when there is none. */
    public int open(FileOps ops) {
        int number = reserve(0);
        if (number < 0) {
            ops.close();
            return number;
        }
        publish(number, new OpenFile(ops));
        return number;
    }

    /**
     * Frees the number at once, gets the calls out that block on it, and tells the file when it was
     * the last.
     *
     * @return 0, -EBADF, or what closing the file gave
     */
    public int close(int number) {
        Descriptor d = peek(number);
        return d == null ? -EBADF : close(d);
    }

    /** The same of one opening of a number: -EBADF when the number leads elsewhere meanwhile. */
    public int close(Descriptor d) {
        if (!slots.compareAndSet(d.number, d, null)) {
            return -EBADF;
        }
        d.closeAndWake();
        if (d.polled) {
            pollers.wakeAll();
        }
        cancel(d.number);
        int rc = d.file.numberRemoved() ? lastClosed(d.file) : 0;
        int closed = d.file.release();
        return rc < 0 ? rc : closed;
    }

    private static int lastClosed(OpenFile file) {
        Call call = Call.begin(null, Call.NOW);
        try {
            return file.lastNumberClosed(call);
        } catch (OutOfMemoryError e) { // the number has gone, and what it led to must go, too
            return -ENOMEM;
        } finally {
            call.end();
        }
    }
}
