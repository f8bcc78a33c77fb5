package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Linger;
import dev.zsock.uapi.LongRef;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.util.Arrays;

@DisplayName("websocket_recv_msg, PING, CLOSE")
@Timeout(120)
@Tag("behaviour")
class RecvMsgTest extends ClientPair {
    private static final int LIMIT = 20_000;
    private static final int UNTOUCHED = -77;
    private static final byte FILL = 0x5a;
    private static final int FINAL = WEBSOCKET_FLAG_FINAL;

    private final byte[] buf = new byte[16];
    private final IntRef type = new IntRef();
    private final LongRef left = new LongRef();

    private int receive(int n, int timeout) {
        Arrays.fill(buf, FILL);
        type.value = UNTOUCHED;
        left.value = UNTOUCHED;
        return websocket_recv_msg(ws, buf, n, type, left, timeout);
    }

    /** A count, the type, what is left, and the bytes; nothing behind them is written. */
    private void assertGets(int n, String bytes, int flags, long remaining) {
        int rc = receive(n, LIMIT);
        assertThat(rc).isEqualTo(bytes.length());
        assertThat(new String(buf, 0, rc)).isEqualTo(bytes);
        assertThat(type.value).isEqualTo(flags);
        assertThat(left.value).isEqualTo(remaining);
        assertThat(Arrays.copyOfRange(buf, rc, 16)).containsOnly(FILL);
    }

    private void assertFails(int rc) {
        assertThat(receive(16, LIMIT)).isEqualTo(rc);
        assertThat(type.value).isEqualTo(UNTOUCHED);
        assertThat(left.value).isEqualTo(UNTOUCHED);
        assertThat(buf).containsOnly(FILL);
    }

    @Test
    @DisplayName("every frame with its flags; a continuation is neither TEXT nor BINARY")
    void everyFrame() {
        put(
                peer,
                concat(
                        frame(0x01, "te"),
                        frame(0x89, "pi"),
                        frame(0x00, "x"),
                        frame(0x80, "t"),
                        frame(0x82, "bin"),
                        frame(0x8a, "po"),
                        frame(0x81, ""),
                        frame(0x02, ""),
                        frame(0x80, "")));
        assertGets(16, "te", WEBSOCKET_FLAG_TEXT, 0);
        assertGets(16, "pi", WEBSOCKET_FLAG_PING | FINAL, 0);
        assertGets(16, "x", 0, 0);
        assertGets(16, "t", FINAL, 0);
        assertGets(16, "bin", WEBSOCKET_FLAG_BINARY | FINAL, 0);
        assertGets(16, "po", WEBSOCKET_FLAG_PONG | FINAL, 0);
        assertGets(16, "", WEBSOCKET_FLAG_TEXT | FINAL, 0);
        assertGets(16, "", WEBSOCKET_FLAG_BINARY, 0);
        assertGets(16, "", FINAL, 0);
        assertThat(receive(16, 0)).isEqualTo(-EAGAIN);
    }

    @Test
    @DisplayName("pieces: until the frame ends, the buffer is full or the deadline comes")
    void pieces() {
        int flags = WEBSOCKET_FLAG_BINARY | FINAL;
        put(peer, frame(0x82, "abcdefghij"));
        assertGets(4, "abcd", flags, 6);
        assertGets(4, "efgh", flags, 2);
        assertGets(4, "ij", flags, 0);
        put(peer, bytes(0x82, 4, 'a', 'b'));
        awaitCome(pair.clientTransport, 4);
        assertThat(receive(16, 30)).isEqualTo(2);
        assertThat(type.value).isEqualTo(flags);
        assertThat(left.value).isEqualTo(2);
        assertThat(receive(16, 30)).isEqualTo(-EAGAIN);
        assertThat(left.value).isEqualTo(UNTOUCHED);
        put(peer, 'c');
        awaitCome(pair.clientTransport, 1);
        assertThat(receive(16, 30)).isEqualTo(1);
        put(peer, bytes('d', 0x82, 1, 'e'));
        assertGets(16, "d", flags, 0);
        assertGets(16, "e", flags, 0);
    }

    @Test
    @DisplayName("either reference may be null; a ByteBuffer's position is the receipt")
    void referencesAndBuffers() {
        put(peer, concat(frame(0x82, "abc"), frame(0x82, "d"), frame(0x82, "e"), frame(0x82, "")));
        assertThat(websocket_recv_msg(ws, buf, 5, 3, null, left, LIMIT)).isEqualTo(3);
        assertThat(new String(buf, 5, 3)).isEqualTo("abc");
        assertThat(left.value).isZero();
        assertThat(websocket_recv_msg(ws, buf, 16, type, null, LIMIT)).isEqualTo(1);
        ByteBuffer direct = ByteBuffer.allocateDirect(8).position(2);
        assertThat(websocket_recv_msg(ws, direct, null, null, LIMIT)).isEqualTo(1);
        assertThat(direct.position()).isEqualTo(3);
        assertThat(direct.get(2)).isEqualTo((byte) 'e');
        assertThat(websocket_recv_msg(ws, direct, null, null, LIMIT)).isZero();
        assertThat(websocket_recv_msg(ws, direct, null, null, 0)).isEqualTo(-EAGAIN);
        assertThat(direct.position()).isEqualTo(3);
    }

    @Test
    @DisplayName("end of the stream: what came first, then -ENOTCONN for ever")
    void endOfStream() {
        for (byte[] cut : new byte[][] {
            {}, bytes(0x82), bytes(0x82, 126, 1), bytes(0x88, 5, 3, 232), bytes(0x89, 2, 'x'),
        }) {
            closeAll();
            open();
            put(peer, concat(frame(0x81, "a"), cut));
            assertThat(shutdown(peer, SHUT_WR)).isZero();
            assertGets(16, "a", WEBSOCKET_FLAG_TEXT | FINAL, 0);
            if (cut.length > 2 && cut[0] == (byte) 0x89) {
                assertGets(16, "x", WEBSOCKET_FLAG_PING | FINAL, 1);
            }
            assertFails(-ENOTCONN);
            assertFails(-ENOTCONN);
            assertThat(recv(ws, buf, 16, 0)).isZero();
        }
        closeAll();
        open();
        put(peer, bytes(0x82, 9, 'h', 'a', 'l', 'f'));
        assertThat(shutdown(peer, SHUT_WR)).isZero();
        assertGets(2, "ha", WEBSOCKET_FLAG_BINARY | FINAL, 7);
        assertGets(16, "lf", WEBSOCKET_FLAG_BINARY | FINAL, 5);
        assertFails(-ENOTCONN);
        assertThat(send(ws, bytes('x'), 1, 0)).as("our half is open").isEqualTo(1);
    }

    @Test
    @DisplayName("a reset: what came first, then -ECONNRESET, now and on every later call")
    void reset() {
        put(peer, concat(frame(0x82, "last"), bytes(0x82, 3, 'o')));
        assertThat(setsockopt(peer, SOL_SOCKET, SO_LINGER, new Linger(1, 0))).isZero();
        assertThat(revents(ws, POLLIN, LIMIT)).isEqualTo(POLLIN); // it has come
        close(peer);
        assertGets(16, "last", WEBSOCKET_FLAG_BINARY | FINAL, 0);
        assertGets(16, "o", WEBSOCKET_FLAG_BINARY | FINAL, 2);
        assertFails(-ECONNRESET);
        assertFails(-ECONNRESET);
        assertThat(recv(ws, buf, 16, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(ECONNRESET);
        assertThat(revents(ws, POLLIN, LIMIT) & POLLIN).isEqualTo(POLLIN);
    }

    @Test
    @DisplayName(
            "CLOSE: read whole, checked, echoed once, shown by pieces; what follows is dropped")
    void closeFrame() {
        byte[] payload = bytes(3, 232, 'b', 'y', 'e');
        put(peer, concat(frame(0x81, "a"), bytes(0x88, 5, 3)));
        assertGets(16, "a", WEBSOCKET_FLAG_TEXT | FINAL, 0);
        assertThat(receive(16, 20)).as("not whole").isEqualTo(-EAGAIN);
        assertThat(revents(ws, POLLIN, 20)).isZero();
        put(peer, concat(bytes(232, 'b', 'y', 'e'), frame(0x81, "late")));
        assertThat(receive(2, LIMIT)).isEqualTo(2);
        assertThat(type.value).isEqualTo(WEBSOCKET_FLAG_CLOSE | FINAL);
        assertThat(left.value).isEqualTo(3);
        assertThat(takeAnswer(ws, peer)).as("the echo").isEqualTo(bytes(0x88, 3, 232));
        assertGets(16, "bye", WEBSOCKET_FLAG_CLOSE | FINAL, 0);
        assertFails(-ENOTCONN);
        assertThat(recv(ws, buf, 16, 0)).isZero();
        byte[] info = new byte[125];
        IntRef length = new IntRef(125);
        assertThat(getsockopt(ws, SOL_WEBSOCKET, WEBSOCKET_CLOSE_INFO, info, length))
                .isZero();
        assertThat(Arrays.copyOf(info, length.value)).isEqualTo(payload);
        int own = websocket_send_msg(ws, payload, 5, WEBSOCKET_OPCODE_CLOSE, true, true, 0);
        assertThat(own).as("the application's own, after the echo").isEqualTo(5);
        assertThat(close(ws)).isZero();
        assertSilent(peer);
    }

    @Test
    @DisplayName("at most one CLOSE leaves: not a second one after the application's own")
    void ownClose() {
        byte[] code = bytes(3, 233);
        int opcode = WEBSOCKET_OPCODE_CLOSE;
        assertThat(websocket_send_msg(ws, code, 2, opcode, true, true, LIMIT)).isEqualTo(2);
        assertThat(websocket_send_msg(ws, code, 2, opcode, true, true, LIMIT)).isEqualTo(2);
        assertThat(takeAnswer(ws, peer)).isEqualTo(bytes(0x88, 3, 233));
        assertThat(send(ws, code, 0, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EPIPE);
        put(peer, concat(frame(0x81, "on its way"), frame(0x88, code)));
        assertGets(16, "on its way", WEBSOCKET_FLAG_TEXT | FINAL, 0);
        assertThat(receive(16, LIMIT)).isEqualTo(2);
        assertThat(close(ws)).isZero();
        assertSilent(peer);
    }

    @Test
    @DisplayName(
            "a CLOSE that breaks a rule: what came first, then 1002 or 1007 and its errno once")
    void badClose() {
        byte[][] bad = {
            bytes(0x88, 1, 3),
            bytes(0x88, 2, 3, 237),
            bytes(0x88, 2, 0, 0),
            bytes(0x08, 0),
            bytes(0x88, 3, 3, 232, 0xff),
            bytes(0x88, 126, 0, 126),
        };
        for (byte[] frame : bad) {
            closeAll();
            open();
            put(peer, concat(frame(0x82, "first"), frame));
            assertGets(16, "first", WEBSOCKET_FLAG_BINARY | FINAL, 0);
            boolean text = frame.length == 5;
            assertFails(text ? -EILSEQ : -EPROTO);
            assertThat(takeAnswer(ws, peer)).isEqualTo(bytes(0x88, 3, text ? 239 : 234));
            assertFails(-ENOTCONN);
            assertThat(send(ws, buf, 0, 0)).isEqualTo(-1);
            assertThat(errno()).isEqualTo(EPIPE);
            put(pair.clientTransport, 'x');
            assertThat(take(peer, 1)).as("the transport stays open").isEqualTo(bytes('x'));
        }
    }

    @Test
    @DisplayName(
            "PING is shown and the application answers; with WEBSOCKET_AUTO_PONG the library too")
    void pings() {
        put(peer, frame(0x89, "one"));
        assertGets(16, "one", WEBSOCKET_FLAG_PING | FINAL, 0);
        assertSilent(peer);
        assertThat(setsockopt(ws, SOL_WEBSOCKET, WEBSOCKET_AUTO_PONG, 1)).isZero();
        put(peer, frame(0x89, "again"));
        assertGets(2, "ag", WEBSOCKET_FLAG_PING | FINAL, 3);
        assertSilent(peer);
        assertGets(16, "ain", WEBSOCKET_FLAG_PING | FINAL, 0);
        assertThat(takeAnswer(ws, peer)).isEqualTo(concat(bytes(0x8a), "again".getBytes()));
    }
}
