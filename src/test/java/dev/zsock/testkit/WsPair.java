package dev.zsock.testkit;

import static dev.zsock.Sockets.*;
import static dev.zsock.WebsocketServer.websocket_upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.WebsocketRequest;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * A websocket of each role on the two ends of one TCP connection over loopback, all of this
 * library.
 */
public final class WsPair implements AutoCloseable {
    private static final int LIMIT = 20_000; // ms that a handshake may take

    /** The client's websocket, or -1 when it is not of this library, and its transport. */
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

    /** Both ends are websockets, as the client asks and the server can: extension, subprotocols. */
    public static WsPair open(WebsocketRequest req, boolean deflate, String... subprotocols) {
        int[] tcp = connected();
        req.host = "localhost";
        req.url = "/";
        CompletableFuture<Integer> server = Background.supply(() -> {
            assertThat(websocket_upgrade(tcp[1], subprotocols, deflate, LIMIT)).isZero();
            return websocket_register(tcp[1], null, 0);
        });
        int client = websocket_connect(tcp[0], req, LIMIT, null);
        assertThat(client).isGreaterThan(2);
        assertThat(server.join()).isGreaterThan(2);
        return new WsPair(client, tcp[0], server.join(), tcp[1]);
    }

    /** The server's end is a plain TCP socket behind an answered handshake. */
    public static WsPair openClient() {
        return openClient(new WebsocketRequest(), "");
    }

    /** The same with another request and further lines of the answer, each with CRLF. */
    public static WsPair openClient(WebsocketRequest req, String lines) {
        int[] tcp = connected();
        req.host = "localhost";
        req.url = "/";
        CompletableFuture<Void> answer = Background.run(() -> answer(tcp[1], lines));
        int ws = websocket_connect(tcp[0], req, LIMIT, null);
        answer.join();
        assertThat(ws).isGreaterThan(2);
        return new WsPair(ws, tcp[0], -1, tcp[1]);
    }

    /** The client's end is a plain TCP socket that has sent a request with further lines. */
    public static WsPair openServer(boolean deflate, String lines) {
        int[] tcp = connected();
        byte[] request = ("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + lines + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(send(tcp[0], request, request.length, 0)).isEqualTo(request.length);
        assertThat(websocket_upgrade(tcp[1], null, deflate, LIMIT)).isZero();
        head(tcp[0]);
        int ws = websocket_register(tcp[1], null, 0);
        assertThat(ws).isGreaterThan(2);
        return new WsPair(-1, tcp[0], ws, tcp[1]);
    }

    /** Two ends of a TCP connection, the one that connected first. */
    private static int[] connected() {
        SockaddrIn addr = new SockaddrIn();
        int listener = Loopback.listener(addr, 1);
        int tcp = socket(AF_INET, SOCK_STREAM, 0);
        assertThat(connect(tcp, addr, SockaddrIn.SIZE)).isZero();
        int peer = dev.zsock.Sockets.accept(listener, null, null);
        dev.zsock.Sockets.close(listener);
        // Two small frames in a row would wait for the acknowledgement of the first (Nagle).
        assertThat(setsockopt(tcp, IPPROTO_TCP, TCP_NODELAY, 1)).isZero();
        assertThat(setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, 1)).isZero();
        return new int[] {tcp, peer};
    }

    private static void answer(int peer, String lines) {
        String request = head(peer);
        String name = "Sec-WebSocket-Key: ";
        int at = request.indexOf(name) + name.length();
        String accept = AcceptValue.of(request.substring(at, request.indexOf("\r\n", at)));
        byte[] response = ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + "\r\n" + lines
                        + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(send(peer, response, response.length, 0)).isEqualTo(response.length);
    }

    /** Reads up to the empty line. */
    private static String head(int sock) {
        StringBuilder head = new StringBuilder();
        byte[] buf = new byte[1];
        while (head.indexOf("\r\n\r\n") < 0) {
            assertThat(recv(sock, buf, 1, 0)).isEqualTo(1);
            head.append((char) buf[0]);
        }
        return head.toString();
    }

    @Override
    public void close() {
        for (int fd : new int[] {client, server, clientTransport, serverTransport}) {
            dev.zsock.Sockets.close(fd);
        }
    }
}
