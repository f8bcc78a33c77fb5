package dev.zsock;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.PollAbi;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** The sets of a select as entries of a poll, with the bits that Linux takes for each set. */
final class SelectEntries implements Poller.Entries, PollAbi, ErrnoAbi {
    private static final int WORD = Long.SIZE;
    private static final int FIRST = 16;

    private static final int READ_EVENTS = POLLRDNORM | POLLRDBAND | POLLIN;
    private static final int WRITE_EVENTS = POLLWRNORM | POLLWRBAND | POLLOUT;
    private static final int READ = READ_EVENTS | POLLHUP | POLLERR;
    private static final int WRITE = WRITE_EVENTS | POLLERR;
    private static final int EXCEPT = POLLPRI;

    private int[] fds = new int[FIRST];
    private int[] events = new int[FIRST];
    private int[] revents = new int[FIRST];

    /** Lists the numbers below n that are in a set: their count. */
    int take(int n, @Nullable FdSet read, @Nullable FdSet write, @Nullable FdSet except) {
        int count = 0;
        int words =
                Math.min(words(n), Math.max(length(read), Math.max(length(write), length(except))));
        for (int w = 0; w < words; w++) {
            long r = word(read, w);
            long o = word(write, w);
            long e = word(except, w);
            for (long any = (r | o | e) & below(n, w); any != 0; any &= any - 1) {
                long bit = any & -any;
                if (count == fds.length) {
                    fds = Arrays.copyOf(fds, count * 2);
                    events = Arrays.copyOf(events, count * 2);
                    revents = Arrays.copyOf(revents, count * 2);
                }
                fds[count] = w * WORD + Long.numberOfTrailingZeros(bit);
                events[count++] = ((r & bit) != 0 ? READ_EVENTS : 0)
                        | ((o & bit) != 0 ? WRITE_EVENTS : 0)
                        | ((e & bit) != 0 ? POLLPRI : 0);
            }
        }
        return count;
    }

    /** Leaves in each set what is ready: how many bits, or -EBADF for a number that is none. */
    int give(
            int n, @Nullable FdSet read, @Nullable FdSet write, @Nullable FdSet except, int count) {
        for (int i = 0; i < count; i++) {
            if ((revents[i] & POLLNVAL) != 0) {
                return -EBADF;
            }
        }
        return give(n, read, READ_EVENTS, READ, count)
                + give(n, write, WRITE_EVENTS, WRITE, count)
                + give(n, except, EXCEPT, EXCEPT, count);
    }

    private int give(int n, @Nullable FdSet set, int asked, int bits, int count) {
        if (set == null) {
            return 0;
        }
        int ready = 0;
        Arrays.fill(set.fds_bits, 0, Math.min(words(n), length(set)), 0);
        for (int i = 0; i < count; i++) {
            if ((events[i] & asked) != 0 && (revents[i] & bits) != 0) {
                set.add(fds[i]);
                ready++;
            }
        }
        return ready;
    }

    private static int words(int n) {
        return (int) ((n + (long) WORD - 1) / WORD);
    }

    private static int length(@Nullable FdSet set) {
        return set == null ? 0 : set.fds_bits.length;
    }

    private static long word(@Nullable FdSet set, int w) {
        return set == null || w >= length(set) ? 0 : set.fds_bits[w];
    }

    private static long below(int n, int w) {
        int left = n - w * WORD;
        return left >= WORD ? -1 : (1L << left) - 1;
    }

    @Override
    public int fd(int i) {
        return fds[i];
    }

    @Override
    public int events(int i) {
        return events[i];
    }

    @Override
    public void revents(int i, int bits) {
        revents[i] = bits;
    }
}
