package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.Pollfd;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

@DisplayName("Thread.interrupt ends no call, and no call takes the interrupt away")
@Timeout(120)
@Tag("behaviour")
class InterruptTest extends ClientPair {
    private static final int IDLE_CPU = 100; // ms that a waiting thread may use at most

    /** A call on a thread of its own that is interrupted before it begins. */
    private static final class Interrupted {
        final CompletableFuture<Integer> result = new CompletableFuture<>();
        final CompletableFuture<Boolean> flag = new CompletableFuture<>();
        final CompletableFuture<Long> cpu = new CompletableFuture<>();
        final Thread thread;

        Interrupted(IntSupplier call) {
            thread = new Thread(() -> {
                Thread.currentThread().interrupt();
                long before = cpuMillis();
                result.complete(call.getAsInt());
                cpu.complete(cpuMillis() - before);
                flag.complete(Thread.interrupted());
            });
            thread.start();
        }

        void assertEnds(int rc) throws Exception {
            assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(rc);
            assertThat(flag.get(10, TimeUnit.SECONDS))
                    .as("interrupted after the call")
                    .isTrue();
            assertThat(cpu.get(10, TimeUnit.SECONDS)).isLessThan(IDLE_CPU);
        }
    }

    private int sendText(String text, boolean fin, int timeout) {
        byte[] bytes = text.getBytes();
        int text1 = WEBSOCKET_OPCODE_DATA_TEXT;
        return websocket_send_msg(ws, bytes, bytes.length, text1, true, fin, timeout);
    }

    @Test
    @DisplayName("calls that block in the kernel")
    void callsInTheKernel() throws Exception {
        Interrupted recv = new Interrupted(() -> recv(ws, new byte[1], 1, 0));
        awaitBlocked(recv.thread, "recv");
        put(peer, frame(0x81, "a"));
        recv.assertEnds(1);
        Interrupted msg =
                new Interrupted(() -> websocket_recv_msg(ws, new byte[1], 1, null, null, 10_000));
        awaitBlocked(msg.thread, "websocket_recv_msg");
        put(peer, frame(0x81, "a"));
        msg.assertEnds(1);
        Pollfd[] fds = {new Pollfd(ws, POLLIN)};
        Interrupted poll = new Interrupted(() -> poll(fds, 1, 10_000));
        awaitBlocked(poll.thread, "ppoll");
        put(peer, frame(0x81, "a"));
        poll.assertEnds(1);
        Interrupted plain = new Interrupted(() -> recv(peer, new byte[6], 6, MSG_WAITALL));
        awaitBlocked(plain.thread, "recv");
        assertThat(send(ws, new byte[0], 0, 0)).isZero();
        plain.assertEnds(6);
    }

    @Test
    @DisplayName("a message that waits for another thread's message does not keep that from ending")
    void waitingForTheMessageToEnd() throws Exception {
        assertThat(sendText("begin", false, 5000)).isEqualTo(5);
        Interrupted waits = new Interrupted(() -> sendText("next", true, SYS_FOREVER_MS));
        awaitBlocked(waits.thread, "await");
        Interrupted until = new Interrupted(() -> sendText("late", true, 300));
        until.assertEnds(-ETIMEDOUT);
        int rc = websocket_send_msg(ws, bytes('.'), 1, WEBSOCKET_OPCODE_CONTINUE, true, true, 5000);
        assertThat(rc).isEqualTo(1);
        waits.assertEnds(4);
    }

    @Test
    @DisplayName("a second reader waits by its own deadline")
    @Tag("lasting")
    void waitingForTheReader() throws Exception {
        Interrupted first =
                new Interrupted(() -> websocket_recv_msg(ws, new byte[1], 1, null, null, -1));
        awaitBlocked(first.thread, "recv");
        Interrupted second =
                new Interrupted(() -> websocket_recv_msg(ws, new byte[1], 1, null, null, 300));
        second.assertEnds(-EAGAIN);
        Pollfd[] fds = {new Pollfd(ws, POLLIN)};
        Interrupted poll = new Interrupted(() -> poll(fds, 1, 300));
        poll.assertEnds(0);
        put(peer, frame(0x81, "a"));
        first.assertEnds(1);
    }

    @Test
    @DisplayName("close by an interrupted thread wakes the calls, and is woken from")
    void closing() throws Exception {
        Interrupted recv = new Interrupted(() -> recv(ws, new byte[1], 1, 0));
        awaitBlocked(recv.thread, "recv");
        new Interrupted(() -> close(ws)).assertEnds(0);
        recv.assertEnds(-1);
        assertThat(takeFrame(peer)).isEqualTo(bytes(0x88));
    }
}
