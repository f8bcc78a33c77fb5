package dev.zsock.vectors;

import java.util.Arrays;

/**
 * A websocket as the model sees it: the frame being read, the messages open in both directions, the
 * closing handshake.
 */
final class ModelWs {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PONG = 10;

    final ModelConn conn;
    final boolean client;
    final boolean raw;

    /** The frame whose payload is being delivered, or null. */
    FrameHead head;

    long remaining;
    long at;
    boolean rxOpen;
    Utf8 rxText;

    /** A text message has ended inside a code point: the next receive fails. */
    boolean cutText;

    /** "" or the errno that ends every later receive. */
    String over = "";

    boolean closeReceived;
    boolean closeSent;
    boolean transportClosed;

    /** A masked frame has been sent since the header of the one being read. */
    boolean maskedMeanwhile;

    boolean txOpen;
    Utf8 txText;

    private int savedPos = -1;
    private byte[] pong;
    private double pongAt;

    /** A flag that Zephyr ignores has kept what it would have taken. */
    boolean kept;

    /** poll has promised something to read. */
    boolean promised;

    /** What is there to read next. */
    enum Kind {
        NOTHING,
        FRAME,
        VIOLATION,
        FIN,
        RST,
        GONE
    }

    record Peek(Kind kind, double at, FrameHead head, Rule rule) {}

    ModelWs(ModelConn conn, boolean client, boolean raw) {
        this.conn = conn;
        this.client = client;
        this.raw = raw;
    }

    /** The next header, if it has come by until; takes nothing. */
    Peek peek(double until) {
        return peek(conn.pos, until);
    }

    Peek peek(int from, double until) {
        int to = conn.arrived(until);
        FrameHead whole = FrameHead.read(conn.in(), from, to);
        FrameHead part = FrameHead.withoutKey(conn.in(), from, to);
        if (whole == null && part != null && !raw && !part.shortestForm()) {
            double known = conn.timeOf(from + 1 + part.form());
            return new Peek(Kind.VIOLATION, known, part, Rule.FRAME_LENGTH);
        }
        if (whole == null) {
            return nothing(until);
        }
        double time = conn.timeOf(from + whole.size() - 1);
        Rule rule = raw ? null : violation(whole);
        return new Peek(rule == null ? Kind.FRAME : Kind.VIOLATION, time, whole, rule);
    }

    Peek nothing(double until) {
        if (transportClosed) {
            return new Peek(Kind.GONE, until, null, null);
        }
        if (Outcome.by(conn.rstAt, until)) {
            return new Peek(Kind.RST, conn.rstAt, null, null);
        }
        if (Outcome.by(conn.finAt, until)) {
            return new Peek(Kind.FIN, conn.finAt, null, null);
        }
        return new Peek(Kind.NOTHING, until, null, null);
    }

    /** RFC 6455 5: the rule that a header breaks, or null. */
    private Rule violation(FrameHead h) {
        if (h.rsv() != 0) {
            return Rule.FRAME_RSV;
        }
        int op = h.opcode();
        if (op > 2 && op < CLOSE || op > PONG) {
            return Rule.FRAME_OPCODE;
        }
        if (!h.shortestForm() || h.length() < 0) {
            return Rule.FRAME_LENGTH;
        }
        if (h.masked() == client) {
            return Rule.FRAME_MASK;
        }
        if (h.control() && (!h.fin() || h.length() > 125)) {
            return Rule.FRAME_CONTROL;
        }
        if (h.control()) {
            return op == CLOSE && h.length() == 1 ? Rule.FRAME_CLOSE_PAYLOAD : null;
        }
        return (op == 0) != rxOpen ? Rule.FRAME_SEQUENCE : null;
    }

    /** The header's frame begins. */
    void begin(FrameHead h) {
        conn.pos += h.size();
        head = h;
        remaining = h.length();
        at = 0;
        maskedMeanwhile = false;
        if (!h.control() && h.opcode() != 0) {
            rxText = h.opcode() == TEXT ? new Utf8() : null;
        }
        if (!h.control()) {
            rxOpen = !h.fin();
        }
    }

    /** What reading changes, apart from the closing handshake. */
    ModelWs snapshot() {
        ModelWs copy = new ModelWs(conn, client, raw);
        copy.restore(this);
        copy.savedPos = conn.pos;
        return copy;
    }

    void restore(ModelWs saved) {
        head = saved.head;
        remaining = saved.remaining;
        at = saved.at;
        rxOpen = saved.rxOpen;
        rxText = saved.rxText == null ? null : saved.rxText.copy();
        if (saved.savedPos >= 0) {
            conn.pos = saved.savedPos;
        }
    }

    /** True for the frames of a text message. */
    boolean inText() {
        return !raw && rxText != null && !head.control();
    }

    /** The payload has been delivered whole. */
    void finish() {
        if (head.opcode() == CLOSE && !raw) {
            over = "ENOTCONN";
        }
        head = null;
    }

    /** What websocket_recv_msg says of the current frame. */
    int type() {
        int flags = head.fin() ? 1 : 0;
        return flags
                | switch (head.opcode()) {
                    case 1 -> 2;
                    case 2 -> 4;
                    case 8 -> 8;
                    case 9 -> 16;
                    case 10 -> 32;
                    default -> 0;
                };
    }

    /** The payload of a frame whose header is at the read position. */
    byte[] payload(FrameHead h) {
        int n = (int) h.length();
        return FrameHead.unmask(conn.in(), conn.pos + h.size(), n, h.key(), 0);
    }

    /** A frame of the library's own: PONG or CLOSE. */
    void sendControl(int opcode, byte[] payload, double at) {
        if (transportClosed) {
            return;
        }
        conn.write(FrameHead.frame(0x80 | opcode, client, payload), at);
    }

    /** A PONG that leaves with the next chance; the newest one counts (5.5.3). */
    void owePong(byte[] payload, double at) {
        pong = payload;
        pongAt = at;
    }

    void payPong() {
        if (pong != null) {
            sendControl(PONG, pong, pongAt);
            conn.brokenBy = conn.broken ? Rule.BSD_APPLICATION_DATA : conn.brokenBy;
        }
        pong = null;
    }

    /** True when a receive that goes on with the next frame need not read from the socket. */
    boolean nextIsRead() {
        FrameHead h = FrameHead.read(conn.in(), conn.pos, conn.readAhead);
        if (h == null) {
            return false;
        }
        long needed = h.control() ? h.length() : Math.min(1, h.length());
        return conn.pos + h.size() + needed <= conn.readAhead;
    }

    /** One CLOSE with a code, or empty for 0, if none has gone. */
    void sendClose(int code, double at) {
        payPong();
        if (closeSent) {
            return;
        }
        byte[] payload = code == 0 ? new byte[0] : new byte[] {(byte) (code >> 8), (byte) code};
        sendControl(CLOSE, payload, at);
        closeSent = true;
    }

    /** 0, or the close code that answers a CLOSE with this payload (5.5.1, 7.4). */
    static int closePayload(byte[] p) {
        if (p.length == 0) {
            return 0;
        }
        if (p.length == 1 || !legalCode((p[0] & 0xff) << 8 | p[1] & 0xff)) {
            return 1002;
        }
        return Utf8.legal(p, 2) ? 0 : 1007;
    }

    /** 7.4.1, 7.4.2 and the registry: what a CLOSE frame may carry. */
    private static boolean legalCode(int code) {
        int[] reserved = {1004, 1005, 1006, 1015};
        if (code >= 3000 && code < 5000) {
            return true;
        }
        return code >= 1000 && code <= 1014 && Arrays.stream(reserved).noneMatch(r -> r == code);
    }
}
