package dev.zsock.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The judge excuses nothing: a result that is neither recorded nor demanded by a rule fails the
 * scenario.
 */
class JudgeTest {
    private static final Path DIR = Path.of("src/test/resources/vectors");
    private static final Path DERIVED = Path.of("src/test/resources/vectors-derived");
    private static final String FILLS = "fill_tcp_send_buffer";

    private interface Check {
        void run(Scenario scenario, boolean raw);
    }

    private static void each(Check check) throws IOException {
        List<Scenario> all = new ArrayList<>(Scenario.load(DIR));
        all.addAll(Scenario.load(DERIVED));
        for (Scenario s : all) {
            check.run(s, false);
            if (s.hasRawTwin()) {
                check.run(s, true);
            }
        }
    }

    @Test
    void aConformingLibraryIsSameOrDiffersByRule() throws IOException {
        List<String> failures = new ArrayList<>();
        each((s, raw) -> {
            Judge.Verdict v = Judge.judge(s, Conforming.of(s, raw), raw);
            if (v.failed()) {
                failures.add(s.name() + " " + raw + " " + v);
            }
        });
        assertThat(failures).isEmpty();
    }

    @Test
    void zephyrsOwnResultsFailWhereARuleDemandsOthers() throws IOException {
        List<String> wrong = new ArrayList<>();
        int[] sums = new int[2];
        each((s, raw) -> {
            boolean differs =
                    !Judge.judge(s, Conforming.of(s, raw), raw).rules().isEmpty();
            boolean fails = Judge.judge(s, Recorded.of(s), raw).failed();
            sums[differs ? 1 : 0]++;
            if (differs != fails) {
                wrong.add(s.name() + (raw ? " raw" : ""));
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(sums[0]).isPositive();
        assertThat(sums[1]).isPositive();
    }

    @Test
    void everyWrongResultFails() throws IOException {
        List<String> excused = new ArrayList<>();
        int[] tried = new int[1];
        each((s, raw) -> {
            Transcript t = Conforming.of(s, raw);
            for (int step = 0; step < s.steps().size(); step++) {
                if (s.steps().get(step).call().equals(FILLS)) {
                    break; // from here on the kernel's buffers decide
                }
                if (s.steps().get(step).isCall()) {
                    tried[0] += mutate(s, raw, t, step, excused);
                }
            }
        });
        assertThat(excused).isEmpty();
        assertThat(tried[0]).isGreaterThan(10_000);
    }

    private static int mutate(
            Scenario s, boolean raw, Transcript t, int step, List<String> excused) {
        CallObs right = t.steps.get(step);
        int tried = 0;
        for (Mutation mutation : Mutation.values()) {
            CallObs wrong = right.copy();
            if (mutation.apply(wrong)) {
                tried++;
                t.steps.set(step, wrong);
                if (!Judge.judge(s, t, raw).failed()) {
                    excused.add(s.name() + (raw ? " raw" : "") + " " + (step + 1) + " " + mutation);
                }
            }
        }
        t.steps.set(step, right);
        return tried;
    }

    @Test
    void leaksStrayFramesAndUnexpectedEndsFail() throws IOException {
        Scenario s = Scenario.load(DIR).stream()
                .filter(x -> x.name().equals("recv_text_fin1"))
                .findFirst()
                .orElseThrow();
        assertThat(failing(s, t -> t.leak = " 4")).isTrue();
        assertThat(failing(s, t -> t.seen.set(0, "fin"))).isTrue();
        assertThat(failing(s, t -> t.steps.get(2).broken = "did not return")).isTrue();
        byte[] two = new byte[12];
        byte[] close = FrameHead.frame(0x88, true, new byte[0]);
        System.arraycopy(close, 0, two, 0, 6);
        System.arraycopy(close, 0, two, 6, 6);
        assertThat(failing(s, t -> t.streams.add(two))).isTrue();
        assertThat(failing(
                        s,
                        t -> t.unattributed.put(
                                0, WireDecoder.decode(close, 0, 6).items())))
                .isTrue();
        assertThat(failing(s, t -> t.streams.add(close))).isFalse();
    }

    private static boolean failing(Scenario s, java.util.function.Consumer<Transcript> change) {
        Transcript t = Conforming.of(s, false);
        change.accept(t);
        return Judge.judge(s, t, false).failed();
    }

    @Test
    void aDeadlineMayNotBeCutShort() throws IOException {
        Function<Double, Boolean> fails = elapsed -> {
            Scenario s = scenario("recv_to_50_nodata");
            Transcript t = Conforming.of(s, false);
            t.steps.get(2).elapsedMs = elapsed;
            return Judge.judge(s, t, false).failed();
        };
        assertThat(fails.apply(50.1)).isFalse();
        assertThat(fails.apply(40.0)).isTrue();
        assertThat(fails.apply(5000.0)).isTrue();
    }

    private static Scenario scenario(String name) {
        try {
            return Scenario.load(DIR).stream()
                    .filter(x -> x.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
