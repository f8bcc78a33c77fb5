package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.internal.file.Call;
import dev.zsock.testkit.Await;
import dev.zsock.testkit.DirectMemory;
import dev.zsock.testkit.ForkedJvm;
import dev.zsock.testkit.OverMemory;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.LongRef;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

@DisplayName("What connections and frames cost in memory and numbers")
@Timeout(120)
class MemoryTest {
    private static final int BINARY = WEBSOCKET_OPCODE_DATA_BINARY;
    private static final int MANY = 1000;
    private static final int IDLE_DIRECT = (4 << 10) + 256; // the input buffer, and some noise
    private static final int IDLE_HEAP = 2 << 10;

    static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    static int kernelFds() {
        return new File("/proc/self/fd").list().length;
    }

    private static void openMany(int n, int[] sockets, int[] websockets) {
        for (int i = 0; i < n; i += 2) {
            int[] sv = new int[2];
            assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, sv)).isZero();
            sockets[i] = sv[0];
            sockets[i + 1] = sv[1];
            for (int k = i; k < i + 2; k++) {
                websockets[k] = websocket_register(sockets[k], null, 0);
                assertThat(websockets[k]).isGreaterThan(2);
            }
        }
    }

    private static void closeMany(int[] sockets, int[] websockets) {
        for (int ws : websockets) {
            assertThat(close(ws)).isZero();
        }
        for (int sock : sockets) {
            assertThat(close(sock)).isZero();
        }
    }

    @Test
    @DisplayName("an idle websocket has 4 KiB of input buffer; closed, it leaves nothing")
    void idleConnections() {
        int[] sockets = new int[MANY];
        int[] websockets = new int[MANY];
        openMany(MANY, sockets, websockets);
        closeMany(sockets, websockets);
        long heapBefore = heap();
        Await.until(
                "memory is given back", LIMIT, () -> heap() > 0 && DirectMemory.used() < 8 << 20);
        long directBefore = DirectMemory.used();
        int fdsBefore = kernelFds();
        openMany(MANY, sockets, websockets);
        assertThat((DirectMemory.used() - directBefore) / MANY).isLessThanOrEqualTo(IDLE_DIRECT);
        assertThat((heap() - heapBefore) / MANY).isLessThanOrEqualTo(IDLE_HEAP);
        closeMany(sockets, websockets);
        for (int round = 0; round < 9; round++) { // ten thousand, all in all
            openMany(MANY, sockets, websockets);
            closeMany(sockets, websockets);
        }
        Await.until("no kernel fd more", LIMIT, () -> kernelFds() <= fdsBefore);
        Await.until("no growth", LIMIT, () -> {
            heap();
            return DirectMemory.used() <= directBefore;
        });
    }

    @Test
    @DisplayName("a frame of 2^62 bytes announced costs nothing until they come")
    void hugeFrames() {
        try (WsPair pair = WsPair.openClient()) {
            put(pair.serverTransport, 0x82, 127, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3);
            long before = DirectMemory.used();
            byte[] buf = new byte[2];
            LongRef remaining = new LongRef();
            int rc = websocket_recv_msg(pair.client, buf, 2, null, remaining, 1000);
            assertThat(rc).isEqualTo(2);
            assertThat(remaining.value).isEqualTo((1L << 62) - 2);
            assertThat(websocket_recv_msg(pair.client, buf, 2, null, remaining, 20))
                    .isEqualTo(1);
            assertThat(remaining.value).isEqualTo((1L << 62) - 3);
            assertThat(DirectMemory.used() - before).isLessThan(256 << 10);
        }
    }

    @Test
    @DisplayName("a frame too large to stage: -ENOMEM, nothing is sent; with timeout -1 it streams")
    void tooLarge() throws IOException {
        Path sparse = Files.createTempFile("zsock", null);
        try (WsPair pair = WsPair.openClient();
                FileChannel file = FileChannel.open(
                        sparse, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            ByteBuffer most = file.map(FileChannel.MapMode.READ_WRITE, 0, Integer.MAX_VALUE);
            int rc = websocket_send_msg(pair.client, most, BINARY, true, true, 60_000);
            assertThat(rc).isEqualTo(-ENOMEM);
            assertThat(most.position()).isZero();
            assertThat(websocket_send_msg(pair.client, most, BINARY, true, true, 0))
                    .isEqualTo(-ENOMEM);
            assertSilent(pair.serverTransport);
            assertThat(send(pair.client, bytes('x'), 1, 0)).isEqualTo(1);
            assertThat(takeFrame(pair.serverTransport)).isEqualTo(bytes(0x81, 'x'));
        } finally {
            Files.delete(sparse);
        }
    }

    @Test
    @DisplayName("no direct memory: ENOMEM, no number is lost, and what is closed is closed")
    void noDirectMemory() throws Exception {
        List<String> options = List.of("-XX:MaxDirectMemorySize=" + NoMemory.DIRECT);
        String none = " " + -ENOMEM;
        assertThat(ForkedJvm.run(options, NoMemory.class, List.of()).output().lines())
                .containsExactly(
                        "register" + none,
                        "socketpair" + none,
                        "accept" + none,
                        "send" + none,
                        "recv" + none,
                        "readv" + none,
                        "recvmsg" + none,
                        "connect" + none,
                        "bind" + none,
                        "getsockname" + none,
                        "getsockopt" + none,
                        "ioctl" + none,
                        "send all" + none,
                        "upgrade" + none,
                        "ws connect" + none,
                        "getaddrinfo " + EAI_MEMORY,
                        "poll" + none,
                        "select" + none,
                        "ws send" + none,
                        "ws large" + none,
                        "ws recv" + none,
                        "ws close" + none,
                        "ws closed " + -EBADF,
                        "number of the closed 0",
                        "next free number 0",
                        "register later 1",
                        "recv later 4",
                        "transport 4");
    }

    @Test
    @DisplayName("the memory of a large frame is not kept by the thread that sent it")
    void largeFramesAreForgotten() {
        int n = 32 << 20;
        long before = heap();
        OverMemory m = new OverMemory(true);
        m.below.room = Integer.MAX_VALUE;
        assertThat(m.sendMsg(new byte[n], BINARY, true, Call.NOW)).isEqualTo(n);
        m.below.room = 0;
        m.below.sent();
        assertThat(m.sendMsg(new byte[n], BINARY, true, Call.NOW)).isEqualTo(-EAGAIN);
        assertThat(m.pending()).isZero();
        m = null;
        assertThat(heap() - before).isLessThan(n / 2);
    }
}
