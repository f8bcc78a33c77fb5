package dev.zsock.internal.file;

/** How one thread gets another out of a blocking system call. */
public interface Signals {
    /** The native thread that runs the caller now. */
    long self();

    /** Makes the system call in which that thread blocks, if any, return EINTR. */
    void interrupt(long thread);
}
