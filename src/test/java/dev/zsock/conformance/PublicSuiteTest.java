package dev.zsock.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.conformance.PublicSuite.Side;
import dev.zsock.conformance.Talk.Pace;
import dev.zsock.testkit.Background;
import dev.zsock.testkit.HexReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** The public suite's cases with smaller loads, for client and server; and how it judges. */
class PublicSuiteTest {
    @Test
    void numbering() {
        List<String> ids = PublicSuite.cases().stream().map(one -> one.id).toList();
        assertThat(ids).hasSize(517).doesNotHaveDuplicates();
        assertThat(ids.subList(0, 301)).noneMatch(id -> id.startsWith("12") || id.startsWith("13"));
        assertThat(ids.get(0)).isEqualTo("1.1.1");
        assertThat(ids.get(300)).isEqualTo("10.1.1");
        assertThat(ids.get(516)).isEqualTo("13.7.18");
    }

    @ParameterizedTest
    @CsvSource({"[, client", "no such group, client", "1, moon", "1, ''"})
    void saysWhatItCannotRun(String pattern, String sides) throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertThat(PublicSuite.main(pattern, sides, new PrintStream(err, true, UTF_8)))
                .isOne();
        assertThat(err.toString(UTF_8)).startsWith("conformance-suite: FAILED: ");
    }

    @ParameterizedTest
    @EnumSource
    void everyCaseIsOk(Side side) throws IOException {
        List<PublicCase> cases = PublicSuite.cases();
        cases.forEach(one -> one.at(Pace.QUICK));
        assertThat(PublicSuite.run(side, cases)).isEmpty();
        // to fail fast is to fail before the next tick, which a busy machine may miss
        List<PublicCase> late = cases.stream()
                .filter(one -> !one.verdict().equals(PublicCase.OK))
                .map(one -> one.at(Pace.SLOW))
                .toList();
        assertThat(PublicSuite.run(side, late)).isEmpty();
        assertThat(cases).allSatisfy(one -> assertThat(one.verdict()).as(one.id).isEqualTo("OK"));
    }

    /** The other end's script: words for what it does, or bytes as HexReader has them. */
    private static void play(Wire wire, String script) {
        try {
            for (String step : script.split(", ")) {
                switch (step) {
                    case "hear" -> wire.hear();
                    case "end" -> wire.end();
                    case "shut" -> wire.shut();
                    case "stay" -> wire.ended(Talk.in(10_000));
                    default -> wire.bytes(new HexReader(wire.client).sent(step).bytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            2.1    | client | hear, [8a], hear, [88 03e8], end | OK
            2.1    | server | hear, [8a], hear, [88 03e8], end | OK
            2.1    | client | shut | FAILED: 0 bytes heard, by the wrong end
            2.1    | client | hear, 8a00                    | FAILED: not masked, by the wrong end
            2.1    | client | hear, [8a]                    | OK, UNCLEAN
            2.1    | client | hear, [8a 'more']             | FAILED: 6 bytes heard, UNCLEAN
            2.1    | client | hear, [8a], hear, [88 03e9]   | OK, WRONG CODE 1001
            2.1    | server | hear, [8a], hear, [88], stay  | OK, UNCLEAN
            2.5    | client | hear, [88 03ea]               | OK
            2.5    | client | hear, [88 03e8]               | OK, WRONG CODE 1000
            2.5    | server | hear, [88 03ea], stay         | OK, FAILED BY CLIENT
            3.2    | client | hear, hear, hear, [88 03ea]   | NON-STRICT
            6.4.1  | client | hear, hear, hear, [88 03ef]   | NON-STRICT
            7.13.1 | client | shut                          | OK
            9.1.1  | client | hear, [81 'short'], hear      | FAILED: another came back, UNCLEAN
            12.1.1 | client | hear, [88 03e8]               | UNIMPLEMENTED
            """)
    void judges(String id, String end, String script, String verdict) throws IOException {
        String judged = "";
        for (int patience = 300; patience <= 30_000 && !judged.equals(verdict); patience *= 10) {
            judged = judged(id, end, script, new Pace(50, patience, 1, 1));
        }
        assertThat(judged).isEqualTo(verdict);
    }

    private static String judged(String id, String end, String script, Pace pace)
            throws IOException {
        boolean client = end.equals("client");
        PublicCase one = PublicSuite.cases().stream()
                .filter(each -> each.id.equals(id))
                .findFirst()
                .orElseThrow()
                .at(pace);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket far = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket near = listener.accept()) {
            Wire other = new Wire(far, client);
            var played = Background.run(() -> play(other, script));
            one.run(new Wire(near, !client));
            played.join();
        }
        return one.verdict();
    }
}
