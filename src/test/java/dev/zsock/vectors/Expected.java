package dev.zsock.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a call must give, recorded or modelled, and how it is compared: only what is set here, and
 * nothing by chance.
 */
final class Expected {
    private static final String ENV = "<env>";
    private static final Set<String> KEYS =
            Set.of("message_type", "remaining", "data", "revents", "table", "cb", "http_cb_events");
    private static final ArrayNode NOTHING = Scenario.JSON.createArrayNode();

    private final JsonNode result;
    private final Map<Integer, ArrayNode> wire;
    private final Set<Integer> unknownWire;
    private final boolean blocks;
    private final boolean mayBlock;

    private Expected(
            JsonNode result,
            Map<Integer, ArrayNode> wire,
            Set<Integer> unknown,
            boolean blocks,
            boolean mayBlock) {
        this.result = result;
        this.wire = wire;
        this.unknownWire = unknown;
        this.blocks = blocks;
        this.mayBlock = mayBlock;
    }

    /** What was recorded; o tells whether the kernel's buffers decide over waiting. */
    static Expected recorded(Scenario.Step step, Outcome o) {
        Map<Integer, ArrayNode> wires = wires(step.json().path("wire"));
        if (!step.json().has("wire")) {
            wires.putAll(o.wire); // not recorded
        }
        wires.forEach((conn, items) -> anyEnd(items, o.wire.getOrDefault(conn, NOTHING)));
        return new Expected(step.result(), wires, o.unknownWire, step.blocks(), o.roomByChance);
    }

    static Expected modelled(Outcome o) {
        return new Expected(o.result, o.wire, o.unknownWire, o.blocks(), o.roomByChance);
    }

    /** Where bytes were left unread, FIN or RST is the kernel's choice. */
    private static void anyEnd(ArrayNode recorded, ArrayNode modelled) {
        boolean any = modelled.findValuesAsText("tcp").contains("<end>");
        for (int i = 0; any && i < recorded.size(); i++) {
            if (recorded.get(i).has("tcp")) {
                recorded.set(i, Scenario.JSON.createObjectNode().put("tcp", "<end>"));
            }
        }
    }

    /** The items of a recorded wire by connection. */
    static Map<Integer, ArrayNode> wires(JsonNode recorded) {
        Map<Integer, ArrayNode> wires = new TreeMap<>();
        for (JsonNode item : recorded) {
            int conn = item.path("conn").asInt(0);
            ArrayNode list = wires.computeIfAbsent(conn, c -> Scenario.JSON.createArrayNode());
            if (item.has("sent")) {
                item.get("sent").forEach(list::add);
            } else {
                list.add(item);
            }
        }
        return wires;
    }

    /** Null when the model's outcome is what stands here; else what it says instead. */
    String mismatch(Outcome o, boolean peerGone, String accept) {
        CallObs obs = new CallObs();
        obs.result.setAll(o.result);
        obs.wire.putAll(o.wire);
        obs.blocked = o.blocks();
        Expected known =
                new Expected(only(result, o.result), wire, o.unknownWire, blocks, mayBlock);
        return known.mismatch(obs, peerGone, accept);
    }

    /** The keys that the model speaks of. */
    private static ObjectNode only(JsonNode result, JsonNode model) {
        ObjectNode known = Scenario.JSON.createObjectNode();
        for (Iterator<String> it = result.fieldNames(); it.hasNext(); ) {
            String key = it.next();
            boolean status = Set.of("ret", "ret_name", "errno").contains(key);
            if (model.has(key) || status && model.has("ret")) {
                known.set(key, result.get(key));
            }
        }
        return known;
    }

    /** Null, or what differs. peerGone: ECONNRESET and EPIPE are one on sends. */
    String mismatch(CallObs obs, boolean peerGone, String accept) {
        if (blocks != obs.blocked && !mayBlock) {
            return blocks
                    ? "expected to wait, came " + brief(obs.result)
                    : "expected " + brief(result) + ", waits";
        }
        String status = status(obs.result, peerGone);
        if (status != null) {
            return status;
        }
        for (String key : KEYS) {
            JsonNode want = result.path(key);
            JsonNode got = obs.result.path(key);
            if (!want.isMissingNode() && !same(key, want, got, accept)) {
                return "expected " + key + " " + text(want) + ", came " + text(got);
            }
        }
        return wireMismatch(obs.wire);
    }

    private String status(JsonNode got, boolean peerGone) {
        if (!result.has("ret")) {
            return null;
        }
        String want = outcome(result, peerGone);
        String came = outcome(got, peerGone);
        boolean oneNumber =
                result.path("ret").asLong() < -1 && result.path("ret").equals(got.path("ret"));
        boolean anyErrno = want.equals("-1 " + ENV) && came.startsWith("-1 ");
        return want.equals(came) || anyErrno || oneNumber
                ? null
                : "expected " + want + ", came " + came;
    }

    /** The return value with the name of its errno, if it is one. */
    private static String outcome(JsonNode r, boolean peerGone) {
        String text = r.path("ret").asText();
        if (r.has("ret_name")) {
            text = r.path("ret_name").asText();
        } else if (r.path("ret").asLong() < 0) {
            text = "-1 " + r.path("errno").asText(ENV);
        }
        return peerGone ? text.replace("ECONNRESET", "EPIPE") : text;
    }

    private static boolean same(String key, JsonNode want, JsonNode got, String accept) {
        return switch (key) {
            case "data" -> blob(want, got);
            case "table" -> table(want).equals(table(got));
            case "cb" -> callback(want, got);
            case "http_cb_events" -> events(want, accept).equals(events(got, accept));
            default -> want.asText().equals(got.asText()) && list(want).equals(list(got));
        };
    }

    private static String list(JsonNode n) {
        return n.isArray() ? n.toString() : "";
    }

    private static boolean callback(JsonNode want, JsonNode got) {
        for (String key : new String[] {"ws_sock", "http_status", "user_data_ok", "cb_ret"}) {
            if (!want.path(key).asText().equals(got.path(key).asText())) {
                return false;
            }
        }
        return true;
    }

    private static String table(JsonNode table) {
        StringBuilder text = new StringBuilder();
        table.forEach(t -> text.append(t.asText().equals("free") ? '-' : '#'));
        return text.toString();
    }

    /** Neighbours of one kind joined. */
    private static String events(JsonNode events, String accept) {
        StringBuilder text = new StringBuilder();
        String last = "";
        for (JsonNode event : events) {
            String name = event.path(0).asText();
            if (!name.equals(last)) {
                text.append('\n').append(name).append(' ');
            }
            text.append(event.path(1).asText("").replace("{ACCEPT}", accept));
            last = name;
        }
        return text.toString();
    }

    /** Payloads by their bytes or by their digest, whichever the expected one has. */
    private static boolean blob(JsonNode want, JsonNode got) {
        if (want.path("len").asLong() != got.path("len").asLong()) {
            return false;
        }
        if (want.has("hex")) {
            return want.path("hex").asText().equals(got.path("hex").asText());
        }
        byte[] bytes = Payload.hex(got.path("hex").asText());
        return want.path("sha256").asText().equals(Payload.sha256(bytes));
    }

    private String wireMismatch(Map<Integer, ArrayNode> got) {
        Set<Integer> conns = new TreeSet<>(wire.keySet());
        conns.addAll(got.keySet());
        conns.removeAll(unknownWire);
        for (int conn : conns) {
            ArrayNode want = wire.getOrDefault(conn, NOTHING);
            ArrayNode came = got.getOrDefault(conn, NOTHING);
            if (!items(want, came)) {
                return "expected on the wire " + brief(want) + ", came " + brief(came);
            }
        }
        return null;
    }

    static boolean items(JsonNode want, JsonNode got) {
        if (want.size() != got.size()) {
            return false;
        }
        for (int i = 0; i < want.size(); i++) {
            if (!item(want.get(i), got.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean item(JsonNode want, JsonNode got) {
        if (want.has("tcp")) {
            return got.has("tcp")
                    && (want.path("tcp").asText().equals("<end>")
                            || want.path("tcp").equals(got.path("tcp")));
        }
        for (Iterator<String> it = want.fieldNames(); it.hasNext(); ) {
            String key = it.next();
            JsonNode w = want.get(key);
            JsonNode g = got.path(key);
            boolean same = key.equals("payload")
                    ? blob(w, g)
                    : w.isObject() ? item(w, g) : w.asText().equals(ENV) || same(w, g);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** Texts are shown byte by byte; what was called may have been written in UTF-8. */
    private static boolean same(JsonNode want, JsonNode got) {
        String text = want.toString();
        String bytes =
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return got.toString().equals(text) || got.toString().equals(bytes);
    }

    /** One line of limited length. */
    static String brief(JsonNode node) {
        String text = node.toString().replace("\"", "");
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "nothing" : brief(node);
    }
}
