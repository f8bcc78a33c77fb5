package dev.zsock.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

import dev.zsock.testkit.AcceptValue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares a run with what was recorded. What was recorded stands, unless a rule of the model
 * explains why the contract wants something else; then exactly that is expected, and from there on
 * the model's word.
 */
final class Judge {
    private static final double TICK_MS = 1.5;
    private static final double LATE_MS = 2000;

    private final Scenario scenario;
    private final Transcript transcript;
    private final Model model;
    private final Set<Rule> rules = EnumSet.noneOf(Rule.class);
    private boolean departed;
    private boolean lost; // the model no longer knows the state
    private boolean peerGone;
    private String disagreement = "";

    /** The outcome of a scenario. */
    record Verdict(boolean failed, Set<Rule> rules, String message) {
        /** {@code same}, {@code differs RULE,RULE} or {@code FAIL why}. */
        @Override
        public String toString() {
            if (failed) {
                return "FAIL " + message;
            }
            return rules.isEmpty()
                    ? "same"
                    : "differs " + rules.stream().map(Rule::label).collect(Collectors.joining(","));
        }
    }

    private Judge(Scenario scenario, Transcript transcript, boolean raw) {
        this.scenario = scenario;
        this.transcript = transcript;
        this.model = new Model(raw, scenario.json().path("contexts").asInt(1));
    }

    static Verdict judge(Scenario scenario, Transcript transcript, boolean raw) {
        return new Judge(scenario, transcript, raw).run();
    }

    static Verdict failed(String message) {
        return new Verdict(true, EnumSet.noneOf(Rule.class), message);
    }

    private Verdict run() {
        List<Scenario.Step> steps = scenario.steps();
        for (int i = 0; i < transcript.steps.size(); i++) {
            Scenario.Step step = steps.get(i);
            CallObs obs = transcript.steps.get(i);
            String problem = step.isCall() ? call(step, obs) : between(obs);
            if (problem != null) {
                String name = step.isCall() ? step.call() + " (step " + (i + 1) + "): " : "";
                return failed(name + problem + disagreement);
            }
        }
        if (steps.isEmpty()) {
            return failed("no steps: not a scenario");
        }
        String problem = atEnd();
        return problem != null ? failed(problem) : new Verdict(false, rules, "");
    }

    private String between(CallObs obs) {
        model.peer(obs);
        obs.events.forEach(this::note);
        return obs.broken.isEmpty() ? null : obs.broken;
    }

    private void note(Event e) {
        peerGone |= e.kind() == Event.Kind.RST || e.kind() == Event.Kind.CLOSE;
    }

    private String call(Scenario.Step step, CallObs obs) {
        obs.events.forEach(this::note);
        Outcome o = model.call(step, obs);
        if (!obs.broken.isEmpty()) {
            return obs.broken;
        }
        for (String key : new String[] {"written_beyond", "raw_mode"}) {
            if (obs.result.has(key)) {
                return key + ": " + obs.result.path(key).asText();
            }
        }
        boolean refs = obs.result.has("message_type") && obs.result.path("ret").asLong() < 0;
        if (refs && !obs.result.path("message_type").asText().equals("untouched")) {
            return "message_type written with a negative return";
        }
        boolean gone = peerGone && !step.call().contains("recv") && !step.call().contains("read");
        Expected recorded = Expected.recorded(step, o);
        Expected modelled = Expected.modelled(o);
        String difference = o.sure ? recorded.mismatch(o, gone, accept(obs)) : "";
        disagreement = "";
        boolean believe = departed && o.sure && !lost;
        if (difference != null && !difference.isEmpty() && !o.rules.isEmpty() && !lost) {
            rules.addAll(o.rules);
            departed = true;
            believe = true;
        } else if (difference != null && !departed) {
            lost = true;
            disagreement = difference.isEmpty() ? "" : " [no rule explains: " + difference + "]";
        }
        lost |= departed && !o.sure;
        if (departed && !believe) {
            return null; // only that it returned
        }
        String problem = (believe ? modelled : recorded).mismatch(obs, gone, accept(obs));
        boolean known = believe || difference == null;
        double waited = step.result().path("virtual_ms").asDouble();
        boolean bothWaited = believe || waited >= o.ends - o.start;
        return problem == null && known ? timing(o, obs, bothWaited) : problem;
    }

    private static String accept(CallObs obs) {
        String key = obs.keys.values().stream().findFirst().orElse("");
        return AcceptValue.of(key);
    }

    /**
     * A deadline that was reached was not cut short, and no call takes much longer than it says.
     */
    private static String timing(Outcome o, CallObs obs, boolean bothWaited) {
        double span = o.ends - o.start;
        if (bothWaited && o.timedOut && obs.elapsedMs < span - TICK_MS) {
            return "expected to wait " + span + " ms, came back after " + obs.elapsedMs;
        }
        if (!o.blocks() && obs.elapsedMs > span + obs.lateMs + LATE_MS) {
            return "expected back after " + span + " ms, came after " + obs.elapsedMs;
        }
        return null;
    }

    private String atEnd() {
        if (!transcript.leak.isEmpty()) {
            return "left open:" + transcript.leak;
        }
        JsonNode end = scenario.json().path("at_end");
        for (int i = 0; i < transcript.seen.size(); i++) {
            String modelled = i < model.conns().size() ? model.conns().get(i).seen() : "";
            String want =
                    departed ? modelled : end.path("tcp_seen_by_peer").path(i).asText(modelled);
            boolean any = lost && departed || modelled.equals("<end>");
            if (!any && !want.equals(transcript.seen.get(i))) {
                return "expected connection " + i + " " + want + " at the end, came "
                        + transcript.seen.get(i);
            }
        }
        Map<Integer, ArrayNode> want = Expected.wires(end.path("unattributed_wire"));
        for (Map.Entry<Integer, ArrayNode> e : transcript.unattributed.entrySet()) {
            String problem = trailing(e.getKey(), want.get(e.getKey()), e.getValue());
            if (problem != null) {
                return problem;
            }
        }
        return departed && lost ? null : orderOnWire();
    }

    /** What came after the last call was announced, or is at least no whole frame. */
    private String trailing(int conn, ArrayNode want, ArrayNode came) {
        ArrayNode expected = want == null ? Scenario.JSON.createArrayNode() : want;
        if (!departed && !Expected.items(expected, came)) {
            return "expected at the end " + Expected.brief(expected) + ", came "
                    + Expected.brief(came);
        }
        boolean frame = !came.isEmpty() && came.get(0).has("frame");
        boolean known = !lost && !model.conns().get(conn).unknownOut;
        return departed && known && frame ? "came at the end " + Expected.brief(came) : null;
    }

    /**
     * Outside raw mode nothing follows a CLOSE but a PONG, which a PING may still ask for (5.5.2),
     * and a new request, to the very end of each connection.
     */
    private String orderOnWire() {
        for (int i = 0; i < transcript.streams.size() && !model.raw; i++) {
            byte[] all = transcript.streams.get(i);
            boolean closed = false;
            for (JsonNode item : WireDecoder.decode(all, 0, all.length).items()) {
                if (model.conns().get(i).unknownOut) {
                    break;
                }
                boolean pong = item.path("frame").path("op").asInt() == 10;
                if (item.has("frame") && closed && !pong) {
                    return "a frame behind CLOSE: " + Expected.brief(item);
                }
                closed = item.path("frame").path("op").asInt() == 8 && !item.has("http_request")
                        || closed && !item.has("http_request");
            }
        }
        return null;
    }
}
