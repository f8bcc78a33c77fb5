package dev.zsock.vectors;

import java.util.List;

/**
 * A transcript as a library gives that keeps the contract in every call: for tests of the judge.
 */
final class Conforming {
    private static final double LET_GO_MS = 300;

    private Conforming() {}

    static Transcript of(Scenario scenario, boolean raw) {
        Transcript t = Recorded.of(scenario);
        int stuck = -1;
        do {
            if (stuck >= 0) {
                letGo(t.steps.get(stuck));
            }
            stuck = fill(scenario, t, raw);
        } while (stuck >= 0);
        return t;
    }

    private static void letGo(CallObs obs) {
        obs.blocked = true;
        obs.unblockedAtMs = LET_GO_MS;
        obs.unblocking.add(Event.of(0, 0, Event.Kind.RESUME));
        obs.unblocking.add(Event.of(0, 0, Event.Kind.FIN));
    }

    /** Replaces each result by the model's: the index of a call that would wait for ever, or -1. */
    private static int fill(Scenario scenario, Transcript t, boolean raw) {
        Model model = new Model(raw, scenario.json().path("contexts").asInt(1));
        List<Scenario.Step> steps = scenario.steps();
        for (int i = 0; i < steps.size(); i++) {
            CallObs obs = t.steps.get(i);
            if (!steps.get(i).isCall()) {
                model.peer(obs);
                continue;
            }
            Outcome o = model.call(steps.get(i), obs);
            if (o.blocks() && obs.unblocking.isEmpty()) {
                return i;
            }
            obs.blocked = o.blocks();
            obs.result.setAll(o.result);
            if (!o.result.has("errno")) {
                obs.result.remove("errno");
            }
            if (!o.result.has("ret_name")) {
                obs.result.remove("ret_name");
            }
            obs.wire.clear();
            obs.wire.putAll(o.wire);
            obs.elapsedMs = o.ends - o.start;
        }
        t.seen.clear();
        t.unattributed.clear();
        model.conns().forEach(c -> {
            t.seen.add(c.seen());
            t.unattributed.put(c.index, c.take());
        });
        return -1;
    }
}
