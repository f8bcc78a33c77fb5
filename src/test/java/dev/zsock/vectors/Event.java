package dev.zsock.vectors;

/**
 * What the peer did, for the model: when by the scenario's own clock, and with which bytes.
 *
 * @param at milliseconds after the call began; 0 between calls
 * @param conn the connection's index
 * @param bytes what was sent, for DATA
 */
record Event(double at, int conn, Kind kind, byte[] bytes) {
    private static final byte[] NONE = {};

    enum Kind {
        DATA,
        FIN,
        CLOSE,
        RST,
        STOP,
        RESUME
    }

    static Event of(double at, int conn, Kind kind) {
        return new Event(at, conn, kind, NONE);
    }
}
