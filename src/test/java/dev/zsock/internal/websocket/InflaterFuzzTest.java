package dev.zsock.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.zsock.fuzz.Cuts;
import dev.zsock.internal.file.Span;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * permessage-deflate: hostile bytes inflate to what the JDK makes of them, however they are cut and
 * never past the limit; what was deflated inflates to itself, two messages in a row. Input: flags
 * (window, context), a seed for the cuts, a limit, then the message.
 */
class InflaterFuzzTest {
    private static final int KEEPS_CONTEXT = 8;
    private static final byte[] TAIL = {0, 0, -1, -1};
    private static final byte[] FINAL_BLOCK = {1, 0, 0, -1, -1};
    private static final int MOST = 1 << 18;

    /** What a message inflated to: whole when it ended as it should. */
    private record Result(byte[] bytes, int broken, boolean whole) {}

    @FuzzTest
    void inflatesAsTheJdkAtEverySplit(byte[] input) {
        List<byte[]> cut = Cuts.of(input, 3, Cuts.at(input, 1));
        Result whole = inflate(inflater(input), Cuts.of(input, 3, 0), MOST);
        same(inflate(inflater(input), cut, MOST), whole);
        likeTheJdk(Arrays.copyOfRange(input, Math.min(3, input.length), input.length), whole);

        int limit = 1 + 16 * Cuts.at(input, 2);
        Result limited = inflate(inflater(input), cut, limit);
        assertThat(limited.bytes.length).isLessThanOrEqualTo(limit);
        assertThat(limited.whole && whole.bytes.length > limit).isFalse();

        roundTrip(input, cut);
    }

    private static MessageInflater inflater(byte[] input) {
        int flags = Cuts.at(input, 0);
        return new MessageInflater(8 + (flags & 7), (flags & KEEPS_CONTEXT) != 0);
    }

    private static void same(Result other, Result whole) {
        assertThat(other.broken).isEqualTo(whole.broken);
        assertThat(other.whole).isEqualTo(whole.whole);
        assertThat(other.bytes).isEqualTo(whole.bytes);
    }

    /** 7.2.2 by the JDK in one go; a sender's own final block ends what it can be asked. */
    private static void likeTheJdk(byte[] message, Result ours) {
        if (message.length == 0) { // not even a block; taken for empty
            assertThat(ours.whole).isTrue();
            return;
        }
        byte[] all = ByteBuffer.allocate(message.length + TAIL.length + FINAL_BLOCK.length)
                .put(message)
                .put(TAIL)
                .put(FINAL_BLOCK)
                .array();
        Inflater inflater = new Inflater(true);
        byte[] out = new byte[MOST + 1];
        try {
            inflater.setInput(all);
            int n = inflater.inflate(out);
            boolean early = inflater.finished() && inflater.getRemaining() > 0;
            if (early || n > MOST) {
                return;
            }
            assertThat(ours.whole).isEqualTo(inflater.finished());
            if (ours.whole) {
                assertThat(ours.bytes).isEqualTo(Arrays.copyOf(out, n));
            }
        } catch (DataFormatException e) {
            assertThat(ours.broken).isEqualTo(CloseCodes.PROTOCOL_ERROR);
        } finally {
            inflater.end();
        }
    }

    /** Whatever the window and however the message is fragmented, twice. */
    private static void roundTrip(byte[] input, List<byte[]> fragments) {
        int flags = Cuts.at(input, 0);
        boolean keeps = (flags & KEEPS_CONTEXT) != 0;
        MessageDeflater deflater = new MessageDeflater(8 + (flags & 7), keeps);
        MessageInflater inflater = inflater(input);
        byte[] message = Arrays.copyOfRange(input, Math.min(3, input.length), input.length);
        for (int time = 0; time < 2; time++) {
            Result result = inflateFrames(inflater, deflated(deflater, fragments), MOST);
            assertThat(result.whole).isTrue();
            assertThat(result.bytes).isEqualTo(message);
        }
        deflater.close();
        inflater.close();
    }

    private static List<byte[]> deflated(MessageDeflater deflater, List<byte[]> fragments) {
        List<byte[]> plain = fragments.isEmpty() ? List.of(new byte[0]) : fragments;
        byte[][] frames = new byte[plain.size()][];
        for (int i = 0; i < frames.length; i++) {
            byte[] bytes = plain.get(i);
            Span packed = deflater.compress(
                    new Span().set(bytes, 0, bytes.length), i == 0, i == frames.length - 1);
            ByteBuffer copy = ByteBuffer.allocate(packed.remaining());
            packed.get(copy, copy.remaining());
            frames[i] = copy.array();
        }
        return List.of(frames);
    }

    /** One frame, whose payload comes in pieces. */
    private static Result inflate(MessageInflater inflater, List<byte[]> pieces, long limit) {
        FrameDecoder frame = new FrameDecoder();
        InputBuffer in = new InputBuffer(ByteBuffer.allocate(0));
        for (byte[] piece : pieces) {
            frame.remaining += piece.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        inflater.begin();
        for (byte[] piece : pieces) {
            came(in, piece);
            take(inflater, in, frame, true, limit, out);
        }
        take(inflater, in, frame, true, limit, out);
        Result result = new Result(out.toByteArray(), inflater.broken(), inflater.endsAfter(0));
        inflater.close();
        return result;
    }

    /** Each frame whole, the last final. */
    private static Result inflateFrames(MessageInflater inflater, List<byte[]> frames, long limit) {
        InputBuffer in = new InputBuffer(ByteBuffer.allocate(0));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        inflater.begin();
        for (int i = 0; i < frames.size(); i++) {
            FrameDecoder frame = new FrameDecoder();
            frame.remaining = frames.get(i).length;
            came(in, frames.get(i));
            take(inflater, in, frame, i == frames.size() - 1, limit, out);
        }
        return new Result(out.toByteArray(), inflater.broken(), inflater.endsAfter(0));
    }

    private static void came(InputBuffer in, byte[] piece) {
        for (int at = 0; at < piece.length; ) {
            Span room = in.room(piece.length - at);
            int n = Math.min(room.remaining(), piece.length - at);
            room.put(ByteBuffer.wrap(piece, at, n), n);
            in.filled(n);
            at += n;
        }
    }

    private static void take(
            MessageInflater inflater,
            InputBuffer in,
            FrameDecoder frame,
            boolean fin,
            long limit,
            ByteArrayOutputStream out) {
        while (true) {
            inflater.pump(in, frame, fin, limit);
            int n = inflater.waiting();
            if (n == 0) {
                return;
            }
            byte[] bytes = new byte[n];
            inflater.take(n, new Span().set(bytes, 0, n));
            out.writeBytes(bytes);
        }
    }
}
