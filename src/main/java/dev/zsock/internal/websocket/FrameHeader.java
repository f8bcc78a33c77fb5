package dev.zsock.internal.websocket;

import java.nio.ByteBuffer;

/** Writes frame headers (5.2), the length in its shortest form. Stateless. */
final class FrameHeader {
    /** The longest header. */
    static final int MAX = 14;

    private static final int MASK = 0x80;

    private FrameHeader() {}

    /** Writes a header at dst's position. length is unsigned, key in wire order. */
    static void put(ByteBuffer dst, int b0, long length, boolean masked, int key) {
        int mask = masked ? MASK : 0;
        dst.put((byte) b0);
        if (length >= 0 && length < 126) {
            dst.put((byte) (mask | (int) length));
        } else if (length >= 0 && length < 65536) {
            dst.put((byte) (mask | 126));
            bigEndian(dst, length, 2);
        } else {
            dst.put((byte) (mask | 127));
            bigEndian(dst, length, 8);
        }
        if (masked) {
            bigEndian(dst, key, 4);
        }
    }

    /** Bytes that {@link #put} writes. */
    static int size(long length, boolean masked) {
        int key = masked ? 4 : 0;
        if (length < 0 || length >= 65536) {
            return 10 + key;
        }
        return key + (length < 126 ? 2 : 4);
    }

    /** The low n bytes of v; dst may have any order. */
    private static void bigEndian(ByteBuffer dst, long v, int n) {
        for (int shift = 8 * (n - 1); shift >= 0; shift -= 8) {
            dst.put((byte) (v >>> shift));
        }
    }
}
