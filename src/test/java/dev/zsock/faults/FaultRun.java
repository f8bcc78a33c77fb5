package dev.zsock.faults;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.launcher.TagFilter.excludeTags;
import static org.junit.platform.launcher.TagFilter.includeTags;

import dev.zsock.testkit.FaultKernel;
import dev.zsock.testkit.FaultKernel.Fault;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The main program of a JVM over the fault kernel: {@code TAG SEED,... [CLASS...]} runs every test
 * with the tag (behaviour, or cases: those of the RFCs), or those of the classes, under the
 * schedule of each seed; {@code brief} is behaviour without the tests with the tag lasting, which
 * wait for time to pass; {@code CLASS} runs the tests of a class that make their own faults. Exit
 * status 0 when all passed.
 */
public final class FaultRun implements TestExecutionListener {
    static final String BEHAVIOUR = "behaviour";
    static final String BRIEF = "brief";
    static final String CASES = "cases";
    private static final String LASTING = "lasting";

    /**
     * Tests for which bytes sent in one call have to come in one, or to be taken without delay:
     * interruptions alone must be nothing to them.
     */
    private static final TestTag CALM = TestTag.create("calm");

    private static final int INTERRUPT = 25;
    private static final int NOT_NOW = 25;
    private static final int ONE_BYTE = 40;
    private static final int STUCK_SECONDS = 180; // no test may take so long

    private final String what;
    private final boolean scheduled;
    private final long seed;
    private final long[] faults = new long[Fault.values().length];
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, r -> {
        Thread thread = new Thread(r, "stuck");
        thread.setDaemon(true);
        return thread;
    });
    private Future<?> stuck;
    private int run;
    private int calm;
    private int failed;

    private FaultRun(String what, boolean scheduled, long seed) {
        this.what = what;
        this.scheduled = scheduled;
        this.seed = seed;
    }

    /** See above. */
    public static void main(String[] args) throws Exception {
        boolean all = true;
        if (args.length > 1) {
            List<String> classes = List.of(args).subList(2, args.length);
            for (String seed : args[1].split(",")) {
                all &= new FaultRun("seed " + seed, true, Long.parseLong(seed))
                        .run(args[0], classes);
            }
        } else {
            all = new FaultRun(args[0], false, 0).run("", List.of(args));
        }
        System.exit(all ? 0 : 1);
    }

    private boolean run(String tag, List<String> classes) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .filters(EngineFilter.includeEngines("junit-jupiter"));
        if (classes.isEmpty()) {
            String included = tag.equals(BRIEF) ? BEHAVIOUR : tag;
            request.selectors(selectPackage("dev.zsock")).filters(includeTags(included));
        }
        if (tag.equals(BRIEF)) {
            request.filters(excludeTags(LASTING));
        }
        for (String name : classes) {
            request.selectors(selectClass(name));
        }
        LauncherFactory.create().execute(request.build(), this);
        return end(classes.isEmpty());
    }

    /** The schedule starts anew with each test, so that one alone meets it again. */
    @Override
    public void executionStarted(TestIdentifier id) {
        if (!id.isTest()) {
            return;
        }
        stuck = clock.schedule(() -> giveUp(id), STUCK_SECONDS, TimeUnit.SECONDS);
        if (scheduled) {
            long own = seed * 31 + id.getUniqueId().hashCode();
            boolean gently = id.getTags().contains(CALM);
            FaultKernel.configure(own, INTERRUPT, gently ? 0 : NOT_NOW, gently ? 0 : ONE_BYTE, 0);
        }
    }

    @Override
    public void executionFinished(TestIdentifier id, TestExecutionResult result) {
        TestExecutionResult.Status status = result.getStatus();
        if (id.isTest()) {
            stuck.cancel(false);
        }
        if (id.isTest() && status != TestExecutionResult.Status.ABORTED) { // a peer is missing
            for (Fault fault : Fault.values()) {
                faults[fault.ordinal()] += FaultKernel.count(fault);
            }
            run++;
            calm += id.getTags().contains(CALM) ? 1 : 0;
        }
        if (status == TestExecutionResult.Status.FAILED) {
            failed++;
            System.out.println("FAILED " + name(id) + " with " + what);
            result.getThrowable().ifPresent(e -> e.printStackTrace(System.out));
        }
    }

    private static String name(TestIdentifier id) {
        return id.getUniqueId().replaceAll(".*?/\\[class:([^]]*)]", "$1");
    }

    /** A thread that blocks in a system call cannot be got out: says where and ends everything. */
    private void giveUp(TestIdentifier id) {
        System.out.println("STUCK " + name(id) + " with " + what);
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            System.out.println(thread);
            for (StackTraceElement frame : frames) {
                System.out.println("\tat " + frame);
            }
        });
        System.out.flush();
        Runtime.getRuntime().halt(2);
    }

    /** Prints how many ran and what struck them: whether that is as it should be. */
    private boolean end(boolean wholeSuite) {
        StringBuilder line = new StringBuilder(what + ": " + run + " run, " + failed + " failed");
        boolean good = run > 0 && failed == 0;
        if (scheduled) {
            line.append(", ").append(calm).append(" with interruptions alone");
        }
        for (Fault fault : Fault.values()) {
            long struck = faults[fault.ordinal()];
            if (scheduled && fault != Fault.NO_MEMORY) {
                line.append(", ").append(struck).append(' ').append(fault);
                good &= struck > 0 || !wholeSuite; // what never struck proves nothing
            }
        }
        System.out.println(line);
        return good;
    }
}
