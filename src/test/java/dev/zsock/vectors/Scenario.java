package dev.zsock.vectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One line of a vector file: what was called, what the peer did meanwhile, and what Zephyr
 * answered.
 */
record Scenario(String name, String file, JsonNode json) {
    static final ObjectMapper JSON = new ObjectMapper();

    /** The response a peer gives when a scenario names none. */
    static final String DEFAULT_RESPONSE = "HTTP/1.1 101 Switching Protocols\r\n"
            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {ACCEPT}\r\n\r\n";

    private static final Set<String> LEFT_OUT = Set.of("heap_limit", "vtable_ops");
    private static final Set<String> RAW_GROUPS = Set.of("send", "recv", "close", "sockapi");

    /** One element of {@code steps}: a call, or what the peer does between two calls. */
    record Step(JsonNode json) {
        boolean isCall() {
            return json.has("call");
        }

        String call() {
            return json.path("call").asText();
        }

        JsonNode args() {
            return json.path("args");
        }

        JsonNode result() {
            return json.path("result");
        }

        /** The connection that the peer's actions are about. */
        int conn() {
            return json.path("conn").asInt(0);
        }

        /** Zephyr had not returned; then the {@code unblock} actions ran. */
        boolean blocks() {
            return json.has("blocks");
        }

        int intArg(String name, int otherwise) {
            return args().path(name).asInt(otherwise);
        }
    }

    /** Every scenario of every .jsonl file of a folder, files by name; or of one file. */
    static List<Scenario> load(Path dir) throws IOException {
        List<Path> files = List.of(dir);
        if (Files.isDirectory(dir)) {
            try (Stream<Path> s = Files.list(dir)) {
                files = s.filter(p -> p.toString().endsWith(".jsonl")).sorted().toList();
            }
        }
        List<Scenario> all = new ArrayList<>();
        for (Path file : files) {
            int number = 0;
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            for (String line : text.replace("\ufeff", "").split("\n", -1)) {
                number++;
                if (!line.isBlank()) {
                    all.add(parse(line, file.getFileName() + ":" + number));
                }
            }
        }
        return all;
    }

    /** A line; one that cannot be read becomes a scenario without steps, named after its place. */
    static Scenario parse(String line, String place) {
        String file = place.replaceAll(":\\d+$", "");
        try {
            JsonNode json = JSON.readTree(line);
            return new Scenario(json.path("scenario").asText(place), file, json);
        } catch (JsonProcessingException e) {
            return new Scenario(place, file, JSON.createObjectNode());
        }
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        json.path("steps").forEach(s -> steps.add(new Step(s)));
        return steps;
    }

    /**
     * What makes the scenario meaningless here (an allocator limit, a look behind the API), or "".
     */
    String leftOut() {
        for (String name : LEFT_OUT) {
            if (json.findValue(name) != null) {
                return name;
            }
        }
        for (Step step : steps()) {
            if (LEFT_OUT.contains(step.call())) {
                return step.call();
            }
        }
        return "";
    }

    /** True when the peer acts while a deadline of ms or less runs. */
    boolean races(double ms) {
        for (Step step : steps()) {
            int timeout = step.intArg("timeout", -1);
            boolean acts = step.json().path("during").findValue("op") != null;
            if (acts && timeout != -1 && timeout <= ms) {
                return true;
            }
        }
        return false;
    }

    /** True for the groups that run in raw mode too; a scenario without one is in its file's. */
    boolean hasRawTwin() {
        return RAW_GROUPS.contains(json.path("group").asText(file.replace(".jsonl", "")));
    }

    String response() {
        return json.path("RESP").asText(DEFAULT_RESPONSE);
    }

    String note() {
        return json.path("note").asText("");
    }
}
