package dev.zsock.internal.kernel;

import com.kenai.jffi.MemoryIO;

import java.nio.ByteBuffer;

/**
 * Addresses of direct buffers. Whoever passes one to a system call keeps the buffer reachable until
 * it returns.
 */
public final class Memory {
    private Memory() {}

    /** The address of the buffer's index 0. */
    public static long address(ByteBuffer direct) {
        return MemoryIO.getInstance().getDirectBufferAddress(direct);
    }
}
