package dev.zsock.internal.websocket;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/** The threads that poll has told POLLIN and that have not received since. */
final class Promised {
    private volatile @Nullable Thread last;
    private volatile boolean several;
    private @Nullable Set<Thread> others; // guarded by this

    /** The calling thread is told. */
    synchronized void add() {
        Thread before = last;
        last = Thread.currentThread();
        if (before != null && before != last) {
            if (others == null) {
                others = Collections.newSetFromMap(new WeakHashMap<>());
            }
            others.add(before);
            several = true;
        }
    }

    /** True once after the calling thread was told. */
    boolean take() {
        return (several || last == Thread.currentThread()) && remove(Thread.currentThread());
    }

    private synchronized boolean remove(Thread me) {
        boolean among = others != null && others.remove(me);
        several = others != null && !others.isEmpty();
        boolean mine = last == me;
        if (mine) {
            last = null;
        }
        return among || mine;
    }
}
