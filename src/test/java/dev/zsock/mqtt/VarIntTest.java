package dev.zsock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.HexFormat;

class VarIntTest {
    /** The borders of 3.1.1 table 2.4 and 5.0 table 1-1. */
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, 8001",
        "16383, ff7f",
        "16384, 808001",
        "2097151, ffff7f",
        "2097152, 80808001",
        "268435455, ffffff7f"
    })
    void bordersOfTheTable(int value, String hex) {
        byte[] wire = HexFormat.of().parseHex(hex);
        byte[] buf = new byte[6];
        assertThat(VarInt.put(buf, 1, value)).isEqualTo(1 + wire.length);
        assertThat(Arrays.copyOfRange(buf, 1, 1 + wire.length)).isEqualTo(wire);
        assertThat(VarInt.size(value)).isEqualTo(wire.length);
        assertThat(VarInt.length(wire, 0, wire.length, true)).isEqualTo(wire.length);
        assertThat(VarInt.value(wire, 0, wire.length)).isEqualTo(value);
        for (int cut = 0; cut < wire.length; cut++) {
            assertThat(VarInt.length(wire, 0, cut, true)).isEqualTo(VarInt.NEED_MORE);
        }
    }

    @ParameterizedTest
    @CsvSource({"8000, 0", "ff00, 127", "ffff00, 16383", "80808000, 0"})
    void longerThanNeeded(String hex, int value) {
        byte[] wire = HexFormat.of().parseHex(hex);
        assertThat(VarInt.length(wire, 0, wire.length, true)).isEqualTo(VarInt.NOT_MINIMAL);
        int length = VarInt.length(wire, 0, wire.length, false);
        assertThat(length).isEqualTo(wire.length);
        assertThat(VarInt.value(wire, 0, length)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"80808080", "ffffffff", "8080808001"})
    void tooLong(String hex) {
        byte[] wire = HexFormat.of().parseHex(hex);
        assertThat(VarInt.length(wire, 0, wire.length, false)).isEqualTo(VarInt.TOO_LONG);
        assertThat(VarInt.length(wire, 0, 3, false)).isEqualTo(VarInt.NEED_MORE);
    }
}
