package dev.zsock.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A TCP connection as the model sees it: what comes in and when, and what goes out. */
final class ModelConn {
    /** What is read at once together with what stands before it. */
    private static final int SURELY_READ = 2048;

    final int index;

    /** First byte that no call has taken. */
    int pos;

    double finAt = Outcome.NEVER;
    double rstAt = Outcome.NEVER;
    double closedAt = Outcome.NEVER;

    /** The peer has sent to the closed socket, which answers with a reset. */
    boolean sentInVain;

    double goneAt = Outcome.NEVER;
    double resumeAt;
    boolean stopped;
    boolean nonblock;

    /** The application has filled the send buffer itself. */
    boolean filled;

    /** Bytes of a begun frame may not have left. */
    boolean tail;

    /** What goes out cannot be known any more. */
    boolean unknownOut;

    /** What comes in next cannot be known: a call took an unknown part. */
    boolean unknownIn;

    /** The number is closed. */
    boolean closed;

    /** A refused callback has ended a websocket here. */
    boolean refused;

    /** It was registered with a buffer of no size, which Zephyr reads as the end of the stream. */
    boolean smallBuffer;

    /** Behind the last byte that a websocket here has surely read from the socket. */
    int readAhead;

    /** A websocket has met the reset, which the kernel tells only once. */
    boolean resetTaken;

    /** It was a send that met it, so that no receive knows. */
    boolean resetSent;

    /** The peer's side is gone and has said so. */
    boolean broken;

    /** Why something was sent to it that Zephyr would not have sent, or null. */
    Rule brokenBy;

    ModelWs ws;

    private byte[] in = new byte[0];
    private final TreeMap<Integer, Double> arrivals = new TreeMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int shown;
    private boolean endShown;
    private boolean ended;
    private boolean unread; // bytes that nobody took: FIN or RST is the kernel's choice

    ModelConn(int index) {
        this.index = index;
    }

    void event(Event e, double base) {
        double at = base + e.at();
        switch (e.kind()) {
            case DATA -> {
                if (goneAt == 0) {
                    unread = true;
                    sentInVain = true;
                    return;
                }
                if (endAt() != Outcome.NEVER) {
                    return; // the peer cannot send any more
                }
                arrivals.put(in.length, at);
                byte[] all = Arrays.copyOf(in, in.length + e.bytes().length);
                System.arraycopy(e.bytes(), 0, all, in.length, e.bytes().length);
                in = all;
            }
            case FIN -> finAt = Math.min(finAt, at);
            case CLOSE -> {
                finAt = Math.min(finAt, at);
                closedAt = at;
            }
            case RST -> {
                rstAt = at;
                closedAt = at;
            }
            case STOP -> {
                stopped = true;
                resumeAt = Outcome.NEVER;
            }
            case RESUME -> resumeAt = Math.min(resumeAt, at);
            default -> throw new IllegalStateException();
        }
    }

    /** The model's clock has come to now. */
    void reached(double now) {
        if (stopped && resumeAt <= now) {
            stopped = false;
            filled = false;
        }
    }

    /** The rest of a begun frame leaves before anything else happens, if the peer reads. */
    void flush() {
        tail &= stopped;
    }

    byte[] in() {
        return in;
    }

    double timeOf(int byteIndex) {
        Map.Entry<Integer, Double> chunk = arrivals.floorEntry(byteIndex);
        return chunk == null ? 0 : chunk.getValue();
    }

    /** Index behind the last byte that has come by until. */
    int arrived(double until) {
        int end = 0;
        for (Map.Entry<Integer, Double> chunk : arrivals.entrySet()) {
            if (chunk.getValue() <= until) {
                Integer next = arrivals.higherKey(chunk.getKey());
                end = next == null ? in.length : next;
            }
        }
        return end;
    }

    boolean beginsPiece(long byteIndex) {
        return arrivals.containsKey((int) byteIndex);
    }

    /** How many pieces [from, to) came in. */
    int pieces(int from, int to) {
        return arrivals.subMap(from, true, to, false).size();
    }

    /** When the stream ends, whichever way. */
    double endAt() {
        return Math.min(goneAt, Math.min(finAt, rstAt));
    }

    /** A send is told of a reset, if nobody was before. */
    void meetReset(double at) {
        resetSent |= rstAt <= at && !resetTaken;
        resetTaken |= rstAt <= at;
    }

    /** The kernel takes these bytes. */
    void write(byte[] bytes, double at) {
        meetReset(at);
        if (at < closedAt) {
            out.writeBytes(bytes);
        } else {
            broken = true;
        }
    }

    /** A websocket looks for more than it has: false when how far it reads is not known. */
    boolean look(double at) {
        int to = arrived(at);
        resetTaken |= Outcome.by(rstAt, at) && to <= pos;
        if (to - pos > SURELY_READ) {
            return false;
        }
        readAhead = Math.max(readAhead, to);
        return true;
    }

    /** A websocket has read the bytes before an index, and what came with them. */
    void hasRead(int to) {
        Integer next = arrivals.higherKey(Math.max(0, to - 1));
        int came = to == 0 ? 0 : Math.min(next == null ? in.length : next, to + SURELY_READ);
        readAhead = Math.max(readAhead, came);
    }

    /** The socket is closed: only what a websocket has read ahead can still be delivered. */
    void leaveReadAhead() {
        goneAt = 0;
        in = Arrays.copyOf(in, Math.max(pos, Math.min(in.length, readAhead)));
        arrivals.tailMap(in.length, true).clear();
    }

    /** A websocket reads what comes next. */
    void readNext(double until) {
        if (readAhead < in.length && timeOf(readAhead) <= until) {
            readAhead = Math.max(readAhead, arrived(timeOf(readAhead)));
        }
    }

    /**
     * A websocket is closed: what it had read ahead is dropped, how much it had read is not always
     * known.
     */
    void drop(double now) {
        int to = Math.max(pos, arrived(now));
        unread |= to > pos;
        boolean one = pos > 0 && pieces(pos, to) == 0;
        if (one && to - pos <= SURELY_READ) {
            pos = to;
        }
        unknownIn |= pos < to;
    }

    /** The client's side ends: FIN, or RST if bytes were left unread. */
    void end() {
        ended = true;
        unread |= pos < in.length;
    }

    /** What the peer has seen since the last time, as items. */
    ArrayNode take() {
        if (stopped) {
            return Scenario.JSON.createArrayNode();
        }
        byte[] all = out.toByteArray();
        WireDecoder d = WireDecoder.decode(all, shown, all.length);
        if (tail && !d.items().isEmpty()) {
            d = WireDecoder.decode(all, shown, all.length - 1);
        }
        shown = d.next();
        ArrayNode items = d.items();
        if (tail && !items.isEmpty()) {
            hideCount(items);
        }
        if (ended && !endShown && closedAt == Outcome.NEVER) {
            endShown = true;
            items.addObject().put("tcp", unread ? "<end>" : "fin");
        }
        return items;
    }

    private static void hideCount(ArrayNode items) {
        com.fasterxml.jackson.databind.JsonNode last = items.get(items.size() - 1);
        if (last.has("have_payload")) {
            ((com.fasterxml.jackson.databind.node.ObjectNode) last).put("have_payload", "<env>");
        }
    }

    /** {@code tcp_seen_by_peer}. */
    String seen() {
        if (closedAt != Outcome.NEVER) {
            return "closed_by_peer";
        }
        if (stopped) {
            return "open"; // it does not look
        }
        return ended ? (unread || pos < in.length ? "<end>" : "fin") : "open";
    }
}
