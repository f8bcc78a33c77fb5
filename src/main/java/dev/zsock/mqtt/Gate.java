package dev.zsock.mqtt;

import dev.zsock.uapi.ErrnoAbi;

import org.jspecify.annotations.Nullable;

/**
 * State of a client's connection and the calls under way on its transport. A close waits for those
 * calls, so that no call reaches a descriptor that has got another owner. Each connection has a
 * number; who finds its connection replaced leaves the new one alone.
 */
final class Gate implements ErrnoAbi {
    static final int IDLE = 0;
    static final int CONNECTING = 1;

    /** The transport is up, CONNACK has not come. */
    static final int OPEN = 2;

    static final int CONNECTED = 3;

    /** Stands for any connection in {@link #shut}. */
    static final int ANY = 0;

    private int state;
    private boolean closing;
    private int users;
    private int number;

    /** The thread in {@code mqtt_connect}; and the one that closes. */
    private @Nullable Thread opener;

    private @Nullable Thread closer;

    /** Begins a connection with the caller as its user: its number or a negative errno. */
    synchronized int begin() {
        if (state != IDLE) {
            return state == CONNECTING ? -EALREADY : -EISCONN;
        }
        state = CONNECTING;
        users = 1;
        opener = Thread.currentThread();
        number = Math.max(1, number + 1);
        return number;
    }

    /** Becomes a user of the connection: its number, or -ENOTCONN below that state. */
    synchronized int enter(int atLeast) {
        if (closing || state < atLeast) {
            return -ENOTCONN;
        }
        users++;
        return number;
    }

    synchronized void leave() {
        if (--users == 0) {
            notifyAll();
        }
    }

    /** Whether the caller is in a callback of the connect that it made itself. */
    synchronized boolean inConnect() {
        return opener == Thread.currentThread();
    }

    /** The connect is at its end: a user no more. True when the caller has to close. */
    synchronized boolean opened() {
        boolean closes = closing && closer == opener;
        opener = null;
        leave();
        return closes;
    }

    /** Moves on, unless the connection is being closed. */
    synchronized void advance(int connection, int next) {
        if (connection == number && !closing) {
            state = next;
        }
    }

    synchronized int state() {
        return state;
    }

    synchronized boolean closing() {
        return closing;
    }

    /** The state to close from, for the one caller who shall do it; IDLE for all others. */
    synchronized int shut(int connection) {
        if (closing || connection != ANY && connection != number) {
            return IDLE;
        }
        closing = state != IDLE;
        closer = Thread.currentThread();
        return state;
    }

    synchronized boolean isUsed() {
        return users > 0;
    }

    /** Waits until no call is under way, or not so long; an interrupt is kept for later. */
    synchronized boolean awaitUnused(long ms) {
        long end = System.nanoTime() + ms * 1_000_000;
        boolean interrupted = false;
        for (long left = ms; users > 0 && left > 0; ) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = (end - System.nanoTime()) / 1_000_000;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return users == 0;
    }

    synchronized void closed() {
        state = IDLE;
        closing = false;
        closer = null;
    }
}
