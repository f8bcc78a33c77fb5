package dev.zsock.contract;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zsock.testkit.ForkedJvm;
import dev.zsock.uapi.Pollfd;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

@DisplayName("fd table")
@Timeout(120)
@Tag("behaviour")
class FdTableTest {
    private static List<String> java(String input, String... options) throws Exception {
        Path file = Files.createTempFile("zsock", ".in");
        try {
            Files.writeString(file, input);
            return ForkedJvm.run(List.of(options), SmallTable.class, List.of(), file)
                    .output()
                    .lines()
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    @DisplayName("full: ENFILE, -ENOSPC; accept leaves the connection in the queue; 0 is stdin")
    @Tag("lasting")
    void full() throws Exception {
        assertThat(java("hello", "-Dzsock.open.max=8"))
                .containsSubsequence(
                        "poll 2",
                        "in " + POLLIN,
                        "out " + POLLOUT,
                        "read 5",
                        "first " + (int) 'h',
                        "recv " + -ENOTSOCK,
                        "raw 1",
                        "bind 0",
                        "connect 0",
                        "filled 7",
                        "socket " + -ENFILE,
                        "dup " + -ENFILE,
                        "eventfd " + -ENFILE,
                        "pipe " + -ENFILE,
                        "accept " + -ENFILE,
                        "register " + -ENOSPC,
                        "pair " + -ENFILE,
                        "untouched 1",
                        "accepted 6",
                        "noAnswer " + -ECONNABORTED,
                        "registered 7",
                        "closed 0",
                        "again 7",
                        "range " + -EINVAL,
                        "stdin 0",
                        "lowest 0",
                        "end");
    }

    @Test
    @DisplayName("a size that has no room for the standard streams is taken as one that has")
    @Tag("lasting")
    void tiny() throws Exception {
        assertThat(java("x", "-Dzsock.open.max=-5")).contains("in " + POLLIN, "end");
    }

    @Test
    @DisplayName("lowest free number first; a recycled number is not the old file")
    void lowestFirst() {
        int[] fds = new int[20];
        for (int i = 0; i < fds.length; i++) {
            fds[i] = socket(AF_INET, SOCK_DGRAM, 0);
            assertThat(i == 0 || fds[i] > fds[i - 1]).isTrue();
        }
        assertThat(close(fds[11])).isZero();
        assertThat(close(fds[4])).isZero();
        assertThat(close(fds[4])).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EBADF);
        assertThat(dup(fds[0])).isEqualTo(fds[4]);
        assertThat(eventfd(1, 0)).isEqualTo(fds[11]);
        assertThat(recv(fds[11], new byte[1], 1, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(ENOTSOCK);
        assertThat(fcntl(fds[0], F_DUPFD, fds[19] + 30)).isEqualTo(fds[19] + 30);
        close(fds[19] + 30);
        for (int fd : fds) {
            assertThat(close(fd)).isZero();
        }
    }

    @Test
    @DisplayName("65,536 numbers by default")
    void size() {
        assertThat(fcntl(1, F_DUPFD, 65_535)).isEqualTo(65_535);
        assertThat(fcntl(1, F_DUPFD, 65_536)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EINVAL);
        assertThat(fcntl(1, F_DUPFD, -1)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(EINVAL);
        assertThat(fcntl(1, F_DUPFD, 65_535)).isEqualTo(-1);
        assertThat(errno()).isIn(ENFILE, EMFILE);
        Pollfd[] fds = {new Pollfd(65_535, POLLOUT), new Pollfd(65_536, POLLOUT)};
        assertThat(poll(fds, 2, 0)).isEqualTo(2);
        assertThat(fds[0].revents).isIn(POLLOUT, POLLERR, POLLOUT | POLLERR);
        assertThat(fds[1].revents).isEqualTo(POLLNVAL);
        assertThat(close(65_535)).isZero();
    }

    @Test
    @DisplayName("pipe and socketpair into less than two: thrown before any number is taken")
    @Tag("calm")
    void noRoomForTwo() {
        int free = dup(0);
        assertThat(close(free)).isZero();
        assertThatThrownBy(() -> pipe(new int[1])).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> socketpair(AF_UNIX, SOCK_STREAM, 0, new int[1]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(dup(0)).isEqualTo(free);
        assertThat(close(free)).isZero();
    }
}
