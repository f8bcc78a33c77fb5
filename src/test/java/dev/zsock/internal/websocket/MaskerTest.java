package dev.zsock.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.internal.file.Span;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

class MaskerTest {
    private static final int MARGIN = 5;
    private static final byte GUARD = 0x5a;

    /** Where the caller's bytes are. */
    enum Memory {
        ARRAY,
        DIRECT,
        DIRECT_LITTLE_ENDIAN,
        READ_ONLY_HEAP;

        Span hold(byte[] data, int margin) {
            Span span = new Span();
            ByteBuffer buffer;
            switch (this) {
                case ARRAY:
                    return span.set(data, margin, data.length - 2 * margin);
                case READ_ONLY_HEAP:
                    buffer = ByteBuffer.wrap(data).asReadOnlyBuffer();
                    break;
                default:
                    buffer = ByteBuffer.allocateDirect(data.length).put(data);
                    if (this == DIRECT_LITTLE_ENDIAN) {
                        buffer.order(ByteOrder.LITTLE_ENDIAN);
                    }
            }
            return span.set(buffer, margin, data.length - 2 * margin);
        }

        byte[] bytes(Span span, int size) {
            byte[] array = span.array();
            ByteBuffer buffer = span.buffer();
            if (buffer == null) {
                return array;
            }
            byte[] copy = new byte[size];
            buffer.get(0, copy);
            return copy;
        }
    }

    @ParameterizedTest
    @EnumSource
    void toBufferAgreesWithTheFormulaOf_5_3(Memory memory) {
        Random random = new Random(53);
        for (int n = 0; n < 70; n++) {
            for (int at = 0; at < 9; at++) {
                int key = at == 8 ? 0 : random.nextInt();
                byte[] data = new byte[n + 2 * MARGIN];
                random.nextBytes(data);
                Span src = memory.hold(data.clone(), MARGIN);
                ByteBuffer dst = ours(n, random);

                Masker.toBuffer(src, dst, n, key, at);

                byte[] want = guarded(n);
                System.arraycopy(masked(data, MARGIN, n, key, at), 0, want, MARGIN, n);
                assertThat(content(dst)).as("n=%d at=%d", n, at).isEqualTo(want);
                assertThat(dst.position()).isEqualTo(MARGIN + n);
                assertThat(src.remaining()).isZero();
                assertThat(memory.bytes(src, data.length)).as("only read").isEqualTo(data);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "READ_ONLY_HEAP")
    void fromBufferAgreesWithTheFormulaOf_5_3(Memory memory) {
        Random random = new Random(54);
        for (int n = 0; n < 70; n++) {
            for (int at = 0; at < 9; at++) {
                int key = at == 8 ? 0 : random.nextInt();
                byte[] data = new byte[n + 2 * MARGIN];
                random.nextBytes(data);
                ByteBuffer src = ours(n, random);
                src.put(0, data);
                Span dst = memory.hold(guarded(n), MARGIN);

                Masker.fromBuffer(src, dst, n, key, at);

                byte[] want = guarded(n);
                System.arraycopy(masked(data, MARGIN, n, key, at), 0, want, MARGIN, n);
                assertThat(memory.bytes(dst, want.length))
                        .as("n=%d at=%d", n, at)
                        .isEqualTo(want);
                assertThat(src.position()).isEqualTo(MARGIN + n);
                assertThat(dst.remaining()).isZero();
                assertThat(content(src)).as("only read").isEqualTo(data);
            }
        }
    }

    @Test
    void masksTheExampleOf_5_7() {
        ByteBuffer dst = ByteBuffer.allocateDirect(5);
        Masker.toBuffer(new Span().set("Hello".getBytes(), 0, 5), dst, 5, 0x37fa213d, 0);
        assertThat(HexFormat.of().formatHex(content(dst))).isEqualTo("7f9f4d5158");
    }

    @Test
    void piecesOfAnyLengthGiveTheWhole() {
        Random random = new Random(55);
        for (int round = 0; round < 500; round++) {
            int n = random.nextInt(300);
            int key = random.nextInt();
            byte[] data = new byte[n];
            random.nextBytes(data);
            ByteBuffer wire = ByteBuffer.allocateDirect(n);
            Span src = new Span().set(data, 0, n);
            for (int at = 0; at < n; ) {
                int piece = 1 + random.nextInt(Math.min(40, n - at));
                Masker.toBuffer(src, wire, piece, key, at);
                at += piece;
            }
            assertThat(content(wire)).isEqualTo(masked(data, 0, n, key, 0));
            byte[] back = new byte[n];
            Span dst = new Span().set(back, 0, n);
            wire.flip();
            for (int at = 0; at < n; ) {
                int piece = 1 + random.nextInt(Math.min(40, n - at));
                Masker.fromBuffer(wire, dst, piece, key, at);
                at += piece;
            }
            assertThat(back).isEqualTo(data);
        }
    }

    @Test
    void payloadOffsetsBeyond32BitsKeepTheKeyInStep() {
        byte[] data = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        ByteBuffer dst = ByteBuffer.allocateDirect(9);
        Masker.toBuffer(new Span().set(data, 0, 9), dst, 9, 0x01020304, 0x1_0000_0003L);
        assertThat(content(dst)).isEqualTo(masked(data, 0, 9, 0x01020304, 3));
    }

    @Test
    void anEmptySpanWithoutMemoryIsLegal() {
        ByteBuffer dst = ByteBuffer.allocateDirect(4);
        Masker.toBuffer(new Span().set((byte[]) null, 0, 0), dst, 0, 7, 0);
        assertThat(dst.position()).isZero();
    }

    private static ByteBuffer ours(int n, Random random) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(n + 2 * MARGIN).put(guarded(n));
        buffer.order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return buffer.position(MARGIN);
    }

    private static byte[] guarded(int n) {
        byte[] bytes = new byte[n + 2 * MARGIN];
        Arrays.fill(bytes, GUARD);
        return bytes;
    }

    private static byte[] content(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.capacity()];
        buffer.get(0, copy);
        return copy;
    }

    /**
     * transformed-octet-i = original-octet-i XOR masking-key-octet-(i MOD 4), as the RFC has it.
     */
    private static byte[] masked(byte[] data, int off, int n, int key, long at) {
        byte[] octets = {(byte) (key >> 24), (byte) (key >> 16), (byte) (key >> 8), (byte) key};
        byte[] out = new byte[n];
        for (int i = 0; i < n; i++) {
            out[i] = (byte) (data[off + i] ^ octets[(int) ((at + i) % 4)]);
        }
        return out;
    }
}
