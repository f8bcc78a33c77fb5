package dev.zsock.vectors;

/**
 * What the contract expects of websocket_send_msg, send and write on a websocket, and of closing
 * it.
 */
final class ModelSend {
    private static final int CONTINUE = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;

    /** Frames up to this size fit into any send buffer that is not full. */
    private static final int FITS = 1024;

    /** Frames from this size do not fit into the buffers of a peer that does not read. */
    private static final int TOO_BIG = 1 << 18;

    /** How long close waits with SO_SNDTIMEO unset. */
    private static final double CLOSE_MS = 2000;

    private final Outcome o;
    private final ModelWs ws;
    private final ModelConn conn;

    ModelSend(Outcome o, ModelWs ws) {
        this.o = o;
        this.ws = ws;
        this.conn = ws.conn;
    }

    /** True for the opcodes of 5.2 that mean something. */
    static boolean legalOpcode(int opcode) {
        return opcode >= 0 && opcode <= 2 || opcode >= CLOSE && opcode <= 10;
    }

    /** A frame; late is the errno when nothing has begun by the deadline. */
    void frame(Payload p, int opcode, boolean mask, boolean fin, double until, String late) {
        if (ws.raw && !legalOpcode(opcode)) {
            o.rule(Rule.RAW_OPCODE);
        }
        if (ws.transportClosed) {
            o.fail("EBADF");
            return;
        }
        if (!ws.raw && !allowed(p, opcode, mask, fin)) {
            return;
        }
        if (p.bytes() == null && p.length() > 0) {
            o.fail("EFAULT");
            return;
        }
        byte[] payload = p.bytes() == null ? new byte[0] : p.bytes();
        if (!ws.raw && (!sound(payload, opcode, fin) || !stillOpen(opcode, payload.length))) {
            return;
        }
        ws.maskedMeanwhile |= mask;
        int b0 = (fin ? 0x80 : 0) | opcode;
        if (leave(FrameHead.frame(b0, mask, payload), payload.length, until, late)) {
            commit(payload, opcode, fin);
        }
    }

    /** Mask against role, form of control frames, order of fragments. */
    private boolean allowed(Payload p, int opcode, boolean mask, boolean fin) {
        Rule broken = null;
        if (mask != ws.client) {
            broken = Rule.SEND_MASK;
        } else if (opcode >= CLOSE) {
            broken = fin && p.length() <= 125 ? null : Rule.SEND_CONTROL;
        } else if ((opcode == CONTINUE) != ws.txOpen) {
            broken = Rule.SEND_SEQUENCE;
        }
        if (broken != null) {
            o.rule(broken);
            o.fail("EINVAL");
        }
        return broken == null;
    }

    /** CLOSE payload and UTF-8. */
    private boolean sound(byte[] payload, int opcode, boolean fin) {
        if (opcode == CLOSE) {
            int code = ModelWs.closePayload(payload);
            if (code != 0) {
                o.rule(code == 1007 ? Rule.SEND_UTF8 : Rule.SEND_CLOSE_PAYLOAD);
                o.fail(code == 1007 ? "EILSEQ" : "EINVAL");
            }
            return code == 0;
        }
        Utf8 text = opcode == TEXT ? new Utf8() : opcode == CONTINUE ? ws.txText : null;
        if (text != null) {
            Utf8 trial = text.copy();
            boolean good = trial.check(payload, payload.length) == payload.length;
            if (!good || fin && !trial.complete()) {
                o.rule(Rule.SEND_UTF8);
                o.fail("EILSEQ");
                return false;
            }
        }
        return true;
    }

    private boolean stillOpen(int opcode, int n) {
        if (!ws.closeSent) {
            return true;
        }
        if (opcode == CLOSE) {
            o.rule(Rule.CLOSE_ONCE);
            o.ret(n, o.start);
        } else {
            o.rule(Rule.SEND_AFTER_CLOSE);
            o.fail("EPIPE");
        }
        return false;
    }

    private void commit(byte[] payload, int opcode, boolean fin) {
        if (opcode == CLOSE && !ws.raw) {
            ws.closeSent = true;
        } else if (opcode < CLOSE) {
            if (opcode != CONTINUE) {
                ws.txText = opcode == TEXT ? new Utf8() : null;
            }
            if (ws.txText != null) {
                ws.txText.check(payload, payload.length);
            }
            ws.txOpen = !fin;
        }
    }

    /** Puts a frame on the wire as far as the peer lets it: true when it counts as sent. */
    private boolean leave(byte[] frame, int n, double until, String late) {
        if (dead()) {
            noteWhoBroke();
            o.fail("EPIPE");
            return false;
        }
        boolean full = conn.filled || conn.tail;
        o.roomByChance = conn.stopped && conn.filled && !conn.tail && frame.length <= FITS;
        if (!conn.stopped || Outcome.by(conn.resumeAt, until)) {
            if (conn.stopped && until == Outcome.NEVER) {
                o.rule(Rule.SEND_FOREVER);
            }
            conn.tail = false;
            conn.write(frame, o.start);
            o.ret(n, conn.stopped && (full || frame.length > FITS) ? conn.resumeAt : o.start);
            conn.reached(o.ends);
            return true;
        }
        boolean room = o.roomByChance && o.hint >= 0;
        if ((!full || room) && frame.length <= FITS) {
            if (room) {
                o.rule(Rule.SEND_TAIL);
            }
            conn.write(frame, o.start);
            o.ret(n, o.start);
            return true;
        }
        o.rule(until == Outcome.NEVER ? Rule.SEND_FOREVER : Rule.SEND_TAIL);
        if (full) {
            o.timeout(late, until);
            return false;
        }
        if (until == Outcome.NEVER && frame.length >= TOO_BIG) {
            o.timeout(late, until);
            return false;
        }
        conn.write(frame, o.start);
        conn.tail = true;
        o.ret(n, until == Outcome.NEVER ? o.start : until);
        return true;
    }

    private void noteWhoBroke() {
        if (conn.brokenBy != null) {
            o.rule(conn.brokenBy);
        }
    }

    private boolean dead() {
        conn.meetReset(o.start);
        return conn.rstAt <= o.start || conn.broken;
    }

    /** The number goes; CLOSE leaves if it can. errno 0 means success. */
    void close() {
        conn.ws = null;
        conn.drop(o.start);
        if (ws.transportClosed) {
            o.fail("EBADF");
        } else if (ws.closeSent) {
            o.rule(Rule.CLOSE_ONCE);
            o.ret(0, o.start);
        } else if (dead()) {
            noteWhoBroke();
            o.fail("EPIPE");
        } else {
            leaveOrGiveUp();
        }
    }

    /** Waits for the rest of a frame and for the CLOSE, but not for ever. */
    private void leaveOrGiveUp() {
        o.roomByChance = conn.stopped && conn.filled && !conn.tail;
        boolean room = o.roomByChance && o.hint >= 0;
        boolean stuck = conn.stopped && (conn.tail || conn.filled) && !room;
        double until = o.start + (conn.nonblock ? 0 : CLOSE_MS);
        if (stuck && !Outcome.by(conn.resumeAt, until)) {
            o.rule(Rule.CLOSE_TORN);
            o.result.put("ret", -1).put("errno", "ETIMEDOUT");
            o.ends = until;
            if (conn.tail) {
                conn.end();
            }
            return;
        }
        conn.tail = false;
        double at = stuck ? conn.resumeAt : o.start;
        ws.sendClose(0, at);
        o.ret(0, at);
        conn.reached(at);
    }
}
