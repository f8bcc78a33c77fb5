package dev.zsock.conformance;

import dev.zsock.conformance.Wire.Heard;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.concurrent.TimeUnit;

/**
 * A case's connection as its fuzzing end sees it: the messages and control frames that are heard,
 * and who closes, how and with which code.
 */
final class Talk {
    private static final int FIN = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int CONTINUATION = 0;
    private static final int CLOSE = 8;
    private static final int NORMAL = 1000;

    /**
     * Milliseconds to listen where nothing is due, and to wait for what is; what large messages are
     * divided by, and how often small ones go.
     */
    record Pace(int quiet, int patience, int divisor, int times) {
        /** As the public suite has it. */
        static final Pace REAL = new Pace(1000, 1000, 1, 1000);

        /** Small loads, and time for all that is due on a busy machine. */
        static final Pace QUICK = new Pace(50, 20_000, 16, 4);

        /** The same on a machine that stalls. */
        static final Pace SLOW = new Pace(5000, 20_000, 16, 4);
    }

    final Wire wire;
    final Pace pace;
    private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
    private int firstByte;
    private boolean closing;
    private boolean over;
    private long closeBy;

    /** This end sent CLOSE first. */
    boolean closedByMe;

    /** CLOSE went both ways, and the server ended the connection. */
    boolean clean;

    /** The server did not end it in time. */
    boolean droppedByClient;

    /** The code of the other end's CLOSE, 0 for none. */
    int code;

    /** What the other end sent that nobody may send, or nothing. */
    String wrong = "";

    Talk(Wire wire, Pace pace) {
        this.wire = wire;
        this.pace = pace;
    }

    boolean open() {
        return !closing && !over;
    }

    boolean over() {
        return over;
    }

    /** When so many milliseconds are over, by nanoTime. */
    static long in(long ms) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
    }

    /** Sends bytes as they are; an end that is gone shows when it is listened to. */
    void send(byte[] bytes) {
        try {
            wire.bytes(bytes);
        } catch (IOException e) {
            return;
        }
    }

    /** The script has sent its own CLOSE. */
    void closes() {
        closing = true;
        closedByMe = true;
        closeBy = in(pace.patience());
    }

    void close(byte[] payload) {
        if (open()) {
            send(Wire.frameOf(FIN | CLOSE, payload, wire.client));
            closes();
        }
    }

    /** The next message, PING or PONG; null when there is none in time, or the talk is over. */
    @Nullable Heard next(long until) {
        try {
            while (!over) {
                if (!wire.comes(closedByMe ? closeBy : until)) {
                    over = closedByMe;
                    return null;
                }
                Heard event = event(wire.hear());
                if (event != null) {
                    return event;
                }
            }
        } catch (ProtocolException e) {
            wrong = String.valueOf(e.getMessage());
            over = true;
        } catch (IOException e) {
            over = true;
        }
        return null;
    }

    private @Nullable Heard event(Heard frame) throws IOException {
        int opcode = frame.b0 & OPCODE;
        if (opcode == CLOSE) {
            closed(frame.payload);
            return null;
        } else if (opcode > CLOSE || frame.b0 >= FIN && opcode != CONTINUATION) {
            return frame;
        }
        if (opcode != CONTINUATION) {
            firstByte = frame.b0;
        }
        fragments.writeBytes(frame.payload);
        if (frame.b0 < FIN) {
            return null;
        }
        byte[] message = fragments.toByteArray();
        fragments.reset();
        return new Heard(FIN | firstByte, message);
    }

    /** A server drops the connection at once, a client waits for that. */
    private void closed(byte[] payload) throws IOException {
        code = Wire.codeIn(payload);
        clean = true;
        over = true;
        boolean answer = !closing;
        if (answer) {
            send(Wire.frameOf(FIN | CLOSE, Wire.codeOf(NORMAL), wire.client));
        }
        if (wire.client) {
            clean = wire.ended(in(pace.patience()));
            droppedByClient = !clean;
        }
        if (answer && clean) {
            wire.shut();
        } else {
            wire.drop();
        }
    }
}
