package dev.zsock.contract;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Pollfd;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** The plain end of a connection: frames as bytes, sent and read by hand. */
final class Wire {
    /** How long anything may take that must come. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    /** Header of a masked frame of more than 65,535 bytes. */
    static final int LONG_HEADER = 14;

    private Wire() {}

    static byte[] bytes(int... octets) {
        byte[] all = new byte[octets.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) octets[i];
        }
        return all;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** An unmasked frame of up to 65,535 bytes. */
    static byte[] frame(int b0, byte[] payload) {
        int n = payload.length;
        byte[] head = n < 126 ? bytes(b0, n) : bytes(b0, 126, n >> 8, n);
        return concat(head, payload);
    }

    static byte[] frame(int b0, String text) {
        return frame(b0, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A frame of up to 125 bytes under the key 1, 2, 3, 4. */
    static byte[] masked(int b0, byte[] payload) {
        byte[] hidden = payload.clone();
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] ^= (byte) (1 + (i & 3));
        }
        return concat(bytes(b0, 0x80 | payload.length, 1, 2, 3, 4), hidden);
    }

    /** Sends all of it on a plain socket. */
    static void put(int fd, byte[] bytes) {
        assertThat(send(fd, bytes, bytes.length, 0)).isEqualTo(bytes.length);
    }

    static void put(int fd, int... octets) {
        put(fd, bytes(octets));
    }

    /** The kernel has so many bytes for whoever receives next: busy, it may take its time. */
    static void awaitCome(int fd, int n) {
        IntRef come = new IntRef();
        Await.until(n + " bytes", LIMIT, () -> {
            assertThat(ioctl(fd, FIONREAD, come)).isZero();
            return come.value >= n;
        });
    }

    /** Reads exactly so many bytes of a plain socket. */
    static byte[] take(int fd, int n) {
        byte[] got = new byte[n];
        for (int at = 0; at < n; ) {
            assertThat(readable(fd)).as("bytes after %d of %d", at, n).isTrue();
            int rc = recv(fd, got, at, n - at, 0);
            assertThat(rc).as("bytes after %d of %d", at, n).isPositive();
            at += rc;
        }
        return got;
    }

    /** Reads one masked frame of up to 125 bytes: its first byte, then the payload in clear. */
    static byte[] takeFrame(int fd) {
        byte[] head = take(fd, 2);
        assertThat(head[1] & 0x80).as("mask bit").isEqualTo(0x80);
        byte[] rest = take(fd, 4 + (head[1] & 0x7f));
        return concat(new byte[] {head[0]}, clear(rest, 4, rest.length - 4));
    }

    /** The same of what ws owes its peer: what did not leave at once leaves while ws is polled. */
    static byte[] takeAnswer(int ws, int fd) {
        IntRef come = new IntRef();
        Await.until("an answer", LIMIT, () -> {
            poll(new Pollfd[] {new Pollfd(ws, 0)}, 1, 1);
            byte[] head = new byte[2];
            boolean begun = recv(fd, head, 2, MSG_PEEK | MSG_DONTWAIT) == 2;
            assertThat(ioctl(fd, FIONREAD, come)).isZero();
            return begun && come.value >= 6 + (head[1] & 0x7f);
        });
        return takeFrame(fd);
    }

    /** The n bytes from at on, under the key before them. */
    static byte[] clear(byte[] wire, int at, int n) {
        byte[] plain = new byte[n];
        for (int i = 0; i < n; i++) {
            plain[i] = (byte) (wire[at + i] ^ wire[at - 4 + (i & 3)]);
        }
        return plain;
    }

    /** Nothing has come, and the stream goes on. */
    static void assertSilent(int fd) {
        assertThat(recv(fd, new byte[1], 1, MSG_DONTWAIT)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EAGAIN);
    }

    static boolean readable(int fd) {
        return poll(new Pollfd[] {new Pollfd(fd, POLLIN)}, 1, (int) LIMIT.toMillis()) == 1;
    }

    /** What poll says before the time is over: revents, or 0. */
    static int revents(int fd, int events, int ms) {
        Pollfd[] fds = {new Pollfd(fd, events)};
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        int rc = poll(fds, 1, ms);
        assertThat(rc).isEqualTo(fds[0].revents == 0 ? 0 : 1);
        assertThat(rc == 0 || ms <= 0 || System.nanoTime() < deadline)
                .as("poll saw it when it came")
                .isTrue();
        return fds[0].revents;
    }

    /** Small kernel buffers, so that a large frame gets stuck early. */
    static void narrow(int sender, int receiver) {
        assertThat(setsockopt(sender, SOL_SOCKET, SO_SNDBUF, 16 << 10)).isZero();
        assertThat(setsockopt(receiver, SOL_SOCKET, SO_RCVBUF, 16 << 10)).isZero();
    }

    /** Begins a client's frame of n bytes that its kernel cannot take. */
    static void getStuck(int ws, int n) {
        int binary = WEBSOCKET_OPCODE_DATA_BINARY;
        int rc;
        do { // until it has begun
            rc = websocket_send_msg(ws, new byte[n], n, binary, true, true, K_NO_WAIT);
        } while (rc == -ETIMEDOUT);
        assertThat(rc).isEqualTo(n);
        assertThat(pending(ws)).isPositive();
    }

    static int pending(int ws) {
        IntRef bytes = new IntRef();
        assertThat(getsockopt(ws, SOL_WEBSOCKET, WEBSOCKET_PENDING, bytes)).isZero();
        return bytes.value;
    }

    static byte[] pattern(int n) {
        byte[] all = new byte[n];
        for (int i = 0; i < n; i++) {
            all[i] = (byte) (7 * i + 3);
        }
        return all;
    }

    static byte[] filled(int n, int octet) {
        byte[] all = new byte[n];
        Arrays.fill(all, (byte) octet);
        return all;
    }

    /** Returns once the thread is in native code or parked, by what the JVM tells of its stack. */
    static void awaitBlocked(Thread thread, String method) {
        Await.until("a thread in " + method, LIMIT, () -> {
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (frame.getMethodName().equals(method)) {
                    return true;
                }
            }
            return false;
        });
    }

    /** Processor time that the calling thread has used. */
    static long cpuMillis() {
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
