package dev.zsock.internal.websocket;

import static dev.zsock.uapi.ErrnoAbi.EPROTO;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.internal.file.Span;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;

class FrameDecoderTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "rfc5.7-unmasked-hello,  810548656c6c6f,           129, 0,        48656c6c6f",
        "rfc5.7-masked-hello,    818537fa213d7f9f4d5158,   129, 37fa213d, 48656c6c6f",
        "rfc5.7-first-fragment,  010348656c,               1,   0,        48656c",
        "rfc5.7-last-fragment,   80026c6f,                 128, 0,        6c6f",
        "rfc5.7-ping,            890548656c6c6f,           137, 0,        48656c6c6f",
        "rfc5.7-masked-pong,     8a8537fa213d7f9f4d5158,   138, 37fa213d, 48656c6c6f",
        "empty-ping,             8900,                     137, 0,        ''",
        "masked-empty-close,     88800a0b0c0d,             136, 0a0b0c0d, ''",
        "key-zero,               818100000000 61,          129, 0,        61"
    })
    void decodesAtEverySplit(String name, String hex, int b0, String key, String payload) {
        byte[] w = HexFormat.of().parseHex(hex.replace(" ", ""));
        for (int cut = 0; cut <= w.length; cut++) {
            FrameDecoder rx = new FrameDecoder();
            byte[] got = new byte[64];
            Span dst = new Span().set(got, 0, 64);
            ByteBuffer wire = ByteBuffer.allocateDirect(w.length).put(w).flip();
            for (int end : new int[] {cut, w.length}) {
                wire.limit(end);
                if (rx.header(wire) == FrameDecoder.HEADER) {
                    take(rx, wire, dst);
                }
                assertThat(wire.hasRemaining()).as("left over at cut %d", cut).isFalse();
            }
            assertThat(rx.b0).isEqualTo(b0);
            assertThat(rx.key).isEqualTo(Integer.parseUnsignedInt(key, 16));
            assertThat(rx.remaining).isZero();
            assertThat(HexFormat.of().formatHex(got, 0, dst.at())).isEqualTo(payload);
            rx.frameDone();
            assertThat(rx.state()).isEqualTo(FrameDecoder.State.FIRST);
        }
    }

    private static void take(FrameDecoder rx, ByteBuffer wire, Span dst) {
        int n = (int) Math.min(rx.remaining, wire.remaining());
        Masker.fromBuffer(wire, dst, n, rx.key, rx.at);
        rx.at += n;
        rx.remaining -= n;
    }

    @ParameterizedTest(name = "5.2 {0}")
    @CsvSource({
        "length-5-in-16-bits,     817e0005",
        "length-125-in-16-bits,   817e007d",
        "length-0-in-16-bits,     827e0000",
        "length-0-in-64-bits,     827f0000000000000000",
        "length-126-in-64-bits,   827f000000000000007e",
        "length-65535-in-64-bits, 82ff000000000000ffff",
        "top-bit-of-64,           827f8000000000000000",
        "all-64-bits,             827fffffffffffffffff"
    })
    void refusesTheLengthAtEverySplit(String name, String hex) {
        byte[] w = HexFormat.of().parseHex(hex);
        for (int cut = 0; cut < w.length; cut++) {
            FrameDecoder rx = new FrameDecoder();
            ByteBuffer in = ByteBuffer.wrap(w);
            assertThat(rx.header(in.limit(cut))).isEqualTo(FrameDecoder.NEED_MORE);
            assertThat(rx.header(in.limit(w.length))).as("cut %d", cut).isEqualTo(-EPROTO);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "817e0005,             5",
        "827f0000000000000000, 0",
        "827f000000000000ffff, 65535",
        "827f8000000000000000, 9223372036854775808",
        "827fffffffffffffffff, 18446744073709551615"
    })
    void rawModeTakesAnyLength(String hex, String length) {
        FrameDecoder rx = new FrameDecoder();
        rx.strict = false;
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        assertThat(rx.header(in)).isEqualTo(FrameDecoder.HEADER);
        assertThat(Long.toUnsignedString(rx.length)).isEqualTo(length);
        assertThat(rx.remaining).isEqualTo(rx.length);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 125, 126, 127, 65535, 65536, 1L << 31, 1L << 32, Long.MAX_VALUE})
    void headersAsWrittenByTheNaiveEncoderAndByOurs(long length) {
        for (boolean masked : new boolean[] {false, true}) {
            byte[] want = naive(0x82, length, masked, 0xa1b2c3d4);
            ByteBuffer out = ByteBuffer.allocateDirect(FrameHeader.MAX + 3);
            FrameHeader.put(out, 0x82, length, masked, 0xa1b2c3d4);
            assertThat(out.position())
                    .isEqualTo(want.length)
                    .isEqualTo(FrameHeader.size(length, masked));
            byte[] got = new byte[want.length];
            out.flip().get(got);
            assertThat(got).isEqualTo(want);
            FrameDecoder rx = new FrameDecoder();
            assertThat(rx.header(ByteBuffer.wrap(want))).isEqualTo(FrameDecoder.HEADER);
            assertThat(rx.length).isEqualTo(length);
            assertThat(rx.masked).isEqualTo(masked);
            assertThat(rx.key).isEqualTo(masked ? 0xa1b2c3d4 : 0);
        }
    }

    @Test
    void lengthsAbove63BitsAreWrittenAsAsked() {
        ByteBuffer out = ByteBuffer.allocate(FrameHeader.MAX);
        FrameHeader.put(out, 0xf3, -1, true, 1);
        assertThat(out.position()).isEqualTo(14);
        assertThat(HexFormat.of().formatHex(out.array())).isEqualTo("f3ffffffffffffffffff00000001");
        assertThat(FrameHeader.size(-1, false)).isEqualTo(10);
    }

    @Test
    void randomStreamsInRandomPieces() {
        Random random = new Random(5_2);
        for (int round = 0; round < 300; round++) {
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            ByteArrayOutputStream payloads = new ByteArrayOutputStream();
            int frames = 1 + random.nextInt(6);
            for (int f = 0; f < frames; f++) {
                byte[] p = new byte[random.nextInt(4) == 0 ? random.nextInt(70_000) : f * 31];
                random.nextBytes(p);
                boolean masked = random.nextBoolean();
                int key = masked ? random.nextInt() : 0;
                wire.writeBytes(naive(0x80 | f, p.length, masked, key));
                payloads.writeBytes(p);
                for (int i = 0; i < p.length; i++) {
                    wire.write(p[i] ^ key >>> 24 - i % 4 * 8);
                }
            }
            byte[] got = new byte[payloads.size()];
            assertThat(decode(wire.toByteArray(), got, random)).isEqualTo(frames);
            assertThat(got).isEqualTo(payloads.toByteArray());
        }
    }

    private static int decode(byte[] wire, byte[] out, Random random) {
        FrameDecoder rx = new FrameDecoder();
        ByteBuffer in = ByteBuffer.allocateDirect(wire.length).put(wire).flip().limit(0);
        Span dst = new Span().set(out, 0, out.length);
        int frames = 0;
        while (true) {
            if (rx.header(in) == FrameDecoder.HEADER) {
                assertThat(rx.b0 & 0x7f).isEqualTo(frames);
                take(rx, in, dst);
                if (rx.remaining == 0) {
                    rx.frameDone();
                    frames++;
                    continue;
                }
            }
            if (in.limit() == wire.length) {
                return frames;
            }
            in.limit(Math.min(wire.length, in.limit() + 1 + random.nextInt(9000)));
        }
    }

    /** 5.2 in the RFC's words, bytes by DataOutput's rules instead of shifts. */
    private static byte[] naive(int b0, long length, boolean masked, int key) {
        ByteBuffer out = ByteBuffer.allocate(14);
        int top = masked ? 128 : 0;
        out.put((byte) b0);
        if (length <= 125) {
            out.put((byte) (top + length));
        } else if (length <= 0xffff) {
            out.put((byte) (top + 126)).putChar((char) length);
        } else {
            out.put((byte) (top + 127)).putLong(length);
        }
        if (masked) {
            out.putInt(key);
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }
}
