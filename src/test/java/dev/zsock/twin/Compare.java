package dev.zsock.twin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code make twin}: runs every scenario in C and in Java, in each shape of the API, and prints how
 * many calls were compared and each line that differs. Needs a JVM of its own, where 3 is the
 * lowest free number.
 */
public final class Compare {
    private static final int MOST_TRIES = 4;

    private int compared;
    private int differing;

    private Compare() {}

    /**
     * Exit status 1 when a line differs.
     *
     * @param args none
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Compare compare = new Compare();
        Path folder = Files.createTempDirectory("zsock-twin");
        try {
            for (String name : Scenarios.names()) {
                compare.scenario(name, folder);
            }
        } finally {
            Scenarios.empty(folder);
            Files.delete(folder);
        }
        System.out.printf(
                "twin: %d calls compared, %d differences%n", compare.compared, compare.differing);
        System.exit(compare.differing == 0 ? 0 : 1);
    }

    private void scenario(String name, Path folder) throws IOException, InterruptedException {
        for (Data.Shape shape : Scenarios.shapes(name)) {
            List<String> c = Scenarios.c(name, folder);
            List<String> java = Scenarios.java(name, shape, folder);
            for (int tries = 1; tries < MOST_TRIES && onlyPortsDiffer(c, java); tries++) {
                c = Scenarios.c(name, folder);
                java = Scenarios.java(name, shape, folder);
            }
            int calls = (int) c.stream().filter(line -> !line.startsWith("#")).count();
            int before = differing;
            for (int i = 0; i < Math.max(c.size(), java.size()); i++) {
                compareLine(
                        name, i, i < c.size() ? c.get(i) : "", i < java.size() ? java.get(i) : "");
            }
            System.out.printf(
                    "twin: %-8s %-6s %5d calls, %d differences%n",
                    name, shape, calls, differing - before);
            compared += calls;
        }
    }

    /** In one of the two runs the kernel has chosen a port a second time: another run tells. */
    private static boolean onlyPortsDiffer(List<String> c, List<String> java) {
        return !c.equals(java) && withoutPorts(c).equals(withoutPorts(java));
    }

    private static List<String> withoutPorts(List<String> lines) {
        return lines.stream().map(line -> line.replaceAll("P\\d+", "P")).toList();
    }

    private void compareLine(String name, int i, String c, String java) {
        if (!c.equals(java)) {
            differing++;
            System.out.printf("%s:%d%n  C    %s%n  Java %s%n", name, i + 1, c, java);
        }
    }
}
