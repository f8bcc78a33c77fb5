package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.testkit.Background;
import dev.zsock.testkit.Tries;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.IntRef;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

@DisplayName("WEBSOCKET_PING_INTERVAL")
@Timeout(120)
@Tag("behaviour")
@Tag("calm")
class HeartbeatTest extends ClientPair {
    private static final int MS = 200;

    private final byte[] buf = new byte[100];

    private void every(int ms) {
        assertThat(setsockopt(ws, SOL_WEBSOCKET, WEBSOCKET_PING_INTERVAL, ms)).isZero();
        IntRef value = new IntRef();
        assertThat(getsockopt(ws, SOL_WEBSOCKET, WEBSOCKET_PING_INTERVAL, value))
                .isZero();
        assertThat(value.value).isEqualTo(ms);
    }

    /** A fresh websocket: when its silence began. */
    private long begin() {
        closeAll();
        open();
        long now = System.nanoTime();
        every(MS);
        return now;
    }

    /** So long after the peer spoke, it may be taken for dead. */
    private static boolean late(long since, int intervals) {
        return System.nanoTime() - since >= TimeUnit.MILLISECONDS.toNanos(intervals * MS);
    }

    /** Not in time: closed, so that nobody receives from what comes next. */
    private boolean ends(CompletableFuture<Integer> receive) throws Exception {
        closeAll();
        receive.get(20, TimeUnit.SECONDS);
        return false;
    }

    private CompletableFuture<Integer> blockedReceive() {
        return Background.supply(
                () -> websocket_recv_msg(ws, new byte[1], 1, null, null, SYS_FOREVER_MS));
    }

    @Test
    @DisplayName("a silent peer gets a PING, and -ETIMEDOUT ends everything when nothing comes")
    @Tag("lasting")
    void silence() throws Exception {
        CompletableFuture<Integer> receive = blockedReceive();
        every(MS);
        long start = System.nanoTime();
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x89));
        assertThat(receive.get(20, TimeUnit.SECONDS)).isEqualTo(-ETIMEDOUT);
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(MS));
        assertThat(websocket_recv_msg(ws, buf, 1, null, null, 0)).isEqualTo(-ETIMEDOUT);
        assertThat(recv(ws, buf, 1, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(ETIMEDOUT);
        assertThat(send(ws, buf, 1, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EPIPE);
        assertThat(revents(ws, POLLIN, 0)).isEqualTo(POLLIN | POLLHUP | POLLERR);
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x88, 1011 >> 8, 1011));
        assertThat(close(ws)).isZero();
        assertThat(send(pair.clientTransport, buf, 1, 0))
                .as("the owner's again")
                .isEqualTo(1);
    }

    @Test
    @DisplayName("poll wakes for the end")
    @Tag("lasting")
    void pollSeesIt() {
        every(MS);
        assertThat(revents(ws, POLLIN, 20_000)).isEqualTo(POLLIN | POLLHUP | POLLERR);
    }

    @Test
    @DisplayName("any byte shows that the peer lives: PINGs go on, the connection too")
    @Tag("lasting")
    void answered() throws Exception {
        Tries.until(() -> {
            long spoke = begin();
            CompletableFuture<Integer> receive = Background.supply(() -> recv(ws, buf, 1, 0));
            for (int i = 0; i < 5; i++) {
                byte[] frame = takeFrame(peer);
                long now = System.nanoTime();
                put(peer, 0x8a, 0);
                if (late(spoke, 2)) {
                    return ends(receive);
                }
                assertThat(frame).isEqualTo(bytes(0x89));
                spoke = now;
            }
            put(peer, 0x81, 1, 'x');
            if (late(spoke, 2)) {
                return ends(receive);
            }
            assertThat(receive.get(20, TimeUnit.SECONDS)).isEqualTo(1);
            return true;
        });
    }

    @Test
    @DisplayName("bytes that the application does not read are no silence")
    @Tag("lasting")
    void unread() throws Exception {
        Tries.until(() -> {
            long spoke = begin();
            takeFrame(peer);
            put(peer, 0x81, 1, 'x');
            return !late(spoke, 2);
        });
        assertThat(revents(pair.clientTransport, POLLIN, 20_000)).isEqualTo(POLLIN);
        assertThat(revents(peer, POLLIN, 4 * MS)).as("a PING or CLOSE").isZero();
        assertThat(recv(ws, buf, 1, 0)).isEqualTo(1);
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x89));
    }

    @Test
    @DisplayName("what came before the end is delivered first")
    @Tag("lasting")
    void deliveredFirst() {
        put(peer, 0x81, 1, 'a', 0x81, 3, 'b');
        assertThat(recv(ws, buf, 1, 0)).isEqualTo(1);
        every(MS);
        Await.until("the end", LIMIT, () -> revents(peer, POLLIN, 0) != 0 && seen(0x88));
        assertThat(websocket_recv_msg(ws, buf, 3, null, null, 100)).isEqualTo(1);
        assertThat(websocket_recv_msg(ws, buf, 3, null, null, 100)).isEqualTo(-ETIMEDOUT);
    }

    private boolean seen(int b0) {
        return takeFrame(peer)[0] == (byte) b0;
    }

    @Test
    @DisplayName("a sender that a dead peer blocks gets out")
    @Tag("lasting")
    void blockedSender() throws Exception {
        narrow(pair.clientTransport, peer);
        byte[] much = new byte[8 << 20];
        CompletableFuture<Integer> send = Background.supply(() -> websocket_send_msg(
                ws, much, much.length, WEBSOCKET_OPCODE_DATA_BINARY, true, true, SYS_FOREVER_MS));
        CompletableFuture<Integer> receive = blockedReceive();
        every(MS);
        assertThat(receive.get(20, TimeUnit.SECONDS)).isEqualTo(-ETIMEDOUT);
        assertThat(send.get(20, TimeUnit.SECONDS)).isEqualTo(-EPIPE);
    }

    @Test
    @DisplayName("0 ends it, and so does closing: nothing follows the CLOSE")
    @Tag("lasting")
    void ends() throws Exception {
        Tries.until(() -> {
            long spoke = begin();
            takeFrame(peer);
            every(0);
            return !late(spoke, 2);
        });
        assertThat(revents(peer, POLLIN, 3 * MS)).isZero();
        Tries.until(() -> {
            long spoke = begin();
            every(0);
            every(MS);
            assertThat(close(ws)).isZero();
            return !late(spoke, 1);
        });
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x88));
        assertThat(revents(peer, POLLIN, 3 * MS)).isZero();
    }

    @Test
    @DisplayName("a hundred websockets share one thread")
    @Tag("lasting")
    void oneThread() {
        WsPair[] pairs = new WsPair[100];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = WsPair.openClient();
            setsockopt(pairs[i].client, SOL_WEBSOCKET, WEBSOCKET_PING_INTERVAL, MS);
        }
        for (WsPair one : pairs) {
            assertThat(takeFrame(one.serverTransport)).isEqualTo(bytes(0x89));
        }
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals("zsock-heartbeat"))
                .count();
        assertThat(threads).isEqualTo(1);
        for (WsPair one : pairs) {
            one.close();
        }
    }
}
