package dev.zsock.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code http_cb} is told of the answer to an opening handshake: heads only, and each field
 * when it is known to be whole.
 */
final class HttpEvents {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9]\\d\\d)(?: (.*))?");
    private static final Pattern FIELD =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");

    private final ArrayNode told = Scenario.JSON.createArrayNode();
    private final String text;
    private int next;
    private String name = "";
    private String value = "";
    private boolean empty; // the final answer has no body
    private boolean known = true;
    private boolean departs;

    private HttpEvents(String text) {
        this.text = text;
    }

    /** The events of in[from..to), which holds no byte behind the last head. */
    static HttpEvents of(byte[] in, int from, int to) {
        HttpEvents e = new HttpEvents(new String(in, from, to - from, StandardCharsets.ISO_8859_1));
        while (e.known && e.next < e.text.length()) {
            e.head();
        }
        return e;
    }

    /** Null when the contract leaves them open. */
    ArrayNode told() {
        return known ? told : null;
    }

    /** Zephyr tells more: bodies, white space behind values, fields as far as they have come. */
    boolean departs() {
        return departs;
    }

    private void tell(String event) {
        told.addArray().add(event);
    }

    private void tell(String event, String what) {
        told.addArray().add(event).add(what);
    }

    private void tellField() {
        if (!name.isEmpty()) {
            tell("on_header_field", name);
            tell("on_header_value", value);
        }
        name = "";
    }

    private String line() {
        int end = text.indexOf('\n', next);
        if (end < 0) {
            return null;
        }
        String line = text.substring(next, end);
        next = end + 1;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private void head() {
        tell("on_message_begin");
        String line = line();
        Matcher m = line == null ? null : STATUS.matcher(line);
        if (m == null || !m.matches()) {
            cut(line == null);
            return;
        }
        String reason = m.group(2) == null ? "" : m.group(2);
        tell("on_status", reason);
        departs |= reason.isEmpty();
        empty = false;
        for (line = line(); line != null && !line.isEmpty(); line = line()) {
            field(line);
        }
        if (line == null) {
            cut(true);
        } else if (known) {
            complete(Integer.parseInt(m.group(1)));
        }
    }

    /** The input ends inside a head, or it cannot be read. */
    private void cut(boolean readable) {
        known &= readable;
        departs = true;
        String rest = text.substring(next);
        boolean folds = rest.startsWith(" ") || rest.startsWith("\t");
        if (!rest.isEmpty() && !folds) {
            tellField();
        }
        next = text.length();
    }

    private void field(String line) {
        if (line.startsWith(" ") || line.startsWith("\t")) {
            value += " " + line.strip();
            departs = true;
            return;
        }
        tellField();
        Matcher m = FIELD.matcher(line);
        if (!m.matches()) {
            known = false;
            return;
        }
        name = m.group(1);
        value = m.group(2);
        departs |= !line.equals(line.stripTrailing()) && !value.isEmpty();
        known &= !name.equalsIgnoreCase("Transfer-Encoding") || value.equals("chunked");
        if (name.equalsIgnoreCase("Content-Length")) {
            empty = value.matches("0+");
            known &= value.matches("\\d{1,9}");
        }
    }

    private void complete(int status) {
        tellField();
        tell("on_headers_complete");
        if (status < 200 || status == 204 || status == 304 || empty) {
            tell("on_message_complete");
        } else {
            departs = true; // a body, which is not read
        }
    }
}
