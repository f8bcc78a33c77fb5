package dev.zsock.conformance;

import dev.zsock.conformance.FuzzingServer.Case;
import dev.zsock.conformance.Talk.Pace;

import java.io.IOException;
import java.util.List;

/** A case of the public suite, by its number there, and the verdict that the suite would give. */
abstract class PublicCase implements Case {
    static final String OK = "OK";
    static final String NON_STRICT = "NON-STRICT";
    static final String INFORMATIONAL = "INFORMATIONAL";
    static final String UNIMPLEMENTED = "UNIMPLEMENTED";
    static final String FAILED = "FAILED";
    private static final int GOING_AWAY = 1001;

    /** How the connection must end: by which end, cleanly or anyhow, with one of these codes. */
    record Closing(boolean byMe, boolean clean, boolean informational, List<Integer> codes) {
        static final Closing NORMAL = new Closing(true, true, false, List.of(1000));

        String verdict(Talk talk) {
            if (byMe != talk.closedByMe) {
                return "by the wrong end";
            } else if (clean && !talk.clean) {
                return "UNCLEAN";
            } else if (talk.code != 0 && !codes.contains(talk.code)) {
                return "WRONG CODE " + talk.code;
            }
            return talk.droppedByClient ? "FAILED BY CLIENT" : OK;
        }
    }

    final String id;
    private final Closing closing;
    private Pace pace = Pace.REAL;
    private String behavior = "NOT RUN";
    private String close = "";

    PublicCase(String id, Closing closing) {
        this.id = id;
        this.closing = closing;
    }

    PublicCase at(Pace newPace) {
        pace = newPace;
        return this;
    }

    /** "9.1" of "9.1.6", and "6" of "6.22.34": the loads are many. */
    String group() {
        String[] parts = id.split("\\.");
        return parts[0].length() == 1 && !parts[0].equals("9")
                ? parts[0]
                : parts[0] + "." + parts[1];
    }

    /** OK, or what would stand in the suite's report. */
    String verdict() {
        boolean fine = close.equals(OK) || close.equals(INFORMATIONAL);
        return fine && behavior.equals(INFORMATIONAL)
                ? OK
                : fine ? behavior : behavior + ", " + close;
    }

    @Override
    public final void run(Wire wire) throws IOException {
        Talk talk = new Talk(wire, pace);
        behavior = play(talk);
        talk.close(Wire.codeOf(GOING_AWAY));
        while (!talk.over()) { // what is still heard is too late to count
            talk.next(Talk.in(pace.patience()));
        }
        close = closing.verdict(talk);
        if (!talk.wrong.isEmpty()) {
            behavior = FAILED + ": " + talk.wrong;
        } else if (closing.informational) {
            behavior = INFORMATIONAL;
            close = INFORMATIONAL;
        }
    }

    /** The case itself: how the other end behaved. */
    abstract String play(Talk talk);
}
