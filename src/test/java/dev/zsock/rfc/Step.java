package dev.zsock.rfc;

import dev.zsock.testkit.HexReader;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.WebsocketAbi;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a case.
 *
 * @param word its first word
 * @param kind what the frame is: a name of {@link #TYPES} with {@code -} for one without FIN
 * @param payload bytes that are received or given to be sent
 * @param perhaps bytes behind them that may be delivered or not; of a PING inside a message
 * @param result errno that sending gives, or 0
 * @param rest of the line behind the word
 */
record Step(String word, String kind, byte[] payload, byte[] perhaps, int result, String rest)
        implements WebsocketAbi {
    private static final byte[] NOTHING = {};
    private static final Pattern LINE = Pattern.compile("(\\S+)\\s*(.*)");
    private static final Pattern FRAME =
            Pattern.compile("(flip )?(\\S+)\\s*([^~=]*)(?:~([^=]*))?(?:= (\\w+))?");

    private static final Map<String, Integer> TYPES = Map.of(
            "text", WEBSOCKET_FLAG_TEXT,
            "binary", WEBSOCKET_FLAG_BINARY,
            "cont", 0,
            "close", WEBSOCKET_FLAG_CLOSE,
            "ping", WEBSOCKET_FLAG_PING,
            "pong", WEBSOCKET_FLAG_PONG);

    private static final Map<String, Integer> OPCODES = Map.of(
            "text", WEBSOCKET_OPCODE_DATA_TEXT,
            "binary", WEBSOCKET_OPCODE_DATA_BINARY,
            "cont", WEBSOCKET_OPCODE_CONTINUE,
            "close", WEBSOCKET_OPCODE_CLOSE,
            "ping", WEBSOCKET_OPCODE_PING,
            "pong", WEBSOCKET_OPCODE_PONG,
            "op3", 3,
            "op7", 7,
            "op11", 11,
            "op15", 15);

    static Step of(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            throw new IllegalArgumentException(text);
        }
        String word = line.group(1);
        String rest = line.group(2);
        switch (word) {
            case "recv", "partly", "message", "send":
                return frame(word, rest);
            case "closes", "answered":
                return new Step(word, "close", bytes(rest), NOTHING, 0, rest);
            case "fails", "refused", "open", "lost", "option", "deflate", "role", ">", "<":
                return new Step(word, "", NOTHING, NOTHING, 0, rest);
            default:
                throw new IllegalArgumentException("what is " + word + "?");
        }
    }

    private static Step frame(String word, String rest) {
        Matcher frame = FRAME.matcher(rest);
        if (!frame.matches() || !OPCODES.containsKey(name(frame.group(2)))) {
            throw new IllegalArgumentException("no frame: " + rest);
        }
        byte[] perhaps = frame.group(4) == null ? NOTHING : bytes(frame.group(4));
        int result = frame.group(5) == null ? 0 : errno(frame.group(5));
        return new Step(word, frame.group(2), bytes(frame.group(3)), perhaps, result, rest);
    }

    private static byte[] bytes(String text) {
        return new HexReader(false).sent(text).bytes();
    }

    private static int errno(String name) {
        try {
            return ErrnoAbi.class.getField(name).getInt(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no errno: " + name, e);
        }
    }

    private static String name(String kind) {
        return kind.endsWith("-") ? kind.substring(0, kind.length() - 1) : kind;
    }

    boolean is(String other) {
        return word.equals(other);
    }

    boolean fin() {
        return !kind.endsWith("-");
    }

    boolean isControl() {
        return (opcode() & 0x08) != 0;
    }

    /** The mask is to be the other role's. */
    boolean flip() {
        return rest.startsWith("flip ");
    }

    int opcode() {
        return OPCODES.get(name(kind));
    }

    /** WEBSOCKET_FLAG_… that a receive tells. */
    int type() {
        return TYPES.get(name(kind)) | (fin() ? WEBSOCKET_FLAG_FINAL : 0);
    }

    /** A number in the rest of the line. */
    int number() {
        return Integer.parseInt(rest.replaceAll(".*?(\\d+)$", "$1"));
    }

    /** True when this word ends a case. */
    boolean isEnd() {
        return is("fails")
                || is("refused")
                || is("closes")
                || is("answered")
                || is("open")
                || is("lost");
    }

    @Override
    public String toString() {
        return word + " " + rest;
    }
}
