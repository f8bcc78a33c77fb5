package dev.zsock.testkit;

import jnr.ffi.LibraryLoader;
import jnr.ffi.types.u_int64_t;

import java.nio.file.Path;

/**
 * The fault kernel of native-tests/flaky.c, in a JVM that was started with {@link #PROPERTY}: the
 * library under test makes its system calls through it.
 */
public final class FaultKernel {
    /** Names the library that stands before libc. */
    public static final String PROPERTY = "zsock.libc.preload";

    private FaultKernel() {}

    /** What a call may meet. */
    public enum Fault {
        /** EINTR. */
        INTERRUPT,
        /** EAGAIN of a call that must not wait. */
        NOT_NOW,
        /** A transfer of one byte. */
        ONE_BYTE,
        /** ENOBUFS or ENOMEM of a send, in turn. */
        NO_MEMORY
    }

    /** The functions of flaky.c. */
    public interface Flaky {
        void flaky_configure(
                @u_int64_t long seed, int interrupt, int notNow, int oneByte, int noMemory);

        void flaky_force(int kind, int passed, int struck);

        long flaky_count(int kind);
    }

    /** Only for a JVM that has it. */
    private static final class Loaded {
        static final Flaky FLAKY =
                LibraryLoader.create(Flaky.class).load(System.getProperty(PROPERTY));
    }

    /** Where the build put it. */
    public static Path library() {
        return NativeProgram.path("libflaky.so").toAbsolutePath();
    }

    /** Starts a schedule; every kind of fault is given in percent of the calls it may strike. */
    public static void configure(long seed, int interrupt, int notNow, int oneByte, int noMemory) {
        Loaded.FLAKY.flaky_configure(seed, interrupt, notNow, oneByte, noMemory);
    }

    /** Ends it: nothing fails any more, and the counts are 0. */
    public static void calm() {
        configure(0, 0, 0, 0, 0);
    }

    /** Lets some calls that the fault may strike pass, then strikes some. */
    public static void force(Fault fault, int passed, int struck) {
        Loaded.FLAKY.flaky_force(fault.ordinal(), passed, struck);
    }

    /** How many calls were struck since {@link #configure}. */
    public static long count(Fault fault) {
        return Loaded.FLAKY.flaky_count(fault.ordinal());
    }
}
