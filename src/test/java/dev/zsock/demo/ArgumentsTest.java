package dev.zsock.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @Test
    void numbers() throws DemoFailure {
        assertThat(Arguments.whole("N", "0", 0, 9)).isZero();
        assertThat(Arguments.whole("N", "0009", 0, 9)).isEqualTo(9);
        assertThat(Arguments.above0("N", "30")).isEqualTo(30);
        assertThat(Arguments.above0("N", "0.25")).isEqualTo(0.25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "+1", "10", "1.5", "0x1", "99999999999999999999", " 1"})
    void noWholeNumbers(String text) {
        assertThatThrownBy(() -> Arguments.whole("N", text, 0, 9))
                .isInstanceOf(DemoFailure.class)
                .hasMessage("N=" + text + ": not a number from 0 to 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "0", "0.0", "1e9", "NaN", "Infinity", "1."})
    void notAbove0(String text) {
        assertThatThrownBy(() -> Arguments.above0("N", text))
                .isInstanceOf(DemoFailure.class)
                .hasMessage("N=" + text + ": not a number above 0");
    }
}
