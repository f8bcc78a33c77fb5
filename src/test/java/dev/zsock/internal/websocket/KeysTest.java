package dev.zsock.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.zsock.internal.file.Span;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

class KeysTest {
    @Test
    void acceptValueOfTheExampleIn_1_3() {
        assertThat(AcceptKey.expected("dGhlIHNhbXBsZSBub25jZQ=="))
                .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    /** RFC 8439 2.3.2: key 00 01 … 1f, counter 1, nonce 00:00:00:09:00:00:00:4a:00:00:00:00. */
    @Test
    void chaCha20BlockOfRfc8439() {
        int[] state = ChaCha20.newState();
        for (int i = 0; i < 8; i++) {
            state[4 + i] = 0x03020100 + 0x04040404 * i;
        }
        state[12] = 1;
        state[13] = 0x09000000;
        state[14] = 0x4a000000;
        int[] out = new int[16];
        ChaCha20.block(state, out);
        ByteBuffer stream = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        stream.asIntBuffer().put(out);
        assertThat(HexFormat.of().formatHex(stream.array()))
                .isEqualTo("10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
                        + "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e");
    }

    @Test
    void newKeysAre16BytesAndNeverTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String key = AcceptKey.newKey();
            assertThat(key).hasSize(24);
            assertThat(Base64.getDecoder().decode(key)).hasSize(16);
            assertThat(seen.add(key)).isTrue();
        }
    }

    /**
     * 10,000 draws of 32 bits: about 0.01 equal pairs are to be expected, and every bit about half
     * the time.
     */
    @Test
    void maskKeysLookRandomAcrossBatchesAndThreads() throws InterruptedException {
        Set<Integer> seen = new HashSet<>();
        int[] ones = new int[32];
        Runnable draw = () -> {
            for (int i = 0; i < 5000; i++) {
                int key = MaskKeys.next();
                seen.add(key);
                for (int b = 0; b < 32; b++) {
                    ones[b] += key >>> b & 1;
                }
            }
        };
        draw.run();
        Thread other = new Thread(draw);
        other.start();
        other.join();
        assertThat(seen).hasSizeGreaterThan(9995);
        for (int count : ones) {
            assertThat(count).isBetween(4600, 5400); // eight standard deviations
        }
    }

    @Test
    void nothingIsAllocatedForAFrame() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] payload = "some text that is long enough for a few words".getBytes();
        byte[] back = new byte[payload.length];
        ByteBuffer wire = ByteBuffer.allocateDirect(256);
        Span span = new Span();
        FrameDecoder rx = new FrameDecoder();
        FrameRules rules = new FrameRules();
        SendRules sending = new SendRules(true);
        Utf8Checker utf8 = new Utf8Checker();
        int frames = 20_000;
        long bytes = 0;
        for (int round = 0; round < 3; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < frames; i++) {
                wire.clear();
                int key = MaskKeys.next();
                if (!sending.form(1, true, true, payload.length) || !sending.sequence(1)) {
                    throw new AssertionError();
                }
                FrameHeader.put(wire, 0x81, payload.length, true, key);
                Masker.toBuffer(span.set(payload, 0, payload.length), wire, payload.length, key, 0);
                sending.commit(1, true);
                wire.flip();
                rx.header(wire);
                rules.next(rx.b0, rx.length, rx.masked, true, false);
                Masker.fromBuffer(wire, span.set(back, 0, back.length), back.length, rx.key, 0);
                utf8.check(back, 0, back.length);
                rx.frameDone();
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(back).isEqualTo(payload);
        assertThat(bytes).as("the last round, for %d frames", frames).isLessThan(1000);
    }
}
