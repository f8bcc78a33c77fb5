package dev.zsock.faults;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.launcher.TagFilter.includeTags;

import dev.zsock.testkit.FaultKernel;
import dev.zsock.testkit.FaultKernel.Fault;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The main program of a JVM over the fault kernel: {@code TAG SEED [CLASS]} runs every test with
 * the tag (behaviour, or cases: those of the RFCs), or those of a class, under a schedule;
 * {@code CLASS} the tests of a class that make their own faults. Exit status 0 when all passed.
 */
public final class FaultRun implements TestExecutionListener {
    /**
     * Tests for which bytes sent in one call have to come in one, or to be taken without delay:
     * interruptions alone must be nothing to them.
     */
    private static final TestTag CALM = TestTag.create("calm");

    private static final int INTERRUPT = 25;
    private static final int NOT_NOW = 25;
    private static final int ONE_BYTE = 40;

    private final String what;
    private final boolean scheduled;
    private final long seed;
    private final long[] faults = new long[Fault.values().length];
    private int run;
    private int failed;

    private FaultRun(String what, boolean scheduled, long seed) {
        this.what = what;
        this.scheduled = scheduled;
        this.seed = seed;
    }

    /** See above. */
    public static void main(String[] args) throws Exception {
        boolean scheduled = args.length > 1;
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .filters(EngineFilter.includeEngines("junit-jupiter"));
        if (scheduled) {
            request.selectors(args.length > 2 ? selectClass(args[2]) : selectPackage("dev.zsock"))
                    .filters(includeTags(args[0]));
        } else {
            request.selectors(selectClass(args[0]));
        }
        FaultRun listener =
                new FaultRun(args[0], scheduled, scheduled ? Long.parseLong(args[1]) : 0);
        LauncherDiscoveryRequest tests = request.build();
        LauncherFactory.create().execute(tests, listener);
        System.exit(listener.end());
    }

    /** The schedule starts anew with each test, so that one alone meets it again. */
    @Override
    public void executionStarted(TestIdentifier id) {
        if (id.isTest() && scheduled) {
            long own = seed * 31 + id.getUniqueId().hashCode();
            boolean calm = id.getTags().contains(CALM);
            FaultKernel.configure(own, INTERRUPT, calm ? 0 : NOT_NOW, calm ? 0 : ONE_BYTE, 0);
        }
    }

    @Override
    public void executionFinished(TestIdentifier id, TestExecutionResult result) {
        TestExecutionResult.Status status = result.getStatus();
        if (id.isTest() && status != TestExecutionResult.Status.ABORTED) { // a peer is missing
            for (Fault fault : Fault.values()) {
                faults[fault.ordinal()] += FaultKernel.count(fault);
            }
            run++;
        }
        if (status == TestExecutionResult.Status.FAILED) {
            failed++;
            System.out.println("FAILED " + name(id) + (scheduled ? " with seed " + seed : ""));
            result.getThrowable().ifPresent(e -> e.printStackTrace(System.out));
        }
    }

    private static String name(TestIdentifier id) {
        return id.getUniqueId().replaceAll(".*?/\\[class:([^]]*)]", "$1");
    }

    private int end() {
        StringBuilder line = new StringBuilder(what + ": " + run + " run, " + failed + " failed");
        boolean all = run > 0 && failed == 0;
        for (Fault fault : Fault.values()) {
            long struck = faults[fault.ordinal()];
            if (scheduled && fault != Fault.NO_MEMORY) {
                line.append(", ").append(struck).append(' ').append(fault);
                all &= struck > 0; // what never struck proves nothing
            }
        }
        System.out.println(line);
        return all ? 0 : 1;
    }
}
