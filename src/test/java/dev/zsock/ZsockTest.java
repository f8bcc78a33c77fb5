package dev.zsock;

import static dev.zsock.Zsock.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.AbiProbe;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.ZsockAbi;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Zephyr's spellings: each means what the other one means, and none is missing. */
@Tag("behaviour")
class ZsockTest {
    private static final Set<String> ONLY_ONE_NAME = Set.of("sizeof");

    @Test
    void aliasesHaveTheValueOfTheirOriginals() throws IllegalAccessException {
        Map<String, Field> originals = new TreeMap<>();
        AbiProbe.javaConstants().forEach(field -> originals.put(field.getName(), field));
        for (Field alias : ZsockAbi.class.getDeclaredFields()) {
            String name = alias.getName().replaceFirst("^(NET|ZSOCK|ZVFS)_", "");
            assertThat(originals).as(alias.getName()).containsKey(name);
            assertThat(alias.getInt(null))
                    .as(alias.getName())
                    .isEqualTo(originals.get(name).getInt(null));
        }
    }

    @Test
    void optionsFlagsFamiliesAndEventsHaveBothNames() {
        Set<String> aliases = Arrays.stream(ZsockAbi.class.getDeclaredFields())
                .map(Field::getName)
                .collect(Collectors.toSet());
        String zsock = "(SO|MSG|SHUT|TCP|IP|IPV6|NI)_.*|SOL_(SOCKET|TLS)|POLL[A-Z]+";
        String net = "(AF|PF|SOCK|IPPROTO|INADDR)_.*";
        Set<String> missing = new TreeSet<>();
        for (Field field : AbiProbe.javaConstants()) {
            String name = field.getName();

            if (name.matches(zsock) && !aliases.contains("ZSOCK_" + name)
                    || name.matches(net) && !aliases.contains("NET_" + name)) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyCallHasAZsockName() {
        Set<String> there = Arrays.stream(Zsock.class.getMethods())
                .map(ZsockTest::signature)
                .collect(Collectors.toSet());
        List<Class<?>> headers = List.of(
                Netdb.class,
                Unistd.class,
                SocketIo.class,
                SocketMsg.class,
                SocketOpt.class,
                PollSelect.class,
                Sockets.class);
        List<String> missing = headers.stream()
                .flatMap(header -> Arrays.stream(header.getDeclaredMethods()))
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
                .filter(m -> !ONLY_ONE_NAME.contains(m.getName()))
                .map(m -> prefix(m.getName()) + signature(m))
                .filter(wanted -> !there.contains(wanted))
                .toList();
        assertThat(missing).isEmpty();
        assertThat(there).contains("net_htons(int)int", "net_ntohll(long)long");
    }

    private static String prefix(String name) {
        return name.startsWith("CMSG_") ? "NET_" : name.startsWith("FD_") ? "ZSOCK_" : "zsock_";
    }

    private static String signature(Method m) {
        return m.getName()
                + Stream.of(m.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(",", "(", ")"))
                + m.getReturnType().getSimpleName();
    }

    @Test
    @Tag("calm")
    void sendAllStopsAtItsTimeAndTellsHowFarItGot() {
        int[] sv = new int[2];
        assertThat(zsock_socketpair(NET_AF_UNIX, NET_SOCK_STREAM, 0, sv)).isZero();
        IntRef sent = new IntRef(-1);
        byte[] much = new byte[1 << 20];
        set_errno(77);
        assertThat(zsock_send_all(sv[0], much, much.length, 0, 20, sent)).isEqualTo(-ETIMEDOUT);
        assertThat(sent.value).isPositive().isLessThan(much.length);
        assertThat(zsock_send_all(sv[0], much, 1, 0, K_NO_WAIT, sent)).isEqualTo(-ETIMEDOUT);
        assertThat(sent.value).isZero();
        assertThat(zsock_send_all(sv[0], null, 1, 0, 0, sent)).isEqualTo(-EFAULT);
        zsock_close(sv[1]);
        assertThat(zsock_send_all(sv[0], much, 1, 0, K_FOREVER, null)).isEqualTo(-EPIPE);
        zsock_close(sv[0]);
        assertThat(zsock_send_all(sv[0], much, 1, 0, 0, sent)).isEqualTo(-EBADF);
        assertThat(zsock_sendmsg_all(sv[0], new Msghdr(), 0, 0, sent)).isEqualTo(-EBADF);
        assertThat(errno()).isEqualTo(77);
    }

    @Test
    void sendmsgAllMovesThePiecesOn() {
        int[] sv = new int[2];
        assertThat(zsock_socketpair(NET_AF_UNIX, NET_SOCK_STREAM, 0, sv)).isZero();
        Msghdr msg = new Msghdr();
        msg.msg_iov =
                new Iovec[] {new Iovec("head ".getBytes(), 5), new Iovec(new byte[1 << 20], 1 << 20)
                };
        msg.msg_iovlen = 2;
        IntRef sent = new IntRef();
        assertThat(zsock_sendmsg_all(sv[0], msg, 0, 20, sent)).isEqualTo(-ETIMEDOUT);
        assertThat(msg.msg_iov[0].iov_len).isZero();
        assertThat(msg.msg_iov[1].iov_off).isEqualTo(sent.value - 5);
        assertThat(zsock_sendmsg_all(sv[0], null, 0, 20, sent)).isEqualTo(-EFAULT);
        assertThat(sent.value).isZero();
        zsock_close(sv[0]);
        zsock_close(sv[1]);
    }
}
