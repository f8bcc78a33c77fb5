package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Return style, errno")
@Timeout(120)
@Tag("behaviour")
class ReturnStyleTest {
    private static final int MARK = 4711; // no call gives it
    private static final int FREE = 60_000;
    private static final int TEXT = WEBSOCKET_OPCODE_DATA_TEXT;
    private final byte[] buf = new byte[8];

    @Test
    @DisplayName("websocket_ calls give a negative errno and never touch errno()")
    void negativeErrnos() {
        set_errno(MARK);
        WebsocketRequest req = Upgrading.request();
        int tcp = socket(AF_INET, SOCK_STREAM, 0);
        int[] results = {
            websocket_connect(-1, req, 0, null),
            websocket_connect(FREE, req, 0, null),
            websocket_connect(tcp, null, 0, null),
            websocket_connect(tcp, req, 1000, null), // not connected
            websocket_connect(0, req, 0, null), // no socket
            websocket_send_msg(FREE, buf, 1, TEXT, true, true, 0),
            websocket_send_msg(tcp, buf, 1, TEXT, true, true, 0),
            websocket_recv_msg(FREE, buf, 1, null, null, 0),
            websocket_recv_msg(tcp, buf, 1, null, null, 0),
            websocket_recv_msg(tcp, null, 1, null, null, 0),
            websocket_register(-1, null, 0),
            websocket_register(FREE, null, 0),
            websocket_register(0, null, 0),
            websocket_unregister(-1),
            websocket_unregister(FREE),
            websocket_unregister(tcp),
        };
        assertThat(errno()).isEqualTo(MARK);
        assertThat(results)
                .containsExactly(
                        -EINVAL,
                        -ECONNABORTED,
                        -EINVAL,
                        -ECONNABORTED,
                        -ECONNABORTED,
                        -EBADF,
                        -ENOENT,
                        -EBADF,
                        -ENOENT,
                        -EINVAL,
                        -EINVAL,
                        -EBADF,
                        -ENOTSOCK,
                        -EINVAL,
                        -ENOENT,
                        -ENOENT);
        close(tcp);
        assertThat(errno()).as("success leaves it alone").isEqualTo(MARK);
    }

    @Test
    @DisplayName("the same on a websocket that times out, breaks and ends")
    void negativeErrnosOfAWebsocket() {
        try (WsPair pair = WsPair.openClient()) {
            int ws = pair.client;
            set_errno(MARK);
            assertThat(websocket_connect(ws, Upgrading.request(), 0, null)).isEqualTo(-EEXIST);
            assertThat(websocket_register(ws, null, 0)).isEqualTo(-EEXIST);
            assertThat(websocket_register(pair.clientTransport, null, 0)).isEqualTo(-EEXIST);
            assertThat(websocket_recv_msg(ws, buf, 8, null, null, 0)).isEqualTo(-EAGAIN);
            assertThat(websocket_recv_msg(ws, buf, 8, null, null, 10)).isEqualTo(-EAGAIN);
            assertThat(websocket_send_msg(ws, buf, 1, 5, true, true, 0)).isEqualTo(-EINVAL);
            assertThat(websocket_send_msg(ws, bytes(0xff), 1, TEXT, true, true, 0))
                    .isEqualTo(-EILSEQ);
            put(pair.serverTransport, 0xff, 0);
            assertThat(websocket_recv_msg(ws, buf, 8, null, null, 5000)).isEqualTo(-EPROTO);
            assertThat(websocket_recv_msg(ws, buf, 8, null, null, 0)).isEqualTo(-ENOTCONN);
            assertThat(websocket_send_msg(ws, buf, 1, TEXT, true, true, 0)).isEqualTo(-EPIPE);
            assertThat(close(pair.clientTransport)).isZero();
            assertThat(websocket_send_msg(ws, buf, 1, TEXT, true, true, 0)).isEqualTo(-EBADF);
            assertThat(websocket_unregister(ws)).isEqualTo(-EALREADY);
            assertThat(errno()).isEqualTo(MARK);
        }
    }

    @Test
    @DisplayName("websocket_unregister that succeeds does not touch errno() although closing fails")
    void unregister() {
        WsPair pair = WsPair.open();
        close(pair.client);
        close(pair.clientTransport);
        set_errno(MARK);
        assertThat(websocket_unregister(pair.server)).isZero();
        assertThat(errno()).isEqualTo(MARK);
        assertThat(fcntl(pair.serverTransport, F_GETFL)).isEqualTo(-1);
    }

    @Test
    @DisplayName("websocket_disconnect(ws) is close(ws): -1 and errno(); on no socket EBADF")
    void disconnect() {
        assertThat(websocket_disconnect(FREE)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EBADF);
        int[] ends = new int[2];
        assertThat(pipe(ends)).isZero();
        assertThat(websocket_disconnect(ends[0])).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EBADF);
        assertThat(fcntl(ends[0], F_GETFL)).as("the pipe is open").isNotNegative();
        close(ends[0]);
        close(ends[1]);
        int tcp = socket(AF_INET, SOCK_STREAM, 0);
        assertThat(websocket_disconnect(tcp)).isZero();
        assertThat(fcntl(tcp, F_GETFL)).isEqualTo(-1);
    }

    @Test
    @DisplayName("errno() belongs to the thread")
    void perThread() {
        set_errno(MARK);
        int other = Background.supply(() -> close(FREE) == -1 ? errno() : 0).join();
        assertThat(other).isEqualTo(EBADF);
        assertThat(errno()).isEqualTo(MARK);
    }
}
