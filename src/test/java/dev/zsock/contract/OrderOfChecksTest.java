package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;

@DisplayName("Order of checks; null / range")
@Timeout(120)
@Tag("behaviour")
class OrderOfChecksTest extends ClientPair {
    private static final int FREE = 60_000;
    private static final int CONTINUE = WEBSOCKET_OPCODE_CONTINUE;
    private static final int TEXT = WEBSOCKET_OPCODE_DATA_TEXT;
    private static final int BINARY = WEBSOCKET_OPCODE_DATA_BINARY;
    private static final int CLOSE = WEBSOCKET_OPCODE_CLOSE;
    private static final int PING = WEBSOCKET_OPCODE_PING;
    private static final int BAD_OPCODE = 3;

    private int tcp;
    private final byte[] two = {(byte) 0xff, (byte) 0xff};

    @BeforeEach
    void openTcp() {
        tcp = socket(AF_INET, SOCK_STREAM, 0);
    }

    @AfterEach
    void closeTcp() {
        close(tcp);
    }

    private int sends(int fd, byte[] payload, int n, int opcode, boolean mask, boolean fin) {
        return websocket_send_msg(fd, payload, n, opcode, mask, fin, 5000);
    }

    private static void assertOutOfBounds(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    @DisplayName("send_msg: opcode, fd, websocket, closed transport, mask, form, sequence, ...")
    void sendMsg() {
        byte[] long126 = new byte[126];
        assertThat(sends(-1, null, 9, BAD_OPCODE, false, false)).isEqualTo(-EINVAL);
        assertThat(sends(-1, null, 9, CONTINUE, false, false)).isEqualTo(-EBADF);
        assertThat(sends(FREE, null, 9, CONTINUE, false, false)).isEqualTo(-EBADF);
        assertThat(sends(tcp, null, 9, CONTINUE, false, false)).isEqualTo(-ENOENT);
        assertThat(sends(ws, null, 9, TEXT, false, true)).as("mask").isEqualTo(-EINVAL);
        assertThat(sends(ws, null, 9, PING, true, false)).as("form").isEqualTo(-EINVAL);
        assertThat(sends(ws, null, 126, PING, true, true)).as("length").isEqualTo(-EINVAL);
        assertThat(sends(ws, long126, 126, CLOSE, true, true)).isEqualTo(-EINVAL);
        assertThat(sends(ws, null, 9, CONTINUE, true, true)).as("sequence").isEqualTo(-EINVAL);
        assertThat(sends(ws, null, 9, TEXT, true, true)).as("null").isEqualTo(-EFAULT);
        assertThat(sends(ws, null, -1, TEXT, true, true)).as("null").isEqualTo(-EFAULT);
        assertThat(sends(ws, null, 1, CLOSE, true, true)).isEqualTo(-EFAULT);
        ByteBuffer none = null;
        assertThat(websocket_send_msg(FREE, none, TEXT, true, true, 0)).isEqualTo(-EBADF);
        assertThat(websocket_send_msg(ws, none, TEXT, false, true, 0)).isEqualTo(-EINVAL);
        assertThat(websocket_send_msg(ws, none, TEXT, true, true, 0)).isEqualTo(-EFAULT);
        assertOutOfBounds(() -> sends(ws, two, 3, TEXT, true, true));
        assertOutOfBounds(() -> sends(ws, two, 3, CLOSE, true, true));
        assertThat(sends(ws, two, 1, CLOSE, true, true)).as("CLOSE payload").isEqualTo(-EINVAL);
        assertThat(sends(ws, two, 2, CLOSE, true, true)).as("CLOSE code").isEqualTo(-EINVAL);
        assertThat(sends(ws, bytes(3, 232, 0xff), 3, CLOSE, true, true)).isEqualTo(-EILSEQ);
        assertThat(sends(ws, two, 2, TEXT, true, true)).as("UTF-8").isEqualTo(-EILSEQ);
        assertSilent(peer);
        assertThat(sends(ws, null, 0, TEXT, true, true)).as("null and 0").isZero();
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x81));
        afterClose();
    }

    /** The state comes last, a closed transport second. */
    private void afterClose() {
        assertThat(sends(ws, bytes(3, 232), 2, CLOSE, true, true)).isEqualTo(2);
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x88, 3, 232));
        assertThat(sends(ws, two, 2, TEXT, true, true)).isEqualTo(-EILSEQ);
        assertThat(sends(ws, two, 1, CLOSE, true, true)).isEqualTo(-EINVAL);
        assertOutOfBounds(() -> sends(ws, two, 3, BINARY, true, true));
        assertThat(sends(ws, two, 2, BINARY, true, true)).isEqualTo(-EPIPE);
        assertThat(sends(ws, bytes(3, 232), 2, CLOSE, true, true)).isEqualTo(2);
        assertSilent(peer);
        close(transport);
        assertThat(sends(ws, null, 9, CONTINUE, false, false)).isEqualTo(-EBADF);
        assertThat(sends(ws, null, 9, BAD_OPCODE, false, false)).isEqualTo(-EINVAL);
    }

    @Test
    @DisplayName("while a message is open: a new one of the same thread -EINVAL before null, range")
    void sequence() {
        assertThat(sends(ws, bytes('a'), 1, TEXT, true, false)).isEqualTo(1);
        assertThat(sends(ws, null, 9, BINARY, true, true)).isEqualTo(-EINVAL);
        assertThat(sends(ws, two, 9, TEXT, true, true)).isEqualTo(-EINVAL);
        assertThat(send(ws, bytes('b'), 1, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EINVAL);
        assertOutOfBounds(() -> sends(ws, two, 9, CONTINUE, true, true));
        assertThat(sends(ws, bytes(0xc3), 1, CONTINUE, true, true)).isEqualTo(-EILSEQ);
        assertThat(sends(ws, bytes(0xc3), 1, CONTINUE, true, false)).isEqualTo(1);
        assertThat(sends(ws, bytes(0xbc), 1, CONTINUE, true, true)).isEqualTo(1);
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x01, 'a'));
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x00, 0xc3));
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x80, 0xbc));
    }

    @Test
    @DisplayName("recv_msg: buf and len before fd, then range; nothing is taken or written")
    void recvMsg() {
        IntRef type = new IntRef(-7);
        LongRef left = new LongRef(-7);
        for (int fd : new int[] {-1, FREE, tcp, ws}) {
            assertThat(websocket_recv_msg(fd, null, 2, type, left, 0)).isEqualTo(-EINVAL);
            assertThat(websocket_recv_msg(fd, two, 0, type, left, 0)).isEqualTo(-EINVAL);
            assertThat(websocket_recv_msg(fd, two, -1, type, left, 0)).isEqualTo(-EINVAL);
            assertThat(websocket_recv_msg(fd, new byte[0], 0, type, left, 0)).isEqualTo(-EINVAL);
            ByteBuffer full = ByteBuffer.allocate(0);
            assertThat(websocket_recv_msg(fd, full, type, left, 0)).isEqualTo(-EINVAL);
            assertThat(websocket_recv_msg(fd, (ByteBuffer) null, type, left, 0)).isEqualTo(-EINVAL);
        }
        assertThat(websocket_recv_msg(-1, two, 9, type, left, 0)).isEqualTo(-EBADF);
        assertThat(websocket_recv_msg(tcp, two, 9, type, left, 0)).isEqualTo(-ENOENT);
        put(peer, frame(0x82, "xy"));
        assertOutOfBounds(() -> websocket_recv_msg(ws, two, 3, type, left, 1000));
        assertOutOfBounds(() -> websocket_recv_msg(ws, two, 1, 2, type, left, 1000));
        int most = Integer.MAX_VALUE;
        assertOutOfBounds(() -> websocket_recv_msg(ws, two, most, most, type, left, 1000));
        assertThat(type.value).isEqualTo(-7);
        assertThat(left.value).isEqualTo(-7);
        assertThat(websocket_recv_msg(ws, two, 2, type, left, 5000)).isEqualTo(2);
    }

    @Test
    @DisplayName("BSD calls: EBADF, then EFAULT or IndexOutOfBounds, before any effect")
    void bsdCalls() {
        for (int fd : new int[] {-1, FREE, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertBadf(send(fd, null, 9, 0));
            assertBadf(send(fd, two, 9, 0));
            assertBadf(recv(fd, null, 9, 0));
            assertBadf(recv(fd, two, 9, 0));
            assertBadf(read(fd, two, 9));
            assertBadf(write(fd, null, 9));
            assertBadf(close(fd));
            assertBadf(dup(fd));
        }
        put(peer, frame(0x81, "a"));
        assertThat(revents(ws, POLLIN, 20_000)).isEqualTo(POLLIN);
        assertFails(EFAULT, send(ws, null, 9, 0));
        assertFails(EFAULT, recv(ws, null, 9, 0));
        assertFails(EFAULT, recv(ws, (ByteBuffer) null, 0));
        assertFails(EFAULT, recv(ws, ByteBuffer.allocate(4).asReadOnlyBuffer(), 0));
        assertFails(EINVAL, recv(ws, two, 0, 0));
        assertFails(EINVAL, recv(ws, null, 0, 0));
        int most = Integer.MAX_VALUE;
        assertOutOfBounds(() -> send(ws, two, 3, 0));
        assertOutOfBounds(() -> send(ws, two, -1, 0));
        assertOutOfBounds(() -> send(ws, two, most, 2, 0));
        assertOutOfBounds(() -> recv(ws, two, most, 0));
        assertOutOfBounds(() -> recv(ws, two, 1, most, 0));
        assertOutOfBounds(() -> send(tcp, two, 1, most, 0));
        assertSilent(peer);
        assertThat(send(ws, null, 0, 0)).isZero();
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x81));
        assertThat(recv(ws, two, 2, 0)).isEqualTo(1);
    }

    private static void assertBadf(int rc) {
        assertFails(EBADF, rc);
    }

    private static void assertFails(int error, int rc) {
        assertThat(rc).isEqualTo(-1);
        assertThat(errno()).isEqualTo(error);
        set_errno(0);
    }
}
