package dev.zsock.vectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.zsock.testkit.AcceptValue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Carries out a list of peer actions in real time and notes them for the model. */
final class Script {
    private static final long SETTLE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final double PER_MS = 1e6;
    private static final double REPLY_MS = 0.001; // an answer comes after what it answers

    private final SendData data;
    private final Peer peer;
    private final ByteArrayOutputStream before = new ByteArrayOutputStream();

    Script(Scenario scenario, Peer peer) {
        this.data = new SendData(scenario);
        this.peer = peer;
    }

    /** The actions between two calls; what was sent has arrived when this returns. */
    void between(JsonNode ops, int conn, CallObs obs) {
        run(ops, conn, obs, obs.events, System.nanoTime(), () -> true);
        LockSupport.parkNanos(SETTLE);
    }

    /**
     * The actions during a call that began at start (nanoTime); once it has returned nothing waits
     * any more.
     */
    void during(JsonNode ops, int conn, CallObs obs, long start, BooleanSupplier returned) {
        run(ops, conn, obs, obs.events, start, returned);
        if (returned.getAsBoolean() && !ops.isEmpty()) {
            LockSupport.parkNanos(SETTLE);
        }
    }

    /** The actions that let a call go which does not return. */
    void unblock(JsonNode ops, int conn, CallObs obs) {
        run(ops, conn, obs, obs.unblocking, System.nanoTime(), () -> false);
    }

    private void run(
            JsonNode ops,
            int conn,
            CallObs obs,
            List<Event> events,
            long start,
            BooleanSupplier returned) {
        double at = 0;
        for (JsonNode op : ops) {
            String name = op.path("op").asText();
            if (name.equals("sleep")) {
                at += op.path("ms").asDouble();
                sleepUntil(start + (long) (at * PER_MS), returned);
            } else if (name.equals("read_request")) {
                awaitRequest(peer.conn(conn), obs, returned);
                at += REPLY_MS;
            } else if (!op.has("note") || op.has("op")) {
                act(op, name, peer.conn(conn), at, obs, events);
            }
            if (!returned.getAsBoolean()) {
                double late = (System.nanoTime() - start) / PER_MS - at;
                obs.lateMs = Math.max(obs.lateMs, late);
            }
        }
    }

    private static void sleepUntil(long until, BooleanSupplier returned) {
        for (long left = until - System.nanoTime();
                left > 0 && !returned.getAsBoolean();
                left = until - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, SETTLE));
        }
    }

    /** Waits for a whole request, or until the call has returned without one. */
    private void awaitRequest(PeerConn conn, CallObs obs, BooleanSupplier returned) {
        boolean last = false;
        while (true) {
            byte[] in = conn.received();
            String text = new String(in, StandardCharsets.ISO_8859_1).substring(conn.requestsEnd());
            int end = text.indexOf("\r\n\r\n");
            if (end >= 0) {
                conn.requestsEnd(conn.requestsEnd() + end + 4);
                obs.keys.put(conn.index(), WireDecoder.lastKey(in));
                return;
            }
            if (last || !conn.end().equals("open")) {
                return;
            }
            last = returned.getAsBoolean();
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            peer.sync();
        }
    }

    private void act(
            JsonNode op, String name, PeerConn conn, double at, CallObs obs, List<Event> events) {
        switch (name) {
            case "send" -> {
                byte[] bytes = data.bytes(op, acceptValue(conn), before.toByteArray());
                before.writeBytes(bytes);
                if (op.has("tmpl") || op.has("tmpl_head")) {
                    before.reset();
                }
                events.add(new Event(at, conn.index(), Event.Kind.DATA, bytes));
                conn.send(bytes);
            }
            case "shutdown_wr" -> {
                events.add(Event.of(at, conn.index(), Event.Kind.FIN));
                conn.shutdownWrite();
            }
            case "close" -> {
                events.add(Event.of(at, conn.index(), Event.Kind.CLOSE));
                conn.close(false);
            }
            case "rst" -> {
                events.add(Event.of(at, conn.index(), Event.Kind.RST));
                conn.close(true);
            }
            case "stop_reading" -> {
                events.add(Event.of(at, conn.index(), Event.Kind.STOP));
                conn.stopReading();
            }
            case "resume_reading" -> {
                events.add(Event.of(at, conn.index(), Event.Kind.RESUME));
                conn.resumeReading();
            }
            default -> throw new Unsupported("peer action " + op);
        }
    }

    private static String acceptValue(PeerConn conn) {
        return AcceptValue.of(WireDecoder.lastKey(conn.received()));
    }
}
