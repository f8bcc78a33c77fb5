package dev.zsock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The check against the JDK's strict decoder, which alone lets U+0000 pass. */
class Utf8Test {
    private final CharsetDecoder jdk = StandardCharsets.UTF_8.newDecoder();

    private boolean expected(byte[] b) {
        for (byte one : b) {
            if (one == 0) {
                return false; // 1.5.3-2
            }
        }
        try {
            jdk.decode(ByteBuffer.wrap(b));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private void same(byte[] b) {
        byte[] placed = new byte[b.length + 2];
        System.arraycopy(b, 0, placed, 1, b.length);
        placed[b.length + 1] = (byte) 0x80; // must not be looked at
        assertThat(Utf8.valid(placed, 1, b.length)).as("%s", (Object) b).isEqualTo(expected(b));
    }

    @Test
    void allOfOneAndTwoBytes() {
        for (int i = 0; i < 1 << 16; i++) {
            same(new byte[] {(byte) i});
            same(new byte[] {(byte) (i >> 8), (byte) i});
        }
    }

    /** Three and four bytes around each border of the lead byte and of the second. */
    @Test
    void borders() {
        int[] edges = {0x00, 0x01, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};
        for (int lead = 0xdf; lead < 0x100; lead++) {
            for (int b : edges) {
                for (int c : edges) {
                    same(new byte[] {(byte) lead, (byte) b, (byte) c});
                    for (int d : edges) {
                        same(new byte[] {(byte) lead, (byte) b, (byte) c, (byte) d});
                    }
                }
            }
        }
    }

    @Test
    void mixed() {
        Random random = new Random(1);
        String alphabet = "aé€😀\ud7ff\ue000\uffff";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                text.appendCodePoint(alphabet.codePoints()
                        .skip(random.nextInt(7))
                        .findFirst()
                        .getAsInt());
            }
            byte[] b = text.toString().getBytes(StandardCharsets.UTF_8);
            if (b.length > 0 && random.nextBoolean()) {
                b[random.nextInt(b.length)] = (byte) random.nextInt(256);
            }
            same(b);
        }
    }
}
