package dev.zsock.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Map;

/**
 * A wrong result: what a call of a transcript can be made to say. apply is false when it has no
 * such part.
 */
enum Mutation {
    OTHER_COUNT {
        @Override
        boolean apply(CallObs obs) {
            long ret = obs.result.path("ret").asLong();
            obs.result.put("ret", ret + 1);
            return ret >= 0;
        }
    },
    FAILS {
        @Override
        boolean apply(CallObs obs) {
            return error(obs, obs.result.path("ret").asLong() >= 0);
        }
    },
    OTHER_ERRNO {
        @Override
        boolean apply(CallObs obs) {
            return error(obs, obs.result.path("ret").asLong() < 0);
        }
    },
    SUCCEEDS {
        @Override
        boolean apply(CallObs obs) {
            boolean failed = obs.result.path("ret").asLong() < 0;
            obs.result.put("ret", 0);
            obs.result.remove("ret_name");
            obs.result.remove("errno");
            return failed;
        }
    },
    OTHER_TYPE {
        @Override
        boolean apply(CallObs obs) {
            return number(obs, "message_type");
        }
    },
    OTHER_REMAINING {
        @Override
        boolean apply(CallObs obs) {
            return number(obs, "remaining");
        }
    },
    WRITES_REFS {
        @Override
        boolean apply(CallObs obs) {
            boolean untouched = obs.result.path("remaining").asText().equals("untouched");
            obs.result.put("remaining", 0).put("message_type", 0);
            return untouched;
        }
    },
    OTHER_BYTE {
        @Override
        boolean apply(CallObs obs) {
            return flip(obs.result.path("data"));
        }
    },
    ONE_BYTE_LESS {
        @Override
        boolean apply(CallObs obs) {
            String hex = obs.result.path("data").path("hex").asText();
            if (hex.isEmpty()) {
                return false;
            }
            int n = hex.length() / 2 - 1;
            obs.result.put("ret", n);
            obs.result.putObject("data").put("len", n).put("hex", hex.substring(0, 2 * n));
            return true;
        }
    },
    SENDS_ONE_MORE {
        @Override
        boolean apply(CallObs obs) {
            byte[] close = FrameHead.frame(0x88, true, new byte[0]);
            JsonNode item = WireDecoder.decode(close, 0, close.length).items().get(0);
            obs.wire.computeIfAbsent(0, c -> Scenario.JSON.createArrayNode()).add(item);
            return true;
        }
    },
    SENDS_LESS {
        @Override
        boolean apply(CallObs obs) {
            for (ArrayNode items : obs.wire.values()) {
                items.remove(items.size() - 1);
                return true;
            }
            return false;
        }
    },
    SENDS_OTHER_PAYLOAD {
        @Override
        boolean apply(CallObs obs) {
            return flip(lastFrame(obs).path("payload"));
        }
    },
    SENDS_OTHER_OPCODE {
        @Override
        boolean apply(CallObs obs) {
            return lastFrame(obs) instanceof ObjectNode f
                    && f.put("op", f.path("op").asInt() ^ 3) == f;
        }
    },
    SENDS_OTHER_MASK {
        @Override
        boolean apply(CallObs obs) {
            return lastFrame(obs) instanceof ObjectNode f
                    && f.put("mask", f.path("mask").asInt() ^ 1) == f;
        }
    },
    OTHER_REVENTS {
        @Override
        boolean apply(CallObs obs) {
            if (!(obs.result.path("revents") instanceof ArrayNode revents)) {
                return false;
            }
            revents.set(0, revents.path(0).asInt() ^ 1);
            return true;
        }
    },
    OTHER_TABLE {
        @Override
        boolean apply(CallObs obs) {
            if (!(obs.result.path("table") instanceof ArrayNode table)) {
                return false;
            }
            table.set(0, table.path(0).asText().equals("free") ? "used" : "free");
            return true;
        }
    },
    WAITS {
        @Override
        boolean apply(CallObs obs) {
            obs.blocked = !obs.blocked;
            obs.unblockedAtMs = obs.blocked ? LATER_MS : obs.unblockedAtMs;
            return true;
        }
    },
    OVERRUNS {
        @Override
        boolean apply(CallObs obs) {
            obs.result.put("written_beyond", "behind the buffer at 9");
            return true;
        }
    };

    private static final double LATER_MS = 1e6;

    /** Changes obs; false if this kind of result has nothing to change. */
    abstract boolean apply(CallObs obs);

    private static boolean error(CallObs obs, boolean applies) {
        boolean negative = obs.result.has("ret_name") || obs.result.has("message_type");
        obs.result.put("ret", negative ? -16 : -1);
        if (negative) {
            obs.result.put("ret_name", "-EBUSY");
        } else {
            obs.result.put("errno", "EBUSY");
        }
        return applies;
    }

    private static boolean number(CallObs obs, String key) {
        boolean there = obs.result.path(key).isNumber();
        obs.result.put(key, obs.result.path(key).asLong() ^ 1);
        return there;
    }

    private static boolean flip(JsonNode blob) {
        String hex = blob.path("hex").asText();
        if (hex.isEmpty()) {
            return false;
        }
        char last = hex.charAt(hex.length() - 1);
        ((ObjectNode) blob)
                .put("hex", hex.substring(0, hex.length() - 1) + (last == '0' ? '1' : '0'));
        return true;
    }

    private static JsonNode lastFrame(CallObs obs) {
        for (Map.Entry<Integer, ArrayNode> e : obs.wire.entrySet()) {
            return e.getValue().path(e.getValue().size() - 1).path("frame");
        }
        return Scenario.JSON.missingNode();
    }
}
