package dev.zsock.vectors;

import jdk.net.ExtendedSocketOptions;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One connection of the peer: what has come, how it ended, and the actions of a script on it. */
final class PeerConn {
    private static final long WRITE_LIMIT = TimeUnit.SECONDS.toNanos(5);

    private final Peer peer;
    private final SocketChannel channel;
    private final int index;
    private final ByteBuffer chunk = ByteBuffer.allocate(1 << 16); // peer's thread only
    private SelectionKey key; // peer's thread only
    private boolean reading = true; // peer's thread only

    // below: guarded by this
    private byte[] data = new byte[1 << 12];
    private int size;
    private String end = "open";
    private String ownEnd = "";
    private int requestsEnd;
    private boolean halfClosed;

    PeerConn(Peer peer, SocketChannel channel, int index) {
        this.peer = peer;
        this.channel = channel;
        this.index = index;
    }

    int index() {
        return index;
    }

    void register(Selector selector) {
        try {
            key = channel.register(selector, SelectionKey.OP_READ, this);
        } catch (ClosedChannelException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads until nothing is left, on the peer's thread. */
    void readAll() {
        if (!reading || !key.isValid()) {
            return;
        }
        try {
            int n = channel.read(chunk);
            while (n > 0) {
                append();
                acknowledge();
                n = channel.read(chunk);
            }
            if (n < 0) {
                end("fin");
            }
        } catch (IOException e) {
            end("rst");
        }
    }

    /** At once, so that Nagle's algorithm on the other side holds no frame back. */
    private void acknowledge() throws IOException {
        if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
            channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
    }

    private synchronized void append() {
        chunk.flip();
        if (size + chunk.remaining() > data.length) {
            data = Arrays.copyOf(data, 2 * (size + chunk.remaining()));
        }
        int n = chunk.remaining();
        chunk.get(data, size, n);
        size += n;
        chunk.clear();
    }

    private synchronized void end(String how) {
        chunk.clear();
        end = how;
        reading = false;
        key.interestOps(0);
    }

    /** All bytes that have come. */
    synchronized byte[] received() {
        return Arrays.copyOf(data, size);
    }

    /** True once this side has sent FIN: then the kernel delays every acknowledgement. */
    synchronized boolean halfClosed() {
        return halfClosed;
    }

    /** Where the requests end that a script has waited for. */
    synchronized int requestsEnd() {
        return requestsEnd;
    }

    synchronized void requestsEnd(int end) {
        requestsEnd = end;
    }

    /** What has come so far answers no script that begins now. */
    synchronized void forgetRequests() {
        requestsEnd = size;
    }

    /** How the client's side stands: open, fin or rst. */
    synchronized String end() {
        return end;
    }

    /** {@code tcp_seen_by_peer} of the vector files. */
    synchronized String seen() {
        return ownEnd.isEmpty() ? end : ownEnd;
    }

    void stopReading() {
        peer.run(() -> {
            reading = false;
            if (key.isValid()) {
                key.interestOps(0);
            }
        });
    }

    void resumeReading() {
        peer.run(() -> {
            if (!reading && key.isValid() && "open".equals(end())) {
                reading = true;
                key.interestOps(SelectionKey.OP_READ);
            }
        });
    }

    /**
     * Writes all of it, or throws after five seconds. A dead connection is no error: the script
     * goes on.
     */
    void send(byte[] bytes) {
        ByteBuffer src = ByteBuffer.wrap(bytes);
        long limit = System.nanoTime() + WRITE_LIMIT;
        try {
            while (src.hasRemaining()) {
                if (channel.write(src) == 0) {
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
                }
                if (System.nanoTime() - limit > 0) {
                    return;
                }
            }
        } catch (IOException e) {
            src.position(src.limit());
        }
    }

    void shutdownWrite() {
        synchronized (this) {
            halfClosed = true;
        }
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            // the connection is gone: the reader has noticed, or will
        }
    }

    /** FIN, or RST when abort. */
    void close(Selector selector, boolean abort) {
        synchronized (this) {
            ownEnd = "closed_by_peer";
        }
        finish(selector, abort);
    }

    void close(boolean abort) {
        peer.run(() -> {
            readAll();
            close(key.selector(), abort);
        });
    }

    /**
     * Frees the socket, on the peer's thread: a registered channel closes only after its key has
     * left the selector.
     */
    void finish(Selector selector, boolean abort) {
        try {
            if (channel.isOpen()) {
                key.cancel();
                selector.selectNow();
                if (abort) {
                    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                }
                channel.configureBlocking(true);
                channel.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
