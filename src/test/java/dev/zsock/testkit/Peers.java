package dev.zsock.testkit;

import org.junit.jupiter.api.Assumptions;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Servers that this project did not write, each started for one test on a loopback address.
 * scripts/peers.sh installs them. The paths that the two echo servers know are listed in
 * src/test/resources/peers/echo.py.
 */
public final class Peers {
    static final String NODE_PATH =
            Path.of(".peers", "node_modules").toAbsolutePath() + ":/usr/share/nodejs";

    private static final String IPV4 = "127.0.0.1";
    /** Debian's own: only this one sees Debian's modules. */
    static final String PYTHON = "/usr/bin/python3";

    private static final int PORT_TRIES = 5;

    private static final Map<String, BooleanSupplier> PROBES = Map.of(
            "pythonWebsockets", () -> succeeds(PYTHON, "-c", "import websockets"),
            "nodeWs", () -> succeeds("node", "-e", "require('ws')"),
            "websocketd", () -> program("websocketd") != null,
            "mosquitto", () -> program("mosquitto") != null,
            "nginx", () -> program("nginx") != null);
    private static final Map<String, Boolean> FOUND = new ConcurrentHashMap<>();

    private Peers() {}

    /**
     * Goes on when the peer is installed. Otherwise the test is skipped with the peer's name, or
     * failed where CI=true.
     */
    public static void requirePeer(String name) {
        if (FOUND.computeIfAbsent(name, n -> PROBES.get(n).getAsBoolean())) {
            return;
        }
        String message = "peer " + name + " is missing (scripts/peers.sh installs it)";
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        Assumptions.abort(message);
    }

    /** python3-websockets on 127.0.0.1, with the paths of echo.py. */
    public static Peer pythonWebsockets() {
        return pythonWebsockets(IPV4);
    }

    /** python3-websockets on this literal address. */
    public static Peer pythonWebsockets(String host) {
        return script("pythonWebsockets", PYTHON, "echo.py", host);
    }

    /** node's ws on 127.0.0.1, with the paths of echo.py. */
    public static Peer nodeWs() {
        return nodeWs(IPV4);
    }

    /** node's ws on this literal address. */
    public static Peer nodeWs(String host) {
        return script("nodeWs", "node", "echo.js", host);
    }

    /**
     * websocketd on 127.0.0.1 around a command that reads and writes lines: one TEXT message a
     * line.
     */
    public static Peer websocketd(String... command) {
        return websocketdAt(IPV4, command);
    }

    /** websocketd on this literal address. */
    public static Peer websocketdAt(String host, String... command) {
        return onFreePorts("websocketd", host, 1, ports -> {
            String address = host.indexOf(':') < 0 ? host : "[" + host + "]";
            List<String> line = new ArrayList<>(
                    List.of("websocketd", "--address=" + address, "--port=" + ports[0]));
            line.addAll(List.of(command));
            return new Started(folder("websocketd"), line);
        });
    }

    /** mosquitto on 127.0.0.1: MQTT on port(), MQTT over websocket on wsPort(). */
    public static Peer mosquitto(String... moreConfiguration) {
        return mosquittoAt(IPV4, moreConfiguration);
    }

    /** mosquitto on this literal address. */
    public static Peer mosquittoAt(String host, String... moreConfiguration) {
        return onFreePorts("mosquitto", host, 2, ports -> {
            Path folder = folder("mosquitto");
            List<String> lines = new ArrayList<>(List.of(
                    "per_listener_settings false",
                    "persistence false",
                    "log_dest stderr",
                    "listener " + ports[0] + " " + host,
                    "protocol mqtt",
                    "listener " + ports[1] + " " + host,
                    "protocol websockets"));
            lines.addAll(List.of(moreConfiguration));
            if (lines.stream().noneMatch(line -> line.startsWith("allow_anonymous"))) {
                lines.add("allow_anonymous true");
            }
            write(folder.resolve("mosquitto.conf"), String.join("\n", lines) + "\n");
            return new Started(folder, List.of(program("mosquitto"), "-c", "mosquitto.conf"));
        });
    }

    /** nginx on 127.0.0.1 as a reverse proxy before the websocket port of another server. */
    public static Peer nginx(Peer upstream) {
        return nginx(IPV4, upstream.url(""));
    }

    /** nginx on this literal address before {@code ws://host:port}. */
    public static Peer nginx(String host, String upstream) {
        String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return onFreePorts("nginx", host, 1, ports -> {
            Path folder = folder("nginx");
            String configuration = resource("nginx.conf")
                    .replace("@FOLDER@", folder.toString())
                    .replace("@LISTEN@", literal + ":" + ports[0])
                    .replace("@UPSTREAM@", upstream.replaceFirst("^ws:", "http:"));
            write(folder.resolve("nginx.conf"), configuration);
            String file = folder.resolve("nginx.conf").toString();
            return new Started(
                    folder, List.of(program("nginx"), "-p", folder.toString(), "-c", file));
        });
    }

    /** A port of this address that nobody listens on at the moment. */
    public static int freePort(String host) {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Started(Path folder, List<String> command) {}

    private interface OnPorts {
        Started on(int[] ports);
    }

    /** Another process may take the port between the look and the start: then try the next. */
    private static Peer onFreePorts(String name, String host, int count, OnPorts starter) {
        requirePeer(name);
        IllegalStateException last = null;
        for (int i = 0; i < PORT_TRIES; i++) {
            int[] ports = new int[count];
            for (int n = 0; n < count; n++) {
                ports[n] = freePort(host);
            }
            Started started = starter.on(ports);
            try {
                return Peer.start(name, host, started.folder(), started.command(), ports);
            } catch (IllegalStateException e) {
                last = e;
            }
        }
        throw last;
    }

    private static Peer script(String name, String interpreter, String script, String host) {
        requirePeer(name);
        Path folder = folder(name);
        write(folder.resolve(script), resource(script));
        return Peer.startAnnounced(name, host, folder, List.of(interpreter, script, host));
    }

    private static Path folder(String name) {
        try {
            return Files.createTempDirectory("zsock-" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Peers.class.getResourceAsStream("/peers/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program's path, also from the folder of the system's servers, or null. */
    private static String program(String name) {
        for (String folder : (System.getenv("PATH") + ":/usr/sbin").split(":")) {
            File file = new File(folder, name);
            if (file.canExecute()) {
                return file.getPath();
            }
        }
        return null;
    }

    private static boolean succeeds(String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("NODE_PATH", NODE_PATH);
            return builder.start().waitFor() == 0;
        } catch (IOException e) {
            return false; // no such program
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
