package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;
import static dev.zsock.zephyr.Ip.V4;
import static dev.zsock.zephyr.Ip.V6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.Pollfd;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("tests/net/socket/poll")
class ZephyrPollTest extends SocketSuite {
    private static final int UNTOUCHED = 0x55;

    private void quiet(Pollfd[] fds, int timeout) {
        for (Pollfd entry : fds) {
            entry.revents = UNTOUCHED;
        }
        int first = fds[0].fd;
        assertThat(poll(fds, fds.length, timeout)).isZero();
        assertThat(fds[0].fd).isEqualTo(first);
        for (Pollfd entry : fds) {
            assertThat(entry.events).isEqualTo(POLLIN);
            assertThat(entry.revents).isZero();
        }
    }

    private void datagrams() {
        int server = bound(V6, SOCK_DGRAM);
        int client = open(V6, SOCK_DGRAM);
        ok(connect(client, name(server), V6.size));
        Pollfd[] fds = {entry(client, POLLIN), entry(server, POLLIN)};
        quiet(fds, 0);
        assertThat(millis(() -> quiet(fds, 30))).isGreaterThanOrEqualTo(30);
        put(client, SMALL);
        assertThat(poll(fds, 2, SOON)).isEqualTo(1);
        assertThat(fds[0].revents).isZero();
        assertThat(fds[1].revents).isEqualTo(POLLIN);
        assertThat(take(server, 0)).isEqualTo("test");
        quiet(fds, 0);
        assertThat(revents(client, POLLOUT, SOON)).isEqualTo(POLLOUT);
    }

    private void stream() {
        int listener = listening(V4, 1);
        int client = connected(V4, listener);
        accepted(listener);
        assertThat(revents(client, POLLOUT, SOON)).isEqualTo(POLLOUT);
    }

    private void closed() {
        int open = bound(V4, SOCK_DGRAM);
        int gone = bound(V4, SOCK_DGRAM);
        shut(gone);
        Pollfd[] fds = {entry(open, POLLIN), entry(gone, POLLIN)};
        assertThat(poll(fds, 2, 0)).isEqualTo(1);
        assertThat(fds[0].revents).isZero();
        assertThat(fds[1].revents).isEqualTo(POLLNVAL);
    }

    @Test
    void test_poll() {
        datagrams();
        stream();
        closed();
    }
}
