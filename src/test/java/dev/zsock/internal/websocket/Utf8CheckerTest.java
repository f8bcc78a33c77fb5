package dev.zsock.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.internal.file.Span;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Random;

class Utf8CheckerTest {
    /** What begins the encoding of some code point, learnt from the JDK's encoder. */
    private static final BitSet BEGUN = new BitSet();

    private static final BitSet WHOLE = new BitSet();

    static {
        for (int cp = 0; cp <= Character.MAX_CODE_POINT; cp++) {
            if (cp < Character.MIN_SURROGATE || cp > Character.MAX_SURROGATE) {
                byte[] b = Character.toString(cp).getBytes(StandardCharsets.UTF_8);
                for (int n = 1; n < b.length; n++) {
                    BEGUN.set(packed(b, 0, n));
                }
                WHOLE.set(packed(b, 0, b.length));
            }
        }
    }

    /**
     * Four bytes in 31 bits: no code point begins with more than f4, so that the packing stays
     * positive.
     */
    private static int packed(byte[] b, int from, int n) {
        int v = 1;
        for (int i = from; i < from + n; i++) {
            v = n < 4 ? v << 8 | b[i] & 0xff : (i == from ? b[i] & 0x07 : v << 6 | b[i] & 0x3f);
        }
        return n < 4 ? v : 1 << 25 | v;
    }

    /** How many bytes are fine, by looking every prefix up. */
    private static int oracle(byte[] b, int n) {
        int from = 0;
        for (int i = 0; i < n; i++) {
            int len = i - from + 1;
            if (len == 4 && (b[i] & 0xc0) != 0x80) {
                return i;
            }
            int p = packed(b, from, len);
            if (WHOLE.get(p)) {
                from = i + 1;
            } else if (!BEGUN.get(p)) {
                return i;
            }
        }
        return n;
    }

    @Test
    void everySequenceOfUpToThreeBytes() {
        byte[] b = new byte[3];
        Utf8Checker checker = new Utf8Checker();
        for (int v = 0; v < 1 << 24; v++) {
            b[0] = (byte) (v >> 16);
            b[1] = (byte) (v >> 8);
            b[2] = (byte) v;
            checker.reset();
            int got = checker.check(b, 0, 3);
            if (got != oracle(b, 3)) {
                assertThat(got).as(HexFormat.of().formatHex(b)).isEqualTo(oracle(b, 3));
            }
        }
    }

    @Test
    void everySequenceOfFourBytesThatBeginsAsOne() {
        byte[] b = new byte[4];
        byte[] lasts = {0x7f, (byte) 0x80, (byte) 0xbf, (byte) 0xc0, (byte) 0xff};
        Utf8Checker checker = new Utf8Checker();
        for (int v = 0xef0000; v <= 0xf5ffff; v++) {
            for (byte last : lasts) {
                b[0] = (byte) (v >> 16);
                b[1] = (byte) (v >> 8);
                b[2] = (byte) v;
                b[3] = last;
                checker.reset();
                int got = checker.check(b, 0, 4);
                if (got != oracle(b, 4)) {
                    assertThat(got).as(HexFormat.of().formatHex(b)).isEqualTo(oracle(b, 4));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "greek-then-surrogate,    cebae1bdb9cf83cebcceb5eda080656469746564, 12",
        "overlong-slash-2,        c0af,           0",
        "overlong-slash-3,        e080af,         1",
        "overlong-slash-4,        f08080af,       1",
        "overlong-U+07FF,         e09fbf,         1",
        "overlong-U+FFFF,         f08fbfbf,       1",
        "surrogate-low-end,       eda080,         1",
        "surrogate-high-end,      edbfbf,         1",
        "last-before-surrogates,  ed9fbf,         3",
        "U+10FFFF,                f48fbfbf,       4",
        "above-U+10FFFF,          f4908080,       1",
        "five-bytes,              f888808080,     0",
        "six-bytes,               fc8480808080,   0",
        "lonely-continuation,     61806162,       1",
        "cut-by-ascii,            e282616263,     2",
        "fe,                      6161616161616161fe, 8",
        "noncharacter-U+FFFE,     efbfbe,         3"
    })
    void namedCasesAtEverySplit(String name, String hex, int fine) {
        byte[] b = HexFormat.of().parseHex(hex);
        for (int cut = 0; cut <= b.length; cut++) {
            Utf8Checker checker = new Utf8Checker();
            int first = checker.check(b, 0, cut);
            int got = first < cut ? first : cut + checker.check(b, cut, b.length - cut);
            assertThat(got).as("cut %d", cut).isEqualTo(fine);
            assertThat(checker.complete()).as("cut %d", cut).isEqualTo(fine == b.length);
        }
    }

    @Test
    void aTextThatEndsInsideACodePointIsFineButNotComplete() {
        Utf8Checker checker = new Utf8Checker();
        byte[] euro = {(byte) 0xe2, (byte) 0x82, (byte) 0xac};
        assertThat(checker.check(euro, 0, 2)).isEqualTo(2);
        assertThat(checker.complete()).isFalse();
        assertThat(checker.check(euro, 2, 1)).isEqualTo(1);
        assertThat(checker.complete()).isTrue();
    }

    @Test
    void afterAFailureNothingPassesUntilReset() {
        Utf8Checker checker = new Utf8Checker();
        assertThat(checker.check(new byte[] {(byte) 0xff}, 0, 1)).isZero();
        assertThat(checker.check(new byte[] {'a'}, 0, 1)).isZero();
        assertThat(checker.check(new byte[16], 0, 16)).isZero();
        assertThat(checker.complete()).isFalse();
        checker.reset();
        assertThat(checker.check(new byte[] {'a'}, 0, 1)).isEqualTo(1);
        assertThat(checker.complete()).isTrue();
    }

    @Test
    void randomTextsInRandomPiecesFromEveryKindOfMemory() {
        Random random = new Random(3629);
        for (int round = 0; round < 20_000; round++) {
            byte[] b = text(random);
            int want = oracle(b, b.length);
            ByteBuffer direct = ByteBuffer.allocateDirect(b.length + 3).put(3, b);
            direct.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            Utf8Checker checker = new Utf8Checker();
            int at = 0;
            boolean going = true;
            while (going && at < b.length) {
                int n = 1 + random.nextInt(b.length - at);
                int fine;
                switch (random.nextInt(4)) {
                    case 0 -> fine = checker.check(b, at, n);
                    case 1 -> fine = checker.check(direct, 3 + at, n);
                    case 2 -> fine = checker.check(new Span().set(b, at, n), n);
                    default -> fine = checker.check(new Span().set(direct, 3 + at, n), n);
                }
                at += fine;
                going = fine == n;
            }
            assertThat(at).as(HexFormat.of().formatHex(b)).isEqualTo(want);
        }
    }

    /** Code points of all lengths; every second text has one byte changed. */
    private static byte[] text(Random random) {
        StringBuilder s = new StringBuilder();
        int n = random.nextInt(30);
        for (int i = 0; i < n; i++) {
            int bits = 1 + random.nextInt(20);
            int cp = random.nextInt(1 << bits);
            s.appendCodePoint(cp >= 0xd800 && cp < 0xe000 ? 'x' : cp);
        }
        byte[] b = s.toString().getBytes(StandardCharsets.UTF_8);
        if (b.length > 0 && random.nextBoolean()) {
            b[random.nextInt(b.length)] = (byte) random.nextInt(256);
        }
        return b;
    }
}
