package dev.zsock.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fence under {@code <!-- from: FILE -->}: lines of a file that the build compiles, in whatever
 * language.
 *
 * @param page where it is shown
 * @param line the number of its first line there
 * @param file where it is from
 * @param code its lines
 */
record Excerpt(Path page, int line, Path file, List<String> code) {
    static final Pattern FROM = Pattern.compile("\\s*<!-- from: (\\S+) -->\\s*");

    private static final Pattern FENCE = Pattern.compile("\\s*```.*");

    /** All excerpts of a page, in order. */
    static List<Excerpt> of(Path page) throws IOException {
        List<Excerpt> excerpts = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        Path file = null;
        for (int i = 0; i < lines.size(); i++) {
            Matcher from = FROM.matcher(lines.get(i));
            if (from.matches()) {
                file = Path.of(from.group(1));
            } else if (FENCE.matcher(lines.get(i)).matches()) {
                int first = i + 1;
                i = Fence.end(page, lines, first);
                if (file != null) {
                    excerpts.add(new Excerpt(page, first + 1, file, lines.subList(first, i)));
                }
                file = null;
            }
        }
        return excerpts;
    }

    /** {@code page:line}. */
    String name() {
        return page + ":" + line;
    }

    /** Whether the file has these lines, one after the other, at whatever indentation. */
    boolean isInFile() throws IOException {
        String wanted = String.join("\n", code).stripIndent().strip();
        if (wanted.isEmpty()) {
            return false;
        }
        List<String> lines = Files.readAllLines(file);
        for (int at = 0; at + code.size() <= lines.size(); at++) {
            String there = String.join("\n", lines.subList(at, at + code.size()));
            if (there.stripIndent().strip().equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
