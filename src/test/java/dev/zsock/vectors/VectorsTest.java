package dev.zsock.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code make vectors} itself, in a process with a table of numbers of its own. */
class VectorsTest {
    private static final Path SHIPPED = Path.of("src/test/resources/vectors");

    private static final Path DERIVED = Path.of("src/test/resources/vectors-derived");

    @TempDir
    Path dir;

    private record Run(int status, List<String> lines) {
        String last() {
            return lines.get(lines.size() - 1);
        }
    }

    private Run replay(Path vectors) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-cp",
                System.getProperty("java.class.path")));
        if (Runtime.version().feature() >= 24) {
            command.add(1, "--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(Replay.class.getName(), vectors.toString()));
        Path out = dir.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the replay takes too long:\n" + Files.readString(out));
        }
        return new Run(process.exitValue(), Files.readAllLines(out, StandardCharsets.UTF_8));
    }

    @Test
    @Timeout(320)
    void everyShippedScenarioIsSameOrDiffersByRule() throws Exception {
        Run run = replay(SHIPPED);
        assertThat(run.lines()).filteredOn(l -> l.contains(" FAIL ")).isEmpty();
        assertThat(run.lines()).contains("229 same, 181 differs, 0 failed, 0 left out");
        assertThat(run.last()).isEqualTo("raw: 175 same, 28 differs, 0 failed, 0 left out");
        assertThat(run.status()).isZero();
        assertThat(run.lines()).hasSize(410 + 1 + 203 + 1);
    }

    @Test
    @Timeout(120)
    void derivedScenariosGetTheVerdictThatTheyName() throws Exception {
        Run run = replay(DERIVED.toAbsolutePath());
        List<String> expected = new ArrayList<>();
        List<Scenario> all = Scenario.load(DERIVED);
        all.forEach(s -> expected.add(s.name() + " " + s.json().path("verdict").asText()));
        all.stream()
                .filter(Scenario::hasRawTwin)
                .map(s ->
                        "raw: " + s.name() + " " + s.json().path("raw_verdict").asText())
                .forEach(expected::add);
        assertThat(run.lines()).filteredOn(l -> !l.contains(" left out")).isEqualTo(expected);
        assertThat(run.status()).isZero();
    }

    @Test
    @Timeout(120)
    void filesOfAnyKindAreReadOrNamed() throws Exception {
        String tcp = "{\"call\":\"tcp_connect\"}"; // nothing recorded but that it is called
        String bare = "{\"steps\":[" + tcp + "],\"more\":[1]}";
        Files.writeString(dir.resolve("send.jsonl"), "\ufeff" + bare + "\r\n\n  \n[1]\n3\n");
        Files.write(dir.resolve("x.jsonl"), new byte[] {'"', (byte) 0xff, '"', '\n'});
        Files.writeString(dir.resolve("notes.txt"), "no scenario");
        Run run = replay(dir.resolve("."));
        assertThat(run.lines())
                .containsExactly(
                        "send.jsonl:1 same",
                        "send.jsonl:4 FAIL no steps: not a scenario",
                        "send.jsonl:5 FAIL no steps: not a scenario",
                        "x.jsonl:1 FAIL no steps: not a scenario",
                        "1 same, 0 differs, 3 failed, 0 left out",
                        "raw: send.jsonl:1 same",
                        "raw: send.jsonl:4 FAIL no steps: not a scenario",
                        "raw: send.jsonl:5 FAIL no steps: not a scenario",
                        "raw: 1 same, 0 differs, 2 failed, 0 left out");
    }

    @Test
    @Timeout(120)
    void whatIsNotKnownFailsByNameAndWhatIsLeftOutIsSaid() throws Exception {
        String tcp = "{\"call\":\"tcp_connect\",\"args\":{},\"result\":{\"ret\":3},\"wire\":[]}";
        Files.writeString(
                dir.resolve("a.jsonl"),
                line("call", tcp + ",{\"call\":\"zsock_dance\",\"args\":{}}")
                        + line("wrong", tcp.replace("3", "4"))
                        + line("good", tcp)
                        + line("op", tcp + ",{\"peer\":[{\"op\":\"sing\"}]}")
                        + line("heap", tcp).replace("\"group\"", "\"heap_limit\":9,\"group\"")
                        + "{\"scenario\":\n");
        Run run = replay(dir);
        assertThat(run.lines())
                .containsExactly(
                        "call FAIL not known to the replayer: call zsock_dance",
                        "wrong FAIL tcp_connect (step 1): expected 4, came 3 "
                                + "[no rule explains: expected 4, came 3]",
                        "good same",
                        "op FAIL not known to the replayer: peer action {\"op\":\"sing\"}",
                        "heap left out heap_limit",
                        "a.jsonl:6 FAIL no steps: not a scenario",
                        "1 same, 0 differs, 4 failed, 1 left out",
                        "raw: 0 same, 0 differs, 0 failed, 0 left out");
        assertThat(run.status()).isOne();
    }

    private static String line(String name, String steps) {
        return "{\"scenario\":\"" + name + "\",\"group\":\"handshake\",\"steps\":[" + steps
                + "],\"at_end\":{\"tcp_seen_by_peer\":[\"open\"]}}\n";
    }
}
