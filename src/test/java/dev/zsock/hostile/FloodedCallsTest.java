package dev.zsock.hostile;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;
import dev.zsock.testkit.Tries;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

@DisplayName("A peer that sends without end what is no data")
@Timeout(120)
class FloodedCallsTest {
    private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    private static final int BLOCKS = 20_000;
    private static final long FLOOD = TimeUnit.SECONDS.toNanos(40);
    private static final long LATE_MS = 2000;
    private static final int SENDS = 100;
    private static final int ROUNDS = 300;

    /** What is sent: the beginning, and what is repeated. */
    private enum Noise {
        PINGS(new int[0], 0x89, 0x80, 0, 0, 0, 0),
        FRAGMENTS(new int[] {0x02, 0x80, 0, 0, 0, 0}, 0x00, 0x80, 0, 0, 0, 0),
        /** A compressed frame of 2^40 bytes, all of them stored blocks without content. */
        BLOCKS(new int[] {0xc2, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 0, 0, 0, 0xff, 0xff);

        final int[] begin;
        final int[] repeated;

        Noise(int[] begin, int... repeated) {
            this.begin = begin;
            this.repeated = repeated;
        }
    }

    private final AtomicBoolean ended = new AtomicBoolean();
    private final WsPair pair = WsPair.openServer(true, DEFLATE);
    private final int ws = pair.server;

    @AfterEach
    void closeAll() {
        ended.set(true);
        pair.close();
    }

    /** Whatever is sent back is read. */
    private void flood(int sock, Noise noise) {
        ByteBuffer begin = ByteBuffer.allocate(noise.begin.length);
        for (int octet : noise.begin) {
            begin.put((byte) octet);
        }
        ByteBuffer all = ByteBuffer.allocate(BLOCKS * noise.repeated.length);
        while (all.hasRemaining()) {
            for (int octet : noise.repeated) {
                all.put((byte) octet);
            }
        }
        byte[] back = new byte[64 << 10];
        send(sock, begin.flip(), 0);
        long end = System.nanoTime() + FLOOD;
        while (!ended.get() && System.nanoTime() < end) {
            send(sock, all.rewind(), MSG_NOSIGNAL | MSG_DONTWAIT);
            while (all.hasRemaining() && !ended.get()) {
                send(sock, all, MSG_NOSIGNAL | MSG_DONTWAIT);
                recv(sock, back, back.length, MSG_DONTWAIT);
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1} ms")
    @CsvSource({
        "PINGS, 0",
        "PINGS, 100",
        "FRAGMENTS, 0",
        "FRAGMENTS, 100",
        "BLOCKS, 0",
        "BLOCKS, 100"
    })
    @DisplayName("does not keep a call beyond its time")
    void callsKeepTheirTime(Noise noise, int ms) throws Exception {
        CompletableFuture<Void> flood = Background.run(() -> flood(pair.clientTransport, noise));
        assertThat(poll(new Pollfd[] {new Pollfd(pair.serverTransport, POLLIN)}, 1, 20_000))
                .isEqualTo(1);
        Timeval timeout = new Timeval(0, 1000 * ms);
        assertThat(setsockopt(ws, SOL_SOCKET, SO_RCVTIMEO, timeout)).isZero();
        byte[] buf = new byte[16];
        intime(ms, -EAGAIN, () -> recv(ws, buf, 16, ms == 0 ? MSG_DONTWAIT : 0) < 0 ? -errno() : 0);
        if (noise == Noise.BLOCKS) {
            intime(ms, -EAGAIN, () -> websocket_recv_msg(ws, buf, 16, null, null, ms));
            intime(ms, 0, () -> poll(new Pollfd[] {new Pollfd(ws, POLLIN)}, 1, ms));
        }
        assertThat(flood.isDone()).as("the flood goes on").isFalse();
        ended.set(true);
        flood.get(20, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("does not keep a sender: who reads answers the PINGs")
    void sendersKeepTheirTime() throws Exception {
        CompletableFuture<Void> flood =
                Background.run(() -> flood(pair.clientTransport, Noise.PINGS));
        CompletableFuture<Integer> reader =
                Background.supply(() -> recv(ws, new byte[1], 1, 0) < 0 ? errno() : 0);
        for (int i = 0; i < SENDS; i++) {
            assertThat(send(ws, new byte[] {'x'}, 1, 0)).isEqualTo(1);
        }
        assertThat(flood.isDone()).as("the flood goes on").isFalse();
        close(ws);
        assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(EBADF);
        ended.set(true);
        flood.get(20, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("does not keep a receive whose number is closed")
    void closingGetsTheReaderOut() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            ended.set(false);
            try (WsPair one = WsPair.openServer(true, DEFLATE)) {
                CompletableFuture<Void> flood =
                        Background.run(() -> flood(one.clientTransport, Noise.PINGS));
                CompletableFuture<Integer> reader = Background.supply(
                        () -> recv(one.server, new byte[1], 1, 0) < 0 ? errno() : 0);
                assertThat(poll(new Pollfd[] {new Pollfd(one.clientTransport, POLLIN)}, 1, 20_000))
                        .as("a PONG")
                        .isEqualTo(1);
                close(one.server);
                assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(EBADF);
                ended.set(true);
                flood.get(20, TimeUnit.SECONDS);
            }
        }
    }

    private static void intime(int ms, int expected, IntSupplier call) throws Exception {
        Tries.between(ms, ms + LATE_MS, () -> {
            long before = System.nanoTime();
            assertThat(call.getAsInt()).isEqualTo(expected);
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        });
    }
}
