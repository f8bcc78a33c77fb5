package dev.zsock;

import static dev.zsock.Http.*;
import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.zsock.testkit.Loopback;
import dev.zsock.uapi.HttpAbi;
import dev.zsock.uapi.HttpRequest;
import dev.zsock.uapi.SockaddrIn;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;

/** {@code http_client_req} against the JDK's HTTP server. */
@Tag("behaviour")
@Timeout(60)
class HttpTest {
    private final byte[] large = new byte[300_000];
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final HttpRequest req = new HttpRequest();
    private HttpServer server;
    private int sock;

    @BeforeEach
    void connectToServer() throws IOException {
        new Random(1).nextBytes(large);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/fixed", x -> answer(x, large.length));
        server.createContext("/chunked", x -> answer(x, 0));
        server.createContext("/echo", x -> {
            byte[] sent = x.getRequestBody().readAllBytes();
            x.getResponseHeaders().set("X-Host", x.getRequestHeaders().getFirst("Host"));
            x.sendResponseHeaders(201, sent.length);
            x.getResponseBody().write(sent);
            x.close();
        });
        server.start();
        sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
        SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, server.getAddress().getPort());
        assertThat(connect(sock, addr, SockaddrIn.SIZE)).isZero();
        req.method = HTTP_GET;
        req.protocol = "HTTP/1.1";
        req.host = "localhost";
        req.recv_buf = new byte[1024];
        req.recv_buf_len = 1024;
        req.response = (rsp, last, user_data) -> {
            if (rsp.body_frag_len > 0) {
                body.write(rsp.body_frag_start, rsp.body_frag_off, rsp.body_frag_len);
            }
            return 0;
        };
    }

    private void answer(HttpExchange exchange, int length) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", "" + length);
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, length);
            exchange.getResponseBody().write(large);
        }
        exchange.close();
    }

    @AfterEach
    void stop() {
        dev.zsock.Sockets.close(sock);
        server.stop(0);
    }

    @Test
    void receivesBodiesOfBothFramingsOnOneConnection() {
        for (String url : new String[] {"/fixed", "/chunked", "/fixed"}) {
            req.url = url;
            body.reset();
            assertThat(http_client_req(sock, req, 20_000, null)).isPositive();
            assertThat(req.internal.response.http_status_code).isEqualTo(200);
            assertThat(body.toByteArray()).isEqualTo(large);
            assertThat(req.data_len).isZero();
        }
    }

    @Test
    void sendsAPayload() {
        req.method = HttpAbi.HTTP_POST;
        req.url = "/echo";
        req.port = "80";
        req.payload = large;
        req.payload_len = large.length;
        assertThat(http_client_req(sock, req, 20_000, null)).isGreaterThan(large.length);
        assertThat(req.internal.response.http_status_code).isEqualTo(201);
        assertThat(body.toByteArray()).isEqualTo(large);
    }

    @Test
    void headHasNoBodyWhateverItsLength() {
        req.method = HttpAbi.HTTP_HEAD;
        req.url = "/fixed";
        assertThat(http_client_req(sock, req, 20_000, null)).isPositive();
        assertThat(body.size()).isZero();
        assertThat(req.internal.response.message_complete).isEqualTo(1);
    }

    @Test
    void timeoutWithoutAnAnswer() {
        req.url = "/fixed";
        SockaddrIn addr = new SockaddrIn();
        int listener = Loopback.listener(addr, 1);
        int silent = socket(AF_INET, SOCK_STREAM, 0);
        assertThat(connect(silent, addr, SockaddrIn.SIZE)).isZero();
        long before = System.nanoTime();
        assertThat(http_client_req(silent, req, 120, null)).isEqualTo(-ETIMEDOUT);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(120_000_000L);
        assertThat(http_client_req(silent, req, 0, null)).isEqualTo(-ETIMEDOUT);
        dev.zsock.Sockets.close(silent);
        dev.zsock.Sockets.close(listener);
    }

    @Test
    void badArgumentsSendNothingAndLeaveErrnoAlone() {
        req.url = "/echo";
        set_errno(0);
        assertThat(http_client_req(-1, req, 0, null)).isEqualTo(-EINVAL);
        assertThat(http_client_req(sock, null, 0, null)).isEqualTo(-EINVAL);
        assertThat(http_client_req(60_000, req, 0, null)).isEqualTo(-EBADF);
        HttpRequest copy = new HttpRequest(req);
        copy.response = null;
        assertThat(http_client_req(sock, copy, 0, null)).isEqualTo(-EINVAL);
        copy.set(req);
        copy.recv_buf = null;
        assertThat(http_client_req(sock, copy, 0, null)).isEqualTo(-EINVAL);
        copy.set(req);
        copy.recv_buf_len = 0;
        assertThat(http_client_req(sock, copy, 0, null)).isEqualTo(-EINVAL);
        copy.set(req);
        copy.url = "/ HTTP/1.1\r\nX: 1\r\n\r\n";
        assertThat(http_client_req(sock, copy, 0, null)).isEqualTo(-EINVAL);
        copy.set(req);
        copy.recv_buf_len = 1025;
        assertThatThrownBy(() -> http_client_req(sock, copy, 0, null))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(errno()).isZero();
        assertThat(http_client_req(sock, req, 20_000, null)).as("still in step").isPositive();
        assertThat(req.internal.response.http_status_code).isEqualTo(201);
    }
}
