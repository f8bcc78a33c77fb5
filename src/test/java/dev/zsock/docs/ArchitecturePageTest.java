package dev.zsock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.Sockets;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** That docs/ARCHITECTURE.md speaks of what is there. */
class ArchitecturePageTest {
    private static final Pattern METHOD = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w*)`");
    private static final Pattern FACADE = Pattern.compile("(?m)^ (?:  ← )?([A-Z]\\w+) +\\S");
    private static final Pattern LIBRARY = Pattern.compile("(?m)(?:^\\| |, )`([A-Za-z0-9.-]+)`");
    private static final Pattern IN_POM = Pattern.compile(
            "<dependency>\\s*<groupId>[^<]*</groupId>\\s*<artifactId>([^<]*)</artifactId>");

    private final String page = read(Path.of("docs/ARCHITECTURE.md"));

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(m -> m.group(1)).toList();
    }

    @Test
    void methodsOfTheWalksExist() throws IOException {
        Map<String, String> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f ->
                            !f.endsWith("package-info.java") && !f.toString().contains("mqtt"))
                    .collect(Collectors.toMap(
                            f -> f.getFileName().toString().replace(".java", ""),
                            ArchitecturePageTest::read));
        }
        List<MatchResult> methods = METHOD.matcher(page).results().toList();
        assertThat(methods).hasSizeGreaterThan(20);
        for (MatchResult method : methods) {
            assertThat(sources).containsKey(method.group(1));
            assertThat(sources.get(method.group(1)))
                    .as(method.group())
                    .containsPattern("[\\w\\]>] " + method.group(2) + "\\(");
        }
    }

    @Test
    void facadesAreInTheOrderOfTheClasses() {
        List<String> chain = new ArrayList<>();
        for (Class<?> c = Sockets.class; c != Object.class; c = c.getSuperclass()) {
            chain.add(c.getSimpleName());
        }
        Collections.reverse(chain);
        String section =
                page.substring(page.indexOf("## The facades"), page.indexOf("## One send"));
        assertThat(found(FACADE, section)).isEqualTo(chain);
    }

    @Test
    void dependenciesAreThoseOfThePom() {
        String section = page.substring(page.indexOf("## Dependencies"));
        String pom = read(Path.of("pom.xml"));
        String own = pom.substring(pom.indexOf("</dependencyManagement>"), pom.indexOf("<build>"));
        String bench = pom.substring(pom.indexOf("<id>bench</id>"));
        bench = bench.substring(0, bench.indexOf("<build>"));
        assertThat(found(LIBRARY, section))
                .containsExactlyInAnyOrderElementsOf(found(IN_POM, own + bench));
    }
}
