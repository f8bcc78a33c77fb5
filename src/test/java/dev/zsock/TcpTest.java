package dev.zsock;

import static dev.zsock.Sockets.*;
import static dev.zsock.uapi.ErrnoAbi.*;
import static dev.zsock.uapi.InetAbi.*;
import static dev.zsock.uapi.PollAbi.*;
import static dev.zsock.uapi.SocketAbi.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;
import dev.zsock.testkit.Loopback;
import dev.zsock.testkit.Tries;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** TCP over IPv4: the life of a connection, waiting, and closing under blocked calls. */
@Tag("behaviour")
@Timeout(30)
class TcpTest {
    private static final long AT_ONCE = 499; // ms

    private int listener;
    private int client;
    private int server;

    @BeforeEach
    void connectPair() {
        SockaddrIn addr = new SockaddrIn();
        listener = Loopback.listener(addr, 5);
        client = socket(AF_INET, SOCK_STREAM, 0);
        assertThat(connect(client, addr, SockaddrIn.SIZE)).isZero();
        server = accept(listener, null, null);
        assertThat(server).isGreaterThan(2);
    }

    @AfterEach
    void closeAll() {
        close(client);
        close(server);
        close(listener);
    }

    @Tag("calm")
    @Test
    void carriesBytesOfArraysAndBuffers() {
        byte[] in = new byte[16];
        assertThat(send(client, "hello".getBytes(), 5, 0)).isEqualTo(5);
        assertThat(recv(server, in, in.length, MSG_PEEK)).isEqualTo(5);
        assertThat(recv(server, in, in.length, 0)).isEqualTo(5);
        assertThat(new String(in, 0, 5)).isEqualTo("hello");
        assertThat(in[5]).isZero();
        ByteBuffer direct =
                ByteBuffer.allocateDirect(8).put("12345678".getBytes()).flip();
        assertThat(write(server, direct)).isEqualTo(8);
        assertThat(direct.remaining()).isZero();
        ByteBuffer got = ByteBuffer.allocateDirect(8);
        assertThat(recv(client, got, MSG_WAITALL)).isEqualTo(8);
        assertThat(got.flip().get(7)).isEqualTo((byte) '8');
    }

    @Test
    void closingWakesABlockedReceive() throws Exception {
        assertThat(endsOnClose(() -> server, () -> error(recv(server, new byte[1], 1, 0))))
                .isEqualTo(EBADF);
    }

    @Test
    void closingWakesABlockedAccept() throws Exception {
        assertThat(endsOnClose(() -> listener, () -> error(accept(listener, null, null))))
                .isEqualTo(EBADF);
    }

    @Test
    void closingWakesABlockedSend() throws Exception {
        byte[] much = new byte[1 << 20];
        IntSupplier sendAll = () -> {
            int rc;
            do {
                rc = send(client, much, much.length, 0);
            } while (rc >= 0);
            return error(rc);
        };
        assertThat(endsOnClose(() -> client, sendAll)).isEqualTo(EBADF);
    }

    @Test
    void closingWakesPollWithPollnval() throws Exception {
        IntSupplier poll = () -> {
            Pollfd[] fds = {new Pollfd(server, POLLIN)};
            assertThat(poll(fds, 1, -1)).isEqualTo(1);
            return fds[0].revents;
        };
        assertThat(endsOnClose(() -> server, poll)).isEqualTo(POLLNVAL);
    }

    /** The lines of Zephyr's sample with TLS compile, and say that there is none yet. */
    @Test
    void tlsIsNotThereButItsNamesAre() {
        assertThat(socket(AF_INET, SOCK_STREAM, IPPROTO_TLS_1_2)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EPROTONOSUPPORT);
        int[] tags = {1};
        assertThat(setsockopt(client, SOL_TLS, TLS_SEC_TAG_LIST, tags, sizeof(tags)))
                .isEqualTo(-1);
        assertThat(errno()).isEqualTo(ENOPROTOOPT);
        assertThat(setsockopt(client, SOL_TLS, TLS_HOSTNAME, "localhost", sizeof("localhost")))
                .isEqualTo(-1);
        assertThat(errno()).isEqualTo(ENOPROTOOPT);
    }

    @Test
    void receiveTimeoutIsEagain() {
        assertThat(setsockopt(
                        server, SOL_SOCKET, SO_RCVTIMEO, new Timeval(0, 20_000), Timeval.SIZE))
                .isZero();
        long before = System.nanoTime();
        assertThat(recv(server, new byte[1], 1, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EAGAIN);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(20_000_000L);
    }

    private static int error(int rc) {
        assertThat(rc).isEqualTo(-1);
        return errno();
    }

    /** What the blocked call ends with, at once. */
    private int endsOnClose(IntSupplier fd, IntSupplier blocking) throws Exception {
        int[] end = new int[1];
        Tries.between(0, AT_ONCE, () -> {
            closeAll();
            connectPair();
            CompletableFuture<Integer> call = Background.supply(blocking::getAsInt);
            awaitBlocked(call);
            long before = System.nanoTime();
            assertThat(close(fd.getAsInt())).isZero();
            end[0] = call.get(20, TimeUnit.SECONDS);
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        });
        return end[0];
    }

    /** Gives the other thread time to block; nothing depends on whether it has. */
    private static void awaitBlocked(CompletableFuture<?> call) {
        try {
            call.get(50, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            return;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("the call did not block");
    }
}
