package dev.zsock.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.ForkedJvm;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every call of the scenarios in C and in Java: same result, errno and out-parameters. */
class TwinTest {
    private static final Pattern LAST =
            Pattern.compile("twin: (\\d+) calls compared, 0 differences");

    @Test
    void javaSaysWhatCSays() throws IOException, InterruptedException {
        ForkedJvm.Result result = ForkedJvm.run(List.of(), Compare.class, List.of());
        assertThat(result.output()).as("exit status %d", result.status()).isNotEmpty();
        Matcher last = LAST.matcher(result.lastLine());
        assertThat(last.matches()).as(result.output()).isTrue();
        assertThat(Integer.parseInt(last.group(1))).isGreaterThan(600);
        assertThat(result.status()).isZero();
    }
}
