package dev.zsock.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Blocking calls beside the test's own, a new thread each. The common pool has as few threads as
 * the machine has processors, so calls that wait for each other would wait for a thread.
 */
public final class Background {

    private static final Executor NEW_THREAD = task -> {
        Thread thread = new Thread(task, "background");
        thread.setDaemon(true);
        thread.start();
    };

    private Background() {}

    public static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, NEW_THREAD);
    }

    /** Runs it after the milliseconds. */
    public static CompletableFuture<Void> later(Runnable task, long millis) {
        return CompletableFuture.runAsync(
                task, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, NEW_THREAD));
    }

    public static <T> CompletableFuture<T> supply(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, NEW_THREAD);
    }
}
