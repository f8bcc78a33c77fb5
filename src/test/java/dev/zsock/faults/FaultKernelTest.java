package dev.zsock.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import dev.zsock.testkit.FaultKernel;
import dev.zsock.testkit.JavaCommand;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The behaviour tests and the cases of the RFCs once more, over the fault kernel, in JVMs of their
 * own: all of them under one schedule, the behaviour tests that do not wait for time to pass under
 * more. {@code -Dzsock.test.seeds=17,18} replaces the seeds; the first is the one for all.
 */
@Tag("slow")
class FaultKernelTest {
    private static final int LIMIT_SECONDS = 600;
    private static final String RACES = "500";

    /** Test classes, or packages, that do not take part, and why. */
    private static final Map<String, String> APART = Map.ofEntries(
            Map.entry("dev.zsock.AbiProbeTest", "compares constants"),
            Map.entry("dev.zsock.AllocationTest", "counts bytes, and a fault costs some"),
            Map.entry("dev.zsock.CstringTest", "makes no system call"),
            Map.entry("dev.zsock.ErrnoTest", "makes no system call"),
            Map.entry("dev.zsock.InetTextTest", "makes no system call"),
            Map.entry("dev.zsock.LayeringTest", "reads class files"),
            Map.entry("dev.zsock.NetIpTest", "makes no system call"),
            Map.entry("dev.zsock.contract.CorkTest", "has a transport of its own"),
            Map.entry("dev.zsock.contract.GoneBuffersTest", "sends what may not wait"),
            Map.entry("dev.zsock.contract.HugeArgumentsTest", "forks JVMs without memory"),
            Map.entry("dev.zsock.contract.LeakTest", "would take minutes"),
            Map.entry("dev.zsock.contract.MemoryTest", "counts bytes and forks a JVM"),
            Map.entry("dev.zsock.contract.OneCallPerFrameTest", "has a transport of its own"),
            Map.entry("dev.zsock.contract.PollScaleTest", "compares processor times"),
            Map.entry("dev.zsock.contract.TornFrameTest", "has a transport of its own"),
            Map.entry("dev.zsock.zephyr.ZephyrTableTest", "compares a table with the suites"));

    @TempDir
    private Path folder;

    private static String[] seeds() {
        return System.getProperty("zsock.test.seeds", "1,2,3").split(",", 2);
    }

    @Test
    void behaviourHoldsOnEverySchedule() throws Exception {
        String[] seeds = seeds();
        Run all = new Run(FaultRun.BEHAVIOUR, seeds[0]);
        Run cases = new Run(FaultRun.CASES, seeds[0]);
        cases.assertGood();
        if (seeds.length > 1) {
            new Run(FaultRun.BRIEF, seeds[1]).assertGood();
        }
        all.assertGood();
    }

    @ParameterizedTest
    @ValueSource(classes = {FaultCases.class, FrameFaultCases.class})
    void eachFaultHasItsDocumentedEffect(Class<?> cases) throws Exception {
        new Run(cases.getName()).assertGood();
    }

    /** A new test class has to take part, or stand above with the reason. */
    @ParameterizedTest
    @ValueSource(strings = {"dev.zsock", "dev.zsock.contract", "dev.zsock.zephyr"})
    void everyTestOfSocketsTakesPart(String packageName) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .selectors(selectPackage(packageName))
                .build();
        TestPlan plan = LauncherFactory.create().discover(request);
        Set<String> apart = new TreeSet<>();
        for (TestIdentifier root : plan.getRoots()) {
            for (TestIdentifier test : plan.getChildren(root)) {
                ClassSource source = (ClassSource) test.getSource().orElseThrow();
                String name = source.getClassName();
                boolean part = test.getTags().contains(TestTag.create(FaultRun.BEHAVIOUR));
                if (name.lastIndexOf('.') == packageName.length() && !part) {
                    apart.add(name);
                }
            }
        }
        Set<String> listed = new TreeSet<>(APART.keySet());
        listed.removeIf(name -> name.lastIndexOf('.') != packageName.length());
        assertThat(apart).isEqualTo(listed);
    }

    /** A JVM over the fault kernel. */
    private final class Run {
        private final Path output;
        private final Process process;
        private final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);

        Run(String... args) throws IOException {
            output = folder.resolve(args[0]);
            List<String> options = List.of(
                    "-D" + FaultKernel.PROPERTY + "=" + FaultKernel.library(),
                    "-Dzsock.test.races=" + RACES);
            List<String> command = JavaCommand.of(options, FaultRun.class, args);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        }

        void assertGood() throws IOException, InterruptedException {
            boolean ended = process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            process.destroyForcibly().waitFor();
            String said = Files.readString(output);
            System.out.print(said);
            assertThat(ended).as("it ended; it said:\n%s", said).isTrue();
            assertThat(process.exitValue())
                    .as("exit status; it said:\n%s", said)
                    .isZero();
        }
    }
}
