package dev.zsock;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Arrays;

/**
 * What Zephyr's sample {@code websocket_client} does, done again here: over IPv4 and IPv6 it sends
 * growing pieces of a text to an echo server on the port it knows, by the websocket API and by the
 * BSD API in turns, and compares what comes back.
 */
@Tag("behaviour")
@Timeout(60)
class WebsocketClientSampleTest {
    private static final String TEXT = "The quick brown fox jumps over the lazy dog, für fünf €. ";
    private static final byte[] MESSAGE = TEXT.repeat(20).getBytes(UTF_8);
    private static final int MAX_HEADER = 30;
    private static final int RECV_BUF_SIZE = 64; // smaller than a message: it comes in pieces
    private static final int TIMEOUT = 20 * MSEC_PER_SEC;

    private int connected;

    @Test
    @DisplayName("Zephyr's sample websocket_client: both APIs in turns, over IPv4 and IPv6")
    @Tag("lasting")
    void sample() {
        try (Peer four = Peers.pythonWebsockets("127.0.0.1");
                Peer six = Peers.pythonWebsockets("::1")) {
            int[] sock4 = new int[1];
            int[] sock6 = new int[1];
            int ws4 = setup(AF_INET, four, sock4);
            int ws6 = setup(AF_INET6, six, sock6);
            assertThat(connected).isEqualTo(2);
            for (int round = 0; round < 12; round++) {
                int amount = 1 + round * (MESSAGE.length - 1) / 11;
                while (amount < MESSAGE.length && (MESSAGE[amount] & 0xc0) == 0x80) {
                    amount++; // TEXT ends between two characters
                }
                sendAndCompare(ws4, amount, round % 2 == 0);
                sendAndCompare(ws6, amount, round % 2 == 1);
            }
            assertThat(close(ws4)).isZero();
            assertThat(websocket_disconnect(ws6)).isZero();
            assertThat(close(sock4[0])).isZero();
            assertThat(close(sock6[0])).isZero();
        }
    }

    private int setup(int family, Peer peer, int[] sock) {
        Sockaddr addr = address(family, peer);
        sock[0] = socket(family, SOCK_STREAM, IPPROTO_TCP);
        assertThat(sock[0]).isGreaterThan(2);
        int size = family == AF_INET ? SockaddrIn.SIZE : SockaddrIn6.SIZE;
        assertThat(connect(sock[0], addr, size)).isZero();

        WebsocketRequest req = new WebsocketRequest();
        req.host = peer.host();
        req.url = "/";
        req.optional_headers = new String[] {"Origin: http://foobar\r\n", null};
        req.cb = (ws, request, user_data) -> {
            assertThat(user_data).isEqualTo(peer.host());
            connected++;
            return 0;
        };
        req.tmp_buf = new byte[MESSAGE.length + MAX_HEADER];
        req.tmp_buf_len = req.tmp_buf.length;
        int websock = websocket_connect(sock[0], req, TIMEOUT, peer.host());
        assertThat(websock).isGreaterThan(2);
        return websock;
    }

    private static Sockaddr address(int family, Peer peer) {
        if (family == AF_INET) {
            SockaddrIn addr = new SockaddrIn();
            addr.sin_family = AF_INET;
            addr.sin_port = htons(peer.port());
            assertThat(inet_pton(AF_INET, peer.host(), addr.sin_addr)).isEqualTo(1);
            return addr;
        }
        SockaddrIn6 addr = new SockaddrIn6();
        addr.sin6_family = AF_INET6;
        addr.sin6_port = htons(peer.port());
        assertThat(inet_pton(AF_INET6, peer.host(), addr.sin6_addr)).isEqualTo(1);
        return addr;
    }

    private static void sendAndCompare(int sock, int amount, boolean websocketApi) {
        int ret = websocketApi
                ? websocket_send_msg(
                        sock,
                        MESSAGE,
                        amount,
                        WEBSOCKET_OPCODE_DATA_TEXT,
                        true,
                        true,
                        SYS_FOREVER_MS)
                : send(sock, MESSAGE, amount, 0);
        assertThat(ret).isEqualTo(amount);
        byte[] got = websocketApi ? receiveFrame(sock) : receiveBytes(sock, amount);
        assertThat(got).isEqualTo(Arrays.copyOf(MESSAGE, amount));
    }

    /** websocket_recv_msg without waiting, until nothing remains of the frame. */
    private static byte[] receiveFrame(int sock) {
        byte[] all = new byte[MESSAGE.length];
        int read_pos = 0;
        IntRef message_type = new IntRef();
        LongRef remaining = new LongRef(ULLONG_MAX);
        while (remaining.value > 0) {
            int room = Math.min(RECV_BUF_SIZE, all.length - read_pos);
            int ret = websocket_recv_msg(
                    sock, all, read_pos, Math.max(1, room), message_type, remaining, K_NO_WAIT);
            if (ret == -EAGAIN) {
                waitForData(sock);
                continue;
            }
            assertThat(ret).isPositive();
            assertThat(message_type.value).isEqualTo(WEBSOCKET_FLAG_TEXT | WEBSOCKET_FLAG_FINAL);
            read_pos += ret;
        }
        return Arrays.copyOf(all, read_pos);
    }

    private static byte[] receiveBytes(int sock, int amount) {
        byte[] all = new byte[amount];
        int read_pos = 0;
        while (read_pos < amount) {
            int ret = recv(sock, all, read_pos, amount - read_pos, MSG_DONTWAIT);
            if (ret < 0 && errno() == EAGAIN) {
                waitForData(sock);
                continue;
            }
            assertThat(ret).isPositive();
            read_pos += ret;
        }
        return all;
    }

    private static void waitForData(int sock) {
        Pollfd[] fds = Pollfd.array(1);
        fds[0].fd = sock;
        fds[0].events = POLLIN;
        assertThat(poll(fds, 1, TIMEOUT)).isEqualTo(1);
    }
}
