package dev.zsock.contract;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.AcceptValue;
import dev.zsock.testkit.Background;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.WebsocketRequest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A TCP connection whose other end, a plain Java socket, answers each upgrade request with 101. */
final class Upgrading implements AutoCloseable {
    /** The connected socket. */
    final int sock;

    /** The other end. */
    final Socket peer;

    private Upgrading(int sock, Socket peer) {
        this.sock = sock;
        this.peer = peer;
    }

    static Upgrading connect() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 1, loopback)) {
            int sock = socket(AF_INET, SOCK_STREAM, 0);
            SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, server.getLocalPort());
            assertThat(dev.zsock.Sockets.connect(sock, addr, SockaddrIn.SIZE)).isZero();
            return new Upgrading(sock, server.accept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static WebsocketRequest request() {
        WebsocketRequest req = new WebsocketRequest();
        req.host = "localhost";
        req.url = "/";
        return req;
    }

    /** Reads one request in the background and answers it, with these bytes right behind. */
    CompletableFuture<String> answer(byte[] behind) {
        return Background.supply(() -> {
            String head = head();
            String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                    + AcceptValue.of(field(head, "Sec-WebSocket-Key"))
                    + "\r\n\r\n";
            put(Wire.concat(answer.getBytes(StandardCharsets.US_ASCII), behind));
            return head;
        });
    }

    /** Sends bytes from the other end. */
    void put(byte[] bytes) {
        try {
            peer.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next n bytes at the other end; fewer at the end of the stream. */
    byte[] take(int n) {
        try {
            return peer.getInputStream().readNBytes(n);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String head() {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append(new String(take(1), StandardCharsets.ISO_8859_1));
        }
        return head.toString();
    }

    private static String field(String head, String name) {
        int at = head.indexOf("\r\n" + name + ": ") + name.length() + 4;
        return head.substring(at, head.indexOf("\r\n", at));
    }

    @Override
    public void close() {
        dev.zsock.Sockets.close(sock);
        try {
            peer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
