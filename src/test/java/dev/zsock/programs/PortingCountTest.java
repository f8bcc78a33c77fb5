package dev.zsock.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** That the count of what the ports kept counts nothing else. */
class PortingCountTest {
    private static final String C = "int f(int fd, char *buf, int len) {"
            + " if (send(fd, buf, len, MSG_NOSIGNAL) < 0) { perror(\"send\"); return 1; }"
            + " return close(fd); }";
    private static final String JAVA = "static int f(int fd, byte[] buf, int len) {"
            + " if (send(fd, buf, len, MSG_NOSIGNAL) < 0) { perror(\"send\"); return 1; }"
            + " return close(fd); }";

    @Test
    void countsLinesThatCallTheLibrary() {
        PortingCount count = PortingCount.of(C, JAVA);
        assertThat(count.kept()).isEqualTo(3);
        assertThat(count.changed()).isEmpty();
        assertThat(count.added()).isEmpty();
        assertThat(count.figure()).isEqualTo("3 of 3 lines, 100.0 %");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (send(fd, buf, len, 0) < 0) { perror(\"send\"); return 1; } return close(fd);",
                "if (send(fd, len, buf, MSG_NOSIGNAL) < 0) { perror(\"send\"); } return close(fd);",
                "if (recv(fd, buf, len, MSG_NOSIGNAL) < 0) { perror(\"send\"); } return close(fd);",
                "if (send(fd, buf, len, MSG_NOSIGNAL) != len) { perror(\"send\"); return 1; }"
                        + " return close(fd);",
                "if (Io.send(fd, buf, len, MSG_NOSIGNAL) < 0) { perror(\"send\"); return 1; }"
                        + " return close(fd);",
                "if (send(fd, buf, len, MSG_NOSIGNAL) < 0) { perror(\"sent\"); } return close(fd);",
                "send(fd, buf, len, MSG_NOSIGNAL); perror(\"send\"); return close(fd);",
                "if (send(fd, buf, len, MSG_NOSIGNAL) < 0) { perror(\"send\"); } close(fd);",
            })
    void aLineWithAnotherTokenIsNotKept(String body) {
        PortingCount count = PortingCount.of(C, "static int f() { " + body + " }");
        assertThat(count.kept()).isEqualTo(2);
        assertThat(count.changed()).hasSize(1);
    }

    @Test
    void aLineOfThePortServesOnce() {
        String twice = "void f(void) { close(a); close(a); }";
        PortingCount count = PortingCount.of(twice, "void f() { close(a); }");
        assertThat(count.kept()).isEqualTo(1);
        assertThat(count.changed()).containsExactly("program.c: close ( a )");
    }

    @Test
    void theOrderStays() {
        String c = "void f(void) { listen(a, 1); close(a); shutdown(a, 1); }";
        String java = "void f() { close(a); listen(a, 1); shutdown(a, 1); }";
        assertThat(PortingCount.of(c, java).kept()).isEqualTo(2);
    }

    @Test
    void tellsWhatThePortHasBesides() {
        String c = "void f(void) { close(a); }";
        PortingCount count =
                PortingCount.of(c, "void f() { shutdown(a, 2); x.read(b); close(a); }");
        assertThat(count.kept()).isEqualTo(1);
        assertThat(count.added()).containsExactly("program.c: shutdown ( a , 2 )");
    }

    @TestFactory
    Stream<DynamicTest> anyTokenThatChangesIsNoticed() {
        return PortingCount.programs().stream()
                .map(program -> DynamicTest.dynamicTest(
                        program.getFileName().toString(), () -> changeEachToken(program)));
    }

    private static void changeEachToken(Path program) {
        String c = PortingCount.read(program);
        List<String> port = PortingRules.tokens(PortingCount.read(PortingCount.port(program)));
        PortingCount whole = PortingCount.of(c, String.join(" ", port));
        int noticed = 0;
        for (int i = 0; i < port.size(); i++) {
            List<String> mutant = new ArrayList<>(port);
            if ("(){};".contains(port.get(i))) {
                continue; // would cut the lines differently
            }
            mutant.set(i, "mutant");
            PortingCount count = PortingCount.of(c, String.join(" ", mutant));
            assertThat(count.lines()).isEqualTo(whole.lines());
            noticed += count.kept() < whole.kept() ? 1 : 0;
        }
        assertThat(noticed).isEqualTo(tokensOfKeptLines(c, port, whole));
    }

    /** Tokens, but parentheses and braces, of the lines that call the library and were kept. */
    private static int tokensOfKeptLines(String c, List<String> port, PortingCount whole) {
        List<String> lines = new ArrayList<>();
        PortingCount.statements(String.join(" ", port)).stream()
                .filter(PortingCount::callsTheLibrary)
                .forEach(line -> lines.add(String.join(" ", line)));
        for (String line : whole.added()) {
            lines.remove(line.substring("program.c: ".length()));
        }
        assertThat(lines).hasSize(whole.kept());
        return lines.stream()
                .mapToInt(line -> (int) PortingRules.tokens(line).stream()
                        .filter(token -> !"(){};".contains(token))
                        .count())
                .sum();
    }

    @Test
    void thePortsKeepNearlyAll() {
        PortingCount count = PortingCount.ofAll();
        assertThat(count.lines()).isGreaterThan(200);
        assertThat(100.0 * count.kept() / count.lines()).isGreaterThanOrEqualTo(95);
        assertThat(count.added()).hasSizeLessThanOrEqualTo(count.changed().size());
    }
}
