package dev.zsock.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The other end of a connection, which follows a script byte by byte: a plain socket of the JDK,
 * for tests of whatever speaks websocket or any other protocol over TCP. It listens or connects on
 * 127.0.0.1 only.
 *
 * <pre>{@code
 * String script = """
 *         upgrade                # reads the request, answers 101
 *         > 81 05 'Hello'        # sends a frame
 *         < 81 85 mask 'Hello'   # wants it back, under any masking key
 *         split 1                # from here on one byte at a time
 *         > [88 03e8 'bye']      # a frame again: the length is counted for you
 *         < [88 03e8]            # masked, as it comes from a client
 *         eof
 *         """;
 * try (HexPeer peer = HexPeer.server(script)) {
 *     SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, peer.port());
 *     int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
 *     assert connect(sock, addr, sizeof(addr)) == 0;
 *     WebsocketRequest req = new WebsocketRequest();
 *     req.host = "127.0.0.1";
 *     req.url = "/";
 *     int ws = websocket_connect(sock, req, 5000, null);
 *     byte[] buf = new byte[64];
 *     assert recv(ws, buf, 64, 0) == 5; // Hello
 *     assert send(ws, buf, 5, 0) == 5;
 *     assert recv(ws, buf, 64, 0) == 0; // closed by the peer
 *     close(ws);
 *     close(sock);
 *     peer.check(); // throws when a line of the script was not met
 * }
 * }</pre>
 *
 * <p>The words of a script, in any number of lines; bytes are written as {@link HexReader} says:
 *
 * <pre>
 * > bytes           sends
 * < bytes           waits for exactly these
 * upgrade 'A: b'    serves or makes the opening handshake, with header lines if there are any
 * split 3           from here on a write takes 3 bytes at most; 0 takes them all
 * within 500        from here on whatever is waited for must come within 500 ms (first: 10 s)
 * pause 20          waits 20 ms
 * silent 20         nothing comes for 20 ms
 * taken             waits until the other end has read everything (Linux, both ends on one machine)
 * half-close        sends no more: the other end reads the end of the stream
 * reset             ends the connection with RST
 * eof               waits for the other end to send no more
 * # ...             a comment to the line's end
 * </pre>
 *
 * When the script has ended the connection stays open until {@link #close()}; when a line of it was
 * not met, it is closed at once.
 */
public final class HexPeer implements AutoCloseable {
    private static final int DEFAULT_MS = 10_000;
    private static final long LIMIT_MS = 60_000;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ=="; // of RFC 6455 1.3

    private final boolean client;
    private final HexReader script;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<Void> ended;
    private final ServerSocket listener; // null for a client
    private volatile Socket socket; // null until it is connected
    private InputStream in;
    private int split;

    private HexPeer(boolean client, ServerSocket listener, Socket socket, String script) {
        this.client = client;
        this.listener = listener;
        this.socket = socket;
        this.script = new HexReader(client);
        this.script.split(script);
        ended = Background.run(this::run);
    }

    /** Listens on a free {@link #port()} for one connection, and follows the script on it. */
    public static HexPeer server(String script) {
        try {
            ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK));
            return new HexPeer(false, listener, null, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects to a port of 127.0.0.1 and follows the script. */
    public static HexPeer client(int port, String script) {
        try {
            return new HexPeer(true, null, new Socket(LOOPBACK, port), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a server listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /**
     * Waits for the script's end.
     *
     * @throws AssertionError when a line was not met: which, what it wanted, and what came instead
     * @throws IllegalArgumentException when a line cannot be read
     */
    public void check() {
        try {
            ended.get(LIMIT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                throw wrong;
            }
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("the script has not ended: " + line(), e);
        }
    }

    /** Ends the connection, wherever the script is. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (listener != null) {
                listener.close();
            }
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() {
        return "line " + script.line();
    }

    private void run() {
        String at = "accept";
        try {
            if (listener != null) {
                listener.setSoTimeout(DEFAULT_MS);
                socket = listener.accept();
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(DEFAULT_MS);
            in = socket.getInputStream();
            while (script.more()) {
                at = line() + ": " + script.peek();
                step(script.next());
            }
        } catch (IOException | AssertionError e) {
            close();
            throw new AssertionError(at + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void step(String word) throws IOException {
        switch (word) {
            case ">" -> send(script.bytes(true).bytes());
            case "<" -> expect(script.bytes(false));
            case "upgrade" -> upgrade();
            case "split" -> split = script.nextNumber();
            case "within" -> socket.setSoTimeout(Math.max(1, script.nextNumber()));
            case "pause" -> pause(script.nextNumber());
            case "silent" -> silent(script.nextNumber());
            case "taken" -> TcpQueue.awaitRead(socket, socket.getSoTimeout());
            case "half-close" -> socket.shutdownOutput();
            case "reset" -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
            case "eof" -> eof();
            default -> throw script.wrong("what is " + word + "?");
        }
    }

    private void send(byte[] bytes) throws IOException {
        int most = split == 0 ? Math.max(1, bytes.length) : split;
        for (int i = 0; i < bytes.length; i += most) {
            socket.getOutputStream().write(bytes, i, Math.min(most, bytes.length - i));
        }
    }

    private void expect(HexBytes wanted) throws IOException {
        byte[] came = new byte[wanted.length()];
        int n = 0;
        String end = "";
        try {
            while (n < came.length && end.isEmpty()) {
                int rc = in.read(came, n, came.length - n);
                end = rc < 0 ? "; then the end of the stream" : "";
                n += Math.max(0, rc);
            }
        } catch (SocketTimeoutException e) {
            end = "; then nothing for " + socket.getSoTimeout() + " ms";
        } catch (IOException e) {
            end = "; then " + e.getMessage();
        }
        String wrong = wanted.mismatch(Arrays.copyOf(came, n));
        if (wrong != null) {
            throw new AssertionError(wrong + end);
        }
    }

    private void eof() throws IOException {
        int octet = in.read();
        if (octet >= 0) {
            throw new AssertionError(
                    String.format("expected the end of the stream, came %02x", octet));
        }
    }

    private void silent(int ms) throws IOException {
        int before = socket.getSoTimeout();
        try {
            socket.setSoTimeout(Math.max(1, ms));
            int octet = in.read();
            String came = octet < 0 ? "its end" : String.format("%02x", octet);
            throw new AssertionError("expected nothing, came " + came);
        } catch (SocketTimeoutException e) {
            socket.setSoTimeout(before);
        }
    }

    private void pause(int ms) {
        try {
            if (closed.await(ms, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("closed meanwhile");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private void upgrade() throws IOException {
        StringBuilder lines = new StringBuilder();
        while (script.isText()) {
            lines.append(script.nextText()).append("\r\n");
        }
        String common = "Upgrade: websocket\r\nConnection: Upgrade\r\n" + lines;
        if (client) {
            send(latin1("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: " + KEY + "\r\n" + common + "\r\n"));
            String head = head();
            String wanted = AcceptValue.of(KEY);
            if (!head.startsWith("HTTP/1.1 101 ")
                    || !field(head, "sec-websocket-accept").equals(wanted)) {
                throw new AssertionError("expected 101 and " + wanted + ", came:\n" + head);
            }
        } else {
            String key = field(head(), "sec-websocket-key");
            send(latin1("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: "
                    + AcceptValue.of(key) + "\r\n" + common + "\r\n"));
        }
    }

    /** What came up to the empty line. */
    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new AssertionError("the stream ended inside a head:\n" + text);
            }
            head.write(octet);
            text = head.toString(StandardCharsets.ISO_8859_1);
        }
        return text;
    }

    private static String field(String head, String name) {
        Matcher field = Pattern.compile("(?mi)^" + name + ":\\s*(\\S*)\\s*$").matcher(head);
        if (!field.find()) {
            throw new AssertionError("no " + name + " in:\n" + head);
        }
        return field.group(1);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
