package dev.zsock.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A running server of another project; {@link #close()} ends it and removes its folder. */
public final class Peer implements AutoCloseable {
    private static final long START_SECONDS = 60;
    private static final int LOOK_EVERY_MS = 10;
    private static final int KEPT_LINES = 200;

    private final String name;
    private final String host;
    private final Path folder;
    private final Process process;
    private final Thread killer = new Thread(this::kill);
    private final CompletableFuture<Integer> announced = new CompletableFuture<>();
    private final List<String> output = new ArrayList<>();
    private int port;
    private int wsPort;

    private Peer(String name, String host, Path folder, Process process) {
        this.name = name;
        this.host = host;
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts the command in its folder; it has to listen on these ports before the call returns.
     */
    static Peer start(String name, String host, Path folder, List<String> command, int... ports) {
        Peer peer = run(name, host, folder, command);
        for (int port : ports) {
            peer.awaitListening(port);
        }
        peer.port = ports[0];
        peer.wsPort = ports[ports.length - 1];
        return peer;
    }

    /** The same for a server that chooses its port and prints it as {@code port N}. */
    static Peer startAnnounced(String name, String host, Path folder, List<String> command) {
        Peer peer = run(name, host, folder, command);
        try {
            peer.port = peer.announced.get(START_SECONDS, TimeUnit.SECONDS);
            peer.wsPort = peer.port;
            return peer;
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw peer.failed("printed no port");
        }
    }

    private static Peer run(String name, String host, Path folder, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(folder.toFile());
        builder.environment().put("NODE_PATH", Peers.NODE_PATH);
        try {
            Peer peer = new Peer(name, host, folder, builder.start());
            Runtime.getRuntime().addShutdownHook(peer.killer);
            Thread reader = new Thread(peer::readOutput, name + " output");
            reader.setDaemon(true);
            reader.start();
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readOutput() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("port ")) {
                    announced.complete(Integer.valueOf(line.substring("port ".length())));
                }
                keep(line);
            }
        } catch (IOException e) {
            keep("output ended: " + e.getMessage());
        }
        announced.completeExceptionally(new IOException("ended"));
    }

    private void keep(String line) {
        synchronized (output) {
            if (output.size() == KEPT_LINES) {
                output.remove(0);
            }
            output.add(line);
        }
    }

    private void awaitListening(int wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() - deadline < 0) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(host, wanted), (int) START_SECONDS * 1000);
                if (process.isAlive()) {
                    return;
                }
            } catch (IOException e) {
                keep("not yet: " + e.getMessage());
            }
            if (ended(LOOK_EVERY_MS)) {
                throw failed("ended at once");
            }
        }
        throw failed("does not listen on " + host + " port " + wanted);
    }

    private boolean ended(int withinMs) {
        try {
            return process.waitFor(withinMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw failed("interrupted");
        }
    }

    private IllegalStateException failed(String why) {
        close();
        return new IllegalStateException(name + " " + why + ": " + output());
    }

    /** The address it listens on, as a literal without brackets. */
    public String host() {
        return host;
    }

    /** The port it listens on (mosquitto: MQTT over TCP). */
    public int port() {
        return port;
    }

    /** The port for websockets. */
    public int wsPort() {
        return wsPort;
    }

    /** {@code ws://host:port} and the path. */
    public String url(String path) {
        String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return "ws://" + literal + ":" + wsPort + path;
    }

    /** The last lines it printed. */
    public String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    /** The process, for tests that stop or kill it. */
    public Process process() {
        return process;
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        process.onExit().join();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            keep("closed while the JVM ends");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
