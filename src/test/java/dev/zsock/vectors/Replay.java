package dev.zsock.vectors;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Replays measured scenarios against the public API: one line a scenario, then the sums; then the
 * groups that have a twin in raw mode once more. Exit status 0 when nothing failed.
 */
public final class Replay {
    private static final String DEFAULT_DIR = "src/test/resources/vectors";
    private static final String TABLE_SIZE = "zsock.open.max";
    private static final int ATTEMPTS = 4;
    private static final double LATE_MS = 1;
    private static final double STALL_MS = 50;

    private final PrintStream out;
    private int same;
    private int differs;
    private int failed;
    private int leftOut;

    private Replay(PrintStream out) {
        this.out = out;
    }

    /** What one pass over the scenarios gave. */
    record Sums(int same, int differs, int failed, int leftOut) {
        @Override
        public String toString() {
            return same + " same, " + differs + " differs, " + failed + " failed, " + leftOut
                    + " left out";
        }
    }

    public static void main(String[] args) throws IOException {
        // the size of the table that was measured; scenarios fill it
        if (System.getProperty(TABLE_SIZE) == null) {
            System.setProperty(TABLE_SIZE, "16");
        }
        Path dir = Path.of(args.length > 0 ? args[0] : DEFAULT_DIR);
        if (!Files.exists(dir)) {
            System.err.println("no file or folder " + dir);
            System.exit(2);
        }
        List<Scenario> all = Scenario.load(dir);
        Sums plain = new Replay(System.out).pass(all, false);
        System.out.println(plain);
        List<Scenario> twins = all.stream().filter(Scenario::hasRawTwin).toList();
        Sums raw = new Replay(System.out).pass(twins, true);
        System.out.println("raw: " + raw);
        if (all.isEmpty()) {
            System.err.println("no scenarios (*.jsonl) in " + dir);
        }
        System.exit(plain.failed() + raw.failed() == 0 && !all.isEmpty() ? 0 : 1);
    }

    private Sums pass(List<Scenario> scenarios, boolean raw) {
        String prefix = raw ? "raw: " : "";
        for (Scenario s : scenarios) {
            String why = s.leftOut();
            if (!why.isEmpty()) {
                leftOut++;
                out.println(prefix + s.name() + " left out " + why);
                continue;
            }
            Judge.Verdict verdict = replay(s, raw);
            if (verdict.failed()) {
                failed++;
            } else if (verdict.rules().isEmpty()) {
                same++;
            } else {
                differs++;
            }
            out.println(prefix + s.name() + " " + verdict.toString().replaceAll("\\s+", " "));
        }
        return new Sums(same, differs, failed, leftOut);
    }

    /**
     * One scenario; again when it failed while the peer was late or the machine stalled, or in a
     * race between the peer and a deadline: none of these tells anything about the library.
     */
    static Judge.Verdict replay(Scenario s, boolean raw) {
        List<Judge.Verdict> tries = new ArrayList<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            double late = 0;
            Stalls stalls = new Stalls();
            try (stalls) {
                Transcript t = Runner.run(s, raw);
                tries.add(Judge.judge(s, t, raw));
                late = t.lateMs();
            } catch (Unsupported e) {
                return Judge.failed("not known to the replayer: " + e.getMessage());
            } catch (IOException | RuntimeException e) {
                tries.add(Judge.failed("replayer: " + e));
            }
            boolean inTime = late < LATE_MS && stalls.worstMs() < STALL_MS;
            if (!tries.get(i).failed() || inTime && !s.races(LATE_MS)) {
                return tries.get(i);
            }
        }
        return tries.get(ATTEMPTS - 1);
    }
}
