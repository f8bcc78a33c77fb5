package dev.zsock.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

class FrameRulesTest {
    private static final long[] LENGTHS = {0, 1, 2, 125, 126, 65536, 1L << 40, -1};

    /**
     * The whole table, in and out of a fragmented message, against the RFC's sentences taken one by
     * one.
     */
    @Test
    void everyFirstByteInEveryState() {
        for (int b0 = 0; b0 < 256; b0++) {
            for (long length : LENGTHS) {
                for (int v = 0; v < 16; v++) {
                    boolean open = (v & 1) != 0;
                    boolean masked = (v & 2) != 0;
                    boolean expect = (v & 4) != 0;
                    boolean rsv1 = (v & 8) != 0;
                    FrameRules rules = new FrameRules();
                    if (open) {
                        assertThat(rules.next(0x02, 5, expect, expect, rsv1)).isZero();
                    }
                    int want = legal(b0, length, open, masked == expect, rsv1) ? 0 : 1002;
                    assertThat(rules.next(b0, length, masked, expect, rsv1))
                            .as("b0=%02x length=%d open=%s rsv1=%s", b0, length, open, rsv1)
                            .isEqualTo(want);
                }
            }
        }
    }

    private static boolean legal(int b0, long length, boolean open, boolean mask, boolean deflate) {
        boolean fin = b0 >= 128;
        int rsv = b0 / 16 % 8;
        int opcode = b0 % 16;
        boolean data = opcode == 1 || opcode == 2;
        boolean control = opcode == 8 || opcode == 9 || opcode == 10;
        boolean ok = mask; // 5.1
        ok &= rsv == 0 || rsv == 4 && deflate && data; // 5.2, RFC 7692 6
        ok &= data || control || opcode == 0; // 5.2
        ok &= !data || !open; // 5.4
        ok &= opcode != 0 || open; // 5.4
        ok &= !control || fin && Long.compareUnsigned(length, 125) <= 0; // 5.5
        ok &= opcode != 8 || length != 1; // 5.5.1
        return ok;
    }

    @Test
    void controlFramesBetweenFragmentsLeaveTheMessageAlone() {
        FrameRules rules = new FrameRules();
        assertThat(rules.next(0x01, 3, false, false, false)).isZero();
        assertThat(rules.open()).isTrue();
        assertThat(rules.next(0x89, 3, false, false, false)).isZero();
        assertThat(rules.messageOpcode()).isEqualTo(1);
        assertThat(rules.next(0x00, 3, false, false, false)).isZero();
        assertThat(rules.open()).isTrue();
        assertThat(rules.next(0x80, 3, false, false, false)).isZero();
        assertThat(rules.open()).isFalse();
        assertThat(rules.messageOpcode()).as("of the frame under way").isEqualTo(1);
        assertThat(rules.next(0xc2, 3, false, false, true)).isZero();
        assertThat(rules.messageOpcode()).isEqualTo(2);
        assertThat(rules.open()).isFalse();
    }

    /** What the sending side lets through, the receiving side takes, in any order of attempts. */
    @Test
    void sendRulesAgreeWithReceiveRules() {
        Random random = new Random(54);
        for (boolean client : new boolean[] {true, false}) {
            SendRules tx = new SendRules(client);
            FrameRules rx = new FrameRules();
            int sent = 0;
            for (int i = 0; i < 20_000; i++) {
                int opcode = random.nextInt(17) - 1;
                boolean fin = random.nextBoolean();
                boolean mask = random.nextInt(8) != 0 == client;
                int length = random.nextInt(3) == 0 ? 126 : 2;
                boolean open = tx.open();
                boolean ok = tx.form(opcode, mask, fin, length) && tx.sequence(opcode);
                assertThat(tx.open()).as("to ask changes nothing").isEqualTo(open);
                assertThat(ok)
                        .isEqualTo(opcode >= 0
                                && legal(
                                        (fin ? 128 : 0) + opcode,
                                        length,
                                        open,
                                        mask == client,
                                        false));
                if (ok) {
                    tx.commit(opcode, fin);
                    int b0 = (fin ? 128 : 0) | opcode;
                    assertThat(rx.next(b0, length, mask, client, false)).isZero();
                    assertThat(tx.open()).isEqualTo(rx.open());
                    assertThat(tx.messageOpcode()).isEqualTo(rx.messageOpcode());
                    sent++;
                }
            }
            assertThat(sent).isGreaterThan(1000);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "unknown-opcode-3,            3,  true,  true,  0",
        "unknown-opcode-11,           11, true,  true,  0",
        "opcode-beyond-4-bits,        16, true,  true,  0",
        "negative-opcode,             -1, true,  true,  0",
        "client-does-not-mask,        1,  false, true,  0",
        "continue-with-nothing-open,  0,  true,  true,  0",
        "ping-not-final,              9,  true,  false, 0",
        "pong-of-126,                 10, true,  true,  126",
        "close-not-final,             8,  true,  false, 2"
    })
    void refusesToSend(String name, int opcode, boolean mask, boolean fin, int length) {
        SendRules rules = new SendRules(true);
        assertThat(rules.form(opcode, mask, fin, length) && rules.sequence(opcode))
                .isFalse();
    }

    @Test
    void refusesTextInsideAnOpenMessage() {
        SendRules rules = new SendRules(false);
        rules.commit(2, false);
        assertThat(rules.sequence(1)).isFalse();
        assertThat(rules.sequence(2)).isFalse();
        assertThat(rules.sequence(9)).isTrue();
        assertThat(rules.sequence(0)).isTrue();
        rules.commit(0, true);
        assertThat(rules.sequence(1)).isTrue();
    }
}
