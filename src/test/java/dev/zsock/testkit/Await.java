package dev.zsock.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for something that nobody announces: looks every few milliseconds, up to a deadline. */
public final class Await {
    private static final long LOOK_EVERY_MS = 2;

    private Await() {}

    /** Returns when the condition holds; fails with what was awaited when the limit has passed. */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            try {
                Thread.sleep(LOOK_EVERY_MS);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while waiting: " + what, e);
            }
        }
    }
}
