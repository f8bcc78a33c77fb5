package dev.zsock.zephyr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** That docs/ZEPHYR-TESTS.md and this package name the same tests. */
class ZephyrTableTest {
    private static final Pattern SUITE = Pattern.compile("`(Zephyr\\w+Test)`");
    private static final Pattern CASE = Pattern.compile("(?m)^\\| `(test_\\w+)` \\| (.*) \\|$");
    private static final Pattern DIFFERS = Pattern.compile("differs: (.*)");

    private final String page = read("docs/ZEPHYR-TESTS.md");

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(m -> m.group(1)).toList();
    }

    private static List<String> suites() throws IOException {
        Path dir = Path.of("src/test/java/dev/zsock/zephyr");
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(f -> f.getFileName().toString().replace(".java", ""))
                    .filter(f -> f.endsWith("Test") && !f.equals("ZephyrTableTest"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> cases(String suite) {
        try {
            return Arrays.stream(Class.forName("dev.zsock.zephyr." + suite).getDeclaredMethods())
                    .filter(m -> m.isAnnotationPresent(Test.class))
                    .map(Method::getName);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theTableNamesEachTestOnce() throws IOException {
        Map<String, List<String>> written = new TreeMap<>();
        Map<String, List<String>> there = new TreeMap<>();
        TreeSet<String> named = new TreeSet<>();
        for (String section : page.split("(?m)^## ")) {
            List<String> suites = found(SUITE, section.lines().findFirst().orElse(""));
            named.addAll(suites);
            List<String> cases = found(CASE, section);
            assertThat(suites.isEmpty()).isEqualTo(cases.isEmpty());
            written.put(suites.toString(), cases.stream().sorted().toList());
            there.put(
                    suites.toString(),
                    suites.stream().flatMap(ZephyrTableTest::cases).sorted().toList());
        }
        assertThat(written).isEqualTo(there);
        assertThat(named).containsExactlyElementsOf(suites());
    }

    @Test
    void eachDifferenceHasItsRow() {
        String differences = read("docs/DIFFERENCES.md");
        String rows = differences.substring(differences.indexOf("## Sockets"));
        List<String> named =
                page.lines().flatMap(l -> found(DIFFERS, l).stream()).toList();
        assertThat(named).hasSizeGreaterThan(20);
        for (String cell : named) {
            assertThat(rows).contains("\n| " + cell.replaceAll(" \\|$", "") + " |");
        }
    }

    @Test
    void eachCaseHasAVerdict() {
        List<String> verdicts =
                CASE.matcher(page).results().map(m -> m.group(2)).toList();
        assertThat(verdicts).allMatch(v -> v.startsWith("passed") || v.startsWith("differs: "));
    }
}
