package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Tries;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

@DisplayName("Threads")
@Timeout(120)
@Tag("behaviour")
class SharedWebsocketTest extends ClientPair {
    private static final int TEXT = WEBSOCKET_OPCODE_DATA_TEXT;
    private static final int BINARY = WEBSOCKET_OPCODE_DATA_BINARY;
    private static final int CONTINUE = WEBSOCKET_OPCODE_CONTINUE;
    private static final int FOREVER = SYS_FOREVER_MS;
    private static final int SOON = 20_000; // ms: it goes at once, unless the machine is busy

    /** A call on a thread of its own. */
    private static final class Other {
        final CompletableFuture<Integer> result = new CompletableFuture<>();
        final Thread thread;

        Other(IntSupplier call) {
            thread = new Thread(() -> {
                try {
                    result.complete(call.getAsInt());
                } catch (Throwable t) {
                    result.completeExceptionally(t);
                }
            });
            thread.start();
        }

        static int run(IntSupplier call) throws Exception {
            return new Other(call).get();
        }

        int get() throws Exception {
            return result.get(20, TimeUnit.SECONDS);
        }
    }

    private int sendsOn(int opcode, String text, boolean fin, int timeout) {
        byte[] bytes = text.getBytes();
        return websocket_send_msg(ws, bytes, bytes.length, opcode, true, fin, timeout);
    }

    @Test
    @DisplayName("frames of many senders never interleave, their messages neither")
    void manySenders() throws Exception {
        int senders = 6;
        int each = 200;
        int size = 3000;
        Other[] others = new Other[senders];
        for (int s = 0; s < senders; s++) {
            byte[] payload = filled(size, 'A' + s);
            others[s] = new Other(() -> {
                for (int i = 0; i < each; i++) {
                    int half = size / 2;
                    int a = websocket_send_msg(
                            pair.client, payload, half, BINARY, true, false, FOREVER);
                    int b = websocket_send_msg(
                            pair.client, payload, half, half, CONTINUE, true, true, FOREVER);
                    if (a != half || b != half) {
                        return a < 0 ? a : b;
                    }
                }
                return 0;
            });
        }
        int server = websocket_register(peer, null, 0);
        byte[] message = new byte[size];
        for (int i = 0; i < senders * each; i++) {
            assertThat(recv(server, message, size, MSG_WAITALL)).isEqualTo(size);
            assertThat(message).isEqualTo(filled(size, message[0]));
        }
        for (Other other : others) {
            assertThat(other.get()).isZero();
        }
        close(server);
    }

    @Test
    @DisplayName("while a message is open, others' messages wait for their deadline, controls pass")
    void theOpenMessageHasAnOwner() throws Exception {
        assertThat(sendsOn(TEXT, "a", false, SOON)).isEqualTo(1);
        assertThat(Other.run(() -> sendsOn(TEXT, "x", true, 0))).isEqualTo(-ETIMEDOUT);
        long before = System.nanoTime();
        assertThat(Other.run(() -> sendsOn(BINARY, "x", true, 60))).isEqualTo(-ETIMEDOUT);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(60_000_000L);
        assertThat(Other.run(() -> send(ws, bytes('x'), 1, MSG_DONTWAIT) < 0 ? errno() : 0))
                .isEqualTo(EAGAIN);
        Other waits = new Other(() -> sendsOn(TEXT, "next", true, FOREVER));
        awaitBlocked(waits.thread, "awaitNanos");
        assertThat(Other.run(() -> sendsOn(WEBSOCKET_OPCODE_PING, "hb", true, SOON)))
                .isEqualTo(2);
        assertThat(sendsOn(WEBSOCKET_OPCODE_PONG, "hb", true, SOON)).isEqualTo(2);
        assertThat(sendsOn(CONTINUE, "b", true, SOON)).isEqualTo(1);
        assertThat(waits.get()).isEqualTo(4);
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x01, 'a'));
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x89, 'h', 'b'));
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x8a, 'h', 'b'));
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x80, 'b'));
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x81, 'n', 'e', 'x', 't'));
    }

    @Test
    @DisplayName("CONTINUE from another thread takes the message over")
    void takeOver() throws Exception {
        assertThat(sendsOn(TEXT, "a", false, SOON)).isEqualTo(1);
        assertThat(Other.run(() -> sendsOn(CONTINUE, "b", false, SOON))).isEqualTo(1);
        assertThat(sendsOn(TEXT, "x", true, 20)).as("now it is theirs").isEqualTo(-ETIMEDOUT);
        assertThat(sendsOn(CONTINUE, "c", false, SOON)).isEqualTo(1);
        assertThat(sendsOn(TEXT, "x", true, 0)).as("ours again").isEqualTo(-EINVAL);
        assertThat(Other.run(() -> sendsOn(CONTINUE, "d", true, SOON))).isEqualTo(1);
        assertThat(sendsOn(CONTINUE, "e", true, 0)).isEqualTo(-EINVAL);
        assertThat(sendsOn(TEXT, "f", true, SOON)).isEqualTo(1);
    }

    @Test
    @DisplayName("CLOSE ends the wait for another thread's message: EPIPE")
    void closeEndsTheWait() throws Exception {
        assertThat(sendsOn(TEXT, "a", false, SOON)).isEqualTo(1);
        Other waits = new Other(() -> sendsOn(TEXT, "next", true, FOREVER));
        awaitBlocked(waits.thread, "awaitNanos");
        assertThat(sendsOn(WEBSOCKET_OPCODE_CLOSE, "", true, SOON)).isZero();
        assertThat(waits.get()).isEqualTo(-EPIPE);
    }

    @Test
    @DisplayName("closing the number ends every wait: kernel, reader's lock, open message")
    void closeEndsEveryWait() throws Exception {
        // CloseRaceTest and the JVM's scheduler know better
        Tries.between(0, 999, () -> {
            closeAll();
            open();
            return closeWakesEverybody();
        });
        put(pair.clientTransport, 'o', 'k');
    }

    private long closeWakesEverybody() throws Exception {
        assertThat(sendsOn(TEXT, "a", false, SOON)).isEqualTo(1);
        byte[] buf = new byte[1];
        Other reader = new Other(() -> websocket_recv_msg(ws, buf, 1, null, null, FOREVER));
        awaitBlocked(reader.thread, "recv");
        Other second = new Other(() -> recv(ws, new byte[1], 1, 0) < 0 ? errno() : 0);
        awaitBlocked(second.thread, "lockSlowly");
        Other message = new Other(() -> sendsOn(TEXT, "next", true, FOREVER));
        awaitBlocked(message.thread, "awaitNanos");
        long before = System.nanoTime();
        assertThat(close(ws)).isZero();
        assertThat(reader.get()).isEqualTo(-EBADF);
        assertThat(second.get()).isEqualTo(EBADF);
        assertThat(message.get()).isEqualTo(-EBADF);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
    }

    @Test
    @DisplayName("closing one of two numbers ends the calls on that one only")
    void dupsAreApart() throws Exception {
        int other = dup(ws);
        Other here = new Other(() -> websocket_recv_msg(ws, new byte[4], 4, null, null, FOREVER));
        awaitBlocked(here.thread, "recv");
        Other there =
                new Other(() -> websocket_recv_msg(other, new byte[4], 4, null, null, FOREVER));
        awaitBlocked(there.thread, "lockSlowly");
        assertThat(close(other)).isZero();
        assertThat(there.get()).isEqualTo(-EBADF);
        assertSilent(peer); // no CLOSE yet
        put(peer, frame(0x81, "data"));
        assertThat(here.get()).isEqualTo(4);
    }

    @Test
    @DisplayName("one reader proceeds, others wait by their own deadline; nothing stops a sender")
    void readers() throws Exception {
        Other first = new Other(() -> websocket_recv_msg(ws, new byte[4], 4, null, null, FOREVER));
        awaitBlocked(first.thread, "recv");
        byte[] buf = new byte[4];
        assertThat(websocket_recv_msg(ws, buf, 4, null, null, 0)).isEqualTo(-EAGAIN);
        assertThat(websocket_recv_msg(ws, buf, 4, null, null, 50)).isEqualTo(-EAGAIN);
        assertThat(recv(ws, buf, 4, MSG_DONTWAIT)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EAGAIN);
        for (int i = 0; i < 100; i++) {
            assertThat(sendsOn(BINARY, "x", true, SOON)).isEqualTo(1);
        }
        Other second = new Other(() -> websocket_recv_msg(ws, buf, 4, null, null, FOREVER));
        put(peer, concat(frame(0x81, "1"), frame(0x81, "2")));
        assertThat(first.get()).isEqualTo(1);
        assertThat(second.get()).isEqualTo(1);
        assertThat(buf[0]).isEqualTo((byte) '2');
    }

    @Test
    @DisplayName("many readers get every frame once")
    void manyReaders() throws Exception {
        int readers = 4;
        int each = 500;
        int[] seen = new int[readers * each];
        Other[] others = new Other[readers];
        for (int r = 0; r < readers; r++) {
            others[r] = new Other(() -> {
                byte[] buf = new byte[4];
                IntRef type = new IntRef();
                LongRef left = new LongRef();
                for (int i = 0; i < each; i++) {
                    int rc = websocket_recv_msg(ws, buf, 4, type, left, SOON);
                    if (rc != 2 || left.value != 0) {
                        return rc;
                    }
                    synchronized (seen) {
                        seen[(buf[0] & 0xff) << 8 | buf[1] & 0xff]++;
                    }
                }
                return 0;
            });
        }
        for (int i = 0; i < seen.length; i++) {
            put(peer, 0x82, 2, i >> 8, i);
        }
        for (Other other : others) {
            assertThat(other.get()).isZero();
        }
        assertThat(Arrays.stream(seen).allMatch(n -> n == 1)).isTrue();
    }
}
