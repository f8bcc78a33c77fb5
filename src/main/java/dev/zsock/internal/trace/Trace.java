package dev.zsock.internal.trace;

import java.util.Arrays;
import java.util.List;

/**
 * What the system property {@code zsock.trace} asks for, as a list of {@code http,ws,mqtt}: one
 * line an event to the {@link System.Logger} named {@code dev.zsock}.
 *
 * <p>The topics are constants, so that a guarded call costs nothing when they are off. A line never
 * holds keys, credentials or payload. What a peer sent is written so that it cannot end a line.
 */
public final class Trace {
    /** Why an upgrade was refused. */
    public static final boolean HTTP;

    /** Websocket frames, by the number below the websocket's, and why one was refused. */
    public static final boolean WS;

    /** MQTT packets, and why a connection ended. */
    public static final boolean MQTT;

    static {
        List<String> topics =
                Arrays.asList(System.getProperty("zsock.trace", "").split(","));
        HTTP = topics.contains("http");
        WS = topics.contains("ws");
        MQTT = topics.contains("mqtt");
    }

    private static final class Log {
        static final System.Logger LOGGER = System.getLogger("dev.zsock");
    }

    private Trace() {}

    /** An event of HTTP and what belongs to it, as names and values in turn. */
    public static void http(int fd, String event, Object... pairs) {
        line("http", fd, event, pairs);
    }

    /** A frame's header: {@code ws fd=3 > b0=82 len=5}. */
    public static void ws(int fd, String way, int b0, long length) {
        String first = Integer.toHexString(0x100 | b0 & 0xff).substring(1);
        line("ws", fd, way, "b0", first, "len", Long.toUnsignedString(length));
    }

    /** An event on a websocket and what belongs to it, as names and values in turn. */
    public static void ws(int fd, String event, Object... pairs) {
        line("ws", fd, event, pairs);
    }

    /** An MQTT packet or event and what belongs to it, as names and values in turn. */
    public static void mqtt(int fd, String event, Object... pairs) {
        line("mqtt", fd, event, pairs);
    }

    private static void line(String topic, int fd, String event, Object... pairs) {
        StringBuilder s =
                new StringBuilder(topic).append(" fd=").append(fd).append(' ').append(event);
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            s.append(' ').append(pairs[i]).append('=');
            value(s, String.valueOf(pairs[i + 1]));
        }
        Log.LOGGER.log(System.Logger.Level.INFO, s.toString());
    }

    private static void value(StringBuilder s, String text) {
        boolean quote = text.isEmpty();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quote |= c <= ' ' || c == '"' || c == '=' || c > '~';
        }
        if (!quote) {
            s.append(text);
            return;
        }
        s.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            s.append(c < ' ' || c == '"' || c > '~' ? '?' : c);
        }
        s.append('"');
    }
}
