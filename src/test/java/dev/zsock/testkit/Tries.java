package dev.zsock.testkit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a machine that stalls for seconds spoils now and then, and what is broken spoils every time.
 * Results belong into the try itself, where they hold each time; only its time may be missed.
 */
public final class Tries {
    private static final int MOST = 5;

    private Tries() {}

    /** Something that is timed, or that takes its processor time. */
    public interface Timed {
        /** The milliseconds it took; what it does first, it does anew with each try. */
        long millis() throws Exception;
    }

    /** Something that only makes sense when no stall came between its steps. */
    public interface Undisturbed {
        /** False when too much time has passed to say anything. */
        boolean inTime() throws Exception;
    }

    /** Never takes less, and takes no more in one of a few tries. */
    public static void between(long least, long most, Timed timed) throws Exception {
        long ms = timed.millis();
        for (int i = 1; i < MOST && ms > most; i++) {
            ms = Math.min(ms, timed.millis());
        }
        assertThat(ms).as("milliseconds").isBetween(least, most);
    }

    /** Does it until it was in time. */
    public static void until(Undisturbed story) throws Exception {
        for (int i = 0; i < MOST; i++) {
            if (story.inTime()) {
                return;
            }
        }
        throw new AssertionError("the machine stalled in each of " + MOST + " tries");
    }
}
