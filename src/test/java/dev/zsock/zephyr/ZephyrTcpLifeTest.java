package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;
import static dev.zsock.zephyr.Ip.V4;
import static dev.zsock.zephyr.Ip.V6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** tests/net/socket/tcp: connecting, listening, shutting down, closing, and links that break. */
@DisplayName("tests/net/socket/tcp: connections")
class ZephyrTcpLifeTest extends SocketSuite {
    private int listener;
    private int client;
    private int server;

    private void pair(Ip ip) {
        listener = listening(ip, 5);
        client = connected(ip, listener);
        server = accepted(listener);
    }

    /** A listener that no packet reaches. */
    private Sockaddr unreachable() {
        listener = listening(V4, 1);
        V4.broken(listener, true);
        return name(listener);
    }

    /** Makes a socket give up connecting after the next repeated request: the first is a second. */
    private static void impatient(int fd) {
        setInt(fd, IPPROTO_TCP, TCP_SYNCNT, 1);
        setInt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, 500);
    }

    @Test
    @Tag("lasting")
    void test_v4_broken_link() {
        pair(V4);
        setTime(server, SO_RCVTIMEO, 200);
        setInt(client, IPPROTO_TCP, TCP_USER_TIMEOUT, 300);
        V4.broken(server, true);
        put(client, SMALL);
        assertThat(millis(() -> fails(recv(server, new byte[4], 4, 0), EAGAIN)))
                .isGreaterThanOrEqualTo(200);
        fails(recv(client, new byte[4], 4, 0), ETIMEDOUT);
    }

    @Test
    void test_shutdown_rd_synchronous() {
        pair(V4);
        ok(shutdown(client, SHUT_RD));
        for (int i = 0; i < 3; i++) {
            assertThat(recv(client, new byte[4], 4, 0)).isZero();
        }
    }

    @Test
    void test_shutdown_rd_while_recv() throws Exception {
        pair(V4);
        var call = start(() -> recv(client, new byte[4], 4, 0));
        blocks(call);
        ok(shutdown(client, SHUT_RD));
        assertThat(result(call)).isZero();
    }

    @Test
    void test_open_close_immediately() {
        int unused = bound(V4, SOCK_STREAM);
        listener = listening(V4, 1);
        client = open(V4, SOCK_STREAM);
        fails(connect(client, name(unused), V4.size), ECONNREFUSED);
        shut(client);
        fails(fcntl(client, F_GETFD, 0), EBADF);
        assertThat(revents(listener, POLLIN, 0)).isZero();
    }

    @Test
    @Tag("lasting")
    void test_connect_timeout() {
        Sockaddr nowhere = unreachable();
        client = open(V4, SOCK_STREAM);
        impatient(client);
        fails(connect(client, nowhere, V4.size), ETIMEDOUT);
        shut(client);
        fails(fcntl(client, F_GETFD, 0), EBADF);
    }

    @Test
    @Tag("lasting")
    void test_async_connect_timeout() {
        Sockaddr nowhere = unreachable();
        client = open(V4, SOCK_STREAM);
        nonblocking(client);
        fails(connect(client, nowhere, V4.size), EINPROGRESS);
        assertThat(revents(client, POLLOUT, 50)).isZero();
        impatient(client); // now: else it may have given up before a machine that stalls has looked
        assertThat(revents(client, POLLOUT, SOON)).isEqualTo(POLLOUT | POLLERR | POLLHUP);
        assertThat(getInt(client, SOL_SOCKET, SO_ERROR)).isEqualTo(ETIMEDOUT);
    }

    @Test
    @Tag("calm")
    void test_async_connect() {
        listener = listening(V4, 1);
        client = open(V4, SOCK_STREAM);
        nonblocking(client);
        fails(connect(client, name(listener), V4.size), EINPROGRESS);
        assertThat(revents(client, POLLOUT, SOON)).isEqualTo(POLLOUT);
        server = accepted(listener);
        put(client, SMALL);
        assertThat(take(server, 0)).isEqualTo("test");
    }

    @Test
    @Tag("lasting")
    void test_z_close_obstructed() {
        Sockaddr local = V4.loopback(freePort()); // else a connection of others may share it
        listener = listening(V4, 5);
        client = open(V4, SOCK_STREAM);
        ok(bind(client, local, V4.size));
        ok(connect(client, name(listener), V4.size));
        server = accepted(listener);
        setInt(client, IPPROTO_TCP, TCP_USER_TIMEOUT, 500);
        V4.broken(server, true);
        int next = open(V4, SOCK_STREAM);
        long before = System.nanoTime();
        shut(client); // its FIN is lost: the kernel repeats it
        Await.until("the kernel gives up", Duration.ofMillis(SOON), () -> {
            int rc = bind(next, local, V4.size);
            if (rc != 0) {
                fails(rc, EADDRINUSE);
            }
            return rc == 0;
        });
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(500_000_000L);
    }

    @Test
    void test_v4_accept_timeout() {
        listener = listening(V4, 1);
        nonblocking(listener);
        assertThat(millis(() -> fails(accept(listener, null, null), EAGAIN))).isLessThan(SOON);
    }

    @Test
    void test_close_while_recv() throws Exception {
        pair(V4);
        var call = start(() -> recv(client, new byte[4], 4, 0));
        blocks(call);
        shut(client);
        assertThat(result(call)).isEqualTo(-EBADF);
    }

    @Test
    void test_close_while_accept() throws Exception {
        listener = listening(V4, 1);
        var call = start(() -> accept(listener, null, null));
        blocks(call);
        shut(listener);
        assertThat(result(call)).isEqualTo(-EBADF);
    }

    /** A connection is asked for at a port where nobody listens. */
    private int refused() {
        int unused = bound(V4, SOCK_STREAM);
        int fd = open(V4, SOCK_STREAM);
        nonblocking(fd);
        fails(connect(fd, name(unused), V4.size), EINPROGRESS);
        return fd;
    }

    @Test
    void test_connect_and_wait_for_v4_select() {
        int fd = refused();
        FdSet write = new FdSet();
        FD_SET(fd, write);
        assertThat(select(fd + 1, null, write, null, new Timeval(5, 0))).isEqualTo(1);
        assertThat(FD_ISSET(fd, write)).isTrue();
        assertThat(getInt(fd, SOL_SOCKET, SO_ERROR)).isEqualTo(ECONNREFUSED);
    }

    @Test
    void test_connect_and_wait_for_v4_poll_pollout() {
        int fd = refused();
        assertThat(revents(fd, POLLOUT, SOON)).isEqualTo(POLLOUT | POLLERR | POLLHUP);
        assertThat(getInt(fd, SOL_SOCKET, SO_ERROR)).isEqualTo(ECONNREFUSED);
    }

    @Test
    void test_connect_and_wait_for_v4_poll_pollin() {
        int fd = refused();
        assertThat(revents(fd, POLLIN, SOON)).isEqualTo(POLLIN | POLLERR | POLLHUP);
        assertThat(getInt(fd, SOL_SOCKET, SO_ERROR)).isEqualTo(ECONNREFUSED);
    }

    /** A queue of n has room for n + 1, and one more after each accept. */
    private void backlog(Ip ip, int n) {
        listener = listening(ip, n);
        for (int i = 0; i <= n; i++) {
            connected(ip, listener);
        }
        int extra = open(ip, SOCK_STREAM);
        setTime(extra, SO_SNDTIMEO, 100);
        fails(connect(extra, name(listener), ip.size), EINPROGRESS);
        shut(extra);
        accepted(listener);
        connected(ip, listener);
        for (int i = 0; i <= n; i++) {
            accepted(listener);
        }
        nonblocking(listener);
        fails(accept(listener, null, null), EAGAIN);
    }

    @Test
    void test_v4_listen_backlog() {
        for (int n : new int[] {0, 1, 3}) {
            backlog(V4, n);
        }
    }

    @Test
    void test_v6_listen_backlog() {
        for (int n : new int[] {0, 1, 3}) {
            backlog(V6, n);
        }
    }
}
