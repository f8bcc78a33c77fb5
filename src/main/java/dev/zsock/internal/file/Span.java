package dev.zsock.internal.file;

import dev.zsock.uapi.ErrnoAbi;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The bytes that a call may take or fill: a piece of an array or of a buffer, borrowed until the
 * call returns.
 *
 * <p>A span is reused, so that a call allocates nothing. {@link #at()} is the receipt: it has moved
 * by exactly the bytes accepted or stored.
 */
public final class Span {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private byte @Nullable [] array;
    private @Nullable ByteBuffer buffer;
    private long address;
    private int at;
    private int end;

    /**
     * The n bytes of bytes from off. A null array with n above 0 is C's null pointer: only the
     * kernel may be given it, who knows when to say EFAULT.
     */
    public Span set(byte @Nullable [] bytes, int off, int n) {
        if (bytes != null) {
            Objects.checkFromIndexSize(off, n, bytes.length);
        }
        return claim(bytes, off, n);
    }

    /** The same, but not looked at before {@link #check()}. */
    public Span claim(byte @Nullable [] bytes, int off, int n) {
        array = bytes;
        buffer = null;
        address = 0;
        at = off;
        end = off + n;
        return this;
    }

    /**
     * Looks at a claim: 0, or -EFAULT for no array where bytes are wanted.
     *
     * @throws IndexOutOfBoundsException if the array is shorter
     */
    public int check() {
        if (buffer != null || array == null && end == at) {
            return 0;
        }
        if (array == null) {
            return -ErrnoAbi.EFAULT;
        }
        Objects.checkFromIndexSize(at, end - at, array.length);
        return 0;
    }

    /**
     * From bytes' position to its limit; its position stays, the caller moves it when the call is
     * over.
     */
    public Span set(ByteBuffer bytes) {
        if (bytes.hasArray()) {
            return set(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        }
        return set(bytes, bytes.position(), bytes.remaining());
    }

    /**
     * True when this thread must not touch a direct buffer: its arena is closed, and the memory may
     * be somebody else's by now, or belongs to another thread. The kernel would not ask.
     */
    public static boolean isGone(ByteBuffer bytes) {
        try {
            NOTHING.put(0, bytes, bytes.position(), 0); // looks at the arena, not at the memory
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }

    /**
     * The n bytes of a buffer from index off. The address is kept as long as the buffer stays the
     * same.
     */
    @SuppressWarnings("ReferenceEquality") // an equal buffer elsewhere has another address
    public Span set(ByteBuffer bytes, int off, int n) {
        if (buffer != bytes) {
            address = 0;
        }
        array = null;
        buffer = bytes;
        at = off;
        end = off + n;
        return this;
    }

    /** Forgets the caller's memory. */
    public void clear() {
        set((byte[]) null, 0, 0);
    }

    /** The array, or null when the bytes are in a buffer. */
    public byte @Nullable [] array() {
        return array;
    }

    /** The buffer, or null when the bytes are in an array. */
    public @Nullable ByteBuffer buffer() {
        return buffer;
    }

    /** True when there are no bytes to take or fill although some were announced. */
    public boolean isNull() {
        return array == null && buffer == null && end != at;
    }

    /** True when the bytes lie outside the Java heap, so that the kernel can use them in place. */
    public boolean isDirect() {
        return buffer != null && buffer.isDirect();
    }

    /** The native address of the buffer's index 0, or 0 when nobody has asked for it yet. */
    public long address() {
        return address;
    }

    /** Keeps the native address of the buffer's index 0. */
    public void address(long of) {
        address = of;
    }

    /** Index of the next byte in the array or buffer. */
    public int at() {
        return at;
    }

    /** Bytes left. */
    public int remaining() {
        return end - at;
    }

    /** Takes n bytes off the front. */
    public void advance(int n) {
        at += n;
    }

    /** Copies n bytes to dst; both advance. */
    public void get(ByteBuffer dst, int n) {
        if (buffer != null) {
            dst.put(dst.position(), buffer, at, n);
            dst.position(dst.position() + n);
        } else if (n > 0) {
            dst.put(Objects.requireNonNull(array), at, n);
        }
        at += n;
    }

    /** Copies n bytes from src; both advance. */
    public void put(ByteBuffer src, int n) {
        if (buffer != null) {
            buffer.put(at, src, src.position(), n);
            src.position(src.position() + n);
        } else if (n > 0) {
            src.get(Objects.requireNonNull(array), at, n);
        }
        at += n;
    }
}
