package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;
import static dev.zsock.zephyr.Ip.V4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The frames arrive in pieces, each its own segment, at a socket that was registered. */
@DisplayName("tests/net/socket/websocket")
@Tag("calm")
class ZephyrWebsocketTest extends SocketSuite {
    private static final int TEXT = WEBSOCKET_FLAG_TEXT | WEBSOCKET_FLAG_FINAL;
    private static final String PLAIN = "test message";
    private static final byte[] FRAME =
            HexFormat.of().parseHex("818ce17e8eb9951bfdcdc113ebca921fe9dc");
    private static final byte[] LONG =
            "All that glitters is not wire, but some of it may be. ".repeat(22).getBytes();

    private int peer;
    private int ws;
    private final IntRef type = new IntRef();
    private final LongRef remaining = new LongRef();
    private final StringBuilder text = new StringBuilder();

    @BeforeEach
    void register() {
        int listener = listening(V4, 1);
        peer = connected(V4, listener);
        setInt(peer, IPPROTO_TCP, TCP_NODELAY, 1);
        ws = websocket_register(accepted(listener), null, 0);
        assertThat(ws).isPositive();
    }

    @AfterEach
    void disconnect() {
        websocket_disconnect(ws);
    }

    /** What comes within the frame now: a count, or -EAGAIN when it is a piece of the header. */
    private int receive(byte[] segment, int room, boolean some) {
        put(peer, segment);
        byte[] buf = new byte[room];
        if (some) {
            awaitReadable(ws);
        }
        int n = websocket_recv_msg(ws, buf, room, type, remaining, 0);
        text.append(new String(buf, 0, Math.max(n, 0), StandardCharsets.US_ASCII));
        return n;
    }

    private List<Integer> counts(int size) {
        List<Integer> counts = new ArrayList<>();
        for (int at = 0; at < FRAME.length; at += size) {
            int end = Math.min(at + size, FRAME.length);
            counts.add(receive(Arrays.copyOfRange(FRAME, at, end), 1163, end > 6));
        }
        assertThat(text.toString()).isEqualTo(PLAIN);
        assertThat(remaining.value).isZero();
        assertThat(type.value).isEqualTo(TEXT);
        return counts;
    }

    @Test
    void test_recv_1_byte() {
        Integer[] expected = new Integer[18];
        Arrays.fill(expected, 0, 6, -EAGAIN);
        Arrays.fill(expected, 6, 18, 1);
        assertThat(counts(1)).containsExactly(expected);
    }

    @Test
    void test_recv_2_byte() {
        assertThat(counts(2)).containsExactly(-EAGAIN, -EAGAIN, -EAGAIN, 2, 2, 2, 2, 2, 2);
    }

    @Test
    void test_recv_3_byte() {
        assertThat(counts(3)).containsExactly(-EAGAIN, -EAGAIN, 3, 3, 3, 3);
    }

    @Test
    void test_recv_6_byte() {
        assertThat(counts(6)).containsExactly(-EAGAIN, 6, 6);
    }

    @Test
    void test_recv_7_byte() {
        assertThat(counts(7)).containsExactly(1, 7, 4);
    }

    @Test
    void test_recv_8_byte() {
        assertThat(counts(8)).containsExactly(2, 8, 2);
    }

    @Test
    void test_recv_9_byte() {
        assertThat(counts(9)).containsExactly(3, 9);
    }

    @Test
    void test_recv_10_byte() {
        assertThat(counts(10)).containsExactly(4, 8);
    }

    @Test
    void test_recv_12_byte() {
        assertThat(counts(12)).containsExactly(6, 6);
    }

    @Test
    void test_recv_whole_msg() {
        assertThat(counts(18)).containsExactly(12);
    }

    @Test
    void test_recv_two_msg() {
        byte[] both = Arrays.copyOf(FRAME, 36);
        System.arraycopy(FRAME, 0, both, 18, 18);
        assertThat(receive(Arrays.copyOf(both, 21), 1163, true)).isEqualTo(12);
        assertThat(remaining.value).isZero();
        assertThat(type.value).isEqualTo(TEXT);
        remaining.value = ULLONG_MAX;
        assertThat(receive(Arrays.copyOfRange(both, 21, 36), 1163, true)).isEqualTo(12);
        assertThat(remaining.value).isZero();
        assertThat(type.value).isEqualTo(TEXT);
        assertThat(text.toString()).isEqualTo(PLAIN + PLAIN);
    }

    @Test
    void test_recv_empty_ping() {
        byte[] masked = HexFormat.of().parseHex("898000000000"); // from a client it has a key
        remaining.value = ULLONG_MAX;
        assertThat(receive(masked, 1163, true)).isZero();
        assertThat(type.value).isEqualTo(WEBSOCKET_FLAG_PING | WEBSOCKET_FLAG_FINAL);
        assertThat(remaining.value).isZero();
    }

    @Test
    void test_recv_in_small_buffer() {
        assertThat(receive(FRAME, 7, true)).isEqualTo(7);
        assertThat(remaining.value).isEqualTo(5);
        assertThat(receive(new byte[0], 7, true)).isEqualTo(5);
        assertThat(remaining.value).isZero();
        assertThat(text.toString()).isEqualTo(PLAIN);
    }

    /** What a client's call puts on the wire. */
    private static byte[] sent(byte[] payload, int length, int opcode) {
        try (WsPair pair = WsPair.openClient()) {
            assertThat(websocket_send_msg(
                            pair.client, payload, length, opcode, true, true, SYS_FOREVER_MS))
                    .isEqualTo(length);
            byte[] wire = new byte[length + (length == 0 ? 6 : 8)];
            assertThat(recv(pair.serverTransport, wire, wire.length, MSG_WAITALL))
                    .isEqualTo(wire.length);
            return wire;
        }
    }

    @Test
    void test_send_and_recv_lorem_ipsum() {
        byte[] wire = sent(LONG, LONG.length, WEBSOCKET_OPCODE_DATA_TEXT);
        assertThat(receive(Arrays.copyOf(wire, 8), 2000, false)).isEqualTo(-EAGAIN);
        assertThat(receive(Arrays.copyOfRange(wire, 8, wire.length), 2000, true))
                .isEqualTo(LONG.length);
        assertThat(text.toString()).isEqualTo(new String(LONG));
        assertThat(remaining.value).isZero();
    }

    @Test
    void test_recv_two_large_split_msg() {
        byte[] wire = sent(LONG, LONG.length, WEBSOCKET_OPCODE_DATA_TEXT);
        int half = LONG.length / 2;
        assertThat(receive(Arrays.copyOf(wire, 8), 2000, false)).isEqualTo(-EAGAIN);
        assertThat(receive(Arrays.copyOfRange(wire, 8, 8 + half), 2000, true)).isEqualTo(half);
        assertThat(remaining.value).isEqualTo(LONG.length - half);
        assertThat(receive(Arrays.copyOfRange(wire, 8 + half, wire.length), 2000, true))
                .isEqualTo(LONG.length - half);
        assertThat(remaining.value).isZero();
        assertThat(text.toString()).isEqualTo(new String(LONG));
    }

    @Test
    void test_send_and_recv_empty_pong() {
        byte[] wire = sent(null, 0, WEBSOCKET_OPCODE_PING);
        assertThat(receive(wire, 2000, true)).isZero();
        assertThat(remaining.value).isZero();
        assertThat(type.value).isEqualTo(WEBSOCKET_FLAG_PING | WEBSOCKET_FLAG_FINAL);
    }
}
