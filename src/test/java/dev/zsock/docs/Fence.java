package dev.zsock.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code java} fence of a page.
 *
 * @param page the file
 * @param line the number of its first code line
 * @param prelude what {@code <!-- run: NAME -->} above it asks for, {@code echo} without it
 * @param code its lines
 */
record Fence(Path page, int line, String prelude, List<String> code) {
    private static final Pattern OPEN = Pattern.compile("\\s*```\\s*java\\b.*");
    private static final Pattern END = Pattern.compile("\\s*```\\s*");
    private static final Pattern ANY = Pattern.compile("\\s*```.*");
    private static final Pattern RUN = Pattern.compile("\\s*<!-- run: ([a-z-]+) -->\\s*");
    private static final Pattern TYPE =
            Pattern.compile("((public|final|abstract|sealed) )*(class|interface|record|enum) .*");
    private static final Pattern ASIDE = Pattern.compile("\\s*(import .*|//.*|/?\\*.*)?");

    /** Continues the program of the fence before it. */
    private static final String MORE = "more";

    static final String DEFAULT_PRELUDE = "echo";

    /**
     * All java fences of a page, in order; those marked {@code run: more} joined to the one before.
     */
    static List<Fence> of(Path page) throws IOException {
        List<Fence> fences = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        String prelude = DEFAULT_PRELUDE;
        boolean excerpt = false; // runs in the file it is from
        for (int i = 0; i < lines.size(); i++) {
            Matcher run = RUN.matcher(lines.get(i));
            if (run.matches()) {
                prelude = run.group(1);
            } else if (Excerpt.FROM.matcher(lines.get(i)).matches()) {
                excerpt = true;
            } else if (ANY.matcher(lines.get(i)).matches()) {
                boolean java = OPEN.matcher(lines.get(i)).matches();
                int first = i + 1;
                i = end(page, lines, first);
                if (java && !excerpt) {
                    add(fences, new Fence(page, first + 1, prelude, lines.subList(first, i)));
                }
                prelude = DEFAULT_PRELUDE;
                excerpt = false;
            }
        }
        return fences;
    }

    /** The line that ends the fence whose first line is given. */
    static int end(Path page, List<String> lines, int first) {
        for (int i = first; i < lines.size(); i++) {
            if (END.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        throw new IllegalStateException(page + ":" + first + ": the fence has no end");
    }

    private static void add(List<Fence> fences, Fence fence) {
        if (!fence.prelude.equals(MORE)) {
            fences.add(fence);
            return;
        }
        if (fences.isEmpty()) {
            throw new IllegalStateException(fence.name() + ": nothing before it to continue");
        }
        fences.add(fences.remove(fences.size() - 1).followedBy(fence));
    }

    /** The lines between the two become empty, so that line numbers stay those of the page. */
    private Fence followedBy(Fence next) {
        List<String> joined = new ArrayList<>(code);
        while (line + joined.size() < next.line) {
            joined.add("");
        }
        joined.addAll(next.code);
        return new Fence(page, line, prelude, joined);
    }

    /** {@code page:line}. */
    String name() {
        return page + ":" + line;
    }

    /** Whether it declares a type of its own rather than statements. */
    boolean isType() {
        return code.stream()
                .filter(text -> !ASIDE.matcher(text).matches())
                .findFirst()
                .filter(text -> TYPE.matcher(text).matches())
                .isPresent();
    }

    /** A compilation unit whose lines have the numbers they have in the page. */
    String source(String className) {
        String imports = "import static dev.zsock.Sockets.*; import dev.zsock.uapi.*; ";
        StringBuilder body = new StringBuilder();
        for (String text : code) {
            boolean hoisted = !isType() && text.startsWith("import ");
            imports += hoisted ? text + " " : "";
            body.append(hoisted ? "" : text).append('\n');
        }
        if (isType()) {
            return imports + "\n".repeat(line - 1) + body;
        }
        String head = "public class " + className + " extends " + Prelude.className(prelude)
                + " { public " + className + "() throws Exception {} @Override public void run()"
                + " throws Throwable {";
        return imports + head + "\n".repeat(line - 1) + body + "} }";
    }
}
