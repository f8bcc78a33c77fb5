package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Span;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Copies payload between a caller's memory and a connection's buffer, XORed with the masking key
 * (5.3).
 *
 * <p>Views of eight bytes in native order: buffers may have any order, which stays as it is. A key
 * of 0 is a plain copy.
 */
final class Masker {
    private static final VarHandle ARRAY =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle BUFFER =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Masker() {}

    /** Copies n bytes of src to dst; both advance. at: the payload offset of the first. */
    static void toBuffer(Span src, ByteBuffer dst, int n, int key, long at) {
        if (key == 0) {
            src.get(dst, n);
            return;
        }
        int to = dst.position();
        byte[] array = src.array();
        ByteBuffer buffer = src.buffer();
        if (buffer != null) {
            copy(buffer, src.at(), dst, to, n, rotated(key, at));
        } else if (array != null) {
            copy(array, src.at(), dst, to, n, rotated(key, at));
        }
        src.advance(n);
        dst.position(to + n);
    }

    /** Copies n bytes of src to dst; both advance. at: the payload offset of the first. */
    static void fromBuffer(ByteBuffer src, Span dst, int n, int key, long at) {
        if (key == 0) {
            dst.put(src, n);
            return;
        }
        int from = src.position();
        byte[] array = dst.array();
        ByteBuffer buffer = dst.buffer();
        if (buffer != null) {
            copy(src, from, buffer, dst.at(), n, rotated(key, at));
        } else if (array != null) {
            copy(src, from, array, dst.at(), n, rotated(key, at));
        }
        dst.advance(n);
        src.position(from + n);
    }

    private static void copy(byte[] src, int from, ByteBuffer dst, int to, int n, int key) {
        long wide = wide(key);
        int i = 0;
        for (; i <= n - 8; i += 8) {
            BUFFER.set(dst, to + i, (long) ARRAY.get(src, from + i) ^ wide);
        }
        for (; i < n; i++) {
            dst.put(to + i, (byte) (src[from + i] ^ octet(key, i)));
        }
    }

    private static void copy(ByteBuffer src, int from, byte[] dst, int to, int n, int key) {
        long wide = wide(key);
        int i = 0;
        for (; i <= n - 8; i += 8) {
            ARRAY.set(dst, to + i, (long) BUFFER.get(src, from + i) ^ wide);
        }
        for (; i < n; i++) {
            dst[to + i] = (byte) (src.get(from + i) ^ octet(key, i));
        }
    }

    private static void copy(ByteBuffer src, int from, ByteBuffer dst, int to, int n, int key) {
        long wide = wide(key);
        int i = 0;
        for (; i <= n - 8; i += 8) {
            BUFFER.set(dst, to + i, (long) BUFFER.get(src, from + i) ^ wide);
        }
        for (; i < n; i++) {
            dst.put(to + i, (byte) (src.get(from + i) ^ octet(key, i)));
        }
    }

    /** The key as it stands at a payload offset: its first octet in the top byte. */
    private static int rotated(int key, long at) {
        return Integer.rotateLeft(key, 8 * (int) (at & 3));
    }

    /** What byte i is XORed with, in the low 8 bits. */
    static int octet(int key, int i) {
        return key >>> 24 - 8 * (i & 3);
    }

    /** The key twice, as eight bytes of memory read in native order. */
    private static long wide(int key) {
        long twice = (long) key << 32 | key & 0xffffffffL;
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? twice : Long.reverseBytes(twice);
    }
}
