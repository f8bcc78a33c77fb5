package dev.zsock.vectors;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The scripted TCP peer on 127.0.0.1: takes connections and reads all that comes on one thread of
 * its own, so that the scenario's thread can write, close and look at what has arrived. Plain
 * java.nio, nothing of the library.
 */
final class Peer implements AutoCloseable {
    private static final long LIMIT_SECONDS = 10;

    private final Selector selector = Selector.open();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<PeerConn> conns = new ArrayList<>();
    private final Thread thread = new Thread(this::loop, "vector-peer");
    private volatile boolean closing;

    Peer() throws IOException {
        thread.setDaemon(true);
        thread.start();
    }

    /** A listening socket of its own for one connection; a receive buffer of 0 is the system's. */
    static ServerSocketChannel listen(int receiveBuffer) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        if (receiveBuffer > 0) {
            server.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        return server;
    }

    /** Takes the connection that waits on server. */
    PeerConn accept(ServerSocketChannel server) throws IOException {
        server.configureBlocking(true);
        SocketChannel channel = server.accept();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        PeerConn conn = new PeerConn(this, channel, conns.size());
        conns.add(conn);
        run(() -> conn.register(selector));
        return conn;
    }

    List<PeerConn> conns() {
        return conns;
    }

    PeerConn conn(int index) {
        if (index >= conns.size()) {
            throw new Unsupported("connection " + index + " before it exists");
        }
        return conns.get(index);
    }

    /** Reads what has come so far on every connection that is not stopped. */
    void sync() {
        run(() -> conns.forEach(PeerConn::readAll));
    }

    /** Runs a task on the peer's thread and waits for it. */
    void run(Runnable task) {
        CountDownLatch done = new CountDownLatch(1);
        tasks.add(() -> {
            try {
                task.run();
            } finally {
                done.countDown();
            }
        });
        selector.wakeup();
        try {
            if (!done.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the peer's thread is stuck");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void loop() {
        try {
            while (!closing) {
                selector.select();
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    ((PeerConn) key.attachment()).readAll();
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        run(() -> conns.forEach(c -> c.finish(selector, true)));
        closing = true;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }
}
