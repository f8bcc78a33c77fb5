package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.WsPair;
import dev.zsock.uapi.Cmsghdr;
import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Ipv6Mreq;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Timeval;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What docs/DIFFERENCES.md says of plain calls and names no other test for. */
@DisplayName("DIFFERENCES, further calls")
@Tag("behaviour")
@Timeout(120)
class DifferencesTest {
    private static final Path PAGE = Path.of("docs/DIFFERENCES.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final int SIOCGIFCONF = 0x8912;

    private final byte[] buf = new byte[8];

    private static void fails(int error, int rc) {
        assertThat(rc).isEqualTo(-1);
        assertThat(errno()).isEqualTo(error);
    }

    private static int[] pair() {
        int[] sv = new int[2];
        assertThat(socketpair(AF_UNIX, SOCK_STREAM, 0, sv)).isZero();
        return sv;
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, -1000, Integer.MIN_VALUE})
    void pollBelowMinusOne(int timeout) {
        int[] sv = pair();
        Pollfd[] fds = {new Pollfd(sv[0], POLLIN)};
        assertThat(poll(fds, 1, timeout)).isZero();
        put(sv[1], 'x');
        assertThat(poll(fds, 1, timeout)).isOne();
        assertThat(poll(fds, 1, -1)).isOne();
        close(sv[0]);
        close(sv[1]);
    }

    private static Msghdr message(int level, int type, int value) {
        Msghdr msg = new Msghdr();
        msg.msg_iov = new Iovec[] {new Iovec(bytes('x'), 1)};
        msg.msg_iovlen = 1;
        msg.msg_control = new byte[CMSG_SPACE(Integer.BYTES)];
        msg.msg_controllen = msg.msg_control.length;
        Cmsghdr cmsg = CMSG_FIRSTHDR(msg);
        cmsg.cmsg_level = level;
        cmsg.cmsg_type = type;
        cmsg.cmsg_len = CMSG_LEN(Integer.BYTES);
        CMSG_DATA(cmsg).putInt(value);
        return msg;
    }

    @Test
    void passingAWebsocket() {
        int[] sv = pair();
        try (WsPair pair = WsPair.openClient()) {
            fails(EINVAL, sendmsg(sv[0], message(SOL_SOCKET, SCM_RIGHTS, pair.client), 0));
            assertSilent(sv[1]);
            assertThat(sendmsg(sv[0], message(SOL_SOCKET, SCM_RIGHTS, pair.clientTransport), 0))
                    .isOne();
            Msghdr got = message(0, 0, 0);
            assertThat(recvmsg(sv[1], got, 0)).isOne();
            assertThat(CMSG_FIRSTHDR(got).cmsg_type).isEqualTo(SCM_RIGHTS);
            assertThat(close(CMSG_DATA(CMSG_FIRSTHDR(got)).getInt())).isZero();
        }
        close(sv[0]);
        close(sv[1]);
    }

    @Test
    void unknownControlMessages() {
        int[] sv = pair();
        assertThat(sendmsg(sv[0], message(12345, 1, 7), 0)).as("another level").isOne();
        fails(EINVAL, sendmsg(sv[0], message(SOL_SOCKET, 12345, 7), 0));
        assertThat(recv(sv[1], buf, 8, 0)).isOne();
        try (WsPair pair = WsPair.openClient()) {
            assertThat(sendmsg(pair.client, message(SOL_SOCKET, 12345, 7), 0)).isOne();
            assertThat(takeFrame(pair.serverTransport)).isEqualTo(bytes(0x81, 'x'));
        }
        close(sv[0]);
        close(sv[1]);
    }

    @Test
    void dupOfAWebsocket() {
        try (WsPair pair = WsPair.openClient()) {
            int other = dup(pair.client);
            assertThat(close(pair.client)).isZero();
            assertSilent(pair.serverTransport);
            assertThat(send(other, bytes('x'), 1, 0)).isOne();
            assertThat(takeFrame(pair.serverTransport)).isEqualTo(bytes(0x81, 'x'));
            assertThat(close(other)).isZero();
            assertThat(takeFrame(pair.serverTransport)).isEqualTo(bytes(0x88));
        }
    }

    @Test
    void requestsOfIoctl() {
        int[] sv = pair();
        IntRef arg = new IntRef(1);
        assertThat(ioctl(sv[0], FIONBIO, arg)).isZero();
        assertThat(fcntl(sv[0], F_GETFL) & O_NONBLOCK).isEqualTo(O_NONBLOCK);
        fails(ENOTTY, ioctl(sv[0], SIOCGIFCONF, new IntRef()));
        close(sv[0]);
        close(sv[1]);
        try (WsPair pair = WsPair.openClient()) {
            assertThat(ioctl(pair.client, FIONBIO, arg)).isZero();
            assertThat(fcntl(pair.clientTransport, F_GETFL) & O_NONBLOCK)
                    .as("of the transport")
                    .isEqualTo(O_NONBLOCK);
            fails(ENOTTY, ioctl(pair.client, SIOCGIFCONF, new IntRef()));
        }
    }

    @Test
    void selectTellsTheTimeLeft() {
        int[] sv = pair();
        put(sv[1], 'x');
        FdSet set = new FdSet();
        FD_SET(sv[0], set);
        Timeval left = new Timeval(2000, 0);
        assertThat(select(sv[0] + 1, set, null, null, left)).isOne();
        assertThat(left.tv_sec).isBetween(1000L, 1999L);
        left.set(new Timeval(0, 1000));
        assertThat(select(0, null, null, null, left)).isZero();
        assertThat(left.tv_sec + left.tv_usec).isZero();
        close(sv[0]);
        close(sv[1]);
    }

    @Test
    void lengthsOfOptions() {
        int[] sv = pair();
        IntRef value = new IntRef(1);
        fails(EINVAL, setsockopt(sv[0], SOL_SOCKET, SO_PASSCRED, 1, -1));
        fails(EINVAL, setsockopt(sv[0], SOL_SOCKET, SO_PASSCRED, 1, 5));
        fails(EINVAL, getsockopt(sv[0], SOL_SOCKET, SO_TYPE, value, new IntRef(-1)));
        fails(EINVAL, getsockopt(sv[0], SOL_SOCKET, SO_TYPE, value, new IntRef(5)));
        close(sv[0]);
        close(sv[1]);
    }

    @Test
    void namesOfTheHost() {
        Ipv6Mreq group = new Ipv6Mreq();
        group.ipv6mr_interface = 1;
        assertThat(sizeof(group)).isEqualTo(20);
        assertThat(NI_MAXHOST).isEqualTo(1025);
        assertThat(gai_strerror(EAI_NONAME)).isEqualTo("Name or service not known");
        assertThat(gai_strerror(77)).isEqualTo("Unknown error");
    }

    @Test
    @DisplayName("the tests that the page names are there")
    void thePageNamesTests() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("## Further calls"));
        section = section.substring(0, section.indexOf("\n## "));
        assertThat(TEST.matcher(section).results().count()).isGreaterThan(7);
        for (var match : TEST.matcher(section).results().toList()) {
            Path source;
            try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
                source = files.filter(f -> f.endsWith(match.group(1) + ".java"))
                        .findAny()
                        .orElseThrow();
            }
            assertThat(Files.readString(source)).contains("void " + match.group(2) + "(");
        }
    }
}
