package dev.zsock.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A simulator of the contract: the numbers, the connections and the clock of one scenario. */
final class Model {
    private static final int MSG_DONTWAIT = 0x40;
    private static final int TABLE = 16;
    private static final Object RESERVED = new Object();
    private static final Object STREAM = new Object();

    final boolean raw;

    /** Callbacks that refused: each cost Zephyr a place in its pool. */
    int refusals;

    /** A handshake has succeeded before: Zephyr remembers that the accept value was right. */
    boolean accepted;

    private final int contexts;
    private final Map<Integer, Object> files = new HashMap<>();
    private final List<ModelConn> conns = new ArrayList<>();
    private double now;

    Model(boolean raw, int contexts) {
        this.raw = raw;
        this.contexts = contexts;
        for (int fd = 0; fd < ApiCalls.FIRST_FD; fd++) {
            files.put(fd, STREAM);
        }
    }

    /** Absolute deadline of a timeout in ms: -1 never, below that at once. */
    static double deadline(double start, int timeout) {
        return timeout == -1 ? Outcome.NEVER : start + Math.max(0, timeout);
    }

    Object file(int fd) {
        return files.get(fd);
    }

    /** The lowest free number for a file, or -1. */
    int open(Object file) {
        for (int fd = 0; fd < TABLE; fd++) {
            if (!files.containsKey(fd)) {
                files.put(fd, file);
                return fd;
            }
        }
        return -1;
    }

    void free(int fd) {
        files.remove(fd);
    }

    /** True when Zephyr's pool of contexts would be empty. */
    boolean poolEmpty() {
        return refusals
                        + files.values().stream()
                                .filter(ModelWs.class::isInstance)
                                .count()
                >= contexts;
    }

    /** Frees the number of a connection. */
    void freeConn(ModelConn conn) {
        files.values().removeIf(f -> f == conn);
    }

    List<ModelConn> conns() {
        return conns;
    }

    /** When something comes in, between two times. */
    List<Double> moments(double from, double to) {
        List<Double> all = new ArrayList<>();
        for (ModelConn conn : conns) {
            for (int i = 0; i < conn.in().length; i++) {
                all.add(conn.timeOf(i));
            }
            all.add(conn.finAt);
            all.add(conn.rstAt);
        }
        all.removeIf(t -> t < from || t > to || t == Outcome.NEVER);
        return all;
    }

    /** What the peer did between two calls. */
    void peer(CallObs obs) {
        obs.events.forEach(e -> conns.get(e.conn()).event(e, now));
        conns.forEach(c -> c.reached(now));
    }

    /** What a call must give. */
    Outcome call(Scenario.Step step, CallObs obs) {
        boolean bsd = !step.call().startsWith("websocket_") || step.call().endsWith("disconnect");
        Outcome o = new Outcome(now, bsd, obs.result.path("ret").asLong());
        obs.events.forEach(e -> conns.get(e.conn()).event(e, now));
        if (obs.blocked) {
            o.letGo = obs.unblockedAtMs;
        }
        obs.unblocking.forEach(e -> conns.get(e.conn()).event(e, now + o.letGo));
        dispatch(step, obs, o);
        now = Math.max(now, o.ends);
        for (Event e : obs.events) {
            now = Math.max(now, o.start + e.at());
        }
        if (!obs.unblocking.isEmpty()) {
            now = Math.max(now, o.start + o.letGo);
        }
        conns.forEach(c -> c.reached(now));
        wire(o);
        return o;
    }

    private void wire(Outcome o) {
        for (ModelConn conn : conns) {
            ArrayNode items = conn.take();
            if (conn.unknownOut) {
                o.unknownWire.add(conn.index);
            } else if (!items.isEmpty()) {
                o.wire.put(conn.index, items);
            }
        }
    }

    private void dispatch(Scenario.Step step, CallObs obs, Outcome o) {
        JsonNode args = step.args();
        switch (step.call()) {
            case "tcp_connect" -> tcpConnect(args, o);
            case "websocket_connect" -> new ModelConnect(this, o, args, obs).run();
            case "websocket_send_msg" -> sendMsg(args, o);
            case "websocket_recv_msg" -> recvMsg(args, o);
            case "websocket_register" -> new ModelNumbers(this, o).register(args);
            case "websocket_unregister" ->
                new ModelNumbers(this, o).unregister(args.path("ws_sock").asInt());
            case "websocket_disconnect" ->
                new ModelNumbers(this, o).close(args.path("ws_sock").asInt());
            case "zsock_close", "close" ->
                new ModelNumbers(this, o).close(args.path("fd").asInt());
            case "zsock_send", "send", "zsock_write", "write" -> send(args, o);
            case "zsock_recv", "recv", "zsock_read", "read" -> recv(args, o);
            case "zsock_poll", "poll" ->
                new ModelPoll(this, o)
                        .run(
                                args.path("fds"),
                                args.path("events"),
                                args.path("timeout").asInt());
            default -> new ModelNumbers(this, o).inspect(step.call(), args, obs);
        }
    }

    private void tcpConnect(JsonNode args, Outcome o) {
        ModelConn conn = new ModelConn(conns.size());
        conn.nonblock = args.path("nonblock").asBoolean();
        o.ret(open(conn), o.start);
        conns.add(conn);
    }

    /** The websocket behind a number, or null after -EBADF or -ENOENT. */
    private ModelWs websocket(int fd, Outcome o) {
        Object file = files.get(fd);
        if (file instanceof ModelWs ws) {
            return ws;
        }
        o.fail(file == null ? "EBADF" : "ENOENT");
        return null;
    }

    private void sendMsg(JsonNode args, Outcome o) {
        int opcode = args.path("opcode").asInt();
        int fd = args.path("ws_sock").asInt();
        boolean reserved = raw && opcode >= 0 && opcode < 16 && files.get(fd) instanceof ModelWs;
        if (!ModelSend.legalOpcode(opcode) && !reserved) {
            o.fail("EINVAL");
            return;
        }
        ModelWs ws = websocket(fd, o);
        if (ws != null) {
            double until = deadline(o.start, args.path("timeout").asInt());
            boolean mask = args.path("mask").asBoolean();
            boolean fin = args.path("final").asBoolean();
            Payload p = Payload.parse(args.path("payload").asText());
            new ModelSend(o, ws).frame(p, opcode, mask, fin, until, "ETIMEDOUT");
        }
    }

    private void recvMsg(JsonNode args, Outcome o) {
        int n = args.path("buf_len").asInt();
        if (n <= 0 || ApiCalls.isNull(args, "buf")) {
            o.fail("EINVAL");
            o.nothingReceived(true);
            return;
        }
        ModelWs ws = websocket(args.path("ws_sock").asInt(), o);
        if (ws == null) {
            o.nothingReceived(true);
            return;
        }
        new ModelRecv(o, ws).message(n, deadline(o.start, args.path("timeout").asInt()));
        for (String ref : new String[] {"message_type", "remaining"}) {
            if (ApiCalls.isNull(args, ref)) {
                o.result.put(ref, "untouched");
            }
        }
    }

    private static double bsdDeadline(ModelConn conn, JsonNode args, Outcome o) {
        boolean dontWait = (ApiCalls.flags(args) & MSG_DONTWAIT) != 0;
        if (conn.nonblock && !dontWait) {
            o.rule(Rule.BSD_NONBLOCK);
        }
        return dontWait || conn.nonblock ? o.start : Outcome.NEVER;
    }

    private void send(JsonNode args, Outcome o) {
        Object file = files.get(args.path("fd").asInt());
        Payload p = Payload.parse(args.path("data").asText());
        if (file instanceof ModelWs ws) {
            double until = bsdDeadline(ws.conn, args, o);
            new ModelSend(o, ws).frame(p, 1, ws.client, true, until, "EAGAIN");
        } else if (file instanceof ModelConn conn && p.bytes() != null && !conn.stopped) {
            if (conn.rstAt <= o.start || conn.broken) {
                o.fail("EPIPE");
            } else {
                conn.write(p.bytes(), o.start);
                o.ret(p.length(), o.start);
            }
        } else if (file == null) {
            o.fail("EBADF");
        } else {
            o.unsure();
        }
    }

    private void recv(JsonNode args, Outcome o) {
        Object file = files.get(args.path("fd").asInt());
        int n = args.path("len").asInt();
        if (ApiCalls.isNull(args, "buf") && file instanceof ModelWs && n > 0) {
            o.rule(Rule.BSD_NULL);
            o.fail("EFAULT");
            o.nothingReceived(false);
        } else if (ApiCalls.isNull(args, "buf") || file == STREAM) {
            o.unsure();
        } else if (file instanceof ModelWs ws) {
            double until = bsdDeadline(ws.conn, args, o);
            new ModelRecv(o, ws).bytes(n, ApiCalls.flags(args), until);
        } else if (file instanceof ModelConn conn) {
            tcpRecv(conn, n, args, o);
        } else {
            o.fail("EBADF");
            o.nothingReceived(false);
        }
    }

    private static void tcpRecv(ModelConn conn, int n, JsonNode args, Outcome o) {
        double until = bsdDeadline(conn, args, o);
        o.rules.remove(Rule.BSD_NONBLOCK);
        if (conn.unknownIn || conn.readAhead > conn.pos) {
            o.unsure();
        }
        double at = conn.arrived(o.start) > conn.pos ? o.start : until;
        int got = Math.min(n, conn.arrived(at) - conn.pos);
        if (got > 0) {
            byte[] data = java.util.Arrays.copyOfRange(conn.in(), conn.pos, conn.pos + got);
            conn.pos += got;
            o.ret(got, conn.timeOf(conn.pos - 1));
            ApiCalls.blob(o.result, data);
            return;
        }
        if (Outcome.by(conn.rstAt, until)) {
            o.fail("ECONNRESET", conn.rstAt);
        } else if (Outcome.by(conn.finAt, until)) {
            o.ret(0, conn.finAt);
        } else {
            o.timeout("EAGAIN", until);
        }
        o.nothingReceived(false);
    }

    /** Takes every free number: how many there were. */
    int reserveAll() {
        int n = 0;
        while (open(RESERVED) >= 0) {
            n++;
        }
        return n;
    }
}
