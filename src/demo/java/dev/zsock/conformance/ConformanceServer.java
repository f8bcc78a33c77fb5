package dev.zsock.conformance;

import static dev.zsock.Sockets.*;
import static dev.zsock.WebsocketServer.websocket_upgrade;

import dev.zsock.demo.Arguments;
import dev.zsock.demo.DemoFailure;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.SockaddrIn;

import java.io.PrintStream;

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
        System.exit(run(args, System.out, System.err));
    }

    /** Serves until the process ends; 1 when it cannot begin. */
    static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            ConformanceServer server =
                    start(Arguments.whole("PORT", args[0], 0, Arguments.LAST_PORT));
            out.println("conformance server on ws://127.0.0.1:" + server.port());
            server.acceptAll();
            return 0;
        } catch (DemoFailure | IllegalStateException e) {
            err.println("conformance-server: FAILED: " + e.getMessage());
            return 1;
        }
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
