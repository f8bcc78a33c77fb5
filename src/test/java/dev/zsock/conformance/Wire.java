package dev.zsock.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** A fuzzing end's connection: frames as they are, over a socket of the JDK. */
final class Wire {
    private static final int PATIENCE_MS = 20_000;
    private static final int BUFFER = 64 << 10;
    private static final int MASK = 0x80;
    private static final byte[] KEY = {0x5a, (byte) 0xc3, 0x17, 0x60};

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    /** This end is the client, which masks what it sends. */
    final boolean client;

    /** The agreed value of Sec-WebSocket-Extensions, or nothing. */
    String extension = "";

    Wire(Socket socket, boolean client) throws IOException {
        this.socket = socket;
        this.client = client;
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** One frame, or a message put together from its fragments. */
    static final class Heard {
        final int b0;
        final byte[] payload;

        Heard(int b0, byte[] payload) {
            this.b0 = b0;
            this.payload = payload;
        }
    }

    /** A head of HTTP, with its empty line. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    void head(String lines) throws IOException {
        bytes(lines.getBytes(ISO_8859_1));
    }

    /** The value of a head's field, or nothing. */
    static String field(String head, String name) {
        int at = head.indexOf("\r\n" + name + ": ");
        return at < 0 ? "" : head.substring(at + name.length() + 4, head.indexOf("\r\n", at + 2));
    }

    void bytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void frame(int b0, byte[] payload) throws IOException {
        bytes(frameOf(b0, payload, client));
    }

    void frame(int b0, String text) throws IOException {
        frame(b0, text.getBytes(UTF_8));
    }

    /** True when something has come, or the end; false when the time, of nanoTime, is over. */
    boolean comes(long until) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0 && in.available() == 0) {
            return false;
        }
        in.mark(1);
        socket.setSoTimeout((int) Math.max(1, left));
        try {
            in.read();
            in.reset();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(PATIENCE_MS);
        }
    }

    /** The next frame, which must be masked as the other end has to. */
    Heard hear() throws IOException {
        int b0 = in.readUnsignedByte();
        int b1 = in.readUnsignedByte();
        if ((b1 & MASK) == (client ? MASK : 0)) {
            throw new ProtocolException(client ? "masked" : "not masked");
        }
        long n = b1 & ~MASK;
        n = n == 126 ? in.readUnsignedShort() : n == 127 ? in.readLong() : n;
        byte[] key = client ? new byte[4] : in.readNBytes(4);
        byte[] payload = in.readNBytes((int) n);
        if (payload.length < n) {
            throw new IOException("the end in the middle of a frame");
        }
        mask(payload, key);
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
        int got = codeIn(heard.payload);
        if (heard.b0 != 0x88 || got != code) {
            throw new IOException("CLOSE " + code + " wanted, heard " + heard.b0 + " " + got);
        }
        end();
        if (in.read() != -1) {
            throw new IOException("bytes behind CLOSE");
        }
    }

    /** Sends nothing more. */
    void end() throws IOException {
        socket.shutdownOutput();
    }

    /** Waits for the other end to say that, or reset; false when the time, of nanoTime, is over. */
    boolean ended(long until) {
        try {
            while (comes(until)) {
                if (in.read() < 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Closes the socket as it is. */
    void shut() throws IOException {
        socket.close();
    }

    /** Drops the connection. */
    void drop() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    static byte[] codeOf(int code) {
        return new byte[] {(byte) (code >> 8), (byte) code};
    }

    /** The code of a CLOSE, 0 for none. */
    static int codeIn(byte[] payload) {
        return payload.length < 2 ? 0 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    }

    /** A frame, not masked. */
    static byte[] frameOf(int b0, byte[] payload) {
        return frameOf(b0, payload, false);
    }

    static byte[] frameOf(int b0, byte[] payload, boolean masked) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 14);
        int mask = masked ? MASK : 0;
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(b0);
            if (payload.length < 126) {
                out.write(mask | payload.length);
            } else if (payload.length < 65536) {
                out.write(mask | 126);
                out.writeShort(payload.length);
            } else {
                out.write(mask | 127);
                out.writeLong(payload.length);
            }
            if (masked) {
                out.write(KEY);
            }
            out.write(masked ? mask(payload.clone(), KEY) : payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] mask(byte[] payload, byte[] key) {
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= key[i & 3];
        }
        return payload;
    }
}
