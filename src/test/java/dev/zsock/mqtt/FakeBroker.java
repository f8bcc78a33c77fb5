package dev.zsock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.AcceptValue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A broker that does what a test says, byte by byte, over TCP or in websocket frames, with plain
 * java.net.
 */
final class FakeBroker implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private final ServerSocket listener;
    private final boolean websocket;
    private final StringBuilder control = new StringBuilder();
    private byte[] rest = new byte[0];
    private Socket peer;
    private String request;

    FakeBroker(boolean websocket) {
        this.websocket = websocket;
        try {
            listener = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
            listener.setSoTimeout(PATIENCE_MS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Takes the next connection; for a websocket only its TCP part. */
    FakeBroker accept() {
        try {
            peer = listener.accept();
            peer.setSoTimeout(PATIENCE_MS);
            peer.setTcpNoDelay(true);
            rest = new byte[0];
            control.setLength(0);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the upgrade request and answers it; more follows the response in the same segment. */
    void upgrade(String more) {
        try {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in().readUnsignedByte());
            }
            request = head.toString();
            String key = request.replaceAll("(?s).*Sec-WebSocket-Key: ([^\r]*)\r\n.*", "$1");
            String response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Protocol: mqtt\r\n"
                    + "Sec-WebSocket-Accept: " + AcceptValue.of(key)
                    + "\r\n\r\n";
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(response.getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(bytes(more));
            peer.getOutputStream().write(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The head of the upgrade request. */
    String request() {
        return request;
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private DataInputStream in() throws IOException {
        InputStream in = peer.getInputStream();
        return new DataInputStream(in);
    }

    /** The next bytes of MQTT have to be these. */
    FakeBroker expect(String hex) {
        byte[] wanted = bytes(hex);
        assertThat(HexFormat.of().formatHex(read(wanted.length)))
                .isEqualTo(HexFormat.of().formatHex(wanted));
        return this;
    }

    /** The next n bytes of MQTT. */
    byte[] read(int n) {
        byte[] out = new byte[n];
        int done = 0;
        while (done < n) {
            if (rest.length == 0) {
                rest = websocket ? frame() : raw(n - done);
            }
            int part = Math.min(n - done, rest.length);
            System.arraycopy(rest, 0, out, done, part);
            byte[] left = new byte[rest.length - part];
            System.arraycopy(rest, part, left, 0, left.length);
            rest = left;
            done += part;
        }
        return out;
    }

    private byte[] raw(int most) {
        try {
            byte[] some = new byte[most];
            int n = peer.getInputStream().read(some);
            if (n < 0) {
                throw new AssertionError("end of stream");
            }
            byte[] got = new byte[n];
            System.arraycopy(some, 0, got, 0, n);
            return got;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The payload of the next data frame; control frames go to {@link #control}. */
    byte[] frame() {
        try {
            while (true) {
                DataInputStream in = in();
                int first = in.readUnsignedByte();
                int second = in.readUnsignedByte();
                int length = second & 0x7f;
                length = length == 126 ? in.readUnsignedShort() : length;
                length = length == 127 ? (int) in.readLong() : length;
                byte[] mask = in.readNBytes(4);
                byte[] payload = in.readNBytes(length);
                for (int i = 0; i < length; i++) {
                    payload[i] ^= mask[i & 3];
                }
                if ((first & 8) == 0) {
                    return payload;
                }
                control.append("%02x:%s ".formatted(first, HexFormat.of().formatHex(payload)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Control frames that came before the last data frame read. */
    String control() {
        return control.toString().strip();
    }

    /** Sends bytes of MQTT, in one BINARY frame on a websocket. */
    FakeBroker send(String hex) {
        byte[] data = bytes(hex);
        return write(websocket ? frame(true, BINARY, data) : data);
    }

    /** The same, each byte in a segment or in a frame of its own. */
    FakeBroker sendByteByByte(String hex) {
        for (byte b : bytes(hex)) {
            byte[] one = {b};
            write(websocket ? frame(true, BINARY, one) : one);
        }
        return this;
    }

    static byte[] frame(boolean last, int opcode, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            out.write(payload.length);
        } else {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }

    /** Bytes as they are. */
    FakeBroker write(byte[] data) {
        try {
            peer.getOutputStream().write(data);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The client has to end the TCP connection; what it still sends is returned as hex. */
    String untilEnd() {
        StringBuilder got = new StringBuilder();
        try {
            for (int b = peer.getInputStream().read();
                    b >= 0;
                    b = peer.getInputStream().read()) {
                got.append("%02x".formatted(b));
            }
        } catch (IOException e) {
            got.append(" reset");
        }
        return got.toString();
    }

    void end() {
        try {
            peer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void reset() {
        try {
            peer.setSoLinger(true, 0);
            peer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (peer != null) {
                peer.close();
            }
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
