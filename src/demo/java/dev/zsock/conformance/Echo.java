package dev.zsock.conformance;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;

import java.util.Arrays;

/**
 * Sends every message of a websocket back when it is complete: as one frame, with its own opcode,
 * whatever the number of its fragments. Memory grows with the message, never by what a frame's
 * header announces.
 */
final class Echo {
    /** What the public suite gives its slowest case. */
    private static final int TIMEOUT = K_SECONDS(1000);

    private static final int FIRST_SIZE = 64 * 1024;
    private static final int MOST = Integer.MAX_VALUE - 8;
    private static final int MIN_ROOM = 256; // a control frame's payload always fits
    private static final int CONTROL =
            WEBSOCKET_FLAG_CLOSE | WEBSOCKET_FLAG_PING | WEBSOCKET_FLAG_PONG;

    private final int ws;
    private final boolean client;
    private final boolean bsd;
    private final boolean recvs; // text, behind its first byte
    private final IntRef type = new IntRef();
    private final LongRef remaining = new LongRef();
    private byte[] message = new byte[FIRST_SIZE];
    private int length;
    private int opcode;
    private int messages;

    /**
     * client: frames are masked. bsd: text by {@code recv} and {@code send}; with compression by
     * {@code send} alone, because {@code recv} cannot tell where a compressed message ends.
     */
    Echo(int ws, boolean client, boolean bsd, boolean compression) {
        this.ws = ws;
        this.client = client;
        this.bsd = bsd;
        recvs = bsd && !compression;
    }

    /** How many messages went back. */
    int messages() {
        return messages;
    }

    /** Until the peer closes: 0, or the negative errno that ended it. */
    int run() {
        while (true) {
            int n = websocket_recv_msg(
                    ws, message, length, recvs ? 1 : room(), type, remaining, TIMEOUT);
            int rc = n < 0 ? n : (type.value & CONTROL) != 0 ? control(n) : data(n);
            if (rc < 0 || (type.value & WEBSOCKET_FLAG_CLOSE) != 0) {
                return Math.min(0, rc);
            }
        }
    }

    /** The payload sits behind the message so far, and is not kept. */
    private int control(int n) {
        int size = n;
        while (remaining.value != 0) {
            int more = websocket_recv_msg(
                    ws, message, length + size, room() - size, type, remaining, TIMEOUT);
            if (more < 0) {
                return more;
            }
            size += more;
        }
        if ((type.value & WEBSOCKET_FLAG_PING) == 0) {
            return 0; // CLOSE was answered by the library
        }
        return websocket_send_msg(
                ws, message, length, size, WEBSOCKET_OPCODE_PONG, client, true, TIMEOUT);
    }

    private int data(int n) {
        if ((type.value & WEBSOCKET_FLAG_TEXT) != 0) {
            opcode = WEBSOCKET_OPCODE_DATA_TEXT;
        } else if ((type.value & WEBSOCKET_FLAG_BINARY) != 0) {
            opcode = WEBSOCKET_OPCODE_DATA_BINARY;
        }
        int rc = took(n);
        while (rc >= 0 && remaining.value != 0) {
            rc = recvs && opcode == WEBSOCKET_OPCODE_DATA_TEXT ? recvText() : recvMore();
        }
        if (rc < 0 || (type.value & WEBSOCKET_FLAG_FINAL) == 0) {
            return rc;
        }
        int size = length;
        length = 0;
        messages++;
        return echo(size);
    }

    private int recvMore() {
        int n = websocket_recv_msg(ws, message, length, room(), type, remaining, TIMEOUT);
        return n < 0 ? n : took(n);
    }

    /** The rest of a frame by {@code recv}, which stops at its end. */
    private int recvText() {
        int n = recv(ws, message, length, (int) Math.min(room(), remaining.value), 0);
        if (n <= 0) {
            return n < 0 ? -errno() : -ENOTCONN;
        }
        remaining.value -= n;
        return took(n);
    }

    private int echo(int size) {
        if (bsd && opcode == WEBSOCKET_OPCODE_DATA_TEXT) {
            return send(ws, message, size, 0) < 0 ? -errno() : 0;
        }
        return websocket_send_msg(ws, message, size, opcode, client, true, TIMEOUT);
    }

    private int room() {
        return message.length - length;
    }

    private int took(int n) {
        length += n;
        if (room() >= MIN_ROOM) {
            return 0;
        }
        if (length > MOST - MIN_ROOM) {
            return -EMSGSIZE; // no Java array is larger
        }
        message = Arrays.copyOf(message, (int) Math.min(MOST, 2L * message.length));
        return 0;
    }
}
