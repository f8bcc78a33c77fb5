package dev.zsock.programs;

import dev.zsock.Sockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
    private static final Set<String> CALLS = Arrays.stream(Sockets.class.getMethods())
            .filter(method -> method.getDeclaringClass() != Object.class)
            .map(Method::getName)
            .filter(name -> !name.equals("sizeof"))
            .collect(Collectors.toUnmodifiableSet());

    private int kept;
    private final List<String> changed = new ArrayList<>();
    private final List<String> added = new ArrayList<>();

    private PortingCount() {}

    /** Counts all pairs. */
    static PortingCount ofAll() {
        PortingCount count = new PortingCount();
        for (Path program : programs()) {
            count.add(program.getFileName().toString(), read(program), read(port(program)));
        }
        return count;
    }

    /** Counts one pair of texts. */
    static PortingCount of(String c, String java) {
        PortingCount count = new PortingCount();
        count.add("program.c", c, java);
        return count;
    }

    /** The C programs. */
    static List<Path> programs() {
        try (Stream<Path> files = Files.list(C)) {
            return files.filter(f -> f.toString().endsWith(".c")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port of a C program. */
    static Path port(Path program) {
        String name = program.getFileName().toString().replace(".c", "");
        String port = Arrays.stream(name.split("_"))
                .map(word -> word.substring(0, 1).toUpperCase() + word.substring(1))
                .collect(Collectors.joining());
        return JAVA.resolve(port + ".java");
    }

    /** A file's text. */
    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines that kept their tokens. */
    int kept() {
        return kept;
    }

    /** Lines in all. */
    int lines() {
        return kept + changed.size();
    }

    /** Those that did not keep their tokens, as {@code file: line}. */
    List<String> changed() {
        return changed;
    }

    /** Lines of the ports that call the library where C has no such line. */
    List<String> added() {
        return added;
    }

    /** What the page says. */
    String figure() {
        double percent = 100.0 * kept / lines();
        return String.format(Locale.ROOT, "%d of %d lines, %.1f %%", kept, lines(), percent);
    }

    private void add(String program, String c, String java) {
        List<List<String>> port = statements(java);
        Set<Integer> used = new HashSet<>();
        int from = 0;
        for (List<List<String>> function : PortingRules.functions(c)) {
            PortingRules rules = new PortingRules(function);
            for (List<String> statement : function) {
                if (!callsTheLibrary(statement)) {
                    continue;
                }
                List<String> wanted = rules.java(statement);
                int at = from;
                while (at < port.size() && !port.get(at).equals(wanted)) {
                    at++;
                }
                if (at < port.size()) {
                    kept++;
                    used.add(at);
                    from = at + 1; // in order: no line of the port serves twice
                } else {
                    changed.add(program + ": " + String.join(" ", statement));
                }
            }
        }
        for (int at = 0; at < port.size(); at++) {
            if (!used.contains(at) && callsTheLibrary(port.get(at))) {
                added.add(program + ": " + String.join(" ", port.get(at)));
            }
        }
    }

    /** Whether a statement of either language does; {@code x.send(…)} does not. */
    static boolean callsTheLibrary(List<String> statement) {
        for (int i = 0; i < statement.size(); i++) {
            boolean method = i > 0 && statement.get(i - 1).equals(".");
            if (!method && CALLS.contains(statement.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** A text's statements, whatever function they are in. */
    static List<List<String>> statements(String text) {
        return PortingRules.functions(text).stream().flatMap(List::stream).toList();
    }

    /** Prints the figure, and the lines that changed. */
    public static void main(String[] args) {
        PortingCount count = ofAll();
        count.changed().forEach(line -> System.out.println("changed: " + line));
        count.added().forEach(line -> System.out.println("added: " + line));
        System.out.println(count.figure());
    }
}
