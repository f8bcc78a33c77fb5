package dev.zsock.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in a JVM of its own, where no other test has left a trace. */
public final class ForkedJvm {
    private static final long LIMIT_SECONDS = 300;

    private ForkedJvm() {}

    /**
     * How it ended.
     *
     * @param status exit status
     * @param output what it printed, errors included
     */
    public record Result(int status, String output) {
        /** The last line it printed. */
        public String lastLine() {
            return output.substring(output.stripTrailing().lastIndexOf('\n') + 1)
                    .strip();
        }
    }

    /**
     * Waits for its end.
     *
     * @param options of the JVM
     * @param main class to run
     * @param args for it
     * @return how it ended
     */
    public static Result run(List<String> options, Class<?> main, List<String> args)
            throws IOException, InterruptedException {
        return run(options, main, args, Path.of("/dev/null"));
    }

    /** The same with a file as its standard input. */
    public static Result run(
            List<String> options, Class<?> main, List<String> args, Path standardInput)
            throws IOException, InterruptedException {
        String natives = System.getProperty("zsock.native.dir", "target/native-tests");
        List<String> all = new ArrayList<>(List.of("-Dzsock.native.dir=" + natives));
        all.addAll(options);
        List<String> command = JavaCommand.of(all, main, args.toArray(new String[0]));
        Path out = Files.createTempFile("zsock-forked", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(standardInput.toFile())
                    .redirectOutput(out.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        main.getName() + " did not end:\n" + Files.readString(out));
            }
            return new Result(process.exitValue(), Files.readString(out));
        } finally {
            Files.delete(out);
        }
    }
}
