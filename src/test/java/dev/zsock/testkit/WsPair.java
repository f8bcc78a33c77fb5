package dev.zsock.testkit;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.WebsocketRequest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/**
 * A websocket of each role on the two ends of one TCP connection over loopback, all of this
 * library.
 */
public final class WsPair implements AutoCloseable {
    /** The client's websocket and its transport. */
    public final int client;

    public final int clientTransport;

    /** The server's websocket, or -1 when only the handshake was answered, and its transport. */
    public final int server;

    public final int serverTransport;

    private WsPair(int client, int clientTransport, int server, int serverTransport) {
        this.client = client;
        this.clientTransport = clientTransport;
        this.server = server;
        this.serverTransport = serverTransport;
    }

    /** Both ends are websockets. */
    public static WsPair open() {
        WsPair half = openClient();
        int ws = websocket_register(half.serverTransport, null, 0);
        assertThat(ws).isGreaterThan(2);
        return new WsPair(half.client, half.clientTransport, ws, half.serverTransport);
    }

    /** The server's end is a plain TCP socket behind an answered handshake. */
    public static WsPair openClient() {
        int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
        SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, 0);
        assertThat(bind(listener, addr, SockaddrIn.SIZE)).isZero();
        assertThat(listen(listener, 1)).isZero();
        assertThat(getsockname(listener, addr, new IntRef(SockaddrIn.SIZE))).isZero();
        int tcp = socket(AF_INET, SOCK_STREAM, 0);
        assertThat(connect(tcp, addr, SockaddrIn.SIZE)).isZero();
        int peer = dev.zsock.Sockets.accept(listener, null, null);
        dev.zsock.Sockets.close(listener);
        // Two small frames in a row would wait for the acknowledgement of the first (Nagle).
        assertThat(setsockopt(tcp, IPPROTO_TCP, TCP_NODELAY, 1)).isZero();
        assertThat(setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, 1)).isZero();
        WebsocketRequest req = new WebsocketRequest();
        req.host = "localhost";
        req.url = "/";
        CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> answer(peer));
        int ws = websocket_connect(tcp, req, 5000, null);
        answer.join();
        assertThat(ws).isGreaterThan(2);
        return new WsPair(ws, tcp, -1, peer);
    }

    private static void answer(int peer) {
        StringBuilder head = new StringBuilder();
        byte[] buf = new byte[1];
        while (head.indexOf("\r\n\r\n") < 0) {
            assertThat(recv(peer, buf, 1, 0)).isEqualTo(1);
            head.append((char) buf[0]);
        }
        String name = "Sec-WebSocket-Key: ";
        int at = head.indexOf(name) + name.length();
        String accept = acceptValue(head.substring(at, head.indexOf("\r\n", at)));
        byte[] response = ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(send(peer, response, response.length, 0)).isEqualTo(response.length);
    }

    private static String acceptValue(String key) {
        try {
            byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes("US-ASCII");
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (java.security.GeneralSecurityException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        for (int fd : new int[] {client, server, clientTransport, serverTransport}) {
            dev.zsock.Sockets.close(fd);
        }
    }
}
