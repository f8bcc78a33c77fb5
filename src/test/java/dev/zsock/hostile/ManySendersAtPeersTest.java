package dev.zsock.hostile;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.hostile.Senders.Mood;
import dev.zsock.testkit.Await;
import dev.zsock.testkit.Background;
import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;
import dev.zsock.testkit.WsClient;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

@DisplayName("Sixteen threads send to an echo server while one reads and another closes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ManySendersAtPeersTest {
    private static final int ENOUGH = 250;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final int[] seen = new int[Senders.COUNT];
    private volatile int messages;
    private final Map<String, Peer> peers = new HashMap<>();

    @BeforeAll
    void start() {
        peers.put("node", Peers.nodeWs());
        peers.put("python", Peers.pythonWebsockets());
    }

    @AfterAll
    void stop() {
        peers.values().forEach(Peer::close);
    }

    @ParameterizedTest
    @CsvSource({
        "node, false, BLOCKING",
        "node, false, NONBLOCK",
        "node, true, BLOCKING",
        "node, true, TIMEOUT",
        "python, false, TIMEOUT",
        "python, true, BLOCKING",
        "python, true, NONBLOCK"
    })
    void everyMessageComesBackWholeAndInOrder(String name, boolean deflate, Mood mood)
            throws Exception {
        Arrays.fill(seen, 0);
        messages = 0;
        WebsocketRequest req = new WebsocketRequest();
        req.deflate = deflate;
        try (WsClient client = WsClient.open(peers.get(name), "/echo", req)) {
            mood.on(client.sock);
            CompletableFuture<Integer> reader = Background.supply(() -> reads(client.ws, mood));
            CompletableFuture<Void> drained = reader.thenRun(() -> drain(client.sock));
            Senders senders = new Senders(client.ws, true, mood);
            senders.start();
            Await.until("messages", LIMIT, () -> messages >= ENOUGH || reader.isDone());
            if (reader.isDone()) { // too early: say why
                assertThat(reader.get()).as(peers.get(name).output()).isZero();
            }
            mood.closing(client.sock);
            assertThat(close(client.ws) < 0 ? errno() : 0)
                    .as(peers.get(name).output())
                    .isIn(0, mood == Mood.BLOCKING ? 0 : ETIMEDOUT);
            assertThat(senders.ends()).allSatisfy(rc -> assertThat(rc).isIn(-EBADF, -EPIPE));
            assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(-EBADF);
            shutdown(client.sock, SHUT_RDWR);
            drained.get(20, TimeUnit.SECONDS); // or it would read what the number leads to next
            for (int i = 0; i < Senders.COUNT; i++) {
                assertThat(seen[i]).isLessThanOrEqualTo(senders.accepted.get(i) + 1);
            }
        }
    }

    /** What the echo server still sends: while it cannot, it does not read either. */
    private static void drain(int sock) {
        byte[] buf = new byte[64 << 10];
        while (recv(sock, buf, buf.length, 0) > 0) {}
    }

    /** Looks at every message until a call fails: the negative errno. */
    private int reads(int ws, Mood mood) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] buf = new byte[8 << 10];
        IntRef type = new IntRef();
        LongRef remaining = new LongRef();
        int kind = 0;
        while (true) {
            int rc = websocket_recv_msg(ws, buf, buf.length, type, remaining, mood.timeout());
            if (rc == -EAGAIN) {
                poll(new Pollfd[] {new Pollfd(ws, POLLIN)}, 1, 20);
                continue;
            }
            if (rc < 0) {
                return rc;
            }
            if ((type.value & WEBSOCKET_FLAG_PONG) != 0) {
                assertThat(Arrays.copyOf(buf, rc)).isEqualTo(Senders.PING);
                continue;
            }
            assertThat(type.value & WEBSOCKET_FLAG_CLOSE).as("CLOSE %s", buf[1]).isZero();
            kind |= type.value & ~WEBSOCKET_FLAG_FINAL;
            message.write(buf, 0, rc);
            if (remaining.value == 0 && (type.value & WEBSOCKET_FLAG_FINAL) != 0) {
                whole(message.toByteArray(), kind);
                message.reset();
                kind = 0;
            }
        }
    }

    private void whole(byte[] bytes, int kind) {
        if (bytes.length > 0) {
            int sender = Parcel.sender(bytes);
            assertThat(Parcel.number(bytes)).as("of sender %d", sender).isEqualTo(seen[sender]++);
            boolean text = Senders.opcode(sender) == WEBSOCKET_OPCODE_DATA_TEXT;
            assertThat(kind).isEqualTo(text ? WEBSOCKET_FLAG_TEXT : WEBSOCKET_FLAG_BINARY);
        }
        messages++;
    }
}
