package dev.zsock.internal.file;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Platform threads that make blocking system calls for virtual ones, which may not: one that blocks
 * in native code keeps its carrier, and two of them could keep all that a small machine has.
 */
public final class LentThreads {
    private static final @Nullable MethodHandle IS_VIRTUAL = isVirtual();

    private LentThreads() {}

    /** Made at the first need. */
    private static final class Pool {
        private static final int IDLE_SECONDS = 10;
        private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                LentThreads::thread);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "zsock-lent");
        thread.setDaemon(true);
        return thread;
    }

    /** True when the caller is a virtual thread. */
    public static boolean needed() {
        if (IS_VIRTUAL == null) {
            return false;
        }
        try {
            return (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Runs the call on a lent thread: its result. An interrupt is kept for later. */
    public static int run(IntSupplier call) {
        FutureTask<Integer> task = new FutureTask<>(call::getAsInt);
        Pool.THREADS.execute(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new AssertionError("a system call threw", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** {@code Thread.isVirtual}, which Java 17 does not have. */
    private static @Nullable MethodHandle isVirtual() {
        try {
            MethodType type = MethodType.methodType(boolean.class);
            return MethodHandles.publicLookup().findVirtual(Thread.class, "isVirtual", type);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
