package dev.zsock.demo;

import static dev.zsock.Sockets.*;
import static dev.zsock.WebsocketServer.websocket_upgrade;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.SockaddrIn;

/**
 * A websocket echo server on the library's own calls, as a C program would have it: listen, accept,
 * answer the upgrade, register, then frames. Every message comes back, of any size, in pieces.
 */
public final class EchoServer {
    private static final int BACKLOG = 16;
    private static final int TIMEOUT = K_SECONDS(10);
    private static final int BUF_SIZE = 16 * 1024; // a control frame fits: it has 125 bytes at most

    private final int listener;
    private final int port;

    private EchoServer(int listener, int port) {
        this.listener = listener;
        this.port = port;
    }

    /** Listens on a free port of 127.0.0.1; each connection gets a thread of its own. */
    public static EchoServer start() {
        SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, 0);
        int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
        if (listener < 0
                || bind(listener, addr, sizeof(addr)) < 0
                || listen(listener, BACKLOG) < 0
                || getsockname(listener, addr, new IntRef(sizeof(addr))) < 0) {
            throw new IllegalStateException("no echo server: " + strerror(errno()));
        }
        EchoServer server = new EchoServer(listener, ntohs(addr.sin_port));
        server.start("echo server", server::acceptAll);
        return server;
    }

    public int port() {
        return port;
    }

    /** No further connection is accepted; those that are up go on until their client ends them. */
    public void stop() {
        close(listener); // the accept that waits on it gives EBADF
    }

    private void start(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptAll() {
        for (int sock = accept(listener, null, null);
                sock >= 0;
                sock = accept(listener, null, null)) {
            int client = sock;
            start("echo connection", () -> serve(client));
        }
    }

    private static void serve(int sock) {
        if (websocket_upgrade(sock, null, false, TIMEOUT) < 0) {
            close(sock); // the client has got its 400 or 426
            return;
        }
        int ws = websocket_register(sock, null, 0);
        if (ws < 0) {
            close(sock);
            return;
        }
        echo(ws);
        websocket_unregister(ws); // closes both
    }

    private static void echo(int ws) {
        byte[] buf = new byte[BUF_SIZE];
        IntRef type = new IntRef();
        LongRef remaining = new LongRef();
        boolean inside = false; // a message has begun
        int rc;
        do {
            int n = websocket_recv_msg(ws, buf, sizeof(buf), type, remaining, K_FOREVER);
            if (n < 0 || (type.value & WEBSOCKET_FLAG_CLOSE) != 0) {
                return; // gone, or closed: the library has answered CLOSE
            }
            if ((type.value & WEBSOCKET_FLAG_PING) != 0) {
                rc = send(ws, buf, n, WEBSOCKET_OPCODE_PONG, true);
            } else if ((type.value & WEBSOCKET_FLAG_PONG) != 0) {
                rc = 0;
            } else {
                boolean last = (type.value & WEBSOCKET_FLAG_FINAL) != 0 && remaining.value == 0;
                rc = send(ws, buf, n, inside ? WEBSOCKET_OPCODE_CONTINUE : opcode(type), last);
                inside = !last;
            }
        } while (rc >= 0);
    }

    private static int opcode(IntRef type) {
        boolean text = (type.value & WEBSOCKET_FLAG_TEXT) != 0;
        return text ? WEBSOCKET_OPCODE_DATA_TEXT : WEBSOCKET_OPCODE_DATA_BINARY;
    }

    private static int send(int ws, byte[] buf, int n, int opcode, boolean last) {
        return websocket_send_msg(ws, buf, n, opcode, false, last, K_FOREVER);
    }
}
