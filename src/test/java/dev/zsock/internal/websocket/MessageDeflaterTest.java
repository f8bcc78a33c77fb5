package dev.zsock.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import dev.zsock.internal.file.Span;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What leaves a small window's deflater, read by the JDK's inflater. */
class MessageDeflaterTest {
    private static final byte[] TAIL = {0, 0, -1, -1};

    private static byte[] inflated(Inflater inflater, byte[] packed, int room)
            throws DataFormatException {
        byte[] whole = Arrays.copyOf(packed, packed.length + TAIL.length);
        System.arraycopy(TAIL, 0, whole, packed.length, TAIL.length);
        inflater.setInput(whole);
        byte[] out = new byte[room];
        int n = 0;
        for (int more = 1; more > 0; n += more) {
            more = inflater.inflate(out, n, room - n);
        }
        return Arrays.copyOf(out, n);
    }

    private static byte[] packed(MessageDeflater deflater, byte[] plain) {
        Span span = requireNonNull(
                deflater.compress(new Span().set(plain, 0, plain.length), true, true));
        byte[] out = new byte[span.remaining()];
        System.arraycopy(requireNonNull(span.array()), span.at(), out, 0, out.length);
        return out;
    }

    /** 256 bytes to look back to: there is more to gain from rare letters than from repeats. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSmallestWindowStillPacks(boolean keepsContext) throws DataFormatException {
        MessageDeflater deflater = new MessageDeflater(DeflateParams.MIN_BITS, keepsContext);
        Inflater inflater = new Inflater(true);
        Random random = new Random(8);
        for (int size : new int[] {1 << 16, 1, 256, 0, 10_000, 1 << 17}) {
            byte[] plain = new byte[size];
            for (int i = 0; i < size; i++) {
                plain[i] = (byte) ('a' + random.nextInt(1 + random.nextInt(20)));
            }
            byte[] packed = packed(deflater, plain);
            assertThat(inflated(inflater, packed, size + 1)).isEqualTo(plain);
            if (size >= 10_000) {
                assertThat(packed.length).isLessThan(size / 2);
            }
        }
        deflater.close();
        inflater.end();
    }
}
