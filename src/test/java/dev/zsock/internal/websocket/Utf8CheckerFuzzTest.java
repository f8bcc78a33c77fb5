package dev.zsock.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.zsock.fuzz.Cuts;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The JDK's decoder says whether the bytes are UTF-8 and where they stop being it, however the
 * checker is fed. Input: a seed for the cuts, then the text.
 */
class Utf8CheckerFuzzTest {
    /** Among these second bytes is one for every first byte that can be completed at all. */
    private static final int[] SECOND = {0x80, 0x90, 0xa0};

    @FuzzTest
    void agreesWithTheJdk(byte[] input) {
        byte[] text = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        int want = goodBytes(text);
        boolean complete = want == text.length && decodes(text, text.length);

        Utf8Checker whole = new Utf8Checker();
        assertThat(whole.check(text, 0, text.length)).isEqualTo(want);
        assertThat(want == text.length && whole.complete()).isEqualTo(complete);

        Utf8Checker direct = new Utf8Checker();
        ByteBuffer outside = ByteBuffer.allocateDirect(text.length).put(text).flip();
        assertThat(direct.check(outside, 0, text.length)).isEqualTo(want);

        Utf8Checker cut = new Utf8Checker();
        int good = 0;
        for (byte[] piece : Cuts.of(input, 1, Cuts.at(input, 0))) {
            int n = cut.check(piece, 0, piece.length);
            good += n;
            if (n < piece.length) {
                break;
            }
        }
        assertThat(good).isEqualTo(want);
        assertThat(good == text.length && cut.complete()).isEqualTo(complete);
    }

    /** How many bytes can be the beginning of a text, by the JDK's decoder alone. */
    private static int goodBytes(byte[] text) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(text);
        CoderResult result = decoder.decode(in, CharBuffer.allocate(text.length), false);
        int n = in.position(); // of a code point that is malformed or not complete
        assertThat(result.isOverflow()).isFalse();
        while (n < text.length && canGoOn(text, in.position(), n + 1)) {
            n++;
        }
        return n;
    }

    private static boolean canGoOn(byte[] text, int from, int to) {
        for (int length = to - from; length <= 4; length++) {
            byte[] point = Arrays.copyOfRange(text, from, from + length);
            for (int second : SECOND) {
                for (int i = to - from; i < length; i++) {
                    point[i] = (byte) (i == 1 ? second : 0x80);
                }
                if (decodes(point, length)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean decodes(byte[] text, int n) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        return !decoder.decode(ByteBuffer.wrap(text, 0, n), CharBuffer.allocate(n), true)
                .isError();
    }
}
