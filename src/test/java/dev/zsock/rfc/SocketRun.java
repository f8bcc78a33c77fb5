package dev.zsock.rfc;

import java.util.function.Consumer;

/** A case over TCP. */
final class SocketRun {
    private SocketRun() {}

    /** Received by frames; split: bytes that the peer writes at a time, 0 for all. */
    static void byFrames(Case what, int split) {
        run(what, split, Play::byFrames);
    }

    /** Received by {@code recv}: of cases without PINGs, whose PONGs are not for sure. */
    static void byData(Case what, int split) {
        run(what, split, Play::byData);
    }

    private static void run(Case what, int split, Consumer<Play> how) {
        SocketEndpoint end = new SocketEndpoint(what, split);
        try {
            how.accept(new Play(what, end, what.room()));
            end.check();
        } catch (AssertionError e) {
            throw end.blamed(e);
        } finally {
            end.release();
        }
    }
}
