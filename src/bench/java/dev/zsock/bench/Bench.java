package dev.zsock.bench;

import dev.zsock.demo.Arguments;
import dev.zsock.demo.DemoFailure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures this library beside C on the same machine in the same run: every round runs every agent
 * once per cell, and a cell's figure is the median over the rounds of its rate divided by the rate
 * of plain C sockets in that round. All processes are started anew several times.
 *
 * <p>{@code make bench [ROUNDS=5]} prints the tables that docs/PERFORMANCE.md shows.
 */
public final class Bench {
    private static final int[] SIZES = {16, 125, 1024, 16384, 65536, 1 << 20};
    private static final long CELL_NANOS = 40_000_000L;
    private static final int WARM = 12;
    private static final int MOST = 1000;
    private static final String BASE = "C sockets";

    /** What is measured: the agents' word for it, and what its table is called. */
    private record Task(String word, String title) {}

    private static final List<Task> TASKS = List.of(
            new Task("pp", "ping-pong: send, await the echo"),
            new Task("tx", "stream to the server"),
            new Task("rx", "stream from the server"));

    /** Where a process's memory lies can halve its rate for as long as it lives. */
    private static final int STARTS = 3;

    private static final int POLL_STARTS = 7;
    private static final String[] POLLED = {"udp", "eventfd"};
    private static final int[] NUMBERS = {10, 1000, 10_000};

    private final Map<String, Driven> agents = new LinkedHashMap<>();

    /** By cell, then by agent. */
    private final Map<String, Map<String, List<Double>>> ratios = new LinkedHashMap<>();

    public static void main(String[] args) throws Exception {
        int rounds = 5;
        try {
            rounds = args.length > 0 ? Arguments.whole("ROUNDS", args[0], 1, MOST) : rounds;
        } catch (DemoFailure e) {
            System.err.println("bench: FAILED: " + e.getMessage());
            System.exit(1);
        }
        new Bench().run(rounds);
    }

    private void run(int rounds) throws Exception {
        Path programs = Path.of(System.getProperty("zsock.native.dir"));
        System.out.printf(
                "rates as ratios to plain C sockets of the same round, medians of %d rounds after"
                        + " each of %d starts; 2 processes on loopback; java %s%n",
                rounds, STARTS, Runtime.version());
        for (int start = 0; start < STARTS; start++) {
            Driven server = new Driven(programs.resolve("bench_server").toString(), "-i", "0", "0");
            start(programs, server.line().replaceAll("[a-z=]", "").trim().split(" "));
            for (Driven agent : agents.values()) { // or the first cells would measure the compilers
                for (Task task : TASKS) {
                    calibrated(agent, task.word, SIZES[0]);
                }
            }
            for (Task task : TASKS) {
                for (int size : SIZES) {
                    measure(task.word, size, rounds);
                }
            }
            for (Driven agent : agents.values()) {
                agent.stop();
            }
            server.stop();
        }
        TASKS.forEach(this::table);
        polls(programs, rounds);
    }

    private void start(Path programs, String[] ports) throws IOException {
        String client = programs.resolve("bench_client").toString();
        agents.put(BASE, new Driven(client, "raw", ports[0], ports[1]));
        agents.put("C websocket", new Driven(client, "ws", ports[0], ports[1]));
        agents.put("zsock sockets", java(Agent.class, "tcp", ports[1]));
        agents.put("zsock websocket", java(Agent.class, "ws", ports[0]));
        agents.put("zsock websocket, corked", java(Agent.class, "cork", ports[0]));
        agents.put("java.net.http", java(JdkAgent.class, ports[0]));
        agents.put("Netty", java(NettyAgent.class, ports[0]));
        agents.put("Jetty", java(JettyAgent.class, ports[0]));
        agents.put("Java-WebSocket", java(JavaWebSocketAgent.class, ports[0]));
        agents.put("nv-websocket", java(NvAgent.class, ports[0]));
        agents.put("OkHttp", java(OkHttpAgent.class, ports[0]));
    }

    /**
     * The time of poll beside C's: the median over the rounds, and how long C takes. Where the
     * kernel has put the sockets of a process decides more than what the process does, so both
     * start anew a few times.
     */
    private static void polls(Path programs, int rounds) throws Exception {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        Map<String, List<Double>> ratios = new LinkedHashMap<>();
        for (int start = 0; start < POLL_STARTS; start++) {
            Driven c = new Driven(programs.resolve("bench_poll").toString());
            Driven zsock = java(PollAgent.class);
            for (String kind : POLLED) {
                for (int fds : NUMBERS) {
                    int count = Math.max(calibrated(c, kind, fds), calibrated(zsock, kind, fds));
                    List<Double> time = times.computeIfAbsent(kind + fds, key -> new ArrayList<>());
                    List<Double> ratio =
                            ratios.computeIfAbsent(kind + fds, key -> new ArrayList<>());
                    for (int round = 0; round < rounds; round++) {
                        double nanos = c.nanos(kind, fds, count);
                        time.add(nanos / count / 1000);
                        ratio.add(zsock.nanos(kind, fds, count) / nanos);
                    }
                }
            }
            c.stop();
            zsock.stop();
        }
        System.out.println();
        System.out.println(
                "| poll, the last one is ready: time, C = 1 (C, us) | 10 | 1000 | 10000 |");
        System.out.println("|---|---|---|---|");
        for (String kind : POLLED) {
            StringBuilder row = new StringBuilder("| " + kind + " |");
            for (int fds : NUMBERS) {
                double micros = median(times.get(kind + fds));
                double ratio = median(ratios.get(kind + fds));
                row.append(String.format(" %.2f (%.1f) |", ratio, micros));
            }
            System.out.println(row);
        }
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    private static Driven java(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        return new Driven(command.toArray(new String[0]));
    }

    private void table(Task task) {
        System.out.println();
        System.out.println(
                "| " + task.title + " | 16 B | 125 B | 1 KiB | 16 KiB | 64 KiB | 1 MiB |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (String name : agents.keySet()) {
            StringBuilder row = new StringBuilder("| " + name + " |");
            for (int size : SIZES) {
                double ratio = median(ratios.get(task.word + size).get(name));
                row.append(String.format(" %.2f |", ratio));
            }
            System.out.println(row);
        }
    }

    private void measure(String what, int size, int rounds) throws IOException {
        Map<String, List<Double>> cell =
                ratios.computeIfAbsent(what + size, key -> new LinkedHashMap<>());
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Map.Entry<String, Driven> agent : agents.entrySet()) {
            counts.put(agent.getKey(), calibrated(agent.getValue(), what, size));
        }
        for (int round = 0; round < rounds; round++) {
            double base = 0;
            for (Map.Entry<String, Driven> agent : agents.entrySet()) {
                String name = agent.getKey();
                int count = counts.get(name);
                double rate = (double) count / agent.getValue().nanos(what, size, count);
                base = name.equals(BASE) ? rate : base;
                cell.computeIfAbsent(name, key -> new ArrayList<>()).add(rate / base);
            }
        }
    }

    /** Warms the agent up and finds how many messages take about a cell's time. */
    private static int calibrated(Driven agent, String what, int size) throws IOException {
        int count = 10;
        for (int i = 0; i < WARM; i++) {
            long nanos = agent.nanos(what, size, count);
            double wanted = count * (double) CELL_NANOS / Math.max(1, nanos);
            count = (int) Math.max(4, Math.min(wanted, count * 8.0));
        }
        return count;
    }

    /** A process that answers lines. */
    private static final class Driven {
        private final Process process;
        private final BufferedReader out;
        private final PrintWriter in;

        Driven(String... command) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(command);
            process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream()));
            in = new PrintWriter(process.getOutputStream(), true);
        }

        String line() throws IOException {
            String line = out.readLine();
            if (line == null) {
                throw new IOException("ended: " + process.info().commandLine().orElse("?"));
            }
            return line;
        }

        long nanos(String what, int size, int count) throws IOException {
            in.println(what + " " + size + " " + count);
            return Long.parseLong(line());
        }

        void stop() throws InterruptedException {
            in.close();
            process.destroy();
            process.waitFor();
        }
    }
}
