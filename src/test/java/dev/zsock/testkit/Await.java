package dev.zsock.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for something that nobody announces: looks every few milliseconds, up to a deadline. */
public final class Await {
    private static final long LOOK_EVERY_MS = 2;
    private static final int LEAST_LOOKS = 50; // a stall takes the time of both sides

    private Await() {}

    /** Returns when the condition holds; fails with what was awaited when the limit has passed. */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        for (int looks = 1; !condition.getAsBoolean(); looks++) {
            if (looks >= LEAST_LOOKS && System.nanoTime() - deadline > 0) {
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
