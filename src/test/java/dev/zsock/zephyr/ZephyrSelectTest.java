package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;
import static dev.zsock.zephyr.Ip.V6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("tests/net/socket/select")
class ZephyrSelectTest extends SocketSuite {
    @Test
    void test_fd_set() {
        FdSet set = new FdSet();
        assertThat(sizeof(set)).isEqualTo(128);
        FD_SET(7, set);
        FD_ZERO(set);
        assertThat(set.fds_bits).containsOnly(0);
        FD_SET(0, set);
        assertThat(set.fds_bits[0]).isEqualTo(1L);
        FD_SET(31, set);
        assertThat(set.fds_bits[0]).isEqualTo(0x8000_0001L);
        FD_SET(33, set); // words are as long as C's long
        assertThat(set.fds_bits[0]).isEqualTo(0x2_8000_0001L);
        assertThat(FD_ISSET(0, set)).isTrue();
        FD_CLR(0, set);
        assertThat(FD_ISSET(0, set)).isFalse();
        assertThat(FD_ISSET(33, set)).isTrue();
        FD_CLR(31, set);
        FD_CLR(33, set);
        assertThat(set.fds_bits).containsOnly(0);
    }

    private static int readable(FdSet set, int a, int b, Timeval timeout) {
        FD_ZERO(set);
        FD_SET(a, set);
        FD_SET(b, set);
        return select(Math.max(a, b) + 1, set, null, null, timeout);
    }

    @Test
    void test_select() {
        int server = bound(V6, SOCK_DGRAM);
        int client = open(V6, SOCK_DGRAM);
        ok(connect(client, name(server), V6.size));
        FdSet set = new FdSet();
        assertThat(readable(set, client, server, new Timeval(0, 0))).isZero();
        assertThat(set.fds_bits).containsOnly(0);
        Timeval brief = new Timeval(0, 30_000);
        assertThat(millis(() -> assertThat(readable(set, client, server, brief)).isZero()))
                .isGreaterThanOrEqualTo(30);
        put(client, SMALL);
        assertThat(readable(set, client, server, new Timeval(5, 0))).isEqualTo(1);
        assertThat(FD_ISSET(server, set)).isTrue();
        assertThat(FD_ISSET(client, set)).isFalse();
        assertThat(take(server, 0)).isEqualTo("test");
        assertThat(readable(set, client, server, new Timeval(0, 0))).isZero();
        shut(server);
        fails(readable(set, client, server, new Timeval(0, 0)), EBADF);
    }
}
