package dev.zsock.conformance;

import static dev.zsock.Sockets.*;
import static dev.zsock.WebsocketServer.websocket_upgrade;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.SockaddrIn;

/**
 * {@code make conformance-server}: the twin of the client, for fuzzing clients. It listens on
 * 127.0.0.1, accepts permessage-deflate, and echoes each message when it is complete.
 */
public final class ConformanceServer {
    private static final int BACKLOG = 64;
    private static final int TIMEOUT = K_SECONDS(10);

    private final int listener;
    private final int port;

    private ConformanceServer(int listener, int port) {
        this.listener = listener;
        this.port = port;
    }

    /** Arguments: the port, 0 for any. */
    public static void main(String[] args) {
        ConformanceServer server = start(Integer.parseInt(args[0]));
        System.out.println("conformance server on ws://127.0.0.1:" + server.port());
        server.acceptAll();
    }

    /** Listens; {@link #acceptAll()} comes next. */
    static ConformanceServer start(int port) {
        SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, htons(port));
        int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
        if (listener < 0
                || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, 1) < 0
                || bind(listener, addr, sizeof(addr)) < 0
                || listen(listener, BACKLOG) < 0
                || getsockname(listener, addr, new IntRef(sizeof(addr))) < 0) {
            throw new IllegalStateException("port " + port + ": " + strerror(errno()));
        }
        return new ConformanceServer(listener, ntohs(addr.sin_port));
    }

    int port() {
        return port;
    }

    /** Ends {@link #acceptAll()}; connections that are up go on. */
    void stop() {
        close(listener);
    }

    /** Serves each connection on a thread of its own. */
    void acceptAll() {
        for (int sock = accept(listener, null, null);
                sock >= 0;
                sock = accept(listener, null, null)) {
            int client = sock;
            Thread thread = new Thread(() -> serve(client), "conformance " + client);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void serve(int sock) {
        setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, 1);
        int rc = websocket_upgrade(sock, null, true, TIMEOUT);
        int ws = rc < 0 ? rc : websocket_register(sock, null, 0);
        if (ws < 0) {
            close(sock); // the client has got its 400 or 426
            return;
        }
        new Echo(ws, false, false, true).run();
        Ending.of(ws, sock, true);
    }
}
