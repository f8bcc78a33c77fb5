package dev.zsock.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the bytes a client sent into the items of the vector files: requests, frames, and what is
 * not complete.
 */
final class WireDecoder {
    private static final byte[] GET = "GET ".getBytes(StandardCharsets.ISO_8859_1);
    private static final String END = "\r\n\r\n";
    private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: ([A-Za-z0-9+/]{22}==)");

    private final ArrayNode items = Scenario.JSON.createArrayNode();
    private int next;

    private WireDecoder(int from) {
        next = from;
    }

    /**
     * Decodes all[from..to): whole items are taken, an unfinished frame is shown but stays, half a
     * request is taken.
     */
    static WireDecoder decode(byte[] all, int from, int to) {
        WireDecoder d = new WireDecoder(from);
        boolean more = true;
        while (more && d.next < to) {
            more = startsRequest(all, d.next, to) ? d.request(all, to) : d.frame(all, to);
        }
        return d;
    }

    /** True when all[from..to) ends inside a request or a frame. */
    static boolean unfinished(byte[] all, int from, int to) {
        ArrayNode items = decode(all, from, to).items;
        if (items.isEmpty()) {
            return false;
        }
        return !items.get(items.size() - 1).has("frame")
                && !items.get(items.size() - 1).has("http_request");
    }

    ArrayNode items() {
        return items;
    }

    /** Index of the first byte not taken. */
    int next() {
        return next;
    }

    /** The key of the last request in all, or "". */
    static String lastKey(byte[] all) {
        Matcher m = KEY.matcher(new String(all, StandardCharsets.ISO_8859_1));
        String key = "";
        while (m.find()) {
            key = m.group(1);
        }
        return key;
    }

    private static boolean startsRequest(byte[] all, int from, int to) {
        int n = Math.min(GET.length, to - from);
        return n > 1 && Arrays.equals(all, from, from + n, GET, 0, n);
    }

    private boolean request(byte[] all, int to) {
        String text = new String(all, next, to - next, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END);
        if (end < 0) {
            items.addObject().put("http_request_partial", text);
            next = to;
            return false;
        }
        ArrayNode lines = items.addObject().putArray("http_request");
        for (String line : text.substring(0, end).split("\r\n")) {
            lines.add(blankKey(line));
        }
        lines.add("");
        next += end + END.length();
        return true;
    }

    private static String blankKey(String line) {
        Matcher m = KEY.matcher(line);
        if (m.matches() && Base64.getDecoder().decode(m.group(1)).length == 16) {
            return "Sec-WebSocket-Key: <base64 of 16 bytes, 24 chars>";
        }
        return line;
    }

    private boolean frame(byte[] all, int to) {
        FrameHead head = FrameHead.read(all, next, to);
        if (head == null) {
            ObjectNode item = items.addObject();
            bits(item.putObject("incomplete_frame"), all[next] & 0xff);
            item.put("have", to - next);
            return false;
        }
        int payload = next + head.size();
        boolean whole = Long.compareUnsigned(head.length(), to - payload) <= 0;
        ObjectNode item = items.addObject();
        ObjectNode frame = item.putObject(whole ? "frame" : "incomplete_frame");
        bits(frame, head.b0());
        frame.put("mask", head.masked() ? 1 : 0);
        frame.put("len", Numbers.unsigned(head.length()));
        frame.put("header_hex", headerHex(all, head));
        if (!whole) {
            item.put("have_payload", to - payload);
            return false;
        }
        int n = (int) head.length();
        byte[] plain = FrameHead.unmask(all, payload, n, head.key(), 0);
        frame.putObject("payload").put("len", n).put("hex", Payload.hex(plain));
        next = payload + n;
        return true;
    }

    private static void bits(ObjectNode frame, int b0) {
        frame.put("fin", b0 >> 7).put("rsv", b0 >> 4 & 7).put("op", b0 & 15);
    }

    private String headerHex(byte[] all, FrameHead head) {
        int plain = head.size() - head.key().length;
        String hex = Payload.hex(Arrays.copyOfRange(all, next, next + plain));
        return head.masked() ? hex + "xxxxxxxx" : hex;
    }
}
