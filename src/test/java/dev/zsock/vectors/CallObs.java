package dev.zsock.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one step really did: the call's result in the form of the vector files, the wire, and the
 * peer's actions.
 */
final class CallObs {
    /** The result; empty for a peer's step. */
    final ObjectNode result = Scenario.JSON.createObjectNode();

    /** What each connection sent to the peer, by index. */
    final Map<Integer, ArrayNode> wire = new TreeMap<>();

    /** What the peer did before the call returned or after it. */
    final List<Event> events = new ArrayList<>();

    /** What the peer did because the call did not return. */
    final List<Event> unblocking = new ArrayList<>();

    /** The key of the last request on each connection, as far as the call went. */
    final Map<Integer, String> keys = new TreeMap<>();

    double elapsedMs;

    /** How much later than written the peer acted, at worst. */
    double lateMs;

    boolean blocked;

    /** When the peer began to let a blocked call go. */
    double unblockedAtMs;

    /** "" or why nothing after this step means anything. */
    String broken = "";

    /** One whose results can be changed without changing these. */
    CallObs copy() {
        CallObs c = new CallObs();
        c.result.setAll(result.deepCopy());
        wire.forEach((conn, items) -> c.wire.put(conn, items.deepCopy()));
        c.events.addAll(events);
        c.unblocking.addAll(unblocking);
        c.keys.putAll(keys);
        c.elapsedMs = elapsedMs;
        c.lateMs = lateMs;
        c.blocked = blocked;
        c.unblockedAtMs = unblockedAtMs;
        c.broken = broken;
        return c;
    }
}
