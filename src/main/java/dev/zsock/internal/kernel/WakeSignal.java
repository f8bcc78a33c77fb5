package dev.zsock.internal.kernel;

import com.kenai.jffi.Library;

import dev.zsock.internal.kernel.JnrLibC.LibC;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A signal that does nothing but end a thread's system call with EINTR: what the JDK does for its
 * own sockets. A blocking receive that can be woken so costs no system call more than one that
 * can't.
 *
 * <p>The handler is libc's {@code abs}: a function of one int without effect, so that no Java code
 * runs in a signal handler. The highest real-time signal that nobody handles is taken; without
 * SA_RESTART, so that calls return.
 */
public final class WakeSignal {
    /**
     * {@code struct sigaction}: handler first, then mask, flags and restorer, all zero but the
     * handler.
     */
    static final int SIZEOF_SIGACTION = 152;

    /** Below the JDK's own, which is two under {@code SIGRTMAX}. */
    static final int HIGHEST = 61;

    /** {@code SIGRTMIN} of glibc. */
    static final int LOWEST = 34;

    private static final LibC LIBC = JnrLibC.LIBC;
    private static final int SIGNAL = install();

    private WakeSignal() {}

    /** The native thread that runs the caller now. */
    public static long self() {
        return LIBC.pthread_self();
    }

    /** Sends the signal; the thread must be alive. */
    public static void interrupt(long thread) {
        LIBC.pthread_kill(thread, SIGNAL);
    }

    private static int install() {
        long handler = Library.getDefault().getSymbolAddress("abs");
        // Not the thread's scratch: this runs inside the first call that blocks, which uses it.
        ByteBuffer action =
                ByteBuffer.allocateDirect(SIZEOF_SIGACTION).order(ByteOrder.nativeOrder());
        long address = Memory.address(action);
        for (int signal = HIGHEST; handler != 0 && signal >= LOWEST; signal--) {
            if (LIBC.sigaction(signal, 0, address) == 0 && action.getLong(0) == 0) { // SIG_DFL
                for (int i = 0; i < SIZEOF_SIGACTION; i += Long.BYTES) {
                    action.putLong(i, 0);
                }
                action.putLong(0, handler);
                if (LIBC.sigaction(signal, address, 0) == 0) {
                    return signal;
                }
            }
        }
        throw new IllegalStateException("no real-time signal is free to wake blocked calls");
    }
}
