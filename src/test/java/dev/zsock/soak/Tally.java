package dev.zsock.soak;

import java.util.concurrent.atomic.LongAdder;

/** What has happened so far, over all threads. */
final class Tally {
    final LongAdder messages = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder fragments = new LongAdder();
    final LongAdder pings = new LongAdder();
    final LongAdder pongs = new LongAdder();
    final LongAdder connections = new LongAdder();

    /** Those with permessage-deflate. */
    final LongAdder compressed = new LongAdder();

    /** Faults put in: options set against the traffic, and stalls of a reader. */
    final LongAdder faults = new LongAdder();

    /** Calls that met one: EAGAIN, a timeout, or a part of what was asked for. */
    final LongAdder met = new LongAdder();

    final LongAdder lost = new LongAdder();
    final LongAdder torn = new LongAdder();

    @Override
    public String toString() {
        return String.format(
                "%d messages, %d bytes, %d fragments, %d pings, %d pongs,"
                        + " %d connections (%d compressed), %d faults injected,"
                        + " %d calls met one, lost %d, torn %d",
                messages.sum(),
                bytes.sum(),
                fragments.sum(),
                pings.sum(),
                pongs.sum(),
                connections.sum(),
                compressed.sum(),
                faults.sum(),
                met.sum(),
                lost.sum(),
                torn.sum());
    }
}
