package dev.zsock.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What a page shows of a file is in that file, or the tests say so. */
class ExcerptTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void aFile() throws IOException {
        file = folder.resolve("file.c");
        Files.writeString(file, """
                int main(void)
                {
                    int sock = socket(1, 2, 3);
                    if (sock < 0) {
                        return 1;
                    }

                    return close(sock);
                }
                """);
    }

    private Excerpt excerpt(String code) throws IOException {
        Path page = folder.resolve("page.md");
        Files.writeString(page, "<!-- from: " + file + " -->\n```c\n" + code + "\n```\n");
        List<Excerpt> excerpts = Excerpt.of(page);
        assertThat(excerpts).hasSize(1);
        return excerpts.get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int main(void)",
                "    int sock = socket(1, 2, 3);\n    if (sock < 0) {\n        return 1;\n    }",
                "int sock = socket(1, 2, 3);\nif (sock < 0) {\n    return 1;\n}",
                "  if (sock < 0) {\n      return 1;\n  }\n\n  return close(sock);",
            })
    void isInTheFileAtAnyIndentation(String code) throws IOException {
        assertThat(excerpt(code).isInFile()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "int sock = socket(1, 2, 4);",
                "sock = socket(1, 2, 3);",
                "int sock = socket(1, 2, 3)",
                "int sock = socket(1,  2, 3);",
                "    if (sock < 0) {\n    return 1;\n    }",
                "int sock = socket(1, 2, 3);\nreturn close(sock);",
                "return close(sock);\nint sock = socket(1, 2, 3);",
                "int sock = socket(1, 2, 3);\n\nif (sock < 0) {",
                "return close(sock);\n}\n}",
                "...",
            })
    void refusesWhatIsNotThere(String code) throws IOException {
        assertThat(excerpt(code).isInFile()).isFalse();
    }

    @Test
    void followsTheFile() throws IOException {
        Excerpt shown = excerpt("return close(sock);");
        assertThat(shown.isInFile()).isTrue();
        Files.writeString(file, Files.readString(file).replace("close", "shutdown"));
        assertThat(shown.isInFile()).isFalse();
        Files.delete(file);
        assertThatThrownBy(shown::isInFile).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void onlyTheFenceUnderTheCommentIsOne() throws IOException {
        Path page = folder.resolve("page.md");
        Files.writeString(page, """
                ```c
                not_compared();
                ```
                <!-- from: a.c -->

                ```c
                one();
                ```
                ```java
                runs();
                ```
                <table><tr><td>
                  <!-- from: B.java -->
                  ```java
                  two();
                  ```
                """);
        assertThat(Excerpt.of(page))
                .extracting(Excerpt::file)
                .containsExactly(Path.of("a.c"), Path.of("B.java"));
        assertThat(Excerpt.of(page)).extracting(Excerpt::line).containsExactly(7, 15);
        assertThat(Fence.of(page)).extracting(Fence::code).containsExactly(List.of("runs();"));
    }
}
