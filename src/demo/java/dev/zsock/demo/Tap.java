package dev.zsock.demo;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A proxy between one client and one server that forwards every byte at once and writes down what
 * it meant: a head of HTTP in each direction, then frames. It is made of {@code java.net} and its
 * own parser, so that nothing of what it shows is the library's word.
 */
public final class Tap implements AutoCloseable {
    private static final int CONNECT_MS = 10_000;

    private final ServerSocket listener;
    private final Socket server;
    private final Direction sent = new Direction();
    private final Direction received = new Direction();
    private volatile Socket client;

    /** What crossed one way. An empty entry stands for the end of the stream. */
    private static final class Direction {
        final BlockingQueue<List<String>> heads = new LinkedBlockingQueue<>();
        final BlockingQueue<Optional<WireFrame>> frames = new LinkedBlockingQueue<>();
    }

    private Tap(Socket server) throws IOException {
        this.server = server;
        listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    /** Connects to the server and waits for the client, on a port of 127.0.0.1. */
    public static Tap before(String host, int port) throws IOException {
        Socket server = new Socket();
        try {
            server.connect(new InetSocketAddress(host, port), CONNECT_MS);
            server.setTcpNoDelay(true);
            Tap tap = new Tap(server);
            start("tap to server", tap::forwardSent);
            return tap;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** Where the client connects to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** The lines of the request (or of the response), or none when none came in time. */
    public List<String> head(boolean request, long timeoutMs) {
        return take((request ? sent : received).heads, timeoutMs, List.of());
    }

    /**
     * The next frame of the client (or of the server); none when the stream has ended or the time
     * is over.
     */
    public Optional<WireFrame> frame(boolean fromClient, long timeoutMs) {
        return take((fromClient ? sent : received).frames, timeoutMs, Optional.empty());
    }

    private static <T> T take(BlockingQueue<T> queue, long timeoutMs, T otherwise) {
        try {
            T taken = queue.poll(timeoutMs, TimeUnit.MILLISECONDS);
            return taken == null ? otherwise : taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        }
    }

    private static void start(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void forwardSent() {
        try {
            Socket accepted = listener.accept();
            accepted.setTcpNoDelay(true);
            client = accepted;
            start("tap to client", () -> forward(server, accepted, received));
            forward(accepted, server, sent);
        } catch (IOException e) {
            ended(sent); // closed before a client came
        }
    }

    private static void forward(Socket from, Socket to, Direction direction) {
        try {
            InputStream tee = new Tee(from.getInputStream(), to.getOutputStream());
            DataInputStream in = new DataInputStream(new BufferedInputStream(tee));
            parse(in, direction);
            in.transferTo(OutputStream.nullOutputStream()); // no frames: only forward it
            to.shutdownOutput();
        } catch (IOException e) {
            close(from); // one end has gone: the other shall see it
            close(to);
        }
    }

    private static void ended(Direction direction) {
        direction.heads.add(List.of());
        direction.frames.add(Optional.empty());
    }

    private static void parse(DataInputStream in, Direction direction) throws IOException {
        try {
            readHeadAndFrames(in, direction);
        } catch (EOFException e) {
            return; // as far as it went is written down
        } finally {
            ended(direction);
        }
    }

    private static void readHeadAndFrames(DataInputStream in, Direction direction)
            throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        List<String> lines = head.toString().strip().lines().toList();
        direction.heads.add(lines);
        boolean refused = lines.get(0).startsWith("HTTP/") && !lines.get(0).contains(" 101 ");
        while (!refused) {
            direction.frames.add(Optional.of(WireFrame.read(in)));
        }
    }

    /** Hands on what it reads before anybody looks at it. */
    private static final class Tee extends FilterInputStream {
        private final OutputStream copy;

        Tee(InputStream in, OutputStream copy) {
            super(in);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buf, int off, int len) throws IOException {
            int n = super.read(buf, off, len);
            if (n > 0) {
                copy.write(buf, off, n);
            }
            return n;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Socket accepted = client;
        if (accepted != null) {
            accepted.close();
        }
        server.close();
    }
}
