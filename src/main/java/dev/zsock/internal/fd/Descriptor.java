package dev.zsock.internal.fd;

import dev.zsock.internal.file.Signals;
import dev.zsock.internal.file.Waiters;

/**
 * One opening of a number, and the calls that block on it. A number that is closed and given out
 * again is another descriptor: a call that still holds this one can never touch the new file.
 */
public final class Descriptor extends Waiters {
    /** Its number. */
    public final int number;

    /** What it leads to. */
    public final OpenFile file;

    /** What the file says of itself, at hand for those who ask thousands of numbers. */
    public final boolean layered;

    /** The same. */
    public final int kernelFd;

    /** {@code FD_CLOEXEC} as the program sees it; the kernel's numbers are never inherited. */
    public volatile int flags;

    /** Once it has been polled, closing it makes those who poll look again. */
    public volatile boolean polled;

    Descriptor(int number, OpenFile file, Signals signals) {
        super(signals);
        this.number = number;
        this.file = file;
        layered = file.ops.layered();
        kernelFd = file.ops.kernelFd();
    }
}
