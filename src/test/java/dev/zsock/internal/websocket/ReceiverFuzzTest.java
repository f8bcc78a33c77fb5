package dev.zsock.internal.websocket;

import static dev.zsock.uapi.ErrnoAbi.EILSEQ;
import static dev.zsock.uapi.WebsocketAbi.WEBSOCKET_FLAG_BINARY;
import static dev.zsock.uapi.WebsocketAbi.WEBSOCKET_FLAG_CLOSE;
import static dev.zsock.uapi.WebsocketAbi.WEBSOCKET_FLAG_FINAL;
import static dev.zsock.uapi.WebsocketAbi.WEBSOCKET_FLAG_TEXT;
import static dev.zsock.uapi.WebsocketAbi.WEBSOCKET_MAX_MESSAGE;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.zsock.fuzz.Cuts;
import dev.zsock.internal.file.Call;
import dev.zsock.testkit.OverMemory;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A websocket over a hostile stream: the same frames, payloads, result and CLOSE however the stream
 * is cut and whatever the size of the reader's buffer; {@code recv} gives the data of the same
 * messages. Input: flags (role, permessage-deflate and its parameters), a seed for the cuts, then
 * the stream.
 */
class ReceiverFuzzTest {
    private static final int CLIENT = 1;
    private static final int DEFLATE = 2;
    private static final int NO_CONTEXT = 4;
    private static final int BITS = 3; // of the flags: the window's bits above 8

    /** Of a message when it may be compressed: what a bomb costs the fuzzer. */
    private static final int LIMIT = 10_000;

    private static final int SMALL = 5;
    private static final int LARGE = 9000;

    /** As much of a text as may be missing at a cut code point: it may have been delivered. */
    private static final int CODE_POINT = 3;

    /** What a reader has seen. */
    private record Seen(String frames, byte[] data, int end, int closeCode) {}

    @FuzzTest
    void everySplitGivesTheSameMessages(byte[] input) {
        int flags = Cuts.at(input, 0);
        List<byte[]> cut = Cuts.of(input, 2, Cuts.at(input, 1));
        Seen whole = byFrames(flags, Cuts.of(input, 2, 0), LARGE);
        same(byFrames(flags, cut, LARGE), whole, true);
        same(byFrames(flags, cut, SMALL), whole, true);
        same(byFrames(flags, Cuts.of(input, 2, 1), SMALL), whole, true);
        same(byStream(flags, cut, SMALL), whole, false);
        same(byStream(flags, Cuts.of(input, 2, 0), LARGE), whole, false);
    }

    private static void same(Seen other, Seen whole, boolean frames) {
        if (frames) {
            assertThat(other.end).isEqualTo(whole.end);
        }
        assertThat(other.closeCode).isEqualTo(whole.closeCode);
        if (whole.end != -EILSEQ) {
            assertThat(other.data).isEqualTo(whole.data);
            if (frames) {
                assertThat(other.frames).isEqualTo(whole.frames);
            }
            return;
        }
        int n = Math.min(other.data.length, whole.data.length);
        assertThat(Arrays.copyOf(other.data, n)).isEqualTo(Arrays.copyOf(whole.data, n));
        assertThat(Math.abs(other.data.length - whole.data.length)).isLessThanOrEqualTo(CODE_POINT);
    }

    /** All of it by {@code websocket_recv_msg}. */
    private static Seen byFrames(int flags, List<byte[]> pieces, int size) {
        OverMemory memory = over(pieces, flags);
        StringBuilder frames = new StringBuilder();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        byte[] buf = new byte[size];
        boolean inside = false;
        int rc;
        while ((rc = memory.recvMsg(buf, Call.NOW)) >= 0) {
            int type = memory.type.value;
            boolean control =
                    (type & ~(WEBSOCKET_FLAG_FINAL | WEBSOCKET_FLAG_TEXT | WEBSOCKET_FLAG_BINARY))
                            != 0;
            if (!control) {
                data.write(buf, 0, rc);
            }
            frames.append(inside ? "" : "\n" + type + " ")
                    .append(HexFormat.of().formatHex(buf, 0, rc));
            inside = memory.remaining.value != 0;
            frames.append(inside ? "" : ";");
            assertThat((type & WEBSOCKET_FLAG_CLOSE) == 0 || rc <= 125).isTrue();
        }
        assertThat(memory.recvMsg(buf, Call.NOW)).isNegative();
        return seen(memory, frames.toString(), data, rc, flags);
    }

    /** The data by {@code recv}. */
    private static Seen byStream(int flags, List<byte[]> pieces, int size) {
        OverMemory memory = over(pieces, flags);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        byte[] buf = new byte[size];
        int rc;
        do {
            rc = memory.recv(buf, 0);
            data.write(buf, 0, Math.max(0, rc));
        } while (rc > 0);
        return seen(memory, "", data, rc, flags);
    }

    private static Seen seen(
            OverMemory memory, String frames, ByteArrayOutputStream data, int end, int flags) {
        int code = closeCode(memory.below.sent(), (flags & CLIENT) == 0);
        memory.ws.close();
        return new Seen(frames, data.toByteArray(), end, code);
    }

    /**
     * The code of the CLOSE that was sent, 0 for one without, -1 for none; it is the last frame.
     */
    private static int closeCode(byte[] sent, boolean server) {
        ByteBuffer in = ByteBuffer.wrap(sent);
        int code = -1;
        while (in.hasRemaining()) {
            assertThat(code).as("frames behind CLOSE").isEqualTo(-1);
            FrameDecoder decoder = new FrameDecoder();
            assertThat(decoder.header(in)).isEqualTo(FrameDecoder.HEADER);
            assertThat(decoder.masked).isEqualTo(!server);
            byte[] payload = new byte[(int) decoder.length];
            in.get(payload);
            if ((decoder.b0 & 0x0f) == 8) {
                int key = decoder.key >>> 16;
                code = payload.length < 2 ? 0 : (payload[0] & 0xff) << 8 ^ payload[1] & 0xff ^ key;
            }
        }
        return code;
    }

    /** A websocket to which these pieces come, one a receive, and then the end of the stream. */
    private static OverMemory over(List<byte[]> pieces, int flags) {
        Agreed agreed = new Agreed();
        agreed.deflate = deflate(flags);
        OverMemory memory = new OverMemory((flags & CLIENT) != 0, agreed);
        memory.below.room = Integer.MAX_VALUE;
        memory.below.recvTimeout = 0; // as O_NONBLOCK has it
        memory.below.end = 0;
        pieces.forEach(memory.below::then);
        if (agreed.deflate != null) {
            assertThat(memory.setOption(WEBSOCKET_MAX_MESSAGE, LIMIT, Integer.BYTES))
                    .isZero();
        }
        return memory;
    }

    private static DeflateParams deflate(int flags) {
        if ((flags & DEFLATE) == 0) {
            return null;
        }
        String offer = DeflateParams.NAME
                + ((flags & NO_CONTEXT) == 0
                        ? ""
                        : "; client_no_context_takeover; server_no_context_takeover")
                + "; client_max_window_bits=%1$d; server_max_window_bits=%1$d"
                        .formatted(DeflateParams.MIN_BITS + (flags >> BITS & 7));
        return DeflateParams.choose(Extensions.parse(List.of(offer)));
    }
}
