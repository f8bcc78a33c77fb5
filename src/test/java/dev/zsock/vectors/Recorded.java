package dev.zsock.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.zsock.testkit.AcceptValue;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/**
 * A transcript as if the library had done what Zephyr did: for tests of the judge, without any
 * socket.
 */
final class Recorded {
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAA==";

    private final Scenario scenario;
    private final SendData data;
    private final ByteArrayOutputStream before = new ByteArrayOutputStream();

    private Recorded(Scenario scenario) {
        this.scenario = scenario;
        this.data = new SendData(scenario);
    }

    static Transcript of(Scenario scenario) {
        return new Recorded(scenario).transcript();
    }

    private Transcript transcript() {
        Transcript t = new Transcript();
        for (Scenario.Step step : scenario.steps()) {
            CallObs obs = new CallObs();
            t.steps.add(obs);
            if (step.isCall()) {
                obs.result.setAll((ObjectNode) step.result());
                fillIn(obs.result);
                obs.wire.putAll(Expected.wires(step.json().path("wire")));
                obs.wire.values().forEach(Recorded::fillIn);
                obs.blocked = step.blocks();
                obs.unblockedAtMs = 300;
                obs.elapsedMs = step.result().path("virtual_ms").asDouble() + 1;
                obs.keys.put(step.conn(), KEY);
                events(step.json().path("during"), step, obs, false);
                events(step.json().path("unblock"), step, obs, true);
            } else {
                events(step.json().path("peer"), step, obs, false);
            }
        }
        JsonNode end = scenario.json().path("at_end");
        end.path("tcp_seen_by_peer").forEach(s -> t.seen.add(s.asText()));
        for (Map.Entry<Integer, ArrayNode> e :
                Expected.wires(end.path("unattributed_wire")).entrySet()) {
            t.unattributed.put(e.getKey(), e.getValue());
        }
        return t;
    }

    /** Puts the bytes where only their digest was recorded. */
    private static void fillIn(JsonNode node) {
        if (node instanceof ObjectNode o && o.has("sha256")) {
            int first = o.path("pat_offset_mod256").asInt();
            o.put("hex", Payload.hex(Payload.pattern(first, o.path("len").asInt())));
        }
        node.forEach(Recorded::fillIn);
    }

    private void events(JsonNode ops, Scenario.Step step, CallObs obs, boolean unblocking) {
        double at = 0;
        for (JsonNode op : ops) {
            String name = op.path("op").asText();
            at += name.equals("sleep") ? op.path("ms").asDouble() : 0;
            at += name.equals("read_request") ? 0.001 : 0;
            Event.Kind kind = kind(name);
            if (kind == null) {
                continue;
            }
            byte[] bytes = {};
            if (kind == Event.Kind.DATA) {
                bytes = data.bytes(op, AcceptValue.of(KEY), before.toByteArray());
                before.writeBytes(op.has("tmpl") || op.has("tmpl_head") ? new byte[0] : bytes);
            }
            Event event = new Event(at, step.conn(), kind, bytes);
            (unblocking ? obs.unblocking : obs.events).add(event);
        }
    }

    private static Event.Kind kind(String op) {
        return switch (op) {
            case "send" -> Event.Kind.DATA;
            case "shutdown_wr" -> Event.Kind.FIN;
            case "close" -> Event.Kind.CLOSE;
            case "rst" -> Event.Kind.RST;
            case "stop_reading" -> Event.Kind.STOP;
            case "resume_reading" -> Event.Kind.RESUME;
            default -> null;
        };
    }
}
