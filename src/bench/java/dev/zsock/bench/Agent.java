package dev.zsock.bench;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.WebsocketRequest;

import java.io.BufferedReader;
import java.io.InputStreamReader;

/**
 * This library's side of the bench, driven by lines on standard input as the C agent is: {@code pp
 * SIZE COUNT} sends and awaits the echo, {@code tx} sends a stream, {@code rx} receives one; each
 * answers with the nanoseconds it took.
 */
public final class Agent {
    private static final int MOST = 1 << 21;

    private final boolean websocket;
    private final boolean gathers; // the frames of a stream
    private final int echo;
    private final int sink;
    private final int flood;
    private final byte[] message = new byte[MOST];
    private final LongRef remaining = new LongRef();

    private Agent(String kind, int port) {
        websocket = !kind.equals("tcp");
        gathers = kind.equals("cork");
        echo = open("/echo", port, 'E');
        sink = open("/sink", port, 'S');
        flood = open("/flood", port, 'F');
    }

    public static void main(String[] args) throws Exception {
        Agent agent = new Agent(args[0], Integer.parseInt(args[1]));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            int size = Integer.parseInt(words[1]);
            int count = Integer.parseInt(words[2]);
            long start = System.nanoTime();
            agent.run(words[0], size, count);
            System.out.println(System.nanoTime() - start);
            System.out.flush();
        }
    }

    private int open(String path, int port, char mode) {
        int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
        check(connect(sock, new SockaddrIn(INADDR_LOOPBACK, port), SockaddrIn.SIZE));
        check(setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, 1));
        if (!websocket) {
            sendAll(sock, new byte[] {(byte) mode}, 1);
            return sock;
        }
        WebsocketRequest req = new WebsocketRequest();
        req.host = "127.0.0.1";
        req.url = path;
        return check(websocket_connect(sock, req, 5000, null));
    }

    private void run(String what, int size, int count) {
        switch (what) {
            case "pp" -> pingPong(size, count);
            case "tx" -> transmit(size, count);
            case "rx" -> receive(size, count);
            default -> throw new IllegalArgumentException(what);
        }
    }

    private void pingPong(int size, int count) {
        for (int i = 0; i < count; i++) {
            if (websocket) {
                frame(echo, size);
                awaitFrame(echo, size);
            } else {
                sendAll(echo, message, size);
                check(recv(echo, message, size, MSG_WAITALL));
            }
        }
    }

    private void transmit(int size, int count) {
        if (!websocket) {
            sendAll(sink, nativeLong((long) size * count), 8);
        }
        if (gathers) {
            check(setsockopt(sink, SOL_WEBSOCKET, WEBSOCKET_CORK, 1));
        }
        for (int i = 0; i < count; i++) {
            if (websocket) {
                frame(sink, size);
            } else {
                sendAll(sink, message, size);
            }
        }
        if (websocket) {
            check(send(sink, new byte[] {'?'}, 1, 0));
            check(recv(sink, new byte[64], 64, 0));
        } else {
            check(recv(sink, new byte[8], 8, MSG_WAITALL));
        }
    }

    private void receive(int size, int count) {
        if (websocket) {
            byte[] order = (count + " " + size).getBytes();
            check(send(flood, order, order.length, 0));
            for (int i = 0; i < count; i++) {
                awaitFrame(flood, size);
            }
            return;
        }
        sendAll(flood, nativeLong((long) size * count), 8);
        for (long left = (long) size * count; left > 0; ) {
            left -= check(recv(flood, message, (int) Math.min(left, 1 << 16), 0));
        }
    }

    private void frame(int ws, int size) {
        check(websocket_send_msg(
                ws, message, size, WEBSOCKET_OPCODE_DATA_BINARY, true, true, SYS_FOREVER_MS));
    }

    private void awaitFrame(int ws, int size) {
        int n = check(websocket_recv_msg(ws, message, MOST, null, remaining, SYS_FOREVER_MS));
        if (n != size || remaining.value != 0) {
            throw new IllegalStateException(n + " of " + size);
        }
    }

    private static void sendAll(int sock, byte[] buf, int n) {
        if (check(send(sock, buf, n, 0)) != n) {
            throw new IllegalStateException("short send on a blocking socket");
        }
    }

    private static byte[] nativeLong(long value) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (value >>> 8 * i); // little-endian: the C side reads memory
        }
        return bytes;
    }

    private static int check(int rc) {
        if (rc < 0) {
            throw new IllegalStateException(rc + ", errno " + errno());
        }
        return rc;
    }
}
