package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.WsClient;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

@DisplayName("Options at SOL_WEBSOCKET")
@Timeout(120)
@Tag("behaviour")
class OptionsTest {
    private WsPair pair;
    private int ws;
    private int peer;
    private final byte[] buf = new byte[200];

    @BeforeEach
    void open() {
        use(WsPair.openClient());
    }

    private void use(WsPair opened) {
        closeAll();
        pair = opened;
        ws = pair.client;
        peer = pair.serverTransport;
    }

    @AfterEach
    void closeAll() {
        if (pair != null) {
            pair.close();
        }
    }

    private int set(int name, Object value, int length) {
        return setsockopt(ws, SOL_WEBSOCKET, name, value, length) == 0 ? 0 : errno();
    }

    private long limit(int name) {
        LongRef value = new LongRef(-1);
        IntRef length = new IntRef(Long.BYTES);
        assertThat(getsockopt(ws, SOL_WEBSOCKET, name, value, length)).isZero();
        assertThat(length.value).isEqualTo(Long.BYTES);
        return value.value;
    }

    private int receive() {
        return receive(buf.length);
    }

    private int receive(int n) {
        return websocket_recv_msg(ws, buf, n, null, null, 20_000);
    }

    private void refused() {
        assertThat(receive()).isEqualTo(-EMSGSIZE);
        assertThat(takeAnswer(ws, peer)).isEqualTo(bytes(0x88, 1009 >> 8, 1009));
        assertThat(receive()).isEqualTo(-ENOTCONN);
        assertThat(recv(ws, buf, 1, 0)).isZero();
        assertThat(send(ws, buf, 1, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EPIPE);
    }

    @Test
    @DisplayName("MAX_FRAME: what is longer is refused by its header, what came before delivered")
    void maxFrame() {
        assertThat(limit(WEBSOCKET_MAX_FRAME)).isZero();
        assertThat(set(WEBSOCKET_MAX_FRAME, new LongRef(5), Long.BYTES)).isZero();
        assertThat(limit(WEBSOCKET_MAX_FRAME)).isEqualTo(5);
        put(peer, concat(frame(0x01, "12345"), frame(0x00, "67890"), bytes(0x80, 6)));
        assertThat(receive()).isEqualTo(5);
        assertThat(receive()).isEqualTo(5);
        refused();
    }

    @Test
    @DisplayName("MAX_MESSAGE counts the frames of a message, control frames apart")
    void maxMessage() {
        assertThat(limit(WEBSOCKET_MAX_MESSAGE)).isZero();
        assertThat(set(WEBSOCKET_MAX_MESSAGE, 10, Integer.BYTES)).isZero();
        IntRef value = new IntRef();
        assertThat(getsockopt(ws, SOL_WEBSOCKET, WEBSOCKET_MAX_MESSAGE, value)).isZero();
        assertThat(value.value).isEqualTo(10);
        put(peer, concat(frame(0x01, "12345"), frame(0x89, filled(50, 'p')), frame(0x80, "67890")));
        put(peer, concat(frame(0x82, "1234567890"), frame(0x01, "123456"), bytes(0x80, 5)));
        for (int n : new int[] {5, 50, 5, 10, 6}) {
            assertThat(receive()).isEqualTo(n);
        }
        refused();
    }

    @Test
    @DisplayName("0 is no limit; one that is set holds from the next frame on")
    void noLimit() {
        assertThat(set(WEBSOCKET_MAX_MESSAGE, new LongRef(3), Long.BYTES)).isZero();
        assertThat(set(WEBSOCKET_MAX_MESSAGE, new LongRef(0), Long.BYTES)).isZero();
        put(peer, concat(bytes(0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0), filled(100, 'x')));
        assertThat(receive(100)).isEqualTo(100);
        assertThat(set(WEBSOCKET_MAX_FRAME, 1, Integer.BYTES)).isZero();
        put(peer, filled(100, 'y'));
        assertThat(receive(100)).isEqualTo(100);
    }

    @Test
    @DisplayName("lengths beyond 2^62 add up to too much, not to little")
    void lengthsDoNotOverflow() {
        assertThat(set(WEBSOCKET_MAX_MESSAGE, new LongRef(Long.MAX_VALUE), Long.BYTES))
                .isZero();
        byte[] most = bytes(0x02, 127, 0x7f, -1, -1, -1, -1, -1, -1, -1);
        put(peer, concat(most, filled(10, 'x')));
        assertThat(receive(10)).isEqualTo(10);
    }

    @Test
    @DisplayName("what cannot be set: EINVAL, EFAULT, ENOPROTOOPT")
    void wrongValues() {
        for (int name : new int[] {WEBSOCKET_MAX_FRAME, WEBSOCKET_MAX_MESSAGE}) {
            assertThat(set(name, new LongRef(-1), Long.BYTES)).isEqualTo(EINVAL);
            assertThat(set(name, -1, Integer.BYTES)).isEqualTo(EINVAL);
            assertThat(set(name, new LongRef(1), Integer.BYTES)).isEqualTo(EINVAL);
            assertThat(set(name, 1, Long.BYTES)).isEqualTo(EINVAL);
            assertThat(set(name, "1", 1)).isEqualTo(EINVAL);
            assertThat(set(name, null, Long.BYTES)).isEqualTo(EFAULT);
        }
        assertThat(set(WEBSOCKET_PING_INTERVAL, -1, Integer.BYTES)).isEqualTo(EINVAL);
        assertThat(set(WEBSOCKET_PING_INTERVAL, new LongRef(1), Long.BYTES)).isEqualTo(EINVAL);
        assertThat(set(WEBSOCKET_AUTO_PONG, new LongRef(1), Long.BYTES)).isEqualTo(EINVAL);
        for (int name :
                new int[] {WEBSOCKET_CLOSE_INFO, WEBSOCKET_PENDING, WEBSOCKET_SUBPROTOCOL}) {
            assertThat(set(name, 1, Integer.BYTES)).isEqualTo(ENOPROTOOPT);
        }
        assertThat(set(99, 1, Integer.BYTES)).isEqualTo(ENOPROTOOPT);
        IntRef length = new IntRef(Integer.BYTES);
        assertThat(getsockopt(ws, SOL_WEBSOCKET, 99, new IntRef(), length)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(ENOPROTOOPT);
        length.value = 3;
        assertThat(getsockopt(ws, SOL_WEBSOCKET, WEBSOCKET_RAW, new IntRef(), length))
                .isEqualTo(-1);
        assertThat(errno()).isEqualTo(EINVAL);
        assertThat(getsockopt(ws, SOL_WEBSOCKET, WEBSOCKET_RAW, null, length)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EFAULT);
        assertThat(setsockopt(peer, SOL_WEBSOCKET, WEBSOCKET_MAX_FRAME, 1)).isEqualTo(-1);
        assertThat(errno()).as("no websocket").isIn(ENOPROTOOPT, EOPNOTSUPP);
    }

    private byte[] bytesOf(int name, int room) {
        byte[] value = new byte[room];
        IntRef length = new IntRef(room);
        assertThat(getsockopt(ws, SOL_WEBSOCKET, name, value, length)).isZero();
        return Arrays.copyOf(value, length.value);
    }

    @Test
    @DisplayName("CLOSE_INFO: the peer's code and reason, as they came")
    void closeInfo() {
        assertThat(bytesOf(WEBSOCKET_CLOSE_INFO, 125)).isEmpty();
        byte[] info = bytes(4006 >> 8, 4006, 'b', 'y', 'e');
        put(peer, concat(frame(0x88, info), frame(0x81, "late")));
        assertThat(recv(ws, buf, 10, 0)).isZero();
        assertThat(bytesOf(WEBSOCKET_CLOSE_INFO, 125)).isEqualTo(info);
        assertThat(bytesOf(WEBSOCKET_CLOSE_INFO, 3)).isEqualTo(Arrays.copyOf(info, 3));
        assertThat(takeAnswer(ws, peer)).isEqualTo(bytes(0x88, 4006 >> 8, 4006));
    }

    @Test
    @DisplayName("SUBPROTOCOL: what the server chose, on both ends")
    void subprotocol() {
        assertThat(bytesOf(WEBSOCKET_SUBPROTOCOL, 10)).isEmpty();
        WebsocketRequest req = new WebsocketRequest();
        req.subprotocols = new String[] {"chat", "mqtt", null, "not looked at"};
        use(WsPair.open(req, false, "mqtt", "chat"));
        assertThat(bytesOf(WEBSOCKET_SUBPROTOCOL, 10)).isEqualTo("mqtt".getBytes());
        ws = pair.server;
        assertThat(bytesOf(WEBSOCKET_SUBPROTOCOL, 10)).isEqualTo("mqtt".getBytes());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("AUTO_PONG: websocket_recv_msg shows the PING, and the library answers when set")
    void autoPong(boolean on) {
        assertThat(set(WEBSOCKET_AUTO_PONG, on ? 1 : 0, Integer.BYTES)).isZero();
        put(peer, concat(frame(0x89, "abcdef"), frame(0x81, "x")));
        IntRef type = new IntRef();
        LongRef remaining = new LongRef();
        assertThat(websocket_recv_msg(ws, buf, 4, type, remaining, 1000)).isEqualTo(4);
        assertThat(type.value).isEqualTo(WEBSOCKET_FLAG_PING | WEBSOCKET_FLAG_FINAL);
        assertThat(remaining.value).isEqualTo(2);
        assertSilent(peer);
        assertThat(websocket_recv_msg(ws, buf, 4, type, remaining, 1000)).isEqualTo(2);
        assertThat(WsClient.receive(ws, 1000).payload()).isEqualTo(bytes('x'));
        if (on) {
            assertThat(takeAnswer(ws, peer)).isEqualTo(concat(bytes(0x8a), "abcdef".getBytes()));
        }
        assertSilent(peer);
    }
}
