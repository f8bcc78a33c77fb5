package dev.zsock.docs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.zsock.testkit.AcceptValue;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An echo server on java.net for the pages' examples: websocket for those who begin with GET, plain
 * bytes for all others.
 */
public final class LocalEcho implements AutoCloseable {
    private static final int OP_CLOSE = 8;
    private static final int OP_PING = 9;
    private static final int OP_PONG = 10;

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Listens on a free port of 127.0.0.1. */
    public LocalEcho() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        start("echo server", this::acceptAll);
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    private static void start(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket client = server.accept();
                open.add(client);
                start("echo connection", () -> serve(client));
            }
        } catch (IOException e) {
            open.forEach(LocalEcho::end); // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(client.getInputStream()));
            in.mark(4);
            byte[] first = in.readNBytes(1);
            if (first.length == 1 && first[0] == 'G') {
                DataOutputStream out = new DataOutputStream(client.getOutputStream());
                upgrade(in, out);
                echoFrames(in, out);
            } else {
                in.reset();
                echoBytes(in, client.getOutputStream());
            }
        } catch (IOException e) {
            end(client); // the client has gone
        } finally {
            open.remove(client);
        }
    }

    private static void echoBytes(DataInputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
        }
    }

    private static void upgrade(DataInputStream in, DataOutputStream out) throws IOException {
        StringBuilder head = new StringBuilder("G");
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        String key = head.toString()
                .lines()
                .filter(line -> line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18))
                .map(line -> line.substring(18).strip())
                .findFirst()
                .orElseThrow(() -> new IOException("no key"));
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + AcceptValue.of(key)
                + "\r\n\r\n";
        out.write(answer.getBytes(ISO_8859_1));
    }

    private static void echoFrames(DataInputStream in, DataOutputStream out) throws IOException {
        int opcode;
        do {
            int first = in.readUnsignedByte();
            opcode = first & 0x0f;
            byte[] payload = unmasked(in);
            if (opcode == OP_PING) {
                first = 0x80 | OP_PONG;
            }
            if (opcode != OP_PONG) {
                out.write(frame(first, payload));
            }
        } while (opcode != OP_CLOSE);
    }

    private static byte[] unmasked(DataInputStream in) throws IOException {
        long length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] key = in.readNBytes(4);
        byte[] payload = in.readNBytes(Math.toIntExact(length));
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= key[i & 3];
        }
        return payload;
    }

    private static byte[] frame(int first, byte[] payload) {
        int n = payload.length;
        int extra = n < 126 ? 0 : n < 65536 ? 2 : 8;
        ByteBuffer frame = ByteBuffer.allocate(2 + extra + n);
        frame.put((byte) first);
        switch (extra) {
            case 0 -> frame.put((byte) n);
            case 2 -> frame.put((byte) 126).putShort((short) n);
            default -> frame.put((byte) 127).putLong(n);
        }
        return frame.put(payload).array();
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("close of a java.net socket", e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
