package dev.zsock.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the contract expects of one call, with the rules that took part. What is not set is not
 * known.
 */
final class Outcome {
    static final double NEVER = Double.POSITIVE_INFINITY;

    /** Later than anything that a scenario waits for. */
    static final double BLOCKED = 1e9;

    final ObjectNode result = Scenario.JSON.createObjectNode();
    final Set<Rule> rules = EnumSet.noneOf(Rule.class);

    /** Expected items by connection; a connection in {@link #unknownWire} is not compared. */
    final Map<Integer, ArrayNode> wire = new TreeMap<>();

    final Set<Integer> unknownWire = new java.util.TreeSet<>();

    /** When the call began, on the model's clock. */
    final double start;

    /** What the observed call returned: decides where the contract leaves a range. */
    final long hint;

    /** How long after its start the call is let go, if it waits that long. */
    double letGo = BLOCKED;

    /** When the call ends. */
    double ends;

    boolean timedOut;

    /**
     * The application has filled the buffers: whether a few bytes more find room is the kernel's.
     */
    boolean roomByChance;

    /** False: nothing is known but that the call returns. */
    boolean sure = true;

    /** True for BSD calls: -1 and errno instead of a negative errno. */
    private final boolean bsd;

    Outcome(double start, boolean bsd, long hint) {
        this.start = start;
        this.ends = start;
        this.bsd = bsd;
        this.hint = hint;
    }

    /** True when something that may never happen does so by a time that may never come. */
    static boolean by(double at, double until) {
        return at != NEVER && at <= until;
    }

    boolean blocks() {
        return ends >= start + letGo;
    }

    void rule(Rule rule) {
        rules.add(rule);
    }

    void ret(long ret, double at) {
        result.put("ret", ret);
        ends = Math.max(start, at);
    }

    /** A failure: -errno, or -1 and errno. */
    void fail(String errno, double at) {
        if (bsd) {
            result.put("ret", -1).put("errno", errno);
        } else {
            result.put("ret", -Numbers.errno(errno)).put("ret_name", "-" + errno);
        }
        ends = Math.max(start, at);
    }

    void fail(String errno) {
        fail(errno, start);
    }

    /** The deadline came first; a deadline that never comes leaves the call waiting. */
    void timeout(String errno, double until) {
        if (until == NEVER) {
            ends = start + 2 * BLOCKED;
            return;
        }
        fail(errno, until);
        timedOut = true;
    }

    void unsure() {
        sure = false;
    }

    /** Message type, remaining and data of a successful receive. */
    void received(byte[] data, int type, long remaining) {
        result.put("message_type", type).put("remaining", Numbers.unsigned(remaining));
        ApiCalls.blob(result, data);
    }

    /** A receive that failed leaves everything as it was. */
    void nothingReceived(boolean refs) {
        if (refs) {
            result.put("message_type", "untouched").put("remaining", "untouched");
        }
        ApiCalls.blob(result, new byte[0]);
    }
}
