package dev.zsock.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Each rule of the replayer stands once in the document, and the document names no other. */
class RulesTest {
    private static final Pattern TABLE =
            Pattern.compile("(?m)^\\| Rule \\|.*\\n\\|[-|]*\\n((\\|.*\\n)+)");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|( [^|]+ \\|){4}$");

    @Test
    void theDocumentNamesExactlyTheRules() throws IOException {
        String text = Files.readString(Path.of("docs/DIFFERENCES.md"));
        List<String> tables = TABLE.matcher(text).results().map(m -> m.group(1)).toList();
        List<String> names = tables.stream()
                .flatMap(t -> ROW.matcher(t).results())
                .map(MatchResult.class::cast)
                .map(m -> m.group(1))
                .toList();
        long rows = tables.stream().mapToLong(t -> t.lines().count()).sum();
        assertThat(names).hasSize((int) rows); // each row has a name and four more cells
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Rule.values()).map(Rule::label).toList());
    }
}
