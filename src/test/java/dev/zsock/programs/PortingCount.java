package dev.zsock.programs;

import dev.zsock.Sockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much of the C programs survives in their ports: of the C lines that call this library, how
 * many stand in Java with the same tokens once {@link PortingRules} are applied. A statement that
 * is wrapped is one line.
 */
final class PortingCount {
    private static final Path C = Path.of("native-tests/programs");
    private static final Path JAVA = Path.of("src/test/java/dev/zsock/programs");

    /** The functions of the facades; sizeof is an operator in C, and errno a variable. */
    private static final Set<String> CALLS = Stream.concat(
                    Stream.of("errno"),
                    Arrays.stream(Sockets.class.getMethods())
                            .map(Method::getName)
                            .filter(name -> !name.equals("sizeof")))
            .collect(Collectors.toUnmodifiableSet());

    private int kept;
    private final List<String> changed = new ArrayList<>();

    private PortingCount() {}

    /** Counts all pairs. */
    static PortingCount ofAll() {
        PortingCount count = new PortingCount();
        try (Stream<Path> files = Files.list(C)) {
            files.filter(file -> file.toString().endsWith(".c")).sorted().forEach(count::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return count;
    }

    /** Lines in all. */
    int lines() {
        return kept + changed.size();
    }

    /** Those that did not keep their tokens, as {@code file: line}. */
    List<String> changed() {
        return changed;
    }

    /** What the page says. */
    String figure() {
        double percent = 100.0 * kept / lines();
        return String.format("%d of %d lines, %.1f %%", kept, lines(), percent);
    }

    /** The port of a C program. */
    static Path port(Path program) {
        String name = program.getFileName().toString().replace(".c", "");
        String port = Arrays.stream(name.split("_"))
                .map(word -> word.substring(0, 1).toUpperCase() + word.substring(1))
                .collect(Collectors.joining());
        return JAVA.resolve(port + ".java");
    }

    private void add(Path program) {
        List<List<String>> c = statements(program);
        List<List<String>> java = statements(port(program));
        PortingRules rules = new PortingRules(c);
        int from = 0;
        for (List<String> statement : c) {
            if (statement.stream().noneMatch(CALLS::contains)) {
                continue;
            }
            List<String> wanted = rules.java(statement);
            int at = from;
            while (at < java.size() && !java.get(at).equals(wanted)) {
                at++;
            }
            if (at < java.size()) {
                kept++;
                from = at + 1; // in order: no line of the port serves twice
            } else {
                changed.add(program.getFileName() + ": " + String.join(" ", statement));
            }
        }
    }

    private static List<List<String>> statements(Path file) {
        try {
            return PortingRules.statements(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints the figure, and the lines that changed. */
    public static void main(String[] args) {
        PortingCount count = ofAll();
        count.changed().forEach(line -> System.out.println("changed: " + line));
        System.out.println(count.figure());
    }
}
