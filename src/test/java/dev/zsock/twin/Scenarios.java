package dev.zsock.twin;

import dev.zsock.testkit.NativeProgram;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The scenarios by name, and how to get a transcript of each. */
final class Scenarios {
    private static final long LIMIT_SECONDS = 60;

    private static final Map<String, BiFunction<String, Data.Shape, Twin>> TWINS =
            new TreeMap<>(Map.of(
                    "tcp", TwinTcp::new,
                    "tcp_data", TwinTcpData::new,
                    "udp", TwinUdp::new,
                    "udp_msg", TwinUdpMsg::new,
                    "unix", TwinUnix::new,
                    "fd", TwinFd::new,
                    "options", TwinOptions::new,
                    "names", TwinNames::new));

    private Scenarios() {}

    static List<String> names() {
        return List.copyOf(TWINS.keySet());
    }

    /** The shapes in which a scenario's buffers make a difference. */
    static List<Data.Shape> shapes(String name) {
        boolean data = !name.equals("options") && !name.equals("names");
        return data ? List.of(Data.Shape.values()) : List.of(Data.Shape.ARRAY);
    }

    static List<String> java(String name, Data.Shape shape, Path folder) throws IOException {
        empty(folder);
        return TWINS.get(name)
                .apply(folder.toString(), shape)
                .transcript()
                .lines()
                .toList();
    }

    /** What native-tests/twin_NAME prints. */
    static List<String> c(String name, Path folder) throws IOException, InterruptedException {
        empty(folder);
        File out = File.createTempFile("zsock-twin", ".out");
        try {
            Process process = new ProcessBuilder(
                            NativeProgram.path("twin_" + name).toString(), folder.toString())
                    .redirectOutput(out)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("twin_" + name + " did not end");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("twin_" + name + ": " + process.exitValue());
            }
            return Files.readAllLines(out.toPath());
        } finally {
            Files.delete(out.toPath());
        }
    }

    static void empty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
