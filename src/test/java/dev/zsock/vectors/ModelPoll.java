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
        for (double at : moments) {
            List<Integer> revents = new ArrayList<>();
            for (int i = 0; i < fds.size(); i++) {
                int asked = (events.isArray() ? events.get(i) : events).asInt();
                revents.add(revents(fds.get(i).asInt(), asked, at));
            }
            long ready = revents.stream().filter(r -> r != 0).count();
            if (ready > 0) {
                report(fds, revents, (int) ready, at);
                return;
            }
        }
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
        int bits = kernel(conn, asked, at);
        boolean unread = conn.arrived(at) > conn.pos;
        if (unread && conn.ws != null && conn.ws.head != null) {
            o.unsure(); // the websocket may hold what has come
        }
        return bits | (unread || conn.endAt() <= at ? asked & IN : 0);
    }

    /** POLLOUT, POLLERR and POLLHUP are the kernel's. */
    private int kernel(ModelConn conn, int asked, double at) {
        boolean full = conn.stopped && (conn.filled || conn.tail);
        int bits = full ? 0 : asked & OUT;
        if (conn.rstAt <= at) {
            bits |= HUP;
            if (conn.ws == null || conn.ws.over.isEmpty()) {
                bits |= ERR;
            } else {
                o.unsure();
            }
        }
        return bits;
    }

    private int websocket(ModelWs ws, int asked, double at) {
        ModelConn conn = ws.conn;
        if (ws.transportClosed) {
            o.rule(Rule.POLL_TRANSPORT_CLOSED);
            return NVAL;
        }
        int bits = kernel(conn, asked, at);
        if (conn.unknownIn) {
            o.unsure();
        }
        boolean done = ws.closeReceived && ws.closeSent;
        if (done || !ws.over.isEmpty()) {
            o.rule(Rule.POLL_END);
        }
        if (done && ws.over.equals("ENOTCONN")) {
            bits |= HUP;
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
        if (!ws.over.isEmpty() || ws.cutText || conn.endAt() <= at) {
            return true;
        }
        int arrived = conn.arrived(at);
        if (ws.head != null) {
            return arrived > conn.pos;
        }
        ModelWs.Peek p = ws.peek(at);
        if (p.kind() != ModelWs.Kind.FRAME) {
            return p.kind() != ModelWs.Kind.NOTHING;
        }
        int payload = conn.pos + p.head().size();
        if (p.head().length() == 0) {
            return true;
        }
        boolean whole = p.head().control() && !ws.raw;
        return arrived >= payload + (whole ? (int) p.head().length() : 1);
    }
}
