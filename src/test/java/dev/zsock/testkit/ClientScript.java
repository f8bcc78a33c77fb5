package dev.zsock.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running websocket client of another project: client.py or client.js. */
public final class ClientScript implements AutoCloseable {
    private static final Path FOLDER = Path.of("src", "test", "resources", "peers");
    private static final long LIMIT_SECONDS = 200;

    private final String name;
    private final Process process;
    private final Path output;

    private ClientScript(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /**
     * Starts the client of pythonWebsockets or nodeWs on a URL; the modes are those of client.js.
     */
    public static ClientScript start(String peer, String url, String mode) {
        Peers.requirePeer(peer);
        boolean node = peer.equals("nodeWs");
        String script = FOLDER.resolve(node ? "client.js" : "client.py").toString();
        String interpreter = node ? "node" : Peers.PYTHON;
        try {
            Path output = Files.createTempFile("zsock-client", ".txt");
            ProcessBuilder builder = new ProcessBuilder(interpreter, script, url, mode)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("NODE_PATH", Peers.NODE_PATH);
            builder.environment().put("PYTHONIOENCODING", "utf-8");
            return new ClientScript(script, builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it printed until it ended with status 0. */
    public List<String> output() {
        try {
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            List<String> lines = Files.readAllLines(output);
            if (!ended || process.exitValue() != 0) {
                String how = ended ? "exit status " + process.exitValue() : "did not end";
                throw new AssertionError(name + ": " + how + ": " + String.join("\n", lines));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try {
            Files.delete(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
