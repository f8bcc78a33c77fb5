package dev.zsock.rfc;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.WebsocketServer;
import dev.zsock.testkit.HexPeer;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.Timeval;
import dev.zsock.uapi.WebsocketRequest;

import java.util.Arrays;
import java.util.List;

/** A websocket over TCP, and the plain sockets of the JDK that follow the case's script. */
final class SocketEndpoint implements Endpoint {
    private static final int LIMIT_MS = 10_000;

    private final HexPeer peer;
    private final int sock;
    private final int ws;
    private boolean closed;
    private boolean released;

    /** split: bytes that the peer writes at a time behind the handshake, 0 for all. */
    SocketEndpoint(Case what, int split) {
        Deflate deflate = what.deflate();
        String extension = deflate == null
                ? "\n"
                : " 'Sec-WebSocket-Extensions: " + deflate.peerSays() + "'\n";
        List<String> lines = what.script();
        String script = "upgrade" + extension + "split " + split + "\n" + String.join("\n", lines)
                + "\neof";
        if (what.client()) {
            peer = HexPeer.server(script);
            sock = connected(peer.port());
            WebsocketRequest req = Deflate.request();
            req.deflate = deflate != null;
            ws = websocket_connect(sock, req, LIMIT_MS, null);
        } else {
            int listener = listening();
            SockaddrIn addr = new SockaddrIn();
            assertThat(getsockname(listener, addr, new IntRef(SockaddrIn.SIZE))).isZero();
            peer = HexPeer.client(ntohs(addr.sin_port), script);
            sock = accept(listener, null, null);
            dev.zsock.Sockets.close(listener);
            assertThat(WebsocketServer.websocket_upgrade(sock, null, deflate != null, LIMIT_MS))
                    .isZero();
            ws = websocket_register(sock, null, 0);
        }
        assertThat(ws).as("the websocket's number").isGreaterThan(2);
        assertThat(setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, new Timeval(LIMIT_MS / 1000, 0)))
                .isZero();
    }

    private static int listening() {
        int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
        // Thousands of them come one after the other: a port in TIME-WAIT will do.
        assertThat(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, 1)).isZero();
        assertThat(bind(listener, new SockaddrIn(INADDR_LOOPBACK, 0), SockaddrIn.SIZE))
                .isZero();
        assertThat(listen(listener, 1)).isZero();
        return listener;
    }

    private static int connected(int port) {
        int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
        assertThat(connect(sock, new SockaddrIn(INADDR_LOOPBACK, port), SockaddrIn.SIZE))
                .isZero();
        // Two small frames in a row would wait for the acknowledgement of the first (Nagle).
        assertThat(setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, 1)).isZero();
        return sock;
    }

    @Override
    public int receive(byte[] buf, IntRef type, LongRef remaining) {
        return websocket_recv_msg(ws, buf, buf.length, type, remaining, LIMIT_MS);
    }

    @Override
    public int receive(byte[] buf) {
        int rc = recv(ws, buf, buf.length, 0);
        return rc < 0 ? -errno() : rc;
    }

    @Override
    public int send(byte[] payload, int opcode, boolean mask, boolean fin) {
        return websocket_send_msg(ws, payload, payload.length, opcode, mask, fin, LIMIT_MS);
    }

    @Override
    public int option(int name, int value) {
        return setsockopt(ws, SOL_WEBSOCKET, name, value);
    }

    @Override
    public byte[] closeInfo() {
        byte[] info = new byte[125];
        IntRef n = new IntRef(info.length);
        assertThat(getsockopt(ws, SOL_WEBSOCKET, WEBSOCKET_CLOSE_INFO, info, n)).isZero();
        return Arrays.copyOf(info, n.value);
    }

    @Override
    public int close() {
        closed = true;
        return dev.zsock.Sockets.close(ws);
    }

    /** The peer has read what it wanted, and behind that the end of the stream. */
    void check() {
        assertThat(shutdown(sock, SHUT_WR)).isZero(); // the transport is still ours
        peer.check();
    }

    /** The error with what the peer has to say about it. */
    AssertionError blamed(AssertionError error) {
        release();
        try {
            peer.check();
        } catch (AssertionError e) {
            error.addSuppressed(e);
        }
        return error;
    }

    /** Whatever has happened. */
    void release() {
        if (!closed) {
            close();
        }
        if (!released) {
            released = true;
            dev.zsock.Sockets.close(sock);
            peer.close();
        }
    }
}
