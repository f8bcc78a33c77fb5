package dev.zsock.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.zsock.fuzz.Cuts;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Headers, rules and unmasking give the same events however the stream is cut, and a header that
 * was read is written again byte for byte. Input: flags, a seed for the cuts, then the stream.
 */
class FrameDecoderFuzzTest {
    private static final int LENIENT = 1;
    private static final int SERVER = 2;
    private static final int DEFLATE = 4;

    @FuzzTest
    void everySplitGivesTheSameEvents(byte[] input) {
        int flags = Cuts.at(input, 0);
        List<String> whole = new Reading(flags).of(Cuts.of(input, 2, 0));
        assertThat(new Reading(flags).of(Cuts.of(input, 2, Cuts.at(input, 1)))).isEqualTo(whole);
        assertThat(new Reading(flags).of(Cuts.of(input, 2, 1))).isEqualTo(whole);
    }

    /** One reading of a stream. */
    private static final class Reading {
        private final FrameDecoder decoder = new FrameDecoder();
        private final FrameRules rules = new FrameRules();
        private final List<String> events = new ArrayList<>();
        private final StringBuilder payload = new StringBuilder();
        private final int flags;
        private boolean inFrame;

        Reading(int flags) {
            this.flags = flags;
            decoder.strict = (flags & LENIENT) == 0;
        }

        List<String> of(List<byte[]> pieces) {
            for (byte[] piece : pieces) {
                ByteBuffer in = ByteBuffer.wrap(piece);
                while (in.hasRemaining() || inFrame && decoder.remaining == 0) {
                    if (!step(in)) {
                        events.add("bytes " + payload);
                        return events;
                    }
                }
            }
            events.add("bytes " + payload + " then " + decoder.state());
            return events;
        }

        private boolean step(ByteBuffer in) {
            if (!inFrame) {
                int rc = decoder.header(in);
                if (rc == FrameDecoder.NEED_MORE) {
                    assertThat(in.hasRemaining()).isFalse();
                    return true;
                }
                return rc == FrameDecoder.HEADER ? header() : refused("header", rc);
            }
            int n = in.remaining();
            n = Long.compareUnsigned(decoder.remaining, n) < 0 ? (int) decoder.remaining : n;
            byte[] bytes = new byte[n];
            in.get(bytes);
            payload.append(HexFormat.of().formatHex(unmasked(bytes)));
            decoder.at += n;
            decoder.remaining -= n;
            if (decoder.remaining == 0) {
                events.add("frame " + payload);
                payload.setLength(0);
                inFrame = false;
                decoder.frameDone();
            }
            return true;
        }

        private boolean header() {
            events.add("header " + decoder.b0 + " " + Long.toUnsignedString(decoder.length) + " "
                    + decoder.masked + " " + decoder.key);
            assertThat(decoder.remaining).isEqualTo(decoder.length);
            writtenAndReadAgain();
            boolean server = (flags & SERVER) != 0;
            if ((flags & LENIENT) == 0) {
                boolean rsv1 = (flags & DEFLATE) != 0;
                int code = rules.next(decoder.b0, decoder.length, decoder.masked, server, rsv1);
                if (code != FrameRules.OK) {
                    return refused("rules", code);
                }
                assertThat(decoder.length).isNotNegative();
            }
            inFrame = true;
            return true;
        }

        /** What we encode we decode. */
        private void writtenAndReadAgain() {
            ByteBuffer header = ByteBuffer.allocate(FrameHeader.MAX);
            FrameHeader.put(header, decoder.b0, decoder.length, decoder.masked, decoder.key);
            assertThat(header.flip().remaining())
                    .isEqualTo(FrameHeader.size(decoder.length, decoder.masked));
            FrameDecoder again = new FrameDecoder();
            again.strict = decoder.length >= 0;
            assertThat(again.header(header)).isEqualTo(FrameDecoder.HEADER);
            assertThat(header.hasRemaining()).isFalse();
            assertThat(again.b0).isEqualTo(decoder.b0);
            assertThat(again.length).isEqualTo(decoder.length);
            assertThat(again.masked).isEqualTo(decoder.masked);
            assertThat(again.key).isEqualTo(decoder.key);
        }

        private boolean refused(String by, int how) {
            events.add(by + " refused " + how);
            return false;
        }

        /** 5.3, octet by octet. */
        private byte[] unmasked(byte[] bytes) {
            byte[] plain = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                int shift = 24 - 8 * (int) ((decoder.at + i) & 3);
                plain[i] = (byte) (bytes[i] ^ decoder.key >>> shift);
            }
            return plain;
        }
    }
}
