package dev.zsock.internal.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A thread's native memory: where bytes of the Java heap and structs cross to the kernel. Its
 * contents belong to one system call.
 */
public final class Scratch {
    /** Most bytes of a stream that cross in one system call; a bigger block gains nothing. */
    public static final int CHUNK = 128 << 10;

    /** Most bytes that a thread keeps between calls: room for any datagram of the internet. */
    public static final int KEPT = 1 << 20;

    private static final int PAGE = 4096;
    private static final int MOST = Integer.MAX_VALUE - 2 * PAGE; // that a buffer can have
    private static final int FIRST = 16 << 10;
    private static final int META = 1024;
    private static final ThreadLocal<Scratch> CURRENT = ThreadLocal.withInitial(Scratch::new);

    /** Addresses, lengths and option values; {@link #metaAddress}. Native byte order. */
    public final ByteBuffer meta = ByteBuffer.allocateDirect(META).order(ByteOrder.nativeOrder());

    /** Address of {@link #meta}. */
    public final long metaAddress = Memory.address(meta);

    private ByteBuffer data = aligned(FIRST).order(ByteOrder.nativeOrder());
    private long dataAddress = Memory.address(data);

    private Scratch() {}

    /** The calling thread's. */
    public static Scratch get() {
        return CURRENT.get();
    }

    /**
     * Room for n bytes at index 0, cleared of position and limit. Native byte order. What one call
     * needed beyond {@link #KEPT} is given up at the next that does not.
     */
    public ByteBuffer data(long n) {
        if (data.capacity() < n || data.capacity() > KEPT && n <= KEPT) {
            long size = n > KEPT ? n : Math.max(FIRST, Long.highestOneBit(n - 1) << 1);
            data = aligned(size).order(ByteOrder.nativeOrder());
            dataAddress = Memory.address(data);
        }
        return data.clear();
    }

    /** What {@link #data(long)} gave last, cleared of position and limit. */
    public ByteBuffer data() {
        return data.clear();
    }

    /** Its address. */
    public long dataAddress() {
        return dataAddress;
    }

    /**
     * Zeroed memory that begins on a page: another alignment can double the cost of the kernel's
     * copy. More than a buffer can have is as much an OutOfMemoryError as more than there is.
     */
    public static ByteBuffer aligned(long n) {
        if (n > MOST) {
            throw new OutOfMemoryError("scratch of " + n + " bytes");
        }
        int size = (int) n;
        int whole = (size + PAGE - 1) / PAGE * PAGE;
        return ByteBuffer.allocateDirect(whole + PAGE).alignedSlice(PAGE).slice(0, size);
    }
}
