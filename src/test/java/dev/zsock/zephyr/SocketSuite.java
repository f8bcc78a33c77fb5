package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrStorage;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/** What the suites share: sockets that are closed in the end, and the calls every case makes. */
@Timeout(60)
@Tag("behaviour")
abstract class SocketSuite {
    static final byte[] SMALL = "test".getBytes(StandardCharsets.US_ASCII);
    static final int SOON = 20_000; // ms within which what must come comes: a machine may stall
    static final int ANY_PORT = 0;

    private final List<Integer> opened = new ArrayList<>();

    @AfterEach
    void closeWhatIsOpen() {
        opened.forEach(fd -> dev.zsock.Sockets.close(fd));
    }

    /** A new number that has to be closed. */
    final int keep(int fd) {
        opened.add(ok(fd));
        return fd;
    }

    /** Closes a kept number. */
    final void shut(int fd) {
        opened.remove((Integer) fd);
        ok(close(fd));
    }

    static int ok(int rc) {
        if (rc < 0) {
            throw new AssertionError(strerrorname(errno()));
        }
        return rc;
    }

    static void fails(int rc, int error) {
        String name = rc == -1 ? strerrorname(errno()) : "returned " + rc;
        assertThat(name).isEqualTo(strerrorname(error));
    }

    final int open(Ip ip, int type) {
        return keep(socket(ip.family, type, 0));
    }

    /** A socket bound to a free port of the loopback address. */
    final int bound(Ip ip, int type) {
        int fd = open(ip, type);
        ok(bind(fd, ip.loopback(ANY_PORT), ip.size));
        return fd;
    }

    /**
     * A port that no socket has in either family. The kernel gives it to nobody by itself, so that
     * no connection of others, which may be in TIME-WAIT, is in the way of the second bind.
     */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            boolean free = true;
            for (int type : new int[] {SOCK_STREAM, SOCK_DGRAM}) {
                int probe = ok(socket(AF_INET6, type, 0));
                setInt(probe, IPPROTO_IPV6, IPV6_V6ONLY, 0);
                free &= bind(probe, Ip.V6.any(port), Ip.V6.size) == 0;
                close(probe);
            }
            if (free) {
                return port;
            }
        }
    }

    final int listening(Ip ip, int backlog) {
        int fd = bound(ip, SOCK_STREAM);
        ok(listen(fd, backlog));
        return fd;
    }

    final int connected(Ip ip, int listener) {
        int fd = open(ip, SOCK_STREAM);
        ok(connect(fd, name(listener), ip.size));
        return fd;
    }

    final int accepted(int listener) {
        return keep(accept(listener, null, null));
    }

    /** Where a socket is bound. */
    static Sockaddr name(int fd) {
        SockaddrStorage addr = new SockaddrStorage();
        ok(getsockname(fd, addr, new IntRef(SockaddrStorage.SIZE)));
        return addr;
    }

    static int port(int fd) {
        return Ip.port(name(fd));
    }

    static void put(int fd, byte[] bytes) {
        assertThat(send(fd, bytes, bytes.length, 0)).isEqualTo(bytes.length);
    }

    static String take(int fd, int flags) {
        byte[] buf = new byte[64];
        int n = ok(recv(fd, buf, buf.length, flags));
        return new String(buf, 0, n, StandardCharsets.US_ASCII);
    }

    static void setInt(int fd, int level, int option, int value) {
        ok(setsockopt(fd, level, option, value));
    }

    static int getInt(int fd, int level, int option) {
        IntRef value = new IntRef();
        IntRef length = new IntRef(4);
        ok(getsockopt(fd, level, option, value, length));
        assertThat(length.value).isEqualTo(4);
        return value.value;
    }

    static void setTime(int fd, int option, int ms) {
        ok(setsockopt(fd, SOL_SOCKET, option, new Timeval(ms / 1000, ms % 1000 * 1000L)));
    }

    static void nonblocking(int fd) {
        int flags = ok(fcntl(fd, F_GETFL, 0));
        ok(fcntl(fd, F_SETFL, flags | O_NONBLOCK));
    }

    static Pollfd entry(int fd, int events) {
        Pollfd entry = new Pollfd();
        entry.fd = fd;
        entry.events = events;
        return entry;
    }

    static int revents(int fd, int events, int timeout) {
        Pollfd[] fds = {entry(fd, events)};
        int rc = ok(poll(fds, 1, timeout));
        assertThat(rc).isEqualTo(fds[0].revents == 0 ? 0 : 1);
        return fds[0].revents;
    }

    static void awaitReadable(int fd) {
        assertThat(revents(fd, POLLIN, SOON) & POLLIN).isEqualTo(POLLIN);
    }

    static long millis(Runnable body) {
        long before = System.nanoTime();
        body.run();
        return (System.nanoTime() - before) / 1_000_000;
    }

    /** Fills what the peer does not read: how many bytes went. */
    static int fill(int fd, int step) {
        byte[] bytes = new byte[step];
        int sum = 0;
        int n;
        while ((n = send(fd, bytes, step, MSG_DONTWAIT)) > 0) {
            sum += n;
        }
        fails(n, EAGAIN);
        return sum;
    }

    /** A call in another thread: what it returned, -errno for -1. */
    static CompletableFuture<Integer> start(IntSupplier call) {
        return Background.supply(() -> {
            int rc = call.getAsInt();
            return rc == -1 ? -errno() : rc;
        });
    }

    static int result(CompletableFuture<Integer> call) throws Exception {
        return call.get(SOON, TimeUnit.MILLISECONDS);
    }

    /** Fails when the call ends within 50 ms. */
    static void blocks(CompletableFuture<?> call) throws Exception {
        try {
            call.get(50, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        }
        throw new AssertionError("the call did not block");
    }
}
