package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.HttpParserSettings;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.atomic.AtomicInteger;

@DisplayName("callbacks of websocket_connect")
@Timeout(120)
@Tag("behaviour")
class ConnectCallbackTest {
    private static final int LIMIT = 20_000;
    private static final byte[] NOTHING = {};

    private Upgrading tcp;
    private final WebsocketRequest req = Upgrading.request();

    @BeforeEach
    void open() {
        tcp = Upgrading.connect();
    }

    @AfterEach
    void closeAll() {
        tcp.close();
    }

    private int connectWs() {
        tcp.answer(NOTHING);
        return websocket_connect(tcp.sock, req, LIMIT, null);
    }

    private void assertConnects() {
        req.cb = null;
        req.http_cb = null;
        req.optional_headers_cb = null;
        int ws = connectWs();
        assertThat(ws).isGreaterThan(2);
        assertThat(close(ws)).isZero();
    }

    @Test
    @DisplayName("below 0: CLOSE sent, number freed, that value returned, a retry is possible")
    void refused() {
        AtomicInteger number = new AtomicInteger();
        req.cb = (ws, http, user) -> {
            number.set(ws);
            return -77;
        };
        assertThat(connectWs()).isEqualTo(-77);
        assertThat(tcp.take(6)[0]).isEqualTo((byte) 0x88);
        assertThat(fcntl(number.get(), F_GETFL)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EBADF);
        assertConnects();
    }

    @Test
    @DisplayName(
            "closed by the callback that returns 0: -EBADF, also when the number leads elsewhere")
    void closedInside() {
        req.cb = (ws, http, user) -> close(ws);
        assertThat(connectWs()).isEqualTo(-EBADF);
        assertThat(tcp.take(6)[0]).isEqualTo((byte) 0x88);
        int[] other = {-1};
        req.cb = (ws, http, user) -> {
            close(ws);
            other[0] = socket(AF_INET, SOCK_DGRAM, 0);
            assertThat(other[0]).isEqualTo(ws);
            return 0;
        };
        assertThat(connectWs()).isEqualTo(-EBADF);
        req.cb = (ws, http, user) -> {
            close(ws);
            return -5;
        };
        assertThat(connectWs()).isEqualTo(-5);
        assertThat(fcntl(other[0], F_GETFL)).as("the foreign socket").isNotNegative();
        close(other[0]);
        assertConnects();
    }

    @Test
    @DisplayName("an exception of the connect callback leaves neither number nor reference behind")
    void throwsAtTheEnd() {
        AtomicInteger number = new AtomicInteger();
        req.cb = (ws, http, user) -> {
            number.set(ws);
            throw new IllegalStateException("mine");
        };
        assertThatThrownBy(this::connectWs).hasMessage("mine");
        assertThat(fcntl(number.get(), F_GETFL)).isEqualTo(-1);
        assertThat(tcp.take(6)[0]).isEqualTo((byte) 0x88);
        assertConnects();
    }

    @Test
    @DisplayName("an exception during the handshake leaves the socket free for another")
    void throwsOnTheWay() {
        req.optional_headers_cb = (sock, http, user) -> {
            throw new IllegalStateException("early");
        };
        assertThatThrownBy(() -> websocket_connect(tcp.sock, req, LIMIT, null)).hasMessage("early");
        tcp.close();
        tcp = Upgrading.connect();
        req.optional_headers_cb = null;
        req.http_cb = new HttpParserSettings();
        req.http_cb.on_headers_complete = parser -> {
            throw new IllegalStateException("late");
        };
        assertThatThrownBy(this::connectWs).hasMessage("late");
        assertConnects();
    }

    /** Calls of every kind, which need the thread's own Call, scratch and staging memory. */
    private static int useEverything() {
        try (WsPair pair = WsPair.open()) {
            byte[] text = pattern(70_000);
            byte[] got = new byte[text.length];
            assertThat(websocket_send_msg(
                            pair.client,
                            text,
                            70_000,
                            WEBSOCKET_OPCODE_DATA_BINARY,
                            true,
                            true,
                            -1))
                    .isEqualTo(70_000);
            assertThat(recv(pair.server, got, 70_000, MSG_WAITALL)).isEqualTo(70_000);
            assertThat(got).isEqualTo(text);
            Pollfd[] fds = {new Pollfd(pair.client, POLLOUT)};
            assertThat(poll(fds, 1, 1000)).isEqualTo(1);
        }
        return 0;
    }

    @Test
    @DisplayName("every callback may use every call")
    void nestedCalls() {
        AtomicInteger calls = new AtomicInteger();
        req.optional_headers_cb =
                (sock, http, user) -> calls.incrementAndGet() + useEverything() - 1;
        req.http_cb = new HttpParserSettings();
        req.http_cb.on_status = (parser, at, length) -> calls.incrementAndGet() + useEverything();
        req.http_cb.on_header_value = (parser, at, length) -> {
            calls.incrementAndGet();
            return useEverything();
        };
        req.cb = (ws, http, user) -> {
            byte[] first = new byte[1];
            assertThat(recv(ws, first, 1, 0)).isEqualTo(1);
            assertThat(first[0]).isEqualTo((byte) 'a');
            calls.incrementAndGet();
            return useEverything();
        };
        tcp.answer(concat(frame(0x81, "a"), frame(0x81, "b")));
        int ws = websocket_connect(tcp.sock, req, LIMIT, null);
        assertThat(ws).isGreaterThan(2);
        assertThat(calls.get()).isEqualTo(6);
        byte[] second = new byte[1];
        assertThat(recv(ws, second, 1, 0)).isEqualTo(1);
        assertThat(second[0]).isEqualTo((byte) 'b');
        assertThat(close(ws)).isZero();
    }

    @Test
    @DisplayName("closing the transport inside the handshake: -EBADF and nothing is left")
    void transportClosedInside() {
        req.http_cb = new HttpParserSettings();
        req.http_cb.on_headers_complete = parser -> close(tcp.sock);
        int free = dup(0);
        close(free);
        assertThat(connectWs()).isEqualTo(-EBADF);
        assertThat(dup(0)).isLessThanOrEqualTo(free);
        assertThat(tcp.take(1)).isEmpty();
        close(Math.min(free, tcp.sock));
    }
}
