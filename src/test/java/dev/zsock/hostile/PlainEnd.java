package dev.zsock.hostile;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.hostile.WireReader.Frame;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The plain end of a connection to sixteen senders: looks at every frame that comes, and now and
 * then sends a message and a PING, until CLOSE or the end of the stream.
 */
final class PlainEnd {
    /** Length of each message that it sends. */
    static final int SIZE = 8;

    private static final int EVERY = 4; // messages that come, for each that goes

    final int[] seen = new int[Senders.COUNT];
    volatile int messages; // these are written by its own thread
    volatile int pings;
    volatile int pongs;
    int empty;

    /** Control frames that came inside a message. */
    int between;

    /** The CLOSE, or null when the stream ended without. */
    Frame close;

    private final int fd;
    private final boolean toClient;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int opcode;
    private int sent;
    private int latestPong = -1;

    /** toClient: the other end masks its frames, and this one does not. */
    PlainEnd(int fd, boolean toClient) {
        this.fd = fd;
        this.toClient = toClient;
    }

    /** What it sends as message or PING of that number. */
    static byte[] text(int number) {
        return String.format("R%07d", number).getBytes(StandardCharsets.US_ASCII);
    }

    /** So many messages have come, and a PING and a PONG between them. */
    boolean enough(int n) {
        return messages >= n && pings > 0 && pongs > 0;
    }

    void run() {
        WireReader wire = new WireReader(fd);
        for (Frame frame = wire.next(); frame != null; frame = wire.next()) {
            assertThat(frame.masked()).isEqualTo(toClient);
            if (frame.opcode() == WEBSOCKET_OPCODE_CLOSE) {
                close = frame;
                return;
            }
            if (frame.opcode() >= WEBSOCKET_OPCODE_CLOSE) {
                control(frame);
            } else {
                data(frame);
            }
        }
    }

    private void control(Frame frame) {
        assertThat(frame.fin()).isTrue();
        between += opcode == 0 ? 0 : 1;
        if (frame.opcode() == WEBSOCKET_OPCODE_PING) {
            assertThat(frame.payload()).isEqualTo(Senders.PING);
            pings++;
            return;
        }
        assertThat(frame.opcode()).isEqualTo(WEBSOCKET_OPCODE_PONG);
        int number = Integer.parseInt(
                new String(frame.payload(), 1, SIZE - 1, StandardCharsets.US_ASCII));
        assertThat(number).as("each PING is answered once").isGreaterThan(latestPong);
        latestPong = number;
        pongs++;
    }

    private void data(Frame frame) {
        boolean first = frame.opcode() != WEBSOCKET_OPCODE_CONTINUE;
        assertThat(first).as("a message begins when none is open").isEqualTo(opcode == 0);
        opcode = first ? frame.opcode() : opcode;
        message.writeBytes(frame.payload());
        if (frame.fin()) {
            whole(message.toByteArray());
            message.reset();
            opcode = 0;
        }
    }

    private void whole(byte[] bytes) {
        if (bytes.length == 0) {
            empty++;
            return;
        }
        int sender = Parcel.sender(bytes);
        assertThat(Parcel.number(bytes)).as("of sender %d", sender).isEqualTo(seen[sender]++);
        assertThat(opcode).isEqualTo(Senders.opcode(sender));
        messages++;
        if (messages % EVERY == 0) {
            put(0x81, text(sent));
            put(0x89, text(sent++));
        }
    }

    /** A frame under a key of zeros, or under none. */
    private void put(int b0, byte[] payload) {
        byte[] frame = new byte[(toClient ? 2 : 6) + payload.length];
        frame[0] = (byte) b0;
        frame[1] = (byte) ((toClient ? 0 : 0x80) | payload.length);
        System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
        send(fd, frame, frame.length, MSG_NOSIGNAL); // whoever closes may be quicker
    }
}
