package dev.zsock.hostile;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.hostile.WireReader.Frame;
import dev.zsock.testkit.Await;
import dev.zsock.testkit.Background;
import dev.zsock.testkit.DirectMemory;
import dev.zsock.testkit.Tries;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

@DisplayName("A peer that sends PINGs and never reads")
@Timeout(120)
class PingFloodTest {
    private static final int PINGS = 60_000;
    private static final int PAYLOAD = 125;
    private static final int DATA_EVERY = 100; // PINGs
    private static final int BATCH = 500;
    private static final int HEAD = 6;
    private static final long SLACK = 2 << 20; // a queue of them would hold 8 MB and more

    private final int[] sv = new int[2];
    private int ws;
    private int peer;

    /** A UNIX socket: TCP over loopback drops small segments that nobody reads, and then waits. */
    @BeforeEach
    void open() {
        assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, sv)).isZero();
        ws = websocket_register(sv[0], null, 0);
        assertThat(ws).isGreaterThan(2);
        peer = sv[1];
    }

    @AfterEach
    void closeAll() {
        close(ws);
        close(sv[0]);
        close(sv[1]);
    }

    /** Under a key of zeros. */
    private static ByteBuffer head(ByteBuffer out, int b0, int length) {
        return out.put((byte) b0).put((byte) (0x80 | length)).putInt(0);
    }

    /** PINGs with their number, and now and then a binary frame with one. */
    private void flood(int pings) {
        ByteBuffer out = ByteBuffer.allocate(BATCH * (HEAD + PAYLOAD + HEAD));
        for (int i = 0; i < pings; i++) {
            head(out, 0x89, PAYLOAD).putInt(i).put(new byte[PAYLOAD - Integer.BYTES]);
            if ((i + 1) % DATA_EVERY == 0) {
                head(out, 0x82, Integer.BYTES).putInt(i / DATA_EVERY);
            }
            if ((i + 1) % BATCH == 0) {
                int n = out.position();
                assertThat(send(peer, out.array(), n, 0)).isEqualTo(n);
                out.clear();
            }
        }
    }

    /** The numbers in so many frames, by recv or by websocket_recv_msg with AUTO_PONG. */
    private void receive(boolean bsd, int frames) {
        byte[] buf = new byte[PAYLOAD];
        IntRef type = new IntRef();
        for (int i = 0, n = 0; i < frames; ) {
            int rc = bsd
                    ? recv(ws, buf, n, Integer.BYTES - n, 0)
                    : websocket_recv_msg(ws, buf, n, PAYLOAD - n, type, null, K_SECONDS(20));
            assertThat(rc).isPositive();
            n += bsd || (type.value & WEBSOCKET_FLAG_BINARY) != 0 ? rc : 0;
            if (n == Integer.BYTES) {
                assertThat(ByteBuffer.wrap(buf).getInt()).isEqualTo(i++);
                n = 0;
            }
        }
    }

    private static long memory() {
        long direct = DirectMemory.settled();
        Runtime runtime = Runtime.getRuntime();
        return direct + runtime.totalMemory() - runtime.freeMemory();
    }

    @ParameterizedTest(name = "bsd {0}, beside a stuck sender {1}")
    @CsvSource({"true, false", "false, false", "true, true", "false, true"})
    @DisplayName("costs no memory and stops nobody; the newest PONG waits")
    void boundedAndAlive(boolean bsd, boolean stuckSender) throws Exception {
        assertThat(setsockopt(ws, SOL_WEBSOCKET, WEBSOCKET_AUTO_PONG, 1)).isZero();
        byte[] big = new byte[8 << 20];
        CompletableFuture<Integer> sender = stuckSender
                ? Background.supply(() -> binary(big))
                : CompletableFuture.completedFuture(big.length);
        if (stuckSender) {
            IntRef queued = new IntRef();
            Await.until("a begun frame", Duration.ofSeconds(20), () -> {
                assertThat(ioctl(peer, FIONREAD, queued)).isZero();
                return queued.value > 0;
            });
        }
        long before = memory();
        CompletableFuture<Void> flood = Background.run(() -> flood(PINGS));
        receive(bsd, PINGS / DATA_EVERY);
        flood.get(20, TimeUnit.SECONDS);
        assertThat(memory() - before).isLessThan(SLACK);

        assertThat(sender.isDone()).isEqualTo(!stuckSender);
        CompletableFuture<List<Integer>> pongs = Background.supply(this::pongsUpToTheNewest);
        byte[] none = new byte[1]; // what is stuck leaves by whoever waits
        do {
            assertThat(websocket_recv_msg(ws, none, 1, null, null, 500)).isEqualTo(-EAGAIN);
        } while (!pongs.isDone());
        assertThat(sender.get(20, TimeUnit.SECONDS)).isEqualTo(big.length);
        assertThat(pongs.get(20, TimeUnit.SECONDS))
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSizeBetween(1, PINGS / 10)
                .endsWith(PINGS - 1);
    }

    private int binary(byte[] bytes) {
        int opcode = WEBSOCKET_OPCODE_DATA_BINARY;
        return websocket_send_msg(ws, bytes, bytes.length, opcode, false, true, SYS_FOREVER_MS);
    }

    /** The numbers of the PONGs at the plain end, which begins to read. */
    private List<Integer> pongsUpToTheNewest() {
        WireReader wire = new WireReader(peer);
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < PINGS - 1; ) {
            Frame frame = wire.next();
            if (frame.opcode() == WEBSOCKET_OPCODE_PONG) {
                assertThat(frame.payload()).hasSize(PAYLOAD);
                number = ByteBuffer.wrap(frame.payload()).getInt();
                numbers.add(number);
            }
        }
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200})
    @DisplayName("close() ends within SO_SNDTIMEO, at once with O_NONBLOCK, and shuts down")
    void closeIsBounded(int ms) throws Exception {
        Tries.between(ms, ms + 150, () -> {
            closeAll();
            open();
            return millisOfClose(ms);
        });
    }

    private long millisOfClose(int ms) {
        CompletableFuture<Void> flood = Background.run(() -> flood(PINGS));
        receive(true, PINGS / DATA_EVERY);
        flood.join();
        if (ms == 0) {
            assertThat(fcntl(ws, F_SETFL, O_NONBLOCK)).isZero();
        } else {
            Timeval timeout = new Timeval(0, 1000 * ms);
            assertThat(setsockopt(ws, SOL_SOCKET, SO_SNDTIMEO, timeout)).isZero();
        }
        long before = System.nanoTime();
        assertThat(close(ws)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(ETIMEDOUT);
        long spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        shutdown(sv[0], SHUT_WR); // close() has, unless it met a frame's end
        WireReader wire = new WireReader(peer);
        Frame frame = wire.next();
        while (frame != null) {
            assertThat(frame.opcode()).as("nothing follows inside a frame").isEqualTo(10);
            frame = wire.next();
        }
        return spent;
    }
}
