package dev.zsock.vectors;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sleeps and sleeps, and notes how late it woke: so long the machine kept everybody waiting. */
final class Stalls implements AutoCloseable {
    private static final long NAP = TimeUnit.MILLISECONDS.toNanos(5);
    private static final double PER_MS = 1e6;

    private final Thread thread = new Thread(this::sleep, "vector-stalls");
    private volatile boolean over;
    private volatile long asleep = System.nanoTime(); // since then
    private volatile long worst;

    Stalls() {
        thread.setDaemon(true);
        thread.start();
    }

    private void sleep() {
        while (!over) {
            asleep = System.nanoTime();
            LockSupport.parkNanos(NAP);
            worst = Math.max(worst, late());
        }
    }

    private long late() {
        return System.nanoTime() - asleep - NAP;
    }

    /** The longest so far. */
    double worstMs() {
        return Math.max(worst, late()) / PER_MS;
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(thread);
    }
}
