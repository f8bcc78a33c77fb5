package dev.zsock.faults;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.testkit.Background;
import dev.zsock.testkit.FaultKernel;
import dev.zsock.testkit.FaultKernel.Fault;
import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Linger;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A kernel that has no memory for some sends: a frame that has not begun is the caller's to send
 * again, one that has begun is finished and never sent twice. {@link FaultRun} runs it.
 */
@Timeout(120)
class FrameFaultCases {
    private static final int HEADER = 6; // of a short masked frame
    private static final int LONG_HEADER = 14;
    private static final int FEW = 5;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private WsPair pair;

    @BeforeEach
    void open() {
        FaultKernel.calm();
        pair = WsPair.openClient();
        assertThat(setsockopt(pair.serverTransport, SOL_SOCKET, SO_RCVTIMEO, new Timeval(20, 0)))
                .isZero();
    }

    @AfterEach
    void closeAll() {
        FaultKernel.calm();
        pair.close();
    }

    private int sendBinary(byte[] payload, int timeout) {
        return websocket_send_msg(
                pair.client,
                payload,
                payload.length,
                WEBSOCKET_OPCODE_DATA_BINARY,
                true,
                true,
                timeout);
    }

    private int pending() {
        IntRef bytes = new IntRef();
        assertThat(getsockopt(pair.client, SOL_WEBSOCKET, WEBSOCKET_PENDING, bytes))
                .isZero();
        return bytes.value;
    }

    @Test
    void anInterruptedPollTellsAResetInsideAFrameWhole() {
        byte[] half = {(byte) 0x82, 3, 'o'};
        assertThat(send(pair.serverTransport, half, 3, 0)).isEqualTo(3);
        byte[] buf = new byte[4];
        assertThat(recv(pair.client, buf, 4, 0)).isEqualTo(1);
        setsockopt(pair.serverTransport, SOL_SOCKET, SO_LINGER, new Linger(1, 0));
        close(pair.serverTransport);
        assertThat(recv(pair.client, buf, 4, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(ECONNRESET);
        FaultKernel.force(Fault.INTERRUPT, 0, 1);
        Pollfd[] fds = {new Pollfd(pair.client, POLLIN)};
        assertThat(poll(fds, 1, 5000)).isOne();
        assertThat(fds[0].revents).isEqualTo(POLLIN | POLLERR | POLLHUP);
        assertThat(FaultKernel.count(Fault.INTERRUPT)).isOne();
    }

    /** What crosses the wire next. */
    private byte[] peerReads(int n) {
        byte[] got = new byte[n];
        assertThat(recv(pair.serverTransport, got, n, MSG_WAITALL)).isEqualTo(n);
        return got;
    }

    private void peerFinds(byte[] payload) {
        byte[] wire = peerReads(HEADER + payload.length);
        assertThat(wire[0]).isEqualTo((byte) 0x82);
        for (int i = 0; i < payload.length; i++) {
            assertThat(wire[HEADER + i] ^ wire[HEADER - 4 + (i & 3)]).isEqualTo(payload[i]);
        }
    }

    @Test
    void aFrameThatHasNotBegunIsTheCallersToSendAgain() {
        FaultKernel.force(Fault.NO_MEMORY, 0, 2);
        assertThat(sendBinary(new byte[] {1}, K_FOREVER)).isEqualTo(-ENOBUFS);
        assertThat(sendBinary(new byte[] {2}, K_NO_WAIT)).isEqualTo(-ENOMEM);
        assertThat(sendBinary(new byte[] {3}, K_FOREVER)).isOne();
        peerFinds(new byte[] {3});
    }

    @Test
    void aFrameThatHasBegunIsFinishedByACallThatWaits() {
        FaultKernel.force(Fault.ONE_BYTE, 0, 1);
        FaultKernel.force(Fault.NO_MEMORY, 1, FEW);
        assertThat(sendBinary(new byte[] {1, 2, 3}, K_FOREVER)).isEqualTo(3);
        assertThat(FaultKernel.count(Fault.NO_MEMORY)).isEqualTo(FEW);
        assertThat(pending()).isZero();
        assertThat(sendBinary(new byte[] {4}, K_FOREVER)).isOne();
        peerFinds(new byte[] {1, 2, 3});
        peerFinds(new byte[] {4});
    }

    @Test
    void aFrameThatHasBegunIsFinishedLaterForACallThatDoesNotWait() {
        FaultKernel.force(Fault.ONE_BYTE, 0, 1);
        FaultKernel.force(Fault.NO_MEMORY, 1, FEW);
        assertThat(sendBinary(new byte[] {1, 2, 3}, K_NO_WAIT)).isEqualTo(3);
        assertThat(pending()).isPositive();
        Pollfd[] fds = {new Pollfd(pair.client, POLLIN)};
        Await.until("the rest leaves", LIMIT, () -> {
            assertThat(poll(fds, 1, 100)).isZero();
            return pending() == 0;
        });
        peerFinds(new byte[] {1, 2, 3});
    }

    @Test
    void aFrameTooLargeToStageIsFinished() throws Exception {
        byte[] payload = new byte[1 << 20];
        Arrays.fill(payload, (byte) 'p');
        CompletableFuture<byte[]> peer =
                Background.supply(() -> peerReads(LONG_HEADER + payload.length));
        FaultKernel.force(Fault.NO_MEMORY, 2, FEW);
        assertThat(sendBinary(payload, K_FOREVER)).isEqualTo(payload.length);
        assertThat(FaultKernel.count(Fault.NO_MEMORY)).isEqualTo(FEW);
        byte[] wire = peer.get(10, TimeUnit.SECONDS);
        for (int i = 0; i < payload.length; i++) {
            wire[LONG_HEADER + i] ^= wire[LONG_HEADER - 4 + (i & 3)];
        }
        assertThat(Arrays.copyOfRange(wire, LONG_HEADER, wire.length)).isEqualTo(payload);
    }

    @Test
    void whatTheLibraryOwesIsNotForgotten() {
        assertThat(send(pair.serverTransport, new byte[] {(byte) 0x89, 1, 'p'}, 3, 0))
                .isEqualTo(3);
        Pollfd[] client = {new Pollfd(pair.client, POLLIN)};
        FaultKernel.force(Fault.NO_MEMORY, 0, FEW);
        assertThat(poll(client, 1, (int) LIMIT.toMillis())).isOne();
        assertThat(recv(pair.client, new byte[1], 1, MSG_DONTWAIT)).isEqualTo(-1);
        Await.until("a PONG", LIMIT, () -> {
            assertThat(poll(client, 1, 100)).isZero();
            return poll(new Pollfd[] {new Pollfd(pair.serverTransport, POLLIN)}, 1, 0) == 1;
        });
        byte[] pong = peerReads(HEADER + 1);
        assertThat(pong[0]).isEqualTo((byte) 0x8a);
        assertThat(send(pair.serverTransport, new byte[] {(byte) 0x88, 0}, 2, 0))
                .isEqualTo(2);
        FaultKernel.force(Fault.NO_MEMORY, 0, FEW);
        assertThat(recv(pair.client, new byte[1], 1, 0)).isZero();
        client[0].events = 0; // POLLHUP
        assertThat(poll(client, 1, (int) LIMIT.toMillis())).isOne();
        close(pair.client);
        assertThat(peerReads(HEADER)[0]).isEqualTo((byte) 0x88);
    }

    @Test
    void closingStillSaysClose() {
        FaultKernel.force(Fault.NO_MEMORY, 0, FEW);
        assertThat(close(pair.client)).isZero();
        assertThat(FaultKernel.count(Fault.NO_MEMORY)).isEqualTo(FEW);
        assertThat(peerReads(HEADER)[0]).isEqualTo((byte) 0x88);
    }

    /** A program that sends again what was refused: the peer gets each message once, in order. */
    @Test
    void noMessageIsTornOrDoubledOnAnySchedule() throws Exception {
        int ws = websocket_register(pair.serverTransport, null, 0);
        for (int seed = 1; seed <= 3; seed++) {
            FaultKernel.configure(seed, 10, 10, 40, 30);
            CompletableFuture<Integer> peer = Background.supply(() -> received(ws));
            for (int i = 0; i < 200; ) {
                byte[] payload = new byte[1 + i % 7];
                Arrays.fill(payload, (byte) i);
                int rc = sendBinary(payload, i % 3 == 0 ? K_FOREVER : i % 3 == 1 ? 1 : K_NO_WAIT);
                if (rc == payload.length) {
                    i++;
                } else {
                    assertThat(rc).isIn(-ENOBUFS, -ENOMEM, -ETIMEDOUT);
                }
            }
            while (pending() > 0) {
                poll(new Pollfd[] {new Pollfd(pair.client, POLLIN)}, 1, 1);
            }
            assertThat(peer.get(10, TimeUnit.SECONDS)).as("seed %d", seed).isEqualTo(200);
            assertThat(FaultKernel.count(Fault.NO_MEMORY)).isPositive();
        }
        close(ws);
    }

    private static int received(int ws) {
        byte[] buf = new byte[16];
        LongRef remaining = new LongRef();
        for (int i = 0; i < 200; i++) {
            int n = 0;
            do {
                int rc = websocket_recv_msg(ws, buf, n, 16 - n, null, remaining, K_FOREVER);
                assertThat(rc).isPositive();
                n += rc;
            } while (remaining.value > 0);
            byte[] payload = new byte[1 + i % 7];
            Arrays.fill(payload, (byte) i);
            assertThat(Arrays.copyOf(buf, n)).as("message %d", i).isEqualTo(payload);
        }
        return 200;
    }
}
