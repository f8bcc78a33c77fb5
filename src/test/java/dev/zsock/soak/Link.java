package dev.zsock.soak;

import static dev.zsock.Sockets.*;
import static dev.zsock.WebsocketServer.websocket_upgrade;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.Timeval;
import dev.zsock.uapi.WebsocketRequest;

import java.util.Random;

/** One end of a connection: a TCP socket, and the websocket on it when there is one. */
final class Link {
    /** What a connection is. */
    enum Kind {
        TCP,
        WEBSOCKET,
        DEFLATE
    }

    private static final int TIMEOUT = K_SECONDS(30);
    private static final int TINY = 2048;

    final int sock;

    /** Where data goes: the websocket, or the socket. */
    final int fd;

    final boolean client;

    private Link(int sock, int fd, boolean client) {
        this.sock = sock;
        this.fd = fd;
        this.client = client;
    }

    boolean websocket() {
        return fd != sock;
    }

    static int listening() {
        int listener = must("socket", socket(AF_INET, SOCK_STREAM, 0));
        SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, 0);
        must("bind", bind(listener, addr, sizeof(addr)));
        must("listen", listen(listener, 1));
        return listener;
    }

    static Link accepted(int listener, Kind kind) {
        int sock = must("accept", accept(listener, null, null));
        if (kind == Kind.TCP) {
            return new Link(sock, sock, false);
        }
        must("upgrade", websocket_upgrade(sock, null, kind == Kind.DEFLATE, TIMEOUT));
        return new Link(sock, must("register", websocket_register(sock, null, 0)), false);
    }

    static Link connected(int listener, Kind kind, Random random) {
        SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, 0);
        must("getsockname", getsockname(listener, addr, new IntRef(sizeof(addr))));
        int sock = must("socket", socket(AF_INET, SOCK_STREAM, 0));
        must("connect", connect(sock, addr, sizeof(addr)));
        if (kind == Kind.TCP) {
            return new Link(sock, sock, true);
        }
        WebsocketRequest req = new WebsocketRequest();
        req.host = "localhost";
        req.url = "/soak";
        if (kind == Kind.DEFLATE) {
            deflate(req, random);
        }
        return new Link(sock, must("handshake", websocket_connect(sock, req, TIMEOUT, null)), true);
    }

    /** Any parameters. */
    private static void deflate(WebsocketRequest req, Random random) {
        req.deflate = true;
        req.deflate_client_max_window_bits = bits(random);
        req.deflate_server_max_window_bits = bits(random);
        req.deflate_client_no_context_takeover = random.nextBoolean();
        req.deflate_server_no_context_takeover = random.nextBoolean();
    }

    private static int bits(Random random) {
        return random.nextBoolean() ? 0 : 8 + random.nextInt(8);
    }

    private static int must(String what, int rc) {
        if (rc < 0) {
            throw new IllegalStateException(what + ": " + rc + " " + strerror(errno()));
        }
        return rc;
    }

    /**
     * Perhaps a tiny send buffer, for the life of the connection: how many faults that makes. A
     * tiny receive buffer would test the kernel's patience only: loopback has segments of 64 KiB.
     */
    int tinyBuffer(Random random) {
        boolean tiny = random.nextInt(3) == 0;
        if (tiny) {
            must("buffer", setsockopt(sock, SOL_SOCKET, SO_SNDBUF, TINY + random.nextInt(TINY)));
        }
        must("nodelay", setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, 1));
        return tiny ? 1 : 0;
    }

    /** PINGs that {@code websocket_recv_msg} shows are answered as well. */
    void autoPong() {
        must("auto-PONG", setsockopt(fd, SOL_WEBSOCKET, WEBSOCKET_AUTO_PONG, 1));
    }

    /** Another mood: blocking or not, with a timeout or without, gathering frames or not. */
    int mood(Random random) {
        int nonblock = random.nextInt(3) == 0 ? O_NONBLOCK : 0;
        int send = random.nextInt(3) == 0 ? 1 + random.nextInt(3000) : 0;
        int recv = random.nextInt(3) == 0 ? 1 + random.nextInt(3000) : 0;
        boolean cork = random.nextInt(3) == 0;
        set(nonblock, send, recv, cork);
        return (cork ? 1 : 0) + (nonblock == 0 ? 0 : 1) + (send == 0 ? 0 : 1) + (recv == 0 ? 0 : 1);
    }

    /** Waits for ever. */
    void calm() {
        set(0, 0, 0, false);
    }

    private void set(int nonblock, int sendMicros, int recvMicros, boolean cork) {
        must("fcntl", fcntl(sock, F_SETFL, nonblock));
        must("timeout", setsockopt(sock, SOL_SOCKET, SO_SNDTIMEO, new Timeval(0, sendMicros)));
        must("timeout", setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, new Timeval(0, recvMicros)));
        if (websocket()) {
            must("cork", setsockopt(fd, SOL_WEBSOCKET, WEBSOCKET_CORK, cork ? 1 : 0));
        }
    }

    /** Waits for events, not for ever. */
    void await(int events) {
        Pollfd[] fds = Pollfd.array(1);
        fds[0].fd = fd;
        fds[0].events = events;
        poll(fds, 1, 50);
    }

    /** CLOSE, then the end of the stream; what still comes is read, or the end would be a reset. */
    void end() {
        calm();
        if (websocket()) {
            close(fd);
        }
        shutdown(sock, SHUT_WR);
        byte[] dropped = new byte[TINY];
        while (recv(sock, dropped, TINY, 0) > 0) {}
        close(sock);
    }
}
