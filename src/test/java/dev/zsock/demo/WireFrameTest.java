package dev.zsock.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HexFormat;

/** The tap's own frame reader against the examples of RFC 6455 5.7. */
class WireFrameTest {
    @ParameterizedTest
    @CsvSource({
        "810548656c6c6f, FIN=1 opcode=1 (TEXT) mask=none length=5 payload=48656c6c6f \"Hello\"",
        "818537fa213d7f9f4d5158, "
                + "FIN=1 opcode=1 (TEXT) mask=37fa213d length=5 payload=48656c6c6f \"Hello\"",
        "010348656c, FIN=0 opcode=1 (TEXT) mask=none length=3 payload=48656c \"Hel\"",
        "80026c6f, FIN=1 opcode=0 (CONTINUE) mask=none length=2 payload=6c6f \"lo\"",
        "8a8537fa213d7f9f4d5158, "
                + "FIN=1 opcode=10 (PONG) mask=37fa213d length=5 payload=48656c6c6f \"Hello\""
    })
    void readsTheExamples(String wire, String text) throws IOException {
        assertThat(read(HexFormat.of().parseHex(wire))).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"827e0100, 256", "827f0000000000010000, 65536"})
    void readsBothLongForms(String header, int length) throws IOException {
        byte[] head = HexFormat.of().parseHex(header);
        byte[] wire = java.util.Arrays.copyOf(head, head.length + length);
        WireFrame frame = read(wire);
        assertThat(frame.length()).isEqualTo(length);
        assertThat(frame.name()).isEqualTo("BINARY");
        assertThat(frame.toString()).endsWith("payload=" + "00".repeat(16) + "...");
    }

    @Test
    void saysThatAFrameIsCutOff() {
        byte[] half = HexFormat.of().parseHex("827e010000");
        assertThatThrownBy(() -> read(half)).isInstanceOf(EOFException.class);
    }

    private static WireFrame read(byte[] wire) throws IOException {
        return WireFrame.read(new DataInputStream(new ByteArrayInputStream(wire)));
    }
}
