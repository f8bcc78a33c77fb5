package dev.zsock.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One run of a scenario. */
final class Transcript {
    /** One for each step that was reached. */
    final List<CallObs> steps = new ArrayList<>();

    /** What came after the last call, by connection. */
    final Map<Integer, ArrayNode> unattributed = new TreeMap<>();

    /** How each connection stood at the end, as the peer saw it. */
    final List<String> seen = new ArrayList<>();

    /** Everything each client side sent, to its very end. */
    final List<byte[]> streams = new ArrayList<>();

    /** "" or what was left behind. */
    String leak = "";

    double lateMs() {
        return steps.stream().mapToDouble(s -> s.lateMs).max().orElse(0);
    }
}
