package dev.zsock.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.FaultKernel;
import dev.zsock.testkit.JavaCommand;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The behaviour tests once more, over the fault kernel: a JVM of its own for each seed.
 * {@code -Dzsock.test.seeds=17,18} replaces the seeds.
 */
@Tag("slow")
class FaultKernelTest {
    private static final int LIMIT_SECONDS = 120;
    private static final String RACES = "500";

    @TempDir
    private Path folder;

    private static LongStream seeds(String usual) {
        String seeds = System.getProperty("zsock.test.seeds", usual);
        return Stream.of(seeds.split(",")).mapToLong(Long::parseLong);
    }

    static LongStream seeds() {
        return seeds("1,2,3");
    }

    static LongStream seedsOfCases() {
        return seeds("1");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void behaviourHoldsOnEverySchedule(long seed) throws Exception {
        fork("behaviour", Long.toString(seed));
    }

    /** RFC 6455 and RFC 7692, case by case. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seedsOfCases")
    void theCasesOfTheRfcsHoldOnEverySchedule(long seed) throws Exception {
        fork("cases", Long.toString(seed));
    }

    @ParameterizedTest
    @ValueSource(classes = {FaultCases.class, FrameFaultCases.class})
    void eachFaultHasItsDocumentedEffect(Class<?> cases) throws Exception {
        fork(cases.getName());
    }

    private void fork(String... args) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> options = List.of(
                "-D" + FaultKernel.PROPERTY + "=" + FaultKernel.library(),
                "-Dzsock.test.races=" + RACES);
        List<String> command = JavaCommand.of(options, FaultRun.class, args);
        Process run = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = run.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        run.destroyForcibly().waitFor();
        String said = Files.readString(output);
        System.out.print(said);
        assertThat(ended).as("it ended; it said:\n%s", said).isTrue();
        assertThat(run.exitValue()).as("exit status; it said:\n%s", said).isZero();
    }
}
