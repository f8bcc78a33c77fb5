package dev.zsock.hostile;

import static dev.zsock.Http.http_client_req;
import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.zsock.testkit.Background;
import dev.zsock.testkit.Tries;
import dev.zsock.uapi.HttpAbi;
import dev.zsock.uapi.HttpRequest;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

@DisplayName("A server that answers without end")
@Timeout(120)
class FloodedHandshakeTest {
    private static final int TIMEOUT_MS = 200;
    private static final long LATE_MS = 2000;
    private static final long FLOOD = TimeUnit.SECONDS.toNanos(40);

    private static final String BEGIN = "HTTP/1.1 200 OK\r\n\r\n";
    private static final String BODY = "x".repeat(20);

    private final int[] sv = new int[2];
    private final AtomicBoolean ended = new AtomicBoolean();
    private CompletableFuture<Void> flood;

    private void open() {
        ended.set(false);
        assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, sv)).isZero();
    }

    private void closeAll() throws Exception {
        assertThat(flood.isDone()).as("the flood went on").isFalse();
        ended.set(true);
        close(sv[0]);
        flood.get(20, TimeUnit.SECONDS);
        close(sv[1]);
    }

    private void floods(String begin, String repeated) {
        byte[] first = begin.getBytes(US_ASCII);
        byte[] next = repeated.repeat(1000).getBytes(US_ASCII);
        flood = Background.run(() -> {
            long end = System.nanoTime() + FLOOD;
            send(sv[1], first, first.length, 0);
            while (!ended.get() && System.nanoTime() < end) {
                send(sv[1], next, next.length, 0);
            }
        });
    }

    /** A call that such a server must not keep, on a fresh connection. */
    private void keepsItsTime(String begin, String repeated, int expected, IntSupplier call)
            throws Exception {
        Tries.between(0, TIMEOUT_MS + LATE_MS - 1, () -> {
            open();
            floods(begin, repeated);
            long before = System.nanoTime();
            assertThat(call.getAsInt()).isEqualTo(expected);
            long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
            closeAll();
            return ms;
        });
    }

    @Test
    @DisplayName("with 100 Continue: websocket_connect keeps its time")
    void interimResponses() throws Exception {
        WebsocketRequest req = new WebsocketRequest();
        req.host = "localhost";
        req.url = "/";
        keepsItsTime(
                "",
                "HTTP/1.1 100 Continue\r\n\r\n",
                -ECONNABORTED,
                () -> websocket_connect(sv[0], req, TIMEOUT_MS, null));
    }

    private static HttpRequest get() {
        HttpRequest req = new HttpRequest();
        req.method = HttpAbi.HTTP_GET;
        req.url = "/";
        req.protocol = "HTTP/1.1";
        req.host = "localhost";
        req.recv_buf = new byte[16];
        req.recv_buf_len = 16;
        req.response = (response, last, data) -> 0;
        return req;
    }

    @Test
    @DisplayName("with a body: http_client_req keeps its time")
    void bodies() throws Exception {
        keepsItsTime(
                BEGIN, BODY, -ETIMEDOUT, () -> http_client_req(sv[0], get(), TIMEOUT_MS, null));
    }

    @Test
    @DisplayName("with a body: closing its socket ends http_client_req")
    void closedInside() throws Exception {
        HttpRequest req = get();
        IntRef called = new IntRef();
        req.response = (response, last, data) -> {
            called.value++;
            close(sv[0]);
            return 0;
        };
        open();
        floods(BEGIN, BODY);
        assertThat(http_client_req(sv[0], req, 60_000, null)).isEqualTo(-EBADF);
        assertThat(called.value).as("nothing was read after it").isEqualTo(1);
        closeAll();
    }

    @Test
    @DisplayName("nothing is sent on a number that a callback has closed")
    void closedByTheHeadersCallback() {
        HttpRequest req = get();
        req.header_fields = new String[] {"X-Late: 1\r\n", null};
        req.optional_headers_cb = (sock, request, data) -> {
            close(sock);
            return 0;
        };
        open();
        assertThat(http_client_req(sv[0], req, 60_000, null)).isEqualTo(-EBADF);
        byte[] got = new byte[1000];
        int n = recv(sv[1], got, got.length, 0);
        assertThat(new String(got, 0, n, US_ASCII))
                .startsWith("GET / HTTP/1.1\r\n")
                .doesNotContain("X-Late");
        assertThat(recv(sv[1], got, got.length, 0)).isZero();
        close(sv[1]);
    }
}
