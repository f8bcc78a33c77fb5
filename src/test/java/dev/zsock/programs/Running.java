package dev.zsock.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.testkit.JavaCommand;
import dev.zsock.testkit.NativeProgram;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of the programs, in C or in Java, with both of its ends in the test's hands. */
final class Running implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final StringBuilder printed = new StringBuilder(); // guarded by itself
    private final Thread reader;

    /** In which language. */
    enum Language {
        C {
            @Override
            List<String> command(Class<?> port, String... args) {
                List<String> command = new ArrayList<>();
                String name = port.getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1");
                command.add(NativeProgram.path("programs/" + name.toLowerCase()).toString());
                command.addAll(List.of(args));
                return command;
            }
        },
        JAVA {
            @Override
            List<String> command(Class<?> port, String... args) {
                return JavaCommand.of(List.of(), port, args);
            }
        };

        abstract List<String> command(Class<?> port, String... args);
    }

    private Running(ProcessBuilder builder) {
        try {
            process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = new Thread(this::read, "output of " + builder.command().get(0));
        reader.start();
    }

    /** Starts the program that a port is named after. */
    static Running start(Language language, Class<?> port, String... args) {
        return new Running(new ProcessBuilder(language.command(port, args)));
    }

    /** The same with a file as its standard input. */
    static Running start(Path input, Language language, Class<?> port, String... args) {
        return new Running(
                new ProcessBuilder(language.command(port, args)).redirectInput(input.toFile()));
    }

    private void read() {
        byte[] buf = new byte[8192];
        try (InputStream output = process.getInputStream()) {
            for (int n = output.read(buf); n > 0; n = output.read(buf)) {
                synchronized (printed) {
                    printed.append(new String(buf, 0, n, StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it has printed. */
    String output() {
        synchronized (printed) {
            return printed.toString();
        }
    }

    /** Waits until it has printed the text. */
    void prints(String text) {
        Await.until("[" + text + "] in " + this, LIMIT, () -> output().contains(text));
    }

    /** What it takes to reach it: the number in its first line, {@code port N}. */
    String port() {
        Await.until("a first line of " + this, LIMIT, () -> output().indexOf('\n') > 0);
        assertThat(output()).matches("(?s)port [0-9]+\n.*");
        return output().substring("port ".length(), output().indexOf('\n'));
    }

    /** Types into it. */
    void type(String text) {
        try {
            OutputStream input = process.getOutputStream();
            input.write(text.getBytes(StandardCharsets.ISO_8859_1));
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends its input. */
    void hangUp() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for its good end: all it has printed. */
    String ends() throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        reader.join();
        assertThat(process.exitValue()).as(output()).isZero();
        return output();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public String toString() {
        return process.info().commandLine().orElse("the program") + ", which printed " + output();
    }
}
