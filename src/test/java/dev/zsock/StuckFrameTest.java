package dev.zsock;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.testkit.Background;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Pollfd;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Frames that the kernel took only in part: who finishes them, and what nobody may do meanwhile.
 */
@Tag("behaviour")
@Timeout(60)
class StuckFrameTest {
    private static final int BIG = 8 << 20; // more than the buffers of both ends hold
    private static final int CLIENT_HEADER = 14;

    private WsPair pair;

    @BeforeEach
    void open() {
        pair = WsPair.openClient();
        setsockopt(pair.clientTransport, SOL_SOCKET, SO_SNDBUF, 16 << 10);
        setsockopt(pair.serverTransport, SOL_SOCKET, SO_RCVBUF, 16 << 10);
    }

    @AfterEach
    void closeAll() {
        pair.close();
    }

    private int pending() {
        IntRef bytes = new IntRef();
        assertThat(getsockopt(pair.client, SOL_WEBSOCKET, WEBSOCKET_PENDING, bytes))
                .isZero();
        return bytes.value;
    }

    private void sendPart() {
        byte[] payload = new byte[BIG];
        assertThat(websocket_send_msg(
                        pair.client,
                        payload,
                        BIG,
                        WEBSOCKET_OPCODE_DATA_BINARY,
                        true,
                        true,
                        K_MSEC(50)))
                .isEqualTo(BIG);
        assertThat(pending()).isPositive();
    }

    /** Reads exactly so many bytes at the plain end. */
    private byte[] peerReads(int n) {
        byte[] got = new byte[n];
        Pollfd[] fds = Pollfd.array(1);
        fds[0].fd = pair.serverTransport;
        fds[0].events = POLLIN;
        for (int at = 0; at < n; ) {
            assertThat(poll(fds, 1, 20_000)).as("bytes after %d of %d", at, n).isEqualTo(1);
            at += recv(pair.serverTransport, got, at, n - at, 0);
        }
        return got;
    }

    private CompletableFuture<Integer> blockedReader(AtomicReference<Thread> thread) {
        CompletableFuture<Integer> reader = Background.supply(() -> {
            thread.set(Thread.currentThread());
            return websocket_recv_msg(pair.client, new byte[1], 1, null, null, SYS_FOREVER_MS);
        });
        Await.until("a reader", Duration.ofSeconds(20), () -> thread.get() != null);
        return reader;
    }

    private void peerSends(int... bytes) {
        byte[] frame = new byte[bytes.length];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (byte) bytes[i];
        }
        assertThat(send(pair.serverTransport, frame, frame.length, 0)).isEqualTo(frame.length);
    }

    @Test
    @Tag("lasting")
    void aBlockedReaderFinishesEveryFrameThatGetsStuck() throws Exception {
        CompletableFuture<Integer> reader = blockedReader(new AtomicReference<>());
        for (int i = 0; i < 3; i++) {
            sendPart();
            assertThat(peerReads(BIG + CLIENT_HEADER)[0]).isEqualTo((byte) 0x82);
            Await.until("no tail", Duration.ofSeconds(20), () -> pending() == 0);
        }
        peerSends(0x81, 1, 'x');
        assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    @Tag("lasting")
    void aBlockedPollFinishesEveryFrameThatGetsStuck() throws Exception {
        Pollfd[] fds = Pollfd.array(1);
        fds[0].fd = pair.client;
        fds[0].events = POLLIN;
        CompletableFuture<Integer> poller = Background.supply(() -> poll(fds, 1, -1));
        for (int i = 0; i < 3; i++) {
            sendPart();
            peerReads(BIG + CLIENT_HEADER);
            Await.until("no tail", Duration.ofSeconds(20), () -> pending() == 0);
        }
        peerSends(0x81, 1, 'x');
        assertThat(poller.get(20, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(fds[0].revents).isEqualTo(POLLIN);
    }

    @Test
    @Tag("lasting")
    void aTailThatCanNeverLeaveIsDroppedAndNobodySpinsOnIt() {
        sendPart();
        assertThat(shutdown(pair.client, SHUT_WR)).isZero();
        var clock = ManagementFactory.getThreadMXBean();
        byte[] buf = new byte[1];
        long before = clock.getCurrentThreadCpuTime();
        assertThat(websocket_recv_msg(pair.client, buf, 1, null, null, 500)).isEqualTo(-EAGAIN);
        long spent = clock.getCurrentThreadCpuTime() - before;
        assertThat(spent).isLessThan(TimeUnit.MILLISECONDS.toNanos(200));
        assertThat(pending()).isZero();
        assertThat(send(pair.client, buf, 1, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EPIPE);
    }

    @Test
    void closingOneOfTwoNumbersFinishesTheFrameThatItsSenderHadBegun() throws Exception {
        int other = fcntl(pair.client, F_DUPFD, 0);
        byte[] payload = new byte[BIG];
        Arrays.fill(payload, (byte) 'p');
        CompletableFuture<Integer> sender = Background.supply(() -> websocket_send_msg(
                other, payload, BIG, WEBSOCKET_OPCODE_DATA_BINARY, true, false, SYS_FOREVER_MS));
        IntRef queued = new IntRef();
        Await.until("a begun frame", Duration.ofSeconds(20), () -> {
            assertThat(ioctl(pair.serverTransport, FIONREAD, queued)).isZero();
            return queued.value > 0;
        });
        assertThat(close(other)).isZero();
        assertThat(sender.get(20, TimeUnit.SECONDS)).isEqualTo(-EBADF);
        CompletableFuture<byte[]> peer =
                Background.supply(() -> peerReads(BIG + CLIENT_HEADER + 6 + 1));
        // the message is open: the frame counts as sent
        assertThat(websocket_send_msg(
                        pair.client,
                        new byte[] {'q'},
                        1,
                        WEBSOCKET_OPCODE_CONTINUE,
                        true,
                        true,
                        SYS_FOREVER_MS))
                .isEqualTo(1);
        byte[] wire = peer.get(20, TimeUnit.SECONDS);
        assertThat(wire[0]).isEqualTo((byte) 0x02);
        assertThat(unmasked(wire, CLIENT_HEADER, BIG)).isEqualTo(payload);
        assertThat(wire[CLIENT_HEADER + BIG]).isEqualTo((byte) 0x80);
        assertThat(unmasked(wire, CLIENT_HEADER + BIG + 6, 1)).isEqualTo(new byte[] {'q'});
    }

    private static byte[] unmasked(byte[] wire, int at, int n) {
        byte[] plain = new byte[n];
        for (int i = 0; i < n; i++) {
            plain[i] = (byte) (wire[at + i] ^ wire[at - 4 + (i & 3)]);
        }
        return plain;
    }
}
