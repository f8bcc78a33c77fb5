package dev.zsock;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** What a websocket says after a peer without manners has reset the connection. */
@Tag("behaviour")
@Timeout(30)
class WebsocketResetTest {
    private static final byte[] TEXT = {'h', 'i'};
    private static final int RESET = POLLIN | POLLERR | POLLHUP;

    private int sock;
    private int ws;
    private Socket peer;

    @BeforeEach
    void open() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (ServerSocket server = new ServerSocket(0, 1, loopback)) {
            sock = socket(AF_INET, SOCK_STREAM, 0);
            SockaddrIn addr = new SockaddrIn(0x7f000001, server.getLocalPort());
            assertThat(connect(sock, addr, SockaddrIn.SIZE)).isZero();
            peer = server.accept();
        }
        ws = websocket_register(sock, null, 0);
        assertThat(ws).isNotNegative();
    }

    @AfterEach
    void closeAll() {
        close(ws);
        close(sock);
    }

    private void reset() throws IOException {
        peer.setSoLinger(true, 0);
        peer.close();
        Await.until(
                "reset has come",
                Duration.ofSeconds(20),
                () -> poll(new Pollfd[] {new Pollfd(sock, 0)}, 1, 0) == 1);
    }

    private static int polled(int fd) {
        Pollfd[] fds = {new Pollfd(fd, POLLIN)};
        assertThat(poll(fds, 1, 1000)).isOne();
        return fds[0].revents;
    }

    @Test
    void receivesSayResetAfterASendHasTakenTheKernelsError() throws IOException {
        reset();
        assertThat(send(ws, TEXT, 2, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(ECONNRESET);
        byte[] buf = new byte[8];
        assertThat(websocket_recv_msg(ws, buf, 8, null, null, 100)).isEqualTo(-ECONNRESET);
        assertThat(websocket_recv_msg(ws, buf, 8, null, null, 100)).isEqualTo(-ECONNRESET);
        assertThat(recv(ws, buf, 8, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(ECONNRESET);
    }

    @Test
    void whatCameBeforeTheResetIsDeliveredFirst() throws IOException {
        peer.getOutputStream().write(new byte[] {(byte) 0x82, (byte) 0x81, 0, 0, 0, 0, 7});
        reset();
        assertThat(send(ws, TEXT, 2, 0)).isEqualTo(-1);
        byte[] buf = new byte[8];
        assertThat(recv(ws, buf, 8, 0)).isOne();
        assertThat(buf[0]).isEqualTo((byte) 7);
        assertThat(recv(ws, buf, 8, 0)).isEqualTo(-1);
        assertThat(errno()).isEqualTo(ECONNRESET);
    }

    @Test
    void pollSaysPollerrAsLongAsReceivesSayReset() throws IOException {
        reset();
        assertThat(polled(ws)).isEqualTo(RESET);
        assertThat(polled(ws)).isEqualTo(RESET);
        assertThat(websocket_recv_msg(ws, new byte[8], 8, null, null, 100)).isEqualTo(-ECONNRESET);
        assertThat(polled(ws)).isEqualTo(RESET);
    }
}
