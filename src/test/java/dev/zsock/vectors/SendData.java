package dev.zsock.vectors;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a peer's {@code send}: given as hex, as a template, or by a description checked by
 * length and SHA-256.
 */
final class SendData {
    private static final Pattern SLICE = Pattern.compile("RESP\\[(-?\\d*):(-?\\d*)]");
    private static final Pattern OTHER_PLACEHOLDER = Pattern.compile("\\{(?!ACCEPT})[A-Z_]+[^}]*}");
    private static final Pattern WRONG_REST =
            Pattern.compile("first (\\d+) chars right, the rest replaced by \"(.)\"");
    private static final Pattern FRAME = Pattern.compile("frame\\(([^)]*)\\)");
    private static final int LONGEST_HEADER = 14;

    private final Scenario scenario;

    SendData(Scenario scenario) {
        this.scenario = scenario;
    }

    /**
     * The bytes of op; accept is the right accept value, before what the peer has sent of this
     * frame already.
     */
    byte[] bytes(JsonNode op, String accept, byte[] before) {
        if (op.has("hex")) {
            return Payload.hex(op.path("hex").asText());
        }
        String shown = shownAccept(accept);
        if (op.has("tmpl")) {
            return template(op.path("tmpl").asText(), shown);
        }
        if (op.has("tmpl_head")) {
            return latin1(longTemplate(op).replace("{ACCEPT}", shown));
        }
        if (op.has("sha256")) {
            return described(op, before);
        }
        throw new Unsupported("send " + op);
    }

    /** A scenario's note may say that {ACCEPT} is only right in part. */
    private String shownAccept(String accept) {
        Matcher m = WRONG_REST.matcher(scenario.note());
        if (!m.find()) {
            if (scenario.note().contains("{ACCEPT}")) {
                throw new Unsupported("note " + scenario.note());
            }
            return accept;
        }
        int right = Math.min(Integer.parseInt(m.group(1)), accept.length());
        return accept.substring(0, right) + m.group(2).repeat(accept.length() - right);
    }

    private byte[] template(String text, String accept) {
        if (text.equals("RESP")) {
            return latin1(scenario.response().replace("{ACCEPT}", accept));
        }
        Matcher m = SLICE.matcher(text);
        if (m.matches()) {
            byte[] whole = latin1(scenario.response().replace("{ACCEPT}", accept));
            int from = index(m.group(1), 0, whole.length);
            int to = index(m.group(2), whole.length, whole.length);
            return Arrays.copyOfRange(whole, from, Math.max(from, to));
        }
        if (OTHER_PLACEHOLDER.matcher(text).find() || text.startsWith("RESP")) {
            throw new Unsupported("template " + text);
        }
        return latin1(text.replace("{ACCEPT}", accept));
    }

    private static int index(String digits, int otherwise, int size) {
        if (digits.isEmpty()) {
            return otherwise;
        }
        int i = Integer.parseInt(digits);
        return Math.max(0, Math.min(size, i < 0 ? size + i : i));
    }

    /**
     * A template of which only the head is given: padding that goes on, or a patterned frame behind
     * the response.
     */
    private static String longTemplate(JsonNode op) {
        String head = op.path("tmpl_head").asText();
        int length = op.path("tmpl_len").asInt();
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return padded(head, length);
        }
        byte[] frames = latin1(head.substring(end + 4));
        byte[] all = continued(new byte[0], frames, length - end - 4);
        return head.substring(0, end + 4) + new String(all, StandardCharsets.ISO_8859_1);
    }

    private static String padded(String head, int length) {
        StringBuilder rest = new StringBuilder("\r\n");
        for (String line : Scenario.DEFAULT_RESPONSE.split("\r\n")) {
            String name = line.substring(0, Math.max(0, line.indexOf(':')));
            if (!name.isEmpty() && !head.contains("\r\n" + name + ":")) {
                rest.append(line).append("\r\n");
            }
        }
        rest.append("\r\n");
        int missing = length - head.length() - rest.length();
        if (missing < 0) {
            throw new Unsupported("template of " + length + " bytes");
        }
        String last = head.substring(head.length() - 1);
        return head + last.repeat(missing) + rest;
    }

    private static byte[] described(JsonNode op, byte[] before) {
        byte[] head = Payload.hex(op.path("head_hex").asText());
        int length = op.path("len").asInt();
        byte[] made = op.has("gen") ? generated(op.path("gen").asText()) : null;
        if (made != null && matches(op, made)) {
            return made;
        }
        byte[] repeated = repeated(head, length);
        made = matches(op, repeated) ? repeated : continued(before, head, length);
        if (!matches(op, made)) {
            throw new Unsupported("bytes that cannot be rebuilt: " + op);
        }
        return made;
    }

    /** The frame that the head begins with, again and again; or the head's last byte. */
    private static byte[] repeated(byte[] head, int length) {
        FrameHead frame = FrameHead.read(head, 0, head.length);
        long period = frame == null ? 0 : frame.size() + frame.length();
        byte[] all = Arrays.copyOf(head, length);
        for (int i = head.length; i < length; i++) {
            boolean whole = period > 0 && period <= head.length;
            all[i] = head[whole ? (int) (i % period) : head.length - 1];
        }
        return all;
    }

    private static boolean matches(JsonNode op, byte[] made) {
        return made.length == op.path("len").asInt()
                && Payload.sha256(made).equals(op.path("sha256").asText());
    }

    /**
     * {@code frame(op=2,fin=1,payload=pat:1000,mask=11223344)}, several joined by {@code +}; null
     * if it says more.
     */
    private static byte[] generated(String gen) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher m = FRAME.matcher(gen);
        int at = 0;
        while (m.find()) {
            Map<String, String> fields = new HashMap<>();
            for (String field : m.group(1).split(",")) {
                fields.put(
                        field.replaceAll("=.*", "").trim(),
                        field.replaceAll("^[^=]*=", "").trim());
            }
            out.writeBytes(frame(fields));
            at = m.end();
        }
        return at == gen.length() ? out.toByteArray() : null;
    }

    private static byte[] frame(Map<String, String> fields) {
        byte[] payload = Payload.parse(fields.getOrDefault("payload", "hex:")).bytes();
        int b0 = Integer.parseInt(fields.getOrDefault("op", "1"))
                | (Integer.parseInt(fields.getOrDefault("fin", "1")) << 7)
                | (Integer.parseInt(fields.getOrDefault("rsv", "0")) << 4);
        String mask = fields.get("mask");
        byte[] frame = FrameHead.frame(b0, mask != null, payload);
        if (mask != null) {
            byte[] key = Payload.hex(mask);
            int from = frame.length - payload.length;
            System.arraycopy(key, 0, frame, from - 4, 4);
            System.arraycopy(
                    FrameHead.unmask(payload, 0, payload.length, key, 0),
                    0,
                    frame,
                    from,
                    payload.length);
        }
        return frame;
    }

    /**
     * The first bytes of a send, made longer by the pattern of the last frame that begins in before
     * + head.
     */
    private static byte[] continued(byte[] before, byte[] head, int length) {
        byte[] known = Arrays.copyOf(before, before.length + head.length);
        System.arraycopy(head, 0, known, before.length, head.length);
        int at = 0;
        FrameHead frame = FrameHead.read(known, at, known.length);
        while (frame != null
                && at + frame.size() + frame.length() < known.length
                && frame.length() <= known.length) {
            at += frame.size() + (int) frame.length();
            frame = FrameHead.read(known, at, known.length);
        }
        if (frame == null || frame.size() > LONGEST_HEADER) {
            throw new Unsupported("bytes that cannot be rebuilt, head " + Payload.hex(head));
        }
        int total = before.length + length;
        byte[] all = Arrays.copyOf(known, total);
        int first = at + frame.size();
        byte[] pattern = Payload.pattern(0, Math.max(0, total - first));
        byte[] payload = FrameHead.unmask(pattern, 0, pattern.length, frame.key(), 0);
        for (int i = Math.max(known.length, first); i < total; i++) {
            all[i] = payload[i - first];
        }
        return Arrays.copyOfRange(all, before.length, total);
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
