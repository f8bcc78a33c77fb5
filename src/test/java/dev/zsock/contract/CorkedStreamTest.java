package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Gathered frames over TCP: nothing lost, nothing torn, whoever sends and whoever uncorks. */
@DisplayName("Gathered frames over TCP")
@Tag("behaviour")
@Timeout(120)
class CorkedStreamTest {
    private static final int BINARY = WEBSOCKET_OPCODE_DATA_BINARY;
    private static final int MESSAGES = 2_000; // of each sender
    private static final int SENDERS = 4;
    private static final int MOST = 300;

    private static void cork(int ws, int on) {
        assertThat(setsockopt(ws, SOL_WEBSOCKET, WEBSOCKET_CORK, on)).isZero();
    }

    /** Message i of a sender: who, which, and a pattern of a length of its own. */
    private static byte[] message(int sender, int i) {
        byte[] all = pattern(8 + (i * 37 + sender) % (MOST - 8));
        ByteBuffer.wrap(all).putInt(sender).putInt(i);
        return all;
    }

    /** Reads as many messages as there are, each whole and each sender's in order. */
    private static void receive(int ws, int senders) {
        byte[] buf = new byte[MOST];
        int[] next = new int[senders];
        IntRef type = new IntRef();
        LongRef remaining = new LongRef();
        for (int n = 0; n < senders * MESSAGES; n++) {
            int rc = 0;
            do {
                int part = websocket_recv_msg(
                        ws, buf, rc, MOST - rc, type, remaining, (int) LIMIT.toMillis());
                assertThat(part).as("message %d", n).isPositive();
                rc += part;
            } while (remaining.value > 0);
            int sender = ByteBuffer.wrap(buf).getInt();
            byte[] expected = message(sender, next[sender]++);
            assertThat(Arrays.copyOf(buf, rc)).isEqualTo(expected);
        }
    }

    private static void sendAll(int ws, int sender) {
        for (int i = 0; i < MESSAGES; i++) {
            byte[] all = message(sender, i);
            int rc = websocket_send_msg(ws, all, all.length, BINARY, true, true, K_FOREVER);
            assertThat(rc).isEqualTo(all.length);
        }
    }

    @Test
    @DisplayName("several threads send while another corks and uncorks without end")
    void uncorkedInBetween() throws Exception {
        try (WsPair pair = WsPair.open()) {
            cork(pair.client, 1);
            List<CompletableFuture<Void>> senders = new ArrayList<>();
            for (int s = 0; s < SENDERS; s++) {
                int sender = s;
                senders.add(Background.run(() -> sendAll(pair.client, sender)));
            }
            CompletableFuture<Void> all =
                    CompletableFuture.allOf(senders.toArray(new CompletableFuture<?>[0]));
            CompletableFuture<Void> corker = Background.run(() -> {
                while (!all.isDone()) {
                    cork(pair.client, 0);
                    cork(pair.client, 1);
                }
                cork(pair.client, 0);
            });
            receive(pair.server, SENDERS);
            all.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            corker.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(pending(pair.client)).isZero();
        }
    }

    @Test
    @DisplayName("a program that corks, sends and receives needs no flush of its own")
    void requestsAndAnswers() throws Exception {
        try (WsPair pair = WsPair.open()) {
            CompletableFuture<Void> server = Background.run(() -> {
                cork(pair.server, 1);
                byte[] buf = new byte[MOST];
                for (int i = 0; i < MESSAGES; i++) {
                    assertThat(recv(pair.server, buf, 1, 0)).isEqualTo(1);
                    assertThat(send(pair.server, buf, 1, 0)).isEqualTo(1);
                }
                cork(pair.server, 0);
            });
            cork(pair.client, 1);
            byte[] buf = new byte[1];
            for (int i = 0; i < MESSAGES; i++) {
                byte octet = (byte) (i & 0x7f);
                assertThat(send(pair.client, new byte[] {octet}, 1, 0)).isEqualTo(1);
                assertThat(recv(pair.client, buf, 1, 0)).isEqualTo(1);
                assertThat(buf[0]).isEqualTo(octet);
            }
            server.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Test
    @DisplayName("compressed messages gather as well")
    void compressed() throws Exception {
        WebsocketRequest req = new WebsocketRequest();
        req.deflate = true;
        try (WsPair pair = WsPair.open(req, true)) {
            cork(pair.client, 1);
            CompletableFuture<Void> sender = Background.run(() -> {
                sendAll(pair.client, 0);
                cork(pair.client, 0);
            });
            receive(pair.server, 1);
            sender.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
