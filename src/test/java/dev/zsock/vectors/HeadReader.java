package dev.zsock.vectors;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reference reader of the answer to an opening handshake: what of it the contract takes, and
 * which rule refuses.
 */
final class HeadReader {
    private static final int LIMIT = 16 * 1024;
    private static final int FIELDS = 100;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})(?: (.*))?");
    private static final Pattern OTHER_VERSION = Pattern.compile("[A-Za-z]+/\\d+\\.\\d+ .*");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** One field: its name as sent, its value with the white space around it. */
    record Field(String name, String raw) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }

        String value() {
            return raw.strip();
        }
    }

    /** A head that is complete. */
    record Head(int status, List<Field> fields, int end, Rule refusedBy) {}

    /** What the client asked for. */
    record Asked(String accept, List<String> subprotocols, boolean anySubprotocol) {}

    private final byte[] in;
    private final int to;
    private int next;
    private Rule malformed;

    private HeadReader(byte[] in, int from, int to) {
        this.in = in;
        this.next = from;
        this.to = to;
    }

    /** The head at from: null while it is not complete before to and not refused already. */
    static Head read(byte[] in, int from, int to, Asked asked) {
        HeadReader r = new HeadReader(in, from, to);
        String status = r.line();
        if (status == null) {
            return to - from > LIMIT ? refused(to, Rule.HANDSHAKE_LIMIT) : null;
        }
        List<Field> fields = new ArrayList<>();
        boolean complete = status.isEmpty() ? false : r.fields(fields);
        if (r.next - from > LIMIT || fields.size() > FIELDS) {
            return refused(r.next, Rule.HANDSHAKE_LIMIT);
        }
        if (status.isEmpty() || r.malformed != null) {
            return refused(r.next, Rule.HANDSHAKE_LINES);
        }
        if (!complete) {
            return to - from > LIMIT ? refused(to, Rule.HANDSHAKE_LIMIT) : null;
        }
        Matcher m = STATUS.matcher(status);
        if (!m.matches()) {
            boolean version =
                    OTHER_VERSION.matcher(status).matches() && !status.startsWith("HTTP/1.1 ");
            return refused(r.next, version ? Rule.HANDSHAKE_VERSION : Rule.HANDSHAKE_STATUS);
        }
        int code = Integer.parseInt(m.group(1));
        return new Head(code, fields, r.next, refusal(code, fields, asked));
    }

    private static Head refused(int end, Rule rule) {
        return new Head(0, List.of(), end, rule);
    }

    /**
     * The next line without its end, or null when it is not complete. NUL and a bare CR are
     * malformed.
     */
    private String line() {
        int end = next;
        while (end < to && in[end] != '\n') {
            end++;
        }
        if (end == to) {
            return null;
        }
        int last = end > next && in[end - 1] == '\r' ? end - 1 : end;
        byte[] line = Arrays.copyOfRange(in, next, last);
        next = end + 1;
        for (byte b : line) {
            if (b == 0 || b == '\r') {
                malformed = Rule.HANDSHAKE_LINES;
            }
        }
        return new String(line, StandardCharsets.ISO_8859_1);
    }

    /** Reads fields up to the empty line: false when it has not come. */
    private boolean fields(List<Field> fields) {
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                return true;
            }
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                fold(fields, line);
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 0 || !TOKEN.matcher(line.substring(0, colon)).matches()) {
                malformed = Rule.HANDSHAKE_LINES;
                continue;
            }
            fields.add(new Field(line.substring(0, colon), line.substring(colon + 1)));
        }
        return false;
    }

    private void fold(List<Field> fields, String line) {
        if (fields.isEmpty()) {
            malformed = Rule.HANDSHAKE_LINES;
            return;
        }
        Field last = fields.remove(fields.size() - 1);
        fields.add(new Field(last.name(), last.raw().stripTrailing() + " " + line.strip()));
    }

    /**
     * The rule that refuses a whole head, or null. An interim answer (1xx) is not refused but
     * skipped.
     */
    private static Rule refusal(int code, List<Field> fields, Asked asked) {
        if (code != 101) {
            return code / 100 == 1 ? null : Rule.HANDSHAKE_STATUS;
        }
        if (!lists(fields, "Upgrade", "websocket") || !lists(fields, "Connection", "upgrade")) {
            return Rule.HANDSHAKE_UPGRADE;
        }
        List<Field> accepts =
                fields.stream().filter(f -> f.is("Sec-WebSocket-Accept")).toList();
        if (accepts.size() != 1 || !accepts.get(0).value().equals(asked.accept())) {
            return Rule.HANDSHAKE_ACCEPT;
        }
        List<Field> protocols =
                fields.stream().filter(f -> f.is("Sec-WebSocket-Protocol")).toList();
        boolean known = protocols.size() == 1
                && (asked.subprotocols().contains(protocols.get(0).value())
                        || asked.anySubprotocol()
                                && TOKEN.matcher(protocols.get(0).value()).matches());
        boolean extensions = fields.stream().anyMatch(f -> f.is("Sec-WebSocket-Extensions"));
        return extensions || !protocols.isEmpty() && !known ? Rule.HANDSHAKE_UNASKED : null;
    }

    private static boolean lists(List<Field> fields, String name, String token) {
        return fields.stream()
                .filter(f -> f.is(name))
                .flatMap(f -> Arrays.stream(f.value().split(",")))
                .anyMatch(t -> t.strip().toLowerCase(Locale.ROOT).equals(token));
    }

    /** What in an accepted head may have made Zephyr refuse it. */
    static List<Rule> reasonsToDiffer(byte[] in, int from, Head head) {
        List<Rule> rules = new ArrayList<>();
        String text = new String(in, from, head.end() - from, StandardCharsets.ISO_8859_1);
        String accept = "sec-websocket-accept";
        for (Field f : head.fields()) {
            boolean longer = f.name().toLowerCase(Locale.ROOT).startsWith(accept)
                    && f.name().length() > accept.length();
            boolean trailing = f.is(accept) && !f.raw().equals(f.raw().stripTrailing());
            if (longer || trailing) {
                rules.add(Rule.HANDSHAKE_ACCEPT);
            }
            if (f.is("Content-Length") || f.is("Transfer-Encoding")) {
                rules.add(Rule.HANDSHAKE_BODY);
            }
        }
        boolean bareLf = text.replace("\r\n", "").contains("\n");
        boolean controls =
                text.chars().anyMatch(c -> c < ' ' && "\t\r\n".indexOf(c) < 0 || c == 0x7f);
        if (bareLf
                || controls
                || text.contains("\n ")
                || text.contains("\n\t")
                || text.startsWith("HTTP/1.1 101\r")
                || text.startsWith("HTTP/1.1 101\n")) {
            rules.add(Rule.HANDSHAKE_LINES);
        }
        return rules;
    }
}
