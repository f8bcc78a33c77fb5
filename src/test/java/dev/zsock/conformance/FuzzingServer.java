package dev.zsock.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.testkit.Background;
import dev.zsock.testkit.ScriptedFile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A fuzzing server in small, of the JDK's sockets alone: its cases, and what it heard in each. */
final class FuzzingServer implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    /** What the server does with the case's connection once its websocket is up. */
    interface Case {
        void run(Wire wire) throws IOException;

        /** The answer's lines about extensions, each with CRLF. */
        default String extension() {
            return "";
        }
    }

    /** Frames as they are. */
    static final class Wire {
        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        Wire(Socket socket) throws IOException {
            this.socket = socket;
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 << 10));
            out = new DataOutputStream(socket.getOutputStream());
        }

        void bytes(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** An unmasked frame, its header's first byte as given. */
        void frame(int b0, byte[] payload) throws IOException {
            bytes(frameOf(b0, payload));
        }

        void frame(int b0, String text) throws IOException {
            frame(b0, text.getBytes(UTF_8));
        }

        /** The next frame: its first byte and payload. */
        Heard hear() throws IOException {
            int b0 = in.readUnsignedByte();
            int b1 = in.readUnsignedByte();
            if ((b1 & 0x80) == 0) {
                throw new IOException("not masked");
            }
            long n = b1 & 0x7f;
            n = n == 126 ? in.readUnsignedShort() : n == 127 ? in.readLong() : n;
            byte[] key = in.readNBytes(4);
            byte[] payload = in.readNBytes((int) n);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= key[i & 3];
            }
            return new Heard(b0, payload);
        }

        /** Sends CLOSE, hears its echo, and ends the connection. */
        void close(int code) throws IOException {
            frame(0x88, codeOf(code));
            hearClose(code);
        }

        /** Hears CLOSE with that code, then ends the connection first; the client must follow. */
        void hearClose(int code) throws IOException {
            Heard heard = hear();
            int got = heard.payload.length < 2
                    ? 0
                    : (heard.payload[0] & 0xff) << 8 | heard.payload[1] & 0xff;
            if (heard.b0 != 0x88 || got != code) {
                throw new IOException("CLOSE " + code + " wanted, heard " + heard.b0 + " " + got);
            }
            socket.shutdownOutput();
            if (in.read() != -1) {
                throw new IOException("bytes behind CLOSE");
            }
        }

        /** Drops the connection. */
        void drop() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /** One frame that came. */
    static final class Heard {
        final int b0;
        final byte[] payload;

        Heard(int b0, byte[] payload) {
            this.b0 = b0;
            this.payload = payload;
        }
    }

    private final ServerSocket listener;
    private final List<Case> cases;
    private final CompletableFuture<Void> ended;

    /** What went wrong, case by case; and what was asked for. */
    final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();

    final ConcurrentLinkedQueue<String> paths = new ConcurrentLinkedQueue<>();

    /** A null case is refused by HTTP. */
    FuzzingServer(List<Case> cases) throws IOException {
        this.cases = new ArrayList<>(cases);
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ended = Background.run(this::serve);
    }

    String url() {
        return "ws://127.0.0.1:" + listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        ended.join();
    }

    /** One connection after the other, as the client has them. */
    private void serve() {
        while (!listener.isClosed()) {
            String path = "no request";
            try (Socket socket = listener.accept()) {
                socket.setSoTimeout(PATIENCE_MS);
                socket.setTcpNoDelay(true);
                path = connection(socket);
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    complaints.add(paths.size() + " " + path + ": " + e);
                }
            }
        }
    }

    private String connection(Socket socket) throws IOException {
        Wire wire = new Wire(socket);
        String head = head(wire.in);
        String path = head.substring(4, head.indexOf(" HTTP"));
        paths.add(path);
        Case todo = caseOf(path);
        if (todo == null) {
            wire.bytes("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
            return path;
        }
        String name = "Sec-WebSocket-Key: ";
        int at = head.indexOf(name) + name.length();
        String accept = ScriptedFile.acceptValue(head.substring(at, head.indexOf('\r', at)));
        wire.bytes(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + "\r\n"
                        + todo.extension() + "\r\n")
                .getBytes(ISO_8859_1));
        todo.run(wire);
        return path;
    }

    private Case caseOf(String path) {
        if (path.equals("/getCaseCount")) {
            return wire -> {
                wire.frame(0x81, Integer.toString(cases.size()));
                wire.close(1000);
            };
        }
        if (path.startsWith("/updateReports?agent=")) {
            return wire -> wire.close(1000);
        }
        String number = path.replaceAll(".*case=(\\d+)&agent=.*", "$1");
        return cases.get(Integer.parseInt(number) - 1);
    }

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    static byte[] codeOf(int code) {
        return new byte[] {(byte) (code >> 8), (byte) code};
    }

    static byte[] frameOf(int b0, byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(b0);
            if (payload.length < 126) {
                out.write(payload.length);
            } else if (payload.length < 65536) {
                out.write(126);
                out.writeShort(payload.length);
            } else {
                out.write(127);
                out.writeLong(payload.length);
            }
            out.write(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
