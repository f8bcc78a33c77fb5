package dev.zsock.internal.kernel;

import java.nio.ByteBuffer;

/**
 * The {@code struct msghdr} of a thread's scratch, with one {@code struct iovec}: what
 * {@link Kernel#sendmsg} and {@link Kernel#recvmsg} are given.
 */
public final class MsghdrBlock {
    private static final int AT = 768; // in meta
    private static final int NAME = AT;
    private static final int NAMELEN = AT + 8;
    private static final int IOV = AT + 16;
    private static final int IOVLEN = AT + 24;
    private static final int CONTROL = AT + 32;
    private static final int CONTROLLEN = AT + 40;
    private static final int FLAGS = AT + 48;
    private static final int IOVEC = AT + 64;

    private MsghdrBlock() {}

    /**
     * Writes the structs: a name at {@link Kernel#ADDR} or none, n bytes at base, control data or
     * none (0).
     */
    public static void put(
            Scratch scratch,
            boolean named,
            int namelen,
            long base,
            int n,
            long control,
            int controllen) {
        ByteBuffer meta = scratch.meta;
        long at = scratch.metaAddress;
        meta.putLong(NAME, named ? at + Kernel.ADDR : 0).putLong(NAMELEN, named ? namelen : 0);
        meta.putLong(IOV, at + IOVEC).putLong(IOVLEN, 1);
        meta.putLong(CONTROL, control).putLong(CONTROLLEN, controllen).putLong(FLAGS, 0);
        meta.putLong(IOVEC, base).putLong(IOVEC + Long.BYTES, n);
    }

    /** Where it is. */
    public static long address(Scratch scratch) {
        return scratch.metaAddress + AT;
    }

    /** Length of the name that the kernel left. */
    public static int namelen(Scratch scratch) {
        return scratch.meta.getInt(NAMELEN);
    }

    /** Bytes of control data that the kernel left. */
    public static int controllen(Scratch scratch) {
        return (int) scratch.meta.getLong(CONTROLLEN);
    }

    /** The kernel's flags. */
    public static int flags(Scratch scratch) {
        return scratch.meta.getInt(FLAGS);
    }
}
