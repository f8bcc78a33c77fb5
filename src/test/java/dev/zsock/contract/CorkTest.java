package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.internal.file.Call;
import dev.zsock.testkit.OverMemory;
import dev.zsock.uapi.IntRef;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WEBSOCKET_CORK and MSG_MORE over a file in memory; CorkedStreamTest has them over TCP. */
@DisplayName("Gathered frames")
@Timeout(120)
class CorkTest {
    private static final int BINARY = WEBSOCKET_OPCODE_DATA_BINARY;
    private static final int TEXT = WEBSOCKET_OPCODE_DATA_TEXT;
    private static final int PLENTY = 1 << 20;
    private static final int FULL = (128 << 10) + 14;
    private static final byte[] A = frame(0x81, "a");
    private static final byte[] B = frame(0x82, "bb");
    private static final byte[] C = frame(0x81, "c");

    /** A server's end, whose frames are not masked. */
    private static OverMemory server(boolean corked) {
        OverMemory m = new OverMemory(false);
        m.below.room = PLENTY;
        if (corked) {
            cork(m, 1);
        }
        return m;
    }

    private static void cork(OverMemory m, int on) {
        assertThat(m.setOption(WEBSOCKET_CORK, on, 4)).isZero();
        IntRef value = new IntRef(-1);
        assertThat(m.ws.getsockopt(SOL_WEBSOCKET, WEBSOCKET_CORK, value, new IntRef(4)))
                .isZero();
        assertThat(value.value).isEqualTo(on);
    }

    private static void sendThree(OverMemory m) {
        assertThat(m.send(bytes('a'), 0)).isEqualTo(1);
        assertThat(m.sendMsg(bytes('b', 'b'), BINARY, true, Call.NEVER)).isEqualTo(2);
        assertThat(m.send(bytes('c'), MSG_DONTWAIT)).isEqualTo(1);
    }

    @Test
    @DisplayName("corked frames leave together, in order, when the cork goes")
    void leaveTogether() {
        OverMemory m = server(true);
        sendThree(m);
        assertThat(m.below.sends).isZero();
        assertThat(m.pending()).isEqualTo(A.length + B.length + C.length);
        cork(m, 0);
        assertThat(m.below.sent()).isEqualTo(concat(A, B, C));
        assertThat(m.below.sends).isEqualTo(1);
        assertThat(m.pending()).isZero();
        sendThree(m);
        assertThat(m.below.sends).as("each by itself again").isEqualTo(4);
    }

    @Test
    @DisplayName("MSG_MORE holds a frame back for the next one without it")
    void more() {
        OverMemory m = server(false);
        assertThat(m.send(bytes('a'), MSG_MORE)).isEqualTo(1);
        assertThat(m.below.sends).isZero();
        assertThat(m.sendMsg(bytes('b', 'b'), BINARY, true, Call.NEVER)).isEqualTo(2);
        assertThat(m.send(bytes('c'), 0)).isEqualTo(1);
        assertThat(m.below.sent()).isEqualTo(concat(A, B, C));
        assertThat(m.below.sends).isEqualTo(2);
    }

    @Test
    @DisplayName("a full buffer leaves by itself, one call for 128 KiB")
    void full() {
        OverMemory m = server(true);
        byte[] payload = pattern(1000);
        int frames = FULL / (1000 + 4);
        for (int i = 0; i < frames; i++) {
            assertThat(m.sendMsg(payload, BINARY, true, Call.NEVER)).isEqualTo(1000);
        }
        assertThat(m.below.sends).isZero();
        assertThat(m.sendMsg(payload, BINARY, true, Call.NEVER)).isEqualTo(1000);
        assertThat(m.below.sends).isEqualTo(1);
        assertThat(m.below.sent()).hasSize(frames * (1000 + 4));
        assertThat(m.pending()).isEqualTo(1000 + 4);
    }

    @Test
    @DisplayName("a frame larger than the buffer leaves behind those that were gathered")
    void large() {
        OverMemory m = server(true);
        assertThat(m.send(bytes('a'), 0)).isEqualTo(1);
        byte[] payload = pattern(FULL);
        assertThat(m.sendMsg(payload, BINARY, true, Call.NEVER)).isEqualTo(FULL);
        byte[] wire = m.below.sent();
        assertThat(wire).startsWith(A).endsWith(payload).hasSize(A.length + 10 + FULL);
        assertThat(m.pending()).isZero();
    }

    @Test
    @DisplayName(
            "a receive that asks the transport sends them first; one served from memory does not")
    void receiving() {
        OverMemory m = server(true);
        m.below.then(concat(masked(0x81, bytes('x')), masked(0x81, bytes('y'))));
        byte[] buf = new byte[8];
        assertThat(m.send(bytes('a'), 0)).isEqualTo(1);
        assertThat(m.recv(buf, 0)).isEqualTo(1);
        assertThat(m.below.sent()).isEqualTo(A);
        assertThat(m.send(bytes('c'), 0)).isEqualTo(1);
        assertThat(m.recvMsg(buf, Call.NOW)).isEqualTo(1);
        assertThat(m.below.sends).isEqualTo(1);
        assertThat(m.recvMsg(buf, Call.NOW)).isEqualTo(-EAGAIN);
        assertThat(m.below.sent()).isEqualTo(C);
    }

    @Test
    @DisplayName("poll sends them, and waits for room to send the rest")
    void polling() {
        OverMemory m = server(true);
        assertThat(m.send(bytes('a'), 0)).isEqualTo(1);
        assertThat(m.poll(POLLIN, 0)).isZero();
        assertThat(m.below.sent()).isEqualTo(A);
        m.below.room = 1;
        assertThat(m.send(bytes('a'), 0)).isEqualTo(1);
        assertThat(m.poll(POLLIN | POLLOUT, 0)).isZero();
        assertThat(m.ws.pollEvents(POLLIN) & POLLOUT).isEqualTo(POLLOUT);
        m.below.room = PLENTY;
        assertThat(m.poll(POLLIN | POLLOUT, POLLOUT)).isEqualTo(POLLOUT);
        assertThat(m.below.sent()).isEqualTo(A);
    }

    @Test
    @DisplayName("what the library owes the peer takes them along")
    void owed() {
        OverMemory m = server(true);
        m.below.then(concat(masked(0x89, bytes('p')), masked(0x81, bytes('x'))));
        m.below.room = 0;
        byte[] buf = new byte[8];
        assertThat(m.recv(buf, 0)).isEqualTo(1); // owes a PONG
        m.below.room = PLENTY;
        assertThat(m.send(bytes('a'), 0)).isEqualTo(1);
        assertThat(m.below.sent()).isEqualTo(concat(A, frame(0x8a, "p")));
    }

    @Test
    @DisplayName("CLOSE ends the waiting, the application's and that of close")
    void closing() {
        OverMemory m = server(true);
        assertThat(m.send(bytes('a'), 0)).isEqualTo(1);
        int close = WEBSOCKET_OPCODE_CLOSE;
        assertThat(m.sendMsg(bytes(3, 0xe8), close, true, Call.NEVER)).isEqualTo(2);
        assertThat(m.below.sent()).isEqualTo(concat(A, frame(0x88, bytes(3, 0xe8))));

        m = server(true);
        assertThat(m.send(bytes('a'), 0)).isEqualTo(1);
        assertThat(m.close()).isZero();
        assertThat(m.below.sent()).isEqualTo(concat(A, bytes(0x88, 0)));

        m = server(true);
        assertThat(m.send(bytes('a'), 0)).isEqualTo(1);
        m.below.room = 0;
        assertThat(m.close()).isEqualTo(-ETIMEDOUT);
        assertThat(m.below.shut)
                .as("accepted bytes are lost: nothing may follow")
                .isTrue();
    }

    @Test
    @DisplayName("a kernel that stops at any byte: every frame whole and in order")
    void everyCut() {
        byte[] all = concat(A, B, C);
        for (int cut = 0; cut <= all.length; cut++) {
            OverMemory m = server(true);
            sendThree(m);
            m.below.room = cut;
            cork(m, 0);
            assertThat(m.pending()).isEqualTo(all.length - cut);
            int next = m.send(bytes('d'), MSG_DONTWAIT);
            assertThat(next).isEqualTo(-EAGAIN);
            m.below.room = PLENTY;
            assertThat(m.send(bytes('d'), 0)).isEqualTo(1);
            assertThat(m.below.sent()).isEqualTo(concat(all, frame(0x81, "d")));
        }
    }

    @Test
    @DisplayName("taking the cork away waits as a send does: for ever, by SO_SNDTIMEO, or not")
    void uncorkingWaits() {
        for (long timeout : new long[] {Call.NEVER, 1_000_000_000L, 0}) {
            OverMemory m = server(true);
            sendThree(m);
            m.below.sendTimeout = timeout;
            m.below.room = 0;
            m.below.drain = () -> m.below.room = PLENTY;
            cork(m, 0);
            assertThat(m.pending()).isEqualTo(timeout == 0 ? A.length + B.length + C.length : 0);
        }
        OverMemory m = server(true);
        sendThree(m);
        m.below.sendFails = -ECONNRESET;
        assertThat(m.setOption(WEBSOCKET_CORK, 0, 4)).isEqualTo(-ECONNRESET);
    }

    @Test
    @DisplayName("a frame that finds the buffer full in vain has not begun")
    void fullInVain() {
        OverMemory m = server(true);
        byte[] payload = pattern(100_000);
        assertThat(m.sendMsg(payload, BINARY, true, Call.NOW)).isEqualTo(100_000);
        m.below.room = 50_000;
        assertThat(m.sendMsg(payload, BINARY, true, Call.NOW)).isEqualTo(-EAGAIN);
        assertThat(m.pending()).isEqualTo(100_010 - 50_000);
        assertThat(m.send(bytes('a'), MSG_DONTWAIT)).isEqualTo(-EAGAIN);
        m.below.room = PLENTY;
        cork(m, 0);
        assertThat(m.below.sent()).hasSize(100_010).endsWith(payload);
        assertThat(m.pending()).isZero();
    }

    @Test
    @DisplayName("a transport that has gone: told by the call that sends, and by every later one")
    void broken() {
        OverMemory m = server(true);
        sendThree(m);
        m.below.sendFails = -EPIPE;
        assertThat(m.sendMsg(pattern(FULL), BINARY, true, Call.NEVER)).isEqualTo(-EPIPE);
        assertThat(m.pending()).isZero();
        assertThat(m.send(bytes('a'), 0)).isEqualTo(-EPIPE);
    }

    @Test
    @DisplayName("the rules hold for gathered frames as for others")
    void rules() {
        OverMemory m = server(true);
        assertThat(m.sendMsg(bytes('a'), TEXT, false, Call.NEVER)).isEqualTo(1);
        assertThat(m.sendMsg(bytes('b'), TEXT, true, Call.NEVER)).isEqualTo(-EINVAL);
        assertThat(m.sendMsg(bytes(0xff), WEBSOCKET_OPCODE_CONTINUE, true, Call.NEVER))
                .isEqualTo(-EILSEQ);
        assertThat(m.sendMsg(bytes('c'), WEBSOCKET_OPCODE_CONTINUE, true, Call.NEVER))
                .isEqualTo(1);
        cork(m, 0);
        assertThat(m.below.sent()).isEqualTo(concat(frame(0x01, "a"), frame(0x80, "c")));
    }

    @Test
    @DisplayName("the option is an int of any value but 0 for on")
    void option() {
        OverMemory m = server(false);
        assertThat(m.setOption(WEBSOCKET_CORK, 1L, 8)).isEqualTo(-EINVAL);
        assertThat(m.setOption(WEBSOCKET_CORK, 1, 3)).isEqualTo(-EINVAL);
        assertThat(m.setOption(WEBSOCKET_CORK, null, 4)).isEqualTo(-EFAULT);
        assertThat(m.setOption(WEBSOCKET_CORK, 7, 4)).isZero();
        assertThat(m.send(bytes('a'), 0)).isEqualTo(1);
        assertThat(m.below.sends).isZero();
    }
}
