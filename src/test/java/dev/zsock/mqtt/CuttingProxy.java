package dev.zsock.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Carries bytes to a server and back, and cuts each connection after a random number of them. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final int mean;
    private final Random random;
    private final AtomicInteger cuts = new AtomicInteger();

    /** Cuts after mean bytes, counted in both directions, give or take. */
    CuttingProxy(int target, int mean, long seed) {
        this.target = target;
        this.mean = mean;
        random = new Random(seed);
        try {
            listener = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    int cuts() {
        return cuts.get();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                Socket far = new Socket("127.0.0.1", target);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                AtomicLong left = new AtomicLong(random.nextInt(2 * mean));
                boolean reset = random.nextBoolean();
                daemon(() -> pump(near, far, left, reset));
                daemon(() -> pump(far, near, left, reset));
            } catch (IOException e) {
                return; // closed, or the server has gone
            }
        }
    }

    private void pump(Socket from, Socket to, AtomicLong left, boolean reset) {
        byte[] buf = new byte[4096];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buf); n >= 0; n = in.read(buf)) {
                long before = left.getAndAdd(-n);
                out.write(buf, 0, (int) Math.max(0, Math.min(n, before)));
                if (before <= n) {
                    if (before > 0) {
                        cuts.incrementAndGet();
                    }
                    break;
                }
            }
        } catch (IOException e) {
            // the other direction has been cut
        } finally {
            end(from, reset);
            end(to, reset);
        }
    }

    private static void end(Socket socket, boolean reset) {
        try (socket) {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // it has ended
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
