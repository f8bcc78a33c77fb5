package dev.zsock.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What the contract expects of poll on TCP and websocket numbers. */
final class ModelPoll {
    private static final int IN = 1;
    private static final int OUT = 4;
    private static final int ERR = 8;
    private static final int HUP = 16;
    private static final int NVAL = 32;

    private final Model model;
    private final Outcome o;

    ModelPoll(Model model, Outcome o) {
        this.model = model;
        this.o = o;
    }

    void run(JsonNode fds, JsonNode events, int timeout) {
        double until = Model.deadline(o.start, timeout);
        TreeSet<Double> moments = new TreeSet<>(model.moments(o.start, until));
        moments.add(o.start);
        List<ModelWs> looked = new ArrayList<>();
        for (double at : moments) {
            looked.forEach(ws -> ws.conn.look(at)); // one poll(2) sees all as it was before
            looked.clear();
            List<Integer> revents = new ArrayList<>();
            for (int i = 0; i < fds.size(); i++) {
                int asked = (events.isArray() ? events.get(i) : events).asInt();
                revents.add(revents(fds.get(i).asInt(), asked, at));
                if (model.file(fds.get(i).asInt()) instanceof ModelWs ws && (asked & IN) != 0) {
                    looked.add(ws);
                }
            }
            long ready = revents.stream().filter(r -> r != 0).count();
            if (ready > 0) {
                looked.forEach(ws -> ws.conn.look(at));
                report(fds, revents, (int) ready, at);
                return;
            }
        }
        looked.forEach(ws -> ws.conn.look(until));
        if (until == Outcome.NEVER) {
            o.timeout("", until);
            return;
        }
        report(fds, zeros(fds.size()), 0, until);
        o.timedOut = timeout > 0;
    }

    private static List<Integer> zeros(int n) {
        return new ArrayList<>(java.util.Collections.nCopies(n, 0));
    }

    private void report(JsonNode fds, List<Integer> revents, int ready, double at) {
        o.ret(ready, at);
        ArrayNode list = o.result.putArray("revents");
        revents.forEach(list::add);
        for (int i = 0; i < fds.size(); i++) {
            boolean in = (revents.get(i) & IN) != 0;
            if (in && model.file(fds.get(i).asInt()) instanceof ModelWs ws) {
                ws.promised = true;
            }
        }
    }

    private int revents(int fd, int asked, double at) {
        Object file = model.file(fd);
        if (fd < 0) {
            return 0;
        }
        if (file instanceof ModelConn conn) {
            return tcp(conn, asked, at);
        }
        if (file instanceof ModelWs ws) {
            return websocket(ws, asked, at);
        }
        if (file != null) {
            o.unsure();
        }
        return NVAL;
    }

    private int tcp(ModelConn conn, int asked, double at) {
        boolean full = conn.stopped && (conn.filled || conn.tail);
        int bits = full ? 0 : asked & OUT;
        if (conn.broken) {
            o.unsure(); // when its reset comes is the kernel's
        }
        if (conn.rstAt <= at) {
            bits |= conn.resetTaken ? HUP : HUP | ERR;
        }
        boolean unread = conn.arrived(at) > Math.max(conn.pos, conn.readAhead);
        if (conn.arrived(at) > conn.pos && !unread || conn.resetTaken) {
            o.rule(Rule.POLL_READ_AHEAD);
        }
        return bits | (unread || conn.endAt() <= at ? asked & IN : 0);
    }

    private int websocket(ModelWs ws, int asked, double at) {
        ModelConn conn = ws.conn;
        if (ws.transportClosed) {
            o.rule(Rule.POLL_TRANSPORT_CLOSED);
            boolean more = ws.over.isEmpty() && (ws.cutText || deliverable(ws, at));
            if (!more || (asked & IN) == 0) {
                return NVAL;
            }
            return asked & (IN | OUT) | HUP | (conn.sentInVain ? ERR : 0);
        }
        conn.flush();
        boolean full = conn.stopped && (conn.filled || conn.tail);
        int bits = full ? 0 : asked & OUT;
        if (conn.broken) {
            o.unsure(); // when its reset comes is the kernel's
        }
        if (conn.rstAt <= at) {
            bits |= conn.resetSent && !ws.over.equals("ECONNRESET") ? HUP : HUP | ERR;
        }
        if (conn.unknownIn) {
            o.unsure();
        }
        boolean ended = conn.finAt <= at && conn.arrived(at) == conn.pos;
        if (ws.closeReceived || !ws.over.isEmpty() || ended) {
            o.rule(Rule.POLL_END);
            bits |= ws.closeSent ? HUP : 0;
        }
        boolean in = readable(ws, at);
        if (in && (asked & IN) != 0) {
            failEarly(ws, at);
        }
        boolean buffered = conn.arrived(at) > conn.pos || ws.head != null;
        if (in && buffered) {
            o.rule(Rule.POLL_BUFFERED);
        }
        if (!in && buffered) {
            o.rule(Rule.POLL_LONE_HEADER);
        }
        return bits | (in ? asked & IN : 0);
    }

    /**
     * poll finds a broken rule, too: the peer is told at once, the application by its next receive.
     */
    private void failEarly(ModelWs ws, double at) {
        if (!ws.transportClosed && ws.head == null && ws.over.isEmpty() && !ws.cutText) {
            ModelWs.Peek p = ws.peek(at);
            if (p.kind() == ModelWs.Kind.VIOLATION) {
                o.rule(p.rule());
                ws.sendClose(1002, at);
            }
        }
    }

    /** True when a receive would not wait. */
    private static boolean readable(ModelWs ws, double at) {
        ModelConn conn = ws.conn;
        return !ws.over.isEmpty() || ws.cutText || conn.endAt() <= at || deliverable(ws, at);
    }

    /** True when bytes or a broken rule are there. */
    private static boolean deliverable(ModelWs ws, double at) {
        ModelConn conn = ws.conn;
        int arrived = conn.arrived(at);
        if (ws.head != null) {
            return arrived > conn.pos;
        }
        ModelWs.Peek p = ws.peek(at);
        if (p.kind() != ModelWs.Kind.FRAME) {
            return p.kind() == ModelWs.Kind.VIOLATION;
        }
        int payload = conn.pos + p.head().size();
        if (p.head().length() == 0) {
            return true;
        }
        boolean whole = p.head().control() && !ws.raw;
        return arrived >= payload + (whole ? (int) p.head().length() : 1);
    }
}
