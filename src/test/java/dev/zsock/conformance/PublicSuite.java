package dev.zsock.conformance;

import com.sun.management.OperatingSystemMXBean;

import dev.zsock.conformance.FuzzingServer.Case;
import dev.zsock.conformance.Talk.Pace;
import dev.zsock.testkit.Background;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The public suite of 517 cases, made anew: each case in its order and under its number, judged as
 * it judges. As a program it prints the verdicts and what they cost.
 */
public final class PublicSuite {
    /** Who is tested: the client, with either API, or the server. */
    enum Side {
        CLIENT,
        BSD,
        SERVER
    }

    private PublicSuite() {}

    static List<PublicCase> cases() {
        List<PublicCase> cases = CaseTable.all();
        cases.addAll(LoadCase.plain());
        cases.addAll(LoadCase.compressed());
        return cases;
    }

    /** Runs these cases; what else there is to complain about. */
    static List<String> run(Side side, List<PublicCase> cases) throws IOException {
        return side == Side.SERVER ? asClient(cases) : asServer(side, cases);
    }

    private static List<String> asServer(Side side, List<PublicCase> cases) throws IOException {
        PrintStream nothing = new PrintStream(PrintStream.nullOutputStream());
        try (FuzzingServer server = new FuzzingServer(new ArrayList<Case>(cases))) {
            String[] args = {server.url(), "suite", side == Side.BSD ? "bsd" : ""};
            int status = ConformanceClient.run(args, nothing, System.err);
            List<String> complaints = new ArrayList<>(server.complaints);
            if (status != 0) {
                complaints.add("status " + status);
            }
            return complaints;
        }
    }

    private static List<String> asClient(List<PublicCase> cases) throws IOException {
        List<String> complaints = new ArrayList<>();
        ConformanceServer server = ConformanceServer.start(0);
        var serving = Background.run(server::acceptAll);
        for (PublicCase one : cases) {
            try {
                FuzzingClient.run(server.port(), one);
            } catch (IOException e) {
                complaints.add(one.id + ": " + e);
            }
        }
        server.stop();
        serving.join();
        return complaints;
    }

    /** Arguments: a pattern of the groups to run, and the sides. */
    public static void main(String[] args) throws IOException {
        System.exit(main(args[0], args[1], System.err));
    }

    /** 0 when every case is OK, 1 when one is not or when there is none. */
    static int main(String pattern, String names, PrintStream err) throws IOException {
        List<Side> sides = new ArrayList<>();
        Pattern wanted;
        try {
            wanted = Pattern.compile(pattern);
            for (String name : names.toUpperCase(Locale.ROOT).split(",")) {
                sides.add(Side.valueOf(name));
            }
        } catch (IllegalArgumentException e) { // of either
            err.println("conformance-suite: FAILED: " + e.getMessage());
            return 1;
        }
        if (cases().stream().noneMatch(one -> wanted.matcher(one.group()).matches())) {
            err.println("conformance-suite: FAILED: CASES='" + pattern + "': no such group");
            return 1;
        }
        boolean fine = true;
        for (Side side : sides) {
            fine &= report(side, wanted);
        }
        return fine ? 0 : 1;
    }

    private static boolean report(Side side, Pattern wanted) throws IOException {
        Map<String, List<PublicCase>> groups = new LinkedHashMap<>();
        for (PublicCase one : cases()) {
            if (wanted.matcher(one.group()).matches()) {
                groups.computeIfAbsent(one.group(), g -> new ArrayList<>()).add(one.at(Pace.REAL));
            }
        }
        int ok = 0;
        int all = 0;
        long begin = System.nanoTime();
        for (Map.Entry<String, List<PublicCase>> group : groups.entrySet()) {
            List<PublicCase> cases = group.getValue();
            long start = System.nanoTime();
            long cpu = -cpu(side);
            List<String> complaints = run(side, cases);
            cpu += cpu(side);
            long fine = cases.stream()
                    .filter(c -> c.verdict().equals(PublicCase.OK))
                    .count();
            System.out.printf(
                    "%-6s %-5s %3d cases %3d OK %8.2f s, the library's CPU %8.2f s %s%n",
                    side, group.getKey(), cases.size(), fine, since(start), cpu / 1e9, complaints);
            cases.stream()
                    .filter(c -> !c.verdict().equals(PublicCase.OK))
                    .forEach(c -> System.out.println("  " + c.id + " " + c.verdict()));
            ok += (int) fine;
            all += cases.size();
        }
        System.out.printf("%s: %d cases, %d OK, %.1f s%n", side, all, ok, since(begin));
        return ok == all;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** The client's thread is this one; the server has the others. */
    private static long cpu(Side side) {
        long own = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return side != Side.SERVER
                ? own
                : ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                                .getProcessCpuTime()
                        - own;
    }
}
