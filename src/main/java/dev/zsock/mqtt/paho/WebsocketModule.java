package dev.zsock.mqtt.paho;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.WebsocketRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What both versions of Paho's {@code NetworkModule} ask for: a connection to a broker as two
 * streams of bytes. One thread reads, one writes, {@link #stop} may come from a third.
 */
abstract class WebsocketModule {
    static final Set<String> SCHEMES = Set.of("ws", "zws");

    private static final int DEFAULT_PORT = 80;
    private static final long MS = 1000;

    private final URI uri;
    private final int timeoutMs;
    private final List<String> headers = new ArrayList<>();
    private final InputStream in = new BinaryInput(this);
    private final OutputStream out = new BinaryOutput(this);
    private volatile Link link = new Link();

    /** One connection, or the making of it: who stops one never waits for the next. */
    private static final class Link {
        final TcpConnection tcp = new TcpConnection();
        final ReentrantLock reading = new ReentrantLock();
        final ReentrantLock writing = new ReentrantLock();
        volatile int ws = -1;
    }

    WebsocketModule(URI uri, int timeoutSeconds, @Nullable Map<?, ?> headers) {
        this.uri = uri;
        timeoutMs = timeoutSeconds > 0
                ? (int) Math.min(timeoutSeconds * MS, Integer.MAX_VALUE)
                : SYS_FOREVER_MS;
        this.headers.add("Sec-WebSocket-Protocol: mqtt\r\n");
        if (headers != null) {
            headers.forEach((name, value) -> this.headers.add(name + ": " + value + "\r\n"));
        }
    }

    /** Refuses what {@link #start} could not connect to. */
    static void validate(URI uri) {
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw new IllegalArgumentException("no host in \"" + uri + "\"");
        }
    }

    public void start() throws IOException {
        Link mine = new Link();
        link = mine;
        long end = System.nanoTime() + timeoutMs * 1_000_000L;
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        List<Sockaddr> addresses = TcpConnection.addresses(uri.getHost(), port);
        mine.reading.lock(); // stop() does not free the numbers before this has returned
        try {
            mine.tcp.connect(addresses, uri.getHost() + ":" + port, () -> left(end));
            mine.ws = upgrade(mine.tcp.fd(), port, left(end));
        } finally {
            if (mine.ws < 0) {
                mine.tcp.close();
            }
            mine.reading.unlock();
        }
    }

    private int left(long end) {
        return timeoutMs < 0
                ? SYS_FOREVER_MS
                : (int) Math.max(0, (end - System.nanoTime()) / 1_000_000);
    }

    private int upgrade(int sock, int port, int left) throws IOException {
        WebsocketRequest request = new WebsocketRequest();
        request.host = uri.getHost() + (port == DEFAULT_PORT ? "" : ":" + port);
        request.url = target();
        request.optional_headers = headers.toArray(new String[0]);
        int rc = websocket_connect(sock, request, left, null);
        if (rc < 0) {
            throw new IOException(uri + " refused the websocket: " + strerrorname(-rc));
        }
        setsockopt(rc, SOL_WEBSOCKET, WEBSOCKET_AUTO_PONG, 1);
        return rc;
    }

    /** Path and query; a broker's usual path when there is none. */
    private String target() {
        String path = uri.getRawPath();
        String target = path == null || path.isEmpty() ? "/mqtt" : path;
        return uri.getRawQuery() == null ? target : target + "?" + uri.getRawQuery();
    }

    public InputStream getInputStream() {
        return in;
    }

    public OutputStream getOutputStream() {
        return out;
    }

    public String getServerURI() {
        return uri.toString();
    }

    /** {@code websocket_recv_msg}, with the type of the frame. */
    int receive(byte[] buf, int off, int len, IntRef type) {
        Link mine = link;
        mine.reading.lock();
        try {
            return websocket_recv_msg(mine.ws, buf, off, len, type, null, K_FOREVER);
        } finally {
            mine.reading.unlock();
        }
    }

    /** {@code websocket_send_msg} of one BINARY message. */
    int transmit(byte[] buf, int off, int len) {
        Link mine = link;
        mine.writing.lock();
        try {
            return websocket_send_msg(
                    mine.ws, buf, off, len, WEBSOCKET_OPCODE_DATA_BINARY, true, true, K_FOREVER);
        } finally {
            mine.writing.unlock();
        }
    }

    /** Whether a read would not wait. */
    boolean isReadable() {
        Pollfd[] fds = {new Pollfd(link.ws, POLLIN)};
        return poll(fds, 1, 0) > 0;
    }

    /**
     * Ends the connection, or the making of it; a blocked call of another thread fails. The numbers
     * are freed when no call uses them any more.
     */
    public synchronized void stop() {
        Link last = link;
        websocket_send_msg(last.ws, null, 0, WEBSOCKET_OPCODE_CLOSE, true, true, K_NO_WAIT);
        last.tcp.shut();
        last.reading.lock();
        last.writing.lock();
        try {
            if (last.ws >= 0) {
                websocket_disconnect(last.ws);
                last.ws = -1;
            }
            last.tcp.close();
        } finally {
            last.writing.unlock();
            last.reading.unlock();
        }
    }
}
