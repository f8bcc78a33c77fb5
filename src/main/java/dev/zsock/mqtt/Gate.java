package dev.zsock.mqtt;

import dev.zsock.uapi.ErrnoAbi;

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

    /** Begins a connection with the caller as its user: its number or a negative errno. */
    synchronized int begin() {
        if (state != IDLE) {
            return state == CONNECTING ? -EALREADY : -EISCONN;
        }
        state = CONNECTING;
        users = 1;
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
        return state;
    }

    synchronized boolean isUsed() {
        return users > 0;
    }

    /** Waits until no call is under way; an interrupt is kept for later. */
    synchronized void awaitUnused() {
        boolean interrupted = false;
        while (users > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void closed() {
        state = IDLE;
        closing = false;
    }
}
