package dev.zsock.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The comments of the public functions. A function's errnos are those that its comment names, and
 * those of the functions that it refers to by a link.
 */
public final class FunctionDocs {
    private static final Path SOURCES = Path.of("src/main/java/dev/zsock");

    private static final Pattern FUNCTION = Pattern.compile(
            "/\\*\\*(?<doc>(?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s+)*"
                    + "public static (?:@\\w+ )?[\\w<>\\[\\]?]+ (?<name>\\w+)\\(",
            Pattern.DOTALL);

    private static final Pattern ERRNO = Pattern.compile("\\bE(?!FD_)[A-Z][A-Z0-9]+(_[A-Z]+)?\\b");
    private static final Pattern LINK = Pattern.compile("\\{@link\\s+\\w*#(\\w+)\\b");

    private final List<Function> functions = new ArrayList<>();

    /** A public function and its comment. */
    record Function(String header, String name, String doc) {
        Set<String> names() {
            Set<String> found = new TreeSet<>();
            Matcher matcher = ERRNO.matcher(doc);
            while (matcher.find()) {
                found.add(matcher.group());
            }
            return found;
        }

        @Override
        public String toString() {
            return header + "." + name;
        }
    }

    /** Reads the headers. */
    public FunctionDocs() {
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                read(file);
            }
            read(SOURCES.resolve("mqtt/Mqtt.java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Path file) throws IOException {
        String header = file.getFileName().toString().replace(".java", "");
        String text = Files.readString(file);
        if (text.contains("\npublic ")) {
            Matcher matcher = FUNCTION.matcher(text);
            while (matcher.find()) {
                String doc = matcher.group("doc").replaceAll("\\s*\\n\\s*\\*", " ");
                functions.add(new Function(header, matcher.group("name"), doc));
            }
        }
    }

    List<Function> functions() {
        return functions;
    }

    /** What any function of this name may give, by its comments. */
    public Set<String> errnos(String name) {
        Set<String> found = new TreeSet<>();
        collect(name, found, new HashSet<>());
        return found;
    }

    Set<String> errnos(Function function) {
        Set<String> found = new TreeSet<>();
        collect(function, found, new HashSet<>());
        return found;
    }

    private void collect(String name, Set<String> found, Set<Function> seen) {
        functions.stream()
                .filter(function -> function.name().equals(name))
                .forEach(function -> collect(function, found, seen));
    }

    private void collect(Function function, Set<String> found, Set<Function> seen) {
        if (seen.add(function)) {
            found.addAll(function.names());
            Matcher link = LINK.matcher(function.doc());
            while (link.find()) {
                collect(link.group(1), found, seen);
            }
        }
    }
}
