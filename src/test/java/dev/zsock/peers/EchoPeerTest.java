package dev.zsock.peers;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.demo.Tap;
import dev.zsock.testkit.Await;
import dev.zsock.testkit.Background;
import dev.zsock.testkit.Peer;
import dev.zsock.testkit.WsClient;
import dev.zsock.testkit.WsClient.Message;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Timeval;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Against a server of another project that knows the paths of echo.py, over IPv4 and IPv6. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
abstract class EchoPeerTest {
    private static final String V4 = "127.0.0.1";
    private static final String V6 = "::1";
    private static final int TEXT = WEBSOCKET_OPCODE_DATA_TEXT;
    private static final int BINARY = WEBSOCKET_OPCODE_DATA_BINARY;

    private final Map<String, Peer> peers = new HashMap<>();

    /** Starts the server on a literal address. */
    abstract Peer start(String host);

    /** What a reset of the server looks like from here. */
    int reset() {
        return -ECONNRESET;
    }

    @BeforeAll
    void startPeers() {
        peers.put(V4, start(V4));
        peers.put(V6, start(V6));
    }

    @AfterAll
    void stopPeers() {
        peers.values().forEach(Peer::close);
    }

    private WsClient open(String host, String path) {
        return WsClient.open(peers.get(host), path);
    }

    private static byte[] bytes(int n) {
        byte[] bytes = new byte[n];
        new Random(n).nextBytes(bytes);
        return bytes;
    }

    /** n bytes of UTF-8, of characters of every length as far as they fit. */
    private static byte[] text(int n) {
        byte[] pattern = "aé€😀".getBytes(UTF_8);
        byte[] text = new byte[n];
        Arrays.fill(text, (byte) 'z');
        for (int at = 0; at + pattern.length <= n; at += pattern.length) {
            System.arraycopy(pattern, 0, text, at, pattern.length);
        }
        return text;
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void textAndBinaryOfEveryLengthForm(String host) {
        try (WsClient client = open(host, "/echo")) {
            int[] sizes = {0, 1, 124, 125, 126, 127, 65534, 65535, 65536, 65537, 16 << 20};
            for (int size : sizes) {
                echo(client, TEXT, text(size));
                echo(client, BINARY, bytes(size));
            }
        }
    }

    private static void echo(WsClient client, int opcode, byte[] payload) {
        client.send(opcode, payload);
        Message back = client.receive();
        assertThat(back.is(opcode == TEXT ? WEBSOCKET_FLAG_TEXT : WEBSOCKET_FLAG_BINARY))
                .isTrue();
        assertThat(Arrays.equals(back.payload(), payload))
                .as(payload.length + " bytes come back")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void textByTheBsdCalls(String host) {
        try (WsClient client = open(host, "/echo")) {
            for (int size : new int[] {1, 125, 126, 65536, 16 << 20}) {
                byte[] sent = text(size);
                assertThat(send(client.ws, sent, size, 0)).isEqualTo(size);
                byte[] got = new byte[size];
                assertThat(recv(client.ws, got, size, MSG_WAITALL)).isEqualTo(size);
                assertThat(Arrays.equals(got, sent)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void fragmentsArePutTogetherThere(String host) {
        try (WsClient client = open(host, "/echo")) {
            byte[] all = text(1000);
            int cut = 123; // inside a character
            int more = WEBSOCKET_OPCODE_CONTINUE;
            int rest = all.length - cut;
            assertThat(websocket_send_msg(client.ws, all, cut, TEXT, true, false, K_FOREVER))
                    .isEqualTo(cut);
            client.send(WEBSOCKET_OPCODE_PING, bytes(3)); // 5.4: between fragments
            assertThat(websocket_send_msg(client.ws, all, cut, rest, more, true, true, K_FOREVER))
                    .isEqualTo(rest);
            Message pong = client.receive();
            assertThat(pong.is(WEBSOCKET_FLAG_PONG)).isTrue();
            assertThat(pong.payload()).isEqualTo(bytes(3));
            assertThat(client.receive().payload()).isEqualTo(all);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void pingOfThePeerIsShownAndTheApplicationAnswers(String host) {
        try (WsClient client = open(host, "/pong")) {
            Message ping = client.receive();
            assertThat(ping.is(WEBSOCKET_FLAG_PING)).isTrue();
            assertThat(ping.payload()).isEqualTo("hb".getBytes(UTF_8));
            client.send(WEBSOCKET_OPCODE_PONG, ping.payload());
            assertThat(client.receive().payload()).isEqualTo("pong hb".getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void pingOfThePeerIsAnsweredBelowTheBsdCalls(String host) {
        try (WsClient client = open(host, "/pong")) {
            byte[] buf = new byte[16];
            assertThat(recv(client.ws, buf, buf.length, 0)).isEqualTo(7);
            assertThat(new String(buf, 0, 7, UTF_8)).isEqualTo("pong hb");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void pingIsAnsweredByThePeer(String host) {
        try (WsClient client = open(host, "/echo")) {
            for (int size : new int[] {0, 1, 125}) {
                client.send(WEBSOCKET_OPCODE_PING, bytes(size));
                Message pong = client.receive();
                assertThat(pong.is(WEBSOCKET_FLAG_PONG)).isTrue();
                assertThat(pong.payload()).isEqualTo(bytes(size));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({V4 + ",1000,''", V4 + ",1001,going", V6 + ",1011,grün", V6 + ",4999,last"})
    void closedByThePeer(String host, int code, String reason) {
        byte[] payload = closePayload(code, reason);
        String path = "/close?code=" + code + "&reason=" + reason.replace("ü", "%C3%BC");
        try (WsClient client = open(host, path)) {
            client.send(TEXT, text(3));
            Message close = client.receive();
            assertThat(close.is(WEBSOCKET_FLAG_CLOSE)).isTrue();
            assertThat(close.payload()).isEqualTo(payload);
            assertOver(client, payload);
        }
        try (WsClient client = open(host, path)) {
            client.send(TEXT, text(3));
            assertThat(recv(client.ws, new byte[4], 4, 0)).isZero();
            assertOver(client, payload);
        }
    }

    private static byte[] closePayload(int code, String reason) {
        byte[] text = reason.getBytes(UTF_8);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return payload;
    }

    private static void assertOver(WsClient client, byte[] closeInfo) {
        byte[] buf = new byte[128];
        assertThat(websocket_recv_msg(client.ws, buf, buf.length, null, null, WsClient.LIMIT))
                .isEqualTo(-ENOTCONN);
        assertThat(recv(client.ws, buf, buf.length, 0)).isZero();
        assertThat(send(client.ws, buf, 1, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EPIPE);
        IntRef length = new IntRef(buf.length);
        assertThat(getsockopt(client.ws, SOL_WEBSOCKET, WEBSOCKET_CLOSE_INFO, buf, length))
                .isZero();
        assertThat(Arrays.copyOf(buf, length.value)).isEqualTo(closeInfo);
    }

    @ParameterizedTest
    @CsvSource({V4 + ",1000,", V4 + ",1001,bye", V6 + ",3000,grün"})
    void closedByUs(String host, int code, String reason) {
        byte[] payload = closePayload(code, reason == null ? "" : reason);
        try (WsClient client = open(host, "/echo")) {
            client.send(WEBSOCKET_OPCODE_CLOSE, payload);
            Message answer = client.receive();
            assertThat(answer.is(WEBSOCKET_FLAG_CLOSE)).isTrue();
            assertThat(answer.payload()).startsWith(payload[0], payload[1]); // its code, at least
            assertOver(client, answer.payload());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void goneInMidFrame(String host) {
        IntRef type = new IntRef();
        LongRef remaining = new LongRef();
        byte[] buf = new byte[8192];
        try (WsClient client = open(host, "/vanish")) {
            assertThat(websocket_recv_msg(client.ws, buf, 8192, type, remaining, WsClient.LIMIT))
                    .isEqualTo(100);
            assertThat(type.value).isEqualTo(WEBSOCKET_FLAG_BINARY | WEBSOCKET_FLAG_FINAL);
            assertThat(remaining.value).isEqualTo(4096 - 100);
            assertThat(websocket_recv_msg(client.ws, buf, 8192, type, remaining, WsClient.LIMIT))
                    .isEqualTo(-ENOTCONN);
        }
        try (WsClient client = open(host, "/vanish")) {
            assertThat(recv(client.ws, buf, buf.length, MSG_WAITALL)).isEqualTo(100);
            assertThat(recv(client.ws, buf, buf.length, 0)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void resetInMidFrame(String host) {
        byte[] buf = new byte[8192];
        try (WsClient client = open(host, "/reset")) {
            assertThat(websocket_recv_msg(client.ws, buf, 8192, null, null, WsClient.LIMIT))
                    .isEqualTo(100);
            for (int i = 0; i < 2; i++) {
                assertThat(websocket_recv_msg(client.ws, buf, 8192, null, null, WsClient.LIMIT))
                        .isEqualTo(reset());
            }
            int end = reset() == -ENOTCONN ? 0 : -1;
            assertThat(recv(client.ws, buf, buf.length, 0)).isEqualTo(end);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void whatComesRightBehindTheHandshakeIsThere(String host) {
        List<String> seen = new ArrayList<>();
        try (WsClient client = WsClient.open(peers.get(host), "/push?n=100", (ws, req, data) -> {
            seen.add(new String(WsClient.receive(ws, WsClient.LIMIT).payload(), UTF_8));
            return 0;
        })) {
            for (int i = 1; i < 100; i++) {
                assertThat(await(client, POLLIN)).isEqualTo(POLLIN);
                seen.add(new String(client.receive().payload(), UTF_8));
            }
            assertThat(seen).hasSize(100).startsWith("0", "1").endsWith("98", "99");
            assertThat(poll(pollfd(client, POLLIN), 1, 0)).isZero();
        }
    }

    private static Pollfd[] pollfd(WsClient client, int events) {
        Pollfd[] fds = Pollfd.array(1);
        fds[0].fd = client.ws;
        fds[0].events = events;
        return fds;
    }

    private static int await(WsClient client, int events) {
        Pollfd[] fds = pollfd(client, events);
        assertThat(poll(fds, 1, WsClient.LIMIT)).isEqualTo(1);
        return fds[0].revents;
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void nonBlockingWithPoll(String host) {
        byte[] sent = bytes(8 << 20);
        byte[] got = new byte[sent.length];
        LongRef remaining = new LongRef(ULLONG_MAX);
        try (WsClient client = open(host, "/echo")) {
            int flags = fcntl(client.ws, F_GETFL);
            assertThat(fcntl(client.ws, F_SETFL, flags | O_NONBLOCK)).isZero();
            int room = 64 << 10; // so that the kernel cannot take the frame at once
            assertThat(setsockopt(client.ws, SOL_SOCKET, SO_SNDBUF, room)).isZero();
            assertThat(recv(client.ws, got, 1, 0)).isEqualTo(-1);
            assertThat(errno()).isEqualTo(EAGAIN);
            int n = websocket_send_msg(client.ws, sent, sent.length, BINARY, true, true, K_NO_WAIT);
            assertThat(n).isEqualTo(sent.length);
            IntRef pending = new IntRef();
            IntRef size = new IntRef(IntRef.SIZE);
            assertThat(getsockopt(client.ws, SOL_WEBSOCKET, WEBSOCKET_PENDING, pending, size))
                    .isZero();
            assertThat(pending.value).isPositive();
            for (n = 0; remaining.value > 0; ) { // polling sends the rest of the frame, too
                assertThat(await(client, POLLIN)).isEqualTo(POLLIN);
                int rc = websocket_recv_msg(
                        client.ws, got, n, got.length - n, null, remaining, K_NO_WAIT);
                assertThat(rc).isGreaterThanOrEqualTo(0);
                n += rc;
            }
            assertThat(n).isEqualTo(sent.length);
            assertThat(Arrays.equals(got, sent)).isTrue();
            assertThat(await(client, POLLOUT)).isEqualTo(POLLOUT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void receiveTimeouts(String host) {
        byte[] buf = new byte[16];
        Timeval limit = new Timeval(0, 60_000);
        try (WsClient client = open(host, "/echo")) {
            assertThat(recv(client.ws, buf, buf.length, MSG_DONTWAIT)).isEqualTo(-1);
            assertThat(errno()).isEqualTo(EAGAIN);
            assertThat(setsockopt(client.ws, SOL_SOCKET, SO_RCVTIMEO, limit, Timeval.SIZE))
                    .isZero();
            long begin = System.nanoTime();
            assertThat(recv(client.ws, buf, buf.length, 0)).isEqualTo(-1);
            assertThat(errno()).isEqualTo(EAGAIN);
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(waited).isBetween(Duration.ofMillis(55), Duration.ofSeconds(20));
            client.send(TEXT, text(5));
            Await.until("the echo", Duration.ofSeconds(20), () -> {
                int rc = recv(client.ws, buf, buf.length, MSG_DONTWAIT);
                assertThat(rc).isIn(-1, 5);
                return rc == 5;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V4, V6})
    void sendsAndReceivesAtOnce(String host) {
        try (WsClient client = open(host, "/echo")) {
            int count = 500;
            CompletableFuture<Void> sending = Background.run(() -> {
                for (int i = 0; i < count; i++) {
                    client.send(BINARY, bytes(17 * i));
                }
            });
            for (int i = 0; i < count; i++) {
                assertThat(Arrays.equals(client.receive().payload(), bytes(17 * i)))
                        .as("message " + i)
                        .isTrue();
            }
            sending.join();
        }
    }

    @ParameterizedTest
    @CsvSource({
        V6 + ",::1,[::1]",
        V6 + ",[::1]:8080,[::1]:8080",
        V4 + ",127.0.0.1,127.0.0.1",
        V4 + ",localhost:80,localhost:80"
    })
    void hostHeader(String host, String given, String sent) throws IOException {
        Peer peer = peers.get(host);
        try (Tap tap = Tap.before(host, peer.port())) {
            int sock = WsClient.tcp(V4, tap.port());
            WebsocketRequest req = new WebsocketRequest();
            req.host = given;
            req.url = "/echo";
            int ws = websocket_connect(sock, req, WsClient.LIMIT, null);
            assertThat(ws).isGreaterThan(2);
            assertThat(tap.head(true, WsClient.LIMIT)).contains("Host: " + sent);
            assertThat(websocket_disconnect(ws)).isZero();
            assertThat(close(sock)).isZero();
        }
    }
}
