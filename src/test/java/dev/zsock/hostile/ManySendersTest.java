package dev.zsock.hostile;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.hostile.Senders.Mood;
import dev.zsock.testkit.Await;
import dev.zsock.testkit.Background;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.Pollfd;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

@DisplayName("Sixteen threads send on one websocket while one reads and another closes")
@Tag("behaviour")
@Timeout(120)
class ManySendersTest {
    private static final int ENOUGH = 400;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private WsPair pair;

    @AfterEach
    void closeAll() {
        if (pair != null) {
            pair.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, BLOCKING",
        "true, NONBLOCK",
        "true, TIMEOUT",
        "false, BLOCKING",
        "false, NONBLOCK",
        "false, TIMEOUT"
    })
    void everyMessageIsWholeAndInOrder(boolean client, Mood mood) throws Exception {
        pair = client ? WsPair.openClient() : WsPair.openServer(false, "");
        int ws = client ? pair.client : pair.server;
        PlainEnd peer = new PlainEnd(client ? pair.serverTransport : pair.clientTransport, client);
        int sock = client ? pair.clientTransport : pair.serverTransport;
        assertThat(setsockopt(sock, SOL_SOCKET, SO_SNDBUF, 32 << 10)).isZero();
        assertThat(setsockopt(ws, SOL_WEBSOCKET, WEBSOCKET_AUTO_PONG, 1)).isZero();
        mood.on(sock);

        CompletableFuture<Void> peerEnds = Background.run(peer::run);
        CompletableFuture<Integer> reader = Background.supply(() -> reads(ws, client));
        Senders senders = new Senders(ws, client, mood);
        senders.start();
        Await.until("messages", LIMIT, () -> peer.enough(ENOUGH) || peerEnds.isDone());
        mood.closing(sock);
        int closed = close(ws) < 0 ? errno() : 0;

        assertThat(senders.ends()).allSatisfy(rc -> assertThat(rc).isIn(-EBADF, -EPIPE));
        assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(-EBADF);
        assertThat(send(ws, new byte[1], 1, 0) < 0 ? errno() : 0).isEqualTo(EBADF);
        shutdown(sock, SHUT_WR); // a CLOSE that found no room in time has not left
        peerEnds.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(closed).isIn(0, mood == Mood.BLOCKING ? 0 : ETIMEDOUT);
        looksAtWhatCame(senders, peer, closed == 0);
    }

    /** closed: all that was accepted left before the CLOSE. */
    private static void looksAtWhatCame(Senders senders, PlainEnd peer, boolean closed) {
        assertThat(peer.close != null).as("CLOSE has come").isEqualTo(closed);
        if (closed) {
            assertThat(peer.close.payload()).isEmpty();
        }
        for (int i = 0; i < Senders.COUNT; i++) {
            int accepted = senders.accepted.get(i); // and the one that close met in its frame
            assertThat(peer.seen[i]).isBetween(closed ? accepted : 0, accepted + 1);
        }
        assertThat(peer.empty)
                .isBetween(closed ? senders.empty.get() : 0, senders.empty.get() + Senders.COUNT);
    }

    /** Reads what the plain end sends, by recv or websocket_recv_msg: what ended it, negative. */
    private static int reads(int ws, boolean bsd) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buf = new byte[64];
        IntRef type = new IntRef();
        LongRef remaining = new LongRef();
        int data = WEBSOCKET_FLAG_FINAL | WEBSOCKET_FLAG_TEXT;
        int rc;
        do {
            rc = bsd
                    ? recv(ws, buf, buf.length, 0)
                    : websocket_recv_msg(ws, buf, buf.length, type, remaining, 5);
            rc = bsd && rc < 0 ? -errno() : rc;
            if (rc > 0 && (bsd || type.value == data)) {
                all.write(buf, 0, rc);
            } else if (rc == -EAGAIN) {
                poll(new Pollfd[] {new Pollfd(ws, POLLIN)}, 1, 20);
            }
        } while (rc > 0 || rc == -EAGAIN);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; expected.size() < all.size(); i++) {
            expected.writeBytes(PlainEnd.text(i));
        }
        assertThat(all.toString()).isEqualTo(expected.toString().substring(0, all.size()));
        return rc;
    }
}
