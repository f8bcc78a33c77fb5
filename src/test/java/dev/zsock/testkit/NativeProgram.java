package dev.zsock.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of native-tests to its end and gives what it printed. */
public final class NativeProgram {
    private static final long LIMIT_SECONDS = 60;

    private NativeProgram() {}

    /**
     * Where the build put a program.
     *
     * @param name source file without its ending
     * @return the program
     */
    public static Path path(String name) {
        Path program = Path.of(System.getProperty("zsock.native.dir", "target/native-tests"), name);
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException(program + " is not there: run make native");
        }
        return program;
    }

    /**
     * Runs a program that must succeed.
     *
     * @param name source file without its ending
     * @param input lines for its standard input
     * @return the lines of its standard output
     */
    public static List<String> run(String name, List<String> input) {
        try {
            Path in = Files.createTempFile("zsock-" + name, ".in");
            Path out = Files.createTempFile("zsock-" + name, ".out");
            try {
                Files.write(in, input, StandardCharsets.UTF_8);
                Process process = new ProcessBuilder(path(name).toString())
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(name + " did not end");
                }
                if (process.exitValue() != 0) {
                    throw new IllegalStateException(name + " ended with " + process.exitValue());
                }
                return Files.readAllLines(out, StandardCharsets.UTF_8);
            } finally {
                Files.delete(in);
                Files.delete(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
