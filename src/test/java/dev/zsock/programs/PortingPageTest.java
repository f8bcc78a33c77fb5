package dev.zsock.programs;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.testkit.JavaCommand;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** That docs/PORTING.md tells the figure of the count, its rules, and every pair of programs. */
@Timeout(30)
class PortingPageTest {
    private static final Path PAGE = Path.of("docs/PORTING.md");
    private static final Pattern FIGURE = Pattern.compile("[0-9]+ of [0-9]+ lines, [0-9.]+ %");
    private static final Pattern RULE = Pattern.compile("(?m)^\\| `(.*?)` \\| `(.*?)` \\| .*\\|$");
    private static final Pattern FROM = Pattern.compile("<!-- from: (\\S+) -->");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(#[^)]*)?\\)");
    private static final Pattern HEAD = Pattern.compile("(?m)^##+ (.*)$");

    private final String page = PortingCount.read(PAGE);

    private List<MatchResult> all(Pattern pattern) {
        return pattern.matcher(page).results().toList();
    }

    @Test
    void theFigureIsThatOfTheCount() {
        assertThat(all(FIGURE))
                .extracting(MatchResult::group)
                .containsExactly(PortingCount.ofAll().figure());
    }

    @Test
    void theScriptPrintsIt() throws Exception {
        Process count = new ProcessBuilder(JavaCommand.of(List.of(), PortingCount.class))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> printed =
                new String(count.getInputStream().readAllBytes(), UTF_8).lines().toList();
        assertThat(count.waitFor()).isZero();
        assertThat(page).contains("**" + printed.get(printed.size() - 1) + "**");
        assertThat(PortingCount.read(Path.of("scripts/porting-count.sh")).strip())
                .endsWith(PortingCount.class.getName());
    }

    @TestFactory
    Stream<DynamicTest> rules() {
        int from = page.indexOf("### Lines that call the library");
        String table = page.substring(from, page.indexOf("### The lines around them"));
        List<MatchResult> rows = RULE.matcher(table).results().toList();
        assertThat(table.lines().filter(line -> line.startsWith("| `"))).hasSameSizeAs(rows);
        assertThat(rows).hasSizeGreaterThan(15);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.group(1),
                        () -> assertThat(PortingRulesTest.ported(block(row.group(1))))
                                .isEqualTo(statements(row.group(2)))));
    }

    private static String block(String cell) {
        return "{ " + cell.replace("\\|", "|") + " }";
    }

    private static List<String> statements(String cell) {
        return PortingCount.statements(block(cell)).stream()
                .filter(statement -> !statement.isEmpty())
                .map(statement -> String.join(" ", statement))
                .toList();
    }

    /** Its C is for Zephyr, and so is no program of ours; its Java is run by the page's test. */
    @Test
    void theWebsocketClientKeepsAllItsLines() {
        String section = page.substring(page.indexOf("### Websockets"));
        PortingCount count =
                PortingCount.of(fence(section, "```c\n"), fence(section, "```java\nimport"));
        assertThat(count.changed()).isEmpty();
        assertThat(count.added()).isEmpty();
        assertThat(count.lines()).isGreaterThan(10);
    }

    private static String fence(String text, String head) {
        int from = text.indexOf(head);
        assertThat(from).isPositive();
        return text.substring(text.indexOf('\n', from), text.indexOf("\n```\n", from));
    }

    @Test
    void eachProgramStandsBesideItsPort() {
        List<Path> shown =
                all(FROM).stream().map(from -> Path.of(from.group(1))).toList();
        assertThat(shown.size() % 2).isZero();
        for (int i = 0; i < shown.size(); i += 2) {
            assertThat(shown.get(i + 1)).isEqualTo(PortingCount.port(shown.get(i)));
        }
        assertThat(shown).containsAll(PortingCount.programs());
    }

    @Test
    void linksLeadSomewhere() {
        List<String> anchors = all(HEAD).stream()
                .map(head -> "#" + head.group(1).toLowerCase().replaceAll("[^a-z -]", ""))
                .map(anchor -> anchor.replace(' ', '-'))
                .collect(Collectors.toList());
        assertThat(all(LINK)).hasSizeGreaterThan(20);
        for (MatchResult link : all(LINK)) {
            if (link.group(1).isEmpty()) {
                assertThat(anchors).contains(link.group(2));
            } else {
                assertThat(Files.exists(PAGE.resolveSibling(link.group(1)).normalize()))
                        .as(link.group())
                        .isTrue();
            }
        }
    }
}
