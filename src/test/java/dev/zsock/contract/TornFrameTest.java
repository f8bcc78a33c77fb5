package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.internal.file.Call;
import dev.zsock.testkit.OverMemory;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;

/** A kernel that stops at every byte; StuckFrameTest has the same over TCP, with threads. */
@DisplayName("Torn frames")
@Timeout(120)
class TornFrameTest {
    private static final int BINARY = WEBSOCKET_OPCODE_DATA_BINARY;
    private static final int TEXT = WEBSOCKET_OPCODE_DATA_TEXT;
    private static final int PLENTY = 1 << 20;
    private static final byte[] FIRST = pattern(130); // long enough for the 16-bit length
    private static final int FIRST_SIZE = 8 + 130;
    private static final byte[] PING = frame(0x89, "hb");

    /** The frames of a client's stream: first byte and payload of each, nothing left over. */
    private static byte[] frames(byte[] wire) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at < wire.length; ) {
            int n = wire[at + 1] & 0x7f;
            int head = n == 126 ? 8 : 6;
            n = n == 126 ? (wire[at + 2] & 0xff) << 8 | wire[at + 3] & 0xff : n;
            all.write(wire[at]);
            all.writeBytes(clear(wire, at + head, n));
            at += head + n;
        }
        return all.toByteArray();
    }

    private static OverMemory cutAt(int cut) {
        OverMemory m = new OverMemory(true);
        m.below.room = cut;
        assertThat(m.sendMsg(FIRST, BINARY, true, Call.NOW)).isEqualTo(FIRST.length);
        assertThat(m.pending()).isEqualTo(FIRST_SIZE - cut);
        return m;
    }

    private static void assertWhole(OverMemory m, byte[]... then) {
        byte[] first = concat(bytes(0x82), FIRST);
        assertThat(frames(m.below.sent())).isEqualTo(concat(first, concat(then)));
        assertThat(m.pending()).isZero();
    }

    @Test
    @DisplayName("nothing begun in time: -ETIMEDOUT, BSD EAGAIN, and nothing is left behind")
    void notBegun() {
        OverMemory m = new OverMemory(true);
        assertThat(m.sendMsg(FIRST, BINARY, true, Call.NOW)).isEqualTo(-EAGAIN);
        assertThat(m.sendMsg(FIRST, TEXT, false, Call.NOW)).as("not UTF-8").isEqualTo(-EILSEQ);
        assertThat(m.sendMsg(bytes('a'), TEXT, false, Call.NOW)).isEqualTo(-EAGAIN);
        assertThat(m.send(bytes('a'), MSG_DONTWAIT)).isEqualTo(-EAGAIN);
        m.below.sendTimeout = 0; // O_NONBLOCK
        assertThat(m.send(bytes('a'), 0)).isEqualTo(-EAGAIN);
        assertThat(m.pending()).isZero();
        m.below.room = PLENTY;
        assertThat(m.send(bytes('b'), 0)).as("no message is open").isEqualTo(1);
        assertThat(frames(m.below.sent())).isEqualTo(bytes(0x81, 'b'));
    }

    @Test
    @DisplayName("cut at every byte: accepted, and finished before the next frame")
    void nextSendFinishes() {
        for (int cut = 1; cut < FIRST_SIZE; cut++) {
            OverMemory m = cutAt(cut);
            assertThat(m.sendMsg(bytes('x'), TEXT, true, Call.NOW)).isEqualTo(-EAGAIN);
            assertThat(m.send(bytes('x'), MSG_DONTWAIT)).isEqualTo(-EAGAIN);
            m.below.room = FIRST_SIZE - cut; // the tail, and not a byte more
            assertThat(m.sendMsg(bytes('x'), TEXT, true, Call.NOW)).isEqualTo(-EAGAIN);
            assertThat(m.pending()).isZero();
            m.below.room = 3;
            assertThat(m.sendMsg(bytes('y'), TEXT, true, Call.NOW)).isEqualTo(1);
            assertThat(m.pending()).isEqualTo(4);
            m.below.room = PLENTY;
            assertThat(m.send(bytes('z'), 0)).isEqualTo(1);
            assertWhole(m, bytes(0x81, 'y', 0x81, 'z'));
        }
    }

    @Test
    @DisplayName("one byte at a time with timeout -1 leaves no tail")
    void forever() {
        OverMemory m = new OverMemory(true);
        m.below.drain = () -> m.below.room = 1;
        assertThat(m.sendMsg(FIRST, BINARY, true, Call.NEVER)).isEqualTo(FIRST.length);
        assertThat(m.pending()).isZero();
        assertWhole(m);
    }

    @ParameterizedTest
    @ValueSource(ints = {128 << 10, (128 << 10) + 1, 300_000})
    @DisplayName("frames too large for the staging buffer, in every form of timeout")
    void large(int n) {
        byte[] payload = pattern(n);
        for (long deadline : new long[] {Call.NOW, Call.afterMs(60_000), Call.NEVER}) {
            OverMemory m = new OverMemory(true);
            m.below.room = 70_000;
            m.below.drain = () -> m.below.room = 50_000;
            assertThat(m.sendMsg(payload, BINARY, true, deadline)).isEqualTo(n);
            assertThat(m.pending() > 0).isEqualTo(deadline == Call.NOW);
            m.below.room = PLENTY;
            assertThat(m.send(bytes('z'), 0)).isEqualTo(1);
            byte[] wire = m.below.sent();
            assertThat(wire[0]).isEqualTo((byte) 0x82);
            assertThat(clear(wire, LONG_HEADER, n)).isEqualTo(payload);
            assertThat(wire).hasSize(LONG_HEADER + n + 7);
        }
    }

    @Test
    @DisplayName("recv and recv_msg wait for room, too, and finish the frame")
    void receivesFinish() {
        for (int cut = 1; cut < FIRST_SIZE; cut += 7) {
            for (boolean bsd : new boolean[] {true, false}) {
                OverMemory m = cutAt(cut);
                byte[] buf = new byte[4];
                m.below.drain = () -> m.below.room = 1;
                m.below.recvTimeout = 1; // BSD calls wait, but not for ever
                int rc = bsd ? m.recv(buf, 0) : m.recvMsg(buf, Call.afterMs(60_000));
                assertThat(rc).isEqualTo(-EAGAIN);
                assertThat(m.below.awaited & POLLOUT).isEqualTo(POLLOUT);
                assertWhole(m);
            }
        }
    }

    @Test
    @DisplayName("poll waits for room, too, finishes the frame and hides POLLOUT until then")
    void pollFinishes() {
        for (int cut = 1; cut < FIRST_SIZE; cut++) {
            OverMemory m = cutAt(cut);
            assertThat(m.ws.pollEvents(POLLIN)).isEqualTo(POLLIN | POLLOUT);
            m.below.room = FIRST_SIZE - cut - 1;
            if (m.below.room > 0) {
                assertThat(m.poll(POLLIN | POLLOUT, POLLOUT)).isZero();
            }
            assertThat(m.pending()).isEqualTo(1);
            m.below.room = 1;
            assertThat(m.poll(POLLIN | POLLOUT, POLLOUT)).isEqualTo(POLLOUT);
            assertThat(m.ws.pollEvents(POLLIN)).isEqualTo(POLLIN);
            assertWhole(m);
        }
    }

    @Test
    @DisplayName("PONG and CLOSE wait for the frame boundary, the newest PONG wins")
    void owedFrames() {
        for (int cut = 1; cut < FIRST_SIZE; cut++) {
            OverMemory m = cutAt(cut);
            m.below.then(concat(frame(0x89, "old"), PING, frame(0x81, "a")));
            byte[] buf = new byte[4];
            assertThat(m.recv(buf, 0)).isEqualTo(1);
            m.below.then(frame(0x88, bytes(3, 232)));
            assertThat(m.recv(buf, 0)).isZero();
            assertThat(m.sendMsg(bytes(), TEXT, true, Call.NOW)).isEqualTo(-EPIPE);
            m.below.room = PLENTY;
            assertThat(m.recv(buf, 0)).isZero();
            assertWhole(m, bytes(0x8a, 'h', 'b', 0x88, 3, 232));
        }
    }

    @Test
    @DisplayName("a PONG that is cut itself is finished, and the newer one follows")
    void cutPong() {
        for (int cut = 1; cut < 8; cut++) {
            OverMemory m = new OverMemory(true);
            byte[] buf = new byte[4];
            m.below.room = cut;
            m.below.then(concat(frame(0x89, "p1"), frame(0x81, "a")));
            assertThat(m.recv(buf, 0)).isEqualTo(1);
            m.below.then(concat(frame(0x89, "p2"), frame(0x89, "p3"), frame(0x81, "b")));
            assertThat(m.recv(buf, 0)).isEqualTo(1);
            m.below.room = PLENTY;
            assertThat(m.send(bytes('x'), 0)).isEqualTo(1);
            byte[] all = frames(m.below.sent());
            assertThat(all).startsWith(0x8a, 'p', '1').hasSize(3 + 3 + 2).contains('p', '3');
        }
    }

    @Test
    @DisplayName("close finishes the frame and sends CLOSE, or shuts the transport down")
    void closeFinishes() {
        for (int cut = 1; cut < FIRST_SIZE; cut++) {
            OverMemory m = cutAt(cut);
            m.below.drain = () -> m.below.room = 5;
            assertThat(m.close()).isZero();
            assertWhole(m, bytes(0x88));
            assertThat(m.below.shut).isFalse();
            OverMemory stuck = cutAt(cut);
            assertThat(stuck.close()).isEqualTo(-ETIMEDOUT);
            assertThat(stuck.below.shut).isTrue();
        }
    }

    @Test
    @DisplayName("a CLOSE that could not begin leaves the transport open, one that is cut does not")
    void closeItself() {
        for (int cut = 0; cut < 6; cut++) {
            OverMemory m = new OverMemory(true);
            m.below.room = cut;
            assertThat(m.close()).isEqualTo(-ETIMEDOUT);
            assertThat(m.below.shut).isEqualTo(cut > 0);
        }
    }
}
