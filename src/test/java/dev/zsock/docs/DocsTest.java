package dev.zsock.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Every java fence of README.md and docs compiles and runs: what cannot run is no java fence. */
class DocsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path FIXTURES = Path.of("src/test/resources/docs");

    private static List<Path> allPages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md") && Files.exists(page))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> pages() throws IOException {
        return tests(allPages());
    }

    @TestFactory
    Stream<DynamicTest> excerpts() throws IOException {
        Stream.Builder<DynamicTest> tests = Stream.builder();
        for (Path page : allPages()) {
            for (Excerpt excerpt : Excerpt.of(page)) {
                tests.add(DynamicTest.dynamicTest(
                        excerpt.name(),
                        page.toUri(),
                        () -> assertThat(excerpt.isInFile())
                                .as("these lines are in %s", excerpt.file())
                                .isTrue()));
            }
        }
        return tests.build();
    }

    @TestFactory
    Stream<DynamicTest> runnable() throws IOException {
        return tests(List.of(FIXTURES.resolve("runnable.md")));
    }

    private static Stream<DynamicTest> tests(List<Path> pages) throws IOException {
        Stream.Builder<DynamicTest> tests = Stream.builder();
        for (Path page : pages) {
            for (Fence fence : Fence.of(page)) {
                tests.add(DynamicTest.dynamicTest(
                        fence.name(), page.toUri(), () -> FenceRunner.run(fence, LIMIT)));
            }
        }
        return tests.build();
    }

    @Test
    void findsJavaFencesOnlyAndJoinsContinuations() throws IOException {
        List<Fence> fences = Fence.of(FIXTURES.resolve("runnable.md"));
        assertThat(fences).hasSize(5);
        assertThat(fences.get(1).code()).contains("int first = 1;", "assert first + 1 == 2;");
    }

    @Test
    void refusesWhatDoesNotRun() throws IOException {
        List<Fence> fences = Fence.of(FIXTURES.resolve("refused.md"));
        assertThat(fences).hasSize(4);
        Path page = FIXTURES.resolve("refused.md");
        assertThatThrownBy(() -> FenceRunner.run(fences.get(0), LIMIT))
                .hasMessageContaining(page + ":5: ")
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> FenceRunner.run(fences.get(1), LIMIT))
                .isInstanceOf(AssertionError.class)
                .hasMessage("one is not two");
        assertThatThrownBy(() -> FenceRunner.run(fences.get(2), LIMIT))
                .hasMessageContaining("cannot be run");
        assertThatThrownBy(() -> FenceRunner.run(fences.get(3), Duration.ofMillis(200)))
                .hasMessageContaining("ran longer than");
    }
}
