package dev.zsock.vectors;

import java.util.Arrays;

/** What the contract expects of websocket_recv_msg, recv and read on a websocket. */
final class ModelRecv {
    private static final int PING = 9;
    private static final int CLOSE = 8;

    static final int PEEK = 2;
    static final int WAITALL = 0x100;

    private final Outcome o;
    private final ModelWs ws;
    private final ModelConn conn;

    ModelRecv(Outcome o, ModelWs ws) {
        this.o = o;
        this.ws = ws;
        this.conn = ws.conn;
    }

    /** {@code websocket_recv_msg} into n bytes until a deadline. */
    void message(int n, double until) {
        ws.promised = false;
        conn.flush();
        if (ready(until)) {
            deliver(n, until);
        }
        conn.hasRead(conn.pos);
        if (!o.result.has("data")) {
            o.nothingReceived(true);
        }
    }

    /** True when a frame is under way; else the call has its end. */
    private boolean ready(double until) {
        if (conn.unknownIn) {
            o.unsure();
            return false;
        }
        if (conn.smallBuffer) {
            o.rule(Rule.RECV_BUFFER_SIZE);
        }
        if (ws.head != null) {
            return true;
        }
        if (ws.cutText) {
            violation(1007, "EILSEQ", Rule.FRAME_UTF8, o.start);
            return false;
        }
        if (!ws.over.isEmpty()) {
            if (ws.over.equals("ECONNRESET")) {
                o.rule(Rule.RECV_RESET);
            } else if (ws.closeReceived) {
                o.rule(Rule.CLOSE_ENDS_STREAM);
            }
            o.fail(ws.transportClosed ? "EBADF" : ws.over);
            return false;
        }
        if (!ws.nextIsRead()) {
            conn.look(o.start);
        }
        ModelWs.Peek p = ws.peek(until);
        switch (p.kind()) {
            case FRAME -> {
                return p.head().opcode() == CLOSE && !ws.raw ? close(p, until) : begin(p);
            }
            case VIOLATION -> violation(1002, "EPROTO", p.rule(), p.at());
            default -> stalled(p, until);
        }
        return false;
    }

    private boolean begin(ModelWs.Peek p) {
        ws.begin(p.head());
        return true;
    }

    private void stalled(ModelWs.Peek p, double until) {
        switch (p.kind()) {
            case GONE -> o.fail("EBADF");
            case FIN -> o.fail("ENOTCONN", p.at());
            case RST -> {
                o.rule(Rule.RECV_RESET);
                o.fail("ECONNRESET", p.at());
                ws.over = "ECONNRESET";
            }
            default -> o.timeout("EAGAIN", until);
        }
    }

    /** The connection fails: one CLOSE with the code, then nothing more is received. */
    private void violation(int code, String errno, Rule rule, double at) {
        ws.sendClose(code, Math.max(o.start, at));
        ws.over = "ENOTCONN";
        ws.cutText = false;
        ws.head = null;
        o.rule(rule);
        o.fail(errno, at);
    }

    /** A CLOSE is read whole, checked and echoed before it is shown. */
    private boolean close(ModelWs.Peek p, double until) {
        int end = conn.pos + p.head().size() + (int) p.head().length();
        if (conn.arrived(until) < end) {
            o.rule(Rule.CLOSE_ECHO);
            stalled(ws.nothing(until), until);
            return false;
        }
        double at = conn.timeOf(end - 1);
        byte[] payload = ws.payload(p.head());
        int code = ModelWs.closePayload(payload);
        if (code != 0) {
            String errno = code == 1007 ? "EILSEQ" : "EPROTO";
            violation(code, errno, Rule.FRAME_CLOSE_PAYLOAD, at);
            return false;
        }
        int echoed = payload.length == 0 ? 0 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        ws.sendClose(echoed, Math.max(o.start, at));
        ws.closeReceived = true;
        o.rule(Rule.CLOSE_ECHO);
        return begin(p);
    }

    private void deliver(int n, double until) {
        int want = Long.compareUnsigned(ws.remaining, n) < 0 ? (int) ws.remaining : n;
        if (ws.raw) {
            rawRules();
        }
        int got = Math.min(want, conn.arrived(until) - conn.pos);
        if (got == 0 && want > 0) {
            stalled(ws.nothing(until), until);
            return;
        }
        double at = want == 0 ? o.start : conn.timeOf(conn.pos + got - 1);
        byte[] data = FrameHead.unmask(conn.in(), conn.pos, got, ws.head.key(), ws.at);
        if (ws.inText()) {
            int good = legalText(data, at);
            if (good == 0 && (got > 0 || ws.cutText)) {
                violation(1007, "EILSEQ", Rule.FRAME_UTF8, at);
                return;
            }
            if (good < got) {
                take(Arrays.copyOf(data, good), at, ws.type());
                ws.head = null;
                return;
            }
        }
        if (got < want) {
            at = Math.min(until, conn.endAt());
            boolean ended = Outcome.by(conn.endAt(), until);
            o.rule(ended ? Rule.RECV_DATA_FIRST : Rule.RECV_REFS);
            o.timedOut = !ended;
        }
        take(data, at, ws.type());
        if (ws.remaining == 0) {
            ws.finish();
        }
    }

    /**
     * How much of a text's next piece may be delivered: up to the first wrong byte, or up to a code
     * point that the message's end cuts off (its bytes may have come, and gone, in earlier pieces).
     * Less than all of it fails the connection, and the next receive.
     */
    private int legalText(byte[] data, double at) {
        int good = ws.rxText.check(data, data.length);
        boolean ends = ws.remaining == data.length && ws.head.fin();
        boolean cut = good == data.length && ends && !ws.rxText.complete();
        if (cut) {
            good = Utf8.wholeCodePoints(data);
            good = o.hint > good && conn.beginsPiece(conn.pos + o.hint) ? (int) o.hint : good;
        }
        if (good < data.length || cut) {
            o.rule(Rule.FRAME_UTF8);
            ws.cutText = true;
            ws.sendClose(1007, Math.max(o.start, at));
        }
        return good;
    }

    private void rawRules() {
        if (ws.head.opcode() == CLOSE && !ws.head.fin()) {
            o.rule(Rule.RAW_CLOSE_WITHOUT_FIN);
        }
        if (ws.head.form() > 0 && ws.head.length() == 0) {
            o.rule(Rule.RAW_ZERO_LENGTH);
        }
        if (ws.head.masked() && ws.maskedMeanwhile) {
            o.rule(Rule.RAW_MASK_KEY);
        }
    }

    private void take(byte[] data, double at, int type) {
        conn.pos += data.length;
        ws.at += data.length;
        ws.remaining -= data.length;
        o.ret(data.length, at);
        o.received(data, type, ws.remaining);
        beforeReset();
    }

    /** What had come before a reset; Zephyr looks for the reset first. */
    private void beforeReset() {
        if (conn.rstAt <= o.ends || ws.transportClosed) {
            o.rule(Rule.RECV_DATA_FIRST);
        }
    }

    /** {@code recv} and {@code read}: application data only. */
    void bytes(int n, int flags, double until) {
        double limit = ws.promised && until == Outcome.NEVER ? o.start : until;
        ws.promised = false;
        conn.flush();
        if (n == 0) {
            o.fail("EINVAL");
        } else if (ws.raw) {
            rawBytes(n, until);
        } else {
            application(n, flags, limit);
        }
        conn.hasRead(conn.pos);
        if (!o.result.has("data")) {
            o.nothingReceived(false);
        }
        o.result.remove("message_type");
        o.result.remove("remaining");
    }

    /** As Zephyr: the payload of whatever frame is next, 0 for an empty one and for the end. */
    private void rawBytes(int n, double until) {
        if (ready(until)) {
            deliver(n, until);
        }
        endIsZero();
    }

    private void endIsZero() {
        if (o.result.path("errno").asText().equals("ENOTCONN")) {
            o.result.remove("errno");
            o.result.put("ret", 0);
        }
    }

    private void application(int n, int flags, double until) {
        if ((flags & (PEEK | WAITALL)) != 0 || ws.kept) {
            o.rule(Rule.BSD_FLAGS);
        }
        byte[] all = new byte[0];
        while (all.length < n) {
            if (!payloadFrame(until)) {
                break;
            }
            ModelWs before = ws.snapshot();
            byte[] some = some(n - all.length, (flags & WAITALL) != 0, until);
            if ((flags & PEEK) != 0 && !ws.cutText) {
                ws.restore(before);
                ws.kept = true;
            }
            if (some.length == 0) {
                break;
            }
            all = join(all, some);
            if ((flags & WAITALL) == 0 || (flags & PEEK) != 0) {
                break;
            }
        }
        ws.payPong();
        if (all.length > 0) {
            o.result.remove("errno");
            o.ret(all.length, o.ends);
            ApiCalls.blob(o.result, all);
        } else {
            endIsZero();
        }
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] c = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, c, a.length, b.length);
        return c;
    }

    /** Goes on to a data frame with payload: answers PING, swallows PONG, skips empty frames. */
    private boolean payloadFrame(double until) {
        while (ready(until)) {
            if (!ws.head.control() && ws.remaining > 0) {
                return true;
            }
            int n = (int) ws.remaining;
            if (n > 0 || ws.head.control()) {
                o.rule(Rule.BSD_APPLICATION_DATA);
            }
            if (ws.head.control() && conn.arrived(until) - conn.pos < n) {
                conn.pos -= ws.head.size(); // looked at again when the rest has come
                ws.head = null;
                stalled(ws.nothing(until), until);
                return false;
            }
            o.rule(Rule.BSD_APPLICATION_DATA);
            int begun = (int) ws.at; // what websocket_recv_msg has shown of it
            int from = conn.pos - begun;
            byte[] payload = FrameHead.unmask(conn.in(), from, begun + n, ws.head.key(), 0);
            if (ws.head.opcode() == PING) {
                ws.owePong(payload, Math.max(o.start, conn.timeOf(conn.pos + n - 1)));
            }
            conn.pos += n;
            conn.hasRead(conn.pos);
            ws.remaining = 0;
            ws.finish();
            if (!ws.nextIsRead()) {
                ws.payPong(); // before more is read
                conn.readNext(until);
            }
        }
        return false;
    }

    /** Payload of the current frame: what is there as soon as something is. */
    private byte[] some(int n, boolean all, double until) {
        int want = Long.compareUnsigned(ws.remaining, n) < 0 ? (int) ws.remaining : n;
        int there = conn.arrived(until) - conn.pos;
        if (there == 0) {
            stalled(ws.nothing(until), until);
            return new byte[0];
        }
        double first = Math.max(o.start, conn.timeOf(conn.pos));
        int soon = Math.min(want, conn.arrived(all ? until : first) - conn.pos);
        int least = all ? soon : 1;
        int got = o.hint >= least && o.hint < soon && !sameChunk(soon) ? (int) o.hint : soon;
        byte[] data = FrameHead.unmask(conn.in(), conn.pos, got, ws.head.key(), ws.at);
        double at = conn.timeOf(conn.pos + got - 1);
        if (ws.inText()) {
            int good = legalText(data, at);
            if (good == 0) {
                violation(1007, "EILSEQ", Rule.FRAME_UTF8, at);
                return new byte[0];
            }
            data = Arrays.copyOf(data, good);
        }
        conn.pos += data.length;
        ws.at += data.length;
        ws.remaining -= data.length;
        if (ws.remaining > 0 && data.length < n) {
            o.rule(Outcome.by(conn.endAt(), until) ? Rule.RECV_DATA_FIRST : Rule.BSD_EARLY_RETURN);
        }
        o.ends = Math.max(o.ends, at);
        beforeReset();
        if (ws.remaining == 0 || ws.cutText) {
            ws.finish();
        }
        return data;
    }

    /** The bytes up to soon came in one piece. */
    private boolean sameChunk(int soon) {
        return conn.pieces(conn.pos + 1, conn.pos + soon) == 0;
    }
}
