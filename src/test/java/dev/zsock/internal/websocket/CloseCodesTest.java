package dev.zsock.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.internal.file.Span;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Set;

class CloseCodesTest {
    /**
     * 7.4.1 and IANA's WebSocket Close Code Number Registry, without those "not to be set in a
     * frame".
     */
    private static final Set<Integer> ASSIGNED =
            Set.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014);

    @Test
    void everyCodeOf16Bits() {
        for (int code = 0; code < 65536; code++) {
            boolean want = ASSIGNED.contains(code) || code / 1000 == 3 || code / 1000 == 4; // 7.4.2
            assertThat(CloseCodes.legalOnWire(code)).as("%d", code).isEqualTo(want);
            byte[] payload = {(byte) (code >> 8), (byte) code};
            assertThat(CloseCodes.checkPayload(payload, 0, 2)).isEqualTo(want ? 0 : 1002);
        }
    }

    @ParameterizedTest(name = "5.5.1 {0}")
    @CsvSource({
        "empty,                    '',                 0",
        "one-byte,                 03,                 1002",
        "code-only,                03e8,               0",
        "reason,                   03e8676f6e65,       0",
        "reason-of-two-bytes,      03e8c3bc,           0",
        "reason-not-utf8,          03e8ff,             1007",
        "reason-ends-inside-euro,  03e8e282,           1007",
        "bad-code-before-reason,   03ecff,             1002",
        "application-code,         0fa0,               0"
    })
    void payloads(String name, String hex, int want) {
        byte[] p = HexFormat.of().parseHex(hex);
        assertThat(CloseCodes.checkPayload(p, 0, p.length)).isEqualTo(want);
        ByteBuffer direct = ByteBuffer.allocateDirect(p.length + 2).put(1, p);
        assertThat(CloseCodes.checkPayload(new Span().set(direct, 1, p.length))).isEqualTo(want);
        assertThat(direct.position()).isZero();
    }
}
