package dev.zsock.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.docs.FunctionDocs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The errnos that the scenarios met stand in the comments of the functions that gave them. */
class DocumentedErrnosTest {
    private static final Pattern FAILED =
            Pattern.compile("(\\w+)\\(.* = (?:-1|NULL) (E[A-Z0-9]+)\\b.*");

    @TempDir
    private Path folder;

    @Test
    void whatACallGaveStandsInItsComment() throws IOException, InterruptedException {
        FunctionDocs docs = new FunctionDocs();
        Set<String> missing = new TreeSet<>();
        int failed = 0;
        for (String name : Scenarios.names()) {
            for (String line : Scenarios.c(name, folder)) {
                Matcher call = FAILED.matcher(line);
                if (call.matches()) {
                    failed++;
                    if (!docs.errnos(call.group(1)).contains(call.group(2))) {
                        missing.add(call.group(1) + ": " + call.group(2));
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(failed).isGreaterThan(500);
    }
}
