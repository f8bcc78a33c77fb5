package dev.zsock.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.ErrnoAbi;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The trace names the rule that the judges have applied. */
class ReasonsTest {
    /**
     * The header as a client meets it, whether deflate was agreed on, and the section it breaks.
     */
    @ParameterizedTest
    @CsvSource({
        "817e0001, false, 5.2",
        "81ff8000000000000000, false, 5.2",
        "818100000000, false, 5.1",
        "8300, false, 5.2",
        "8b00, false, 5.2",
        "a100, false, 5.2",
        "c100, false, 5.2",
        "c900, true, 5.2",
        "0900, false, 5.5",
        "897e0080, false, 5.5",
        "8801, false, 5.5.1",
        "8000, false, 5.4",
        "c000, true, 5.2"
    })
    void receivedByAClient(String header, boolean deflate, String section) {
        FrameDecoder decoder = new FrameDecoder();
        int rc = decoder.header(ByteBuffer.wrap(HexFormat.of().parseHex(header)));
        FrameRules rules = new FrameRules();
        int code = rc < 0
                ? CloseCodes.PROTOCOL_ERROR
                : rules.next(decoder.b0, decoder.length, decoder.masked, false, deflate);
        assertThat(code).isEqualTo(CloseCodes.PROTOCOL_ERROR);
        assertThat(Reasons.received(code, decoder, true, deflate, false)).contains("(" + section);
    }

    /** What a role asks to send, and the section it would break. */
    @ParameterizedTest
    @CsvSource({
        "3, true, true, 0, true, 5.2", "1, false, true, 0, true, 5.1",
                "1, true, true, 0, false, 5.1",
        "9, true, false, 0, true, 5.5", "9, true, true, 126, true, 5.5",
                "0, true, true, 1, true, 5.4"
    })
    void askedToSend(
            int opcode, boolean mask, boolean fin, int length, boolean client, String section) {
        SendRules rules = new SendRules(client);
        assertThat(rules.form(opcode, mask, fin, length) && rules.sequence(opcode))
                .isFalse();
        String reason = Reasons.notSent(-ErrnoAbi.EINVAL, opcode, mask, fin, length, client);
        assertThat(reason).contains("(" + section);
    }
}
