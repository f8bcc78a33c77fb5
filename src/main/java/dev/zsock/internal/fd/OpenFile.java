package dev.zsock.internal.fd;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.uapi.ErrnoAbi;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A file and those who use it: numbers of the table, calls that run, files above it. The last
 * number's closing and the last reference's going are two events; each happens once.
 */
public final class OpenFile {
    private static final VarHandle REFS;
    private static final VarHandle NUMBERS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            REFS = lookup.findVarHandle(OpenFile.class, "refs", int.class);
            NUMBERS = lookup.findVarHandle(OpenFile.class, "numbers", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What it can do. */
    public final FileOps ops;

    /** What an upgrade served on this file has agreed on, until a websocket is laid on it. */
    public volatile @Nullable Object agreed;

    @SuppressWarnings("unused") // by NUMBERS
    private volatile int numbers;

    private volatile int refs = 1;
    private final AtomicBoolean carries = new AtomicBoolean();
    private final @Nullable OpenFile below;

    /** A file that the caller holds the first reference of. */
    public OpenFile(FileOps ops) {
        this(ops, null);
    }

    /** The same, lying on another that {@link #carry() carries} it until its last number goes. */
    public OpenFile(FileOps ops, @Nullable OpenFile below) {
        this.ops = ops;
        this.below = below;
    }

    /** Takes one more reference; false when the last one has gone. */
    public boolean retain() {
        int n = refs;
        while (n > 0) {
            int seen = (int) REFS.compareAndExchange(this, n, n + 1);
            if (seen == n) {
                return true;
            }
            n = seen;
        }
        return false;
    }

    /** Drops a reference; the last one closes the file and gives its result, others 0. */
    public int release() {
        return (int) REFS.getAndAdd(this, -1) == 1 ? ops.close() : 0;
    }

    void numberAdded() {
        NUMBERS.getAndAdd(this, 1);
    }

    /** One more number beside another; false when the last one has gone. */
    boolean numberShared() {
        int n = numbers;
        while (n > 0) {
            int seen = (int) NUMBERS.compareAndExchange(this, n, n + 1);
            if (seen == n) {
                return true;
            }
            n = seen;
        }
        return false;
    }

    /** True once: the caller has closed the last number. */
    boolean numberRemoved() {
        return (int) NUMBERS.getAndAdd(this, -1) == 1;
    }

    /** True while a number of the table leads here. */
    private boolean hasNumber() {
        return (int) NUMBERS.getVolatile(this) > 0;
    }

    /** The last number is closed while others may still hold references. */
    int lastNumberClosed(Call call) {
        try {
            return ops.lastNumberClosed(call, carries.get());
        } finally {
            if (below != null) {
                below.carries.set(false);
            }
        }
    }

    /**
     * Lets one file lie on this one, with a reference of its own: 0, -EEXIST when one does already,
     * -EBADF when the last number has gone. Whoever closes that one looks here afterwards, so that
     * one of the two always notices.
     */
    public int carry() {
        if (!carries.compareAndSet(false, true)) {
            return -ErrnoAbi.EEXIST;
        }
        if (hasNumber() && retain()) {
            return 0;
        }
        carries.set(false);
        return -ErrnoAbi.EBADF;
    }

    /** There is no file above after all. */
    public void uncarry() {
        carries.set(false);
        release();
    }
}
