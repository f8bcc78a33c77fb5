package dev.zsock.internal.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The grammar of HTTP's pieces of text (RFC 9110 5, RFC 9112 2 to 5). Stateless. */
public final class HttpText {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String CRLF = "\r\n";

    private HttpText() {}

    /** A token (9110 5.6.2): field names, list elements, subprotocols. */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && TOKEN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** No blank and no control character: may stand in a request line or a Host value. */
    public static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** May stand in a field value: ends no line. */
    static boolean isOneLine(String text) {
        return text.indexOf('\r') < 0 && text.indexOf('\n') < 0 && text.indexOf(0) < 0;
    }

    /** One or more complete {@code name: value} lines, each with its CRLF, and nothing else. */
    static boolean isFieldLines(String text) {
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf(CRLF, at);
            int colon = text.indexOf(':', at);
            if (end < 0 || colon < 0 || colon > end) {
                return false;
            }
            if (!isToken(text.substring(at, colon)) || !isOneLine(text.substring(colon, end))) {
                return false;
            }
            at = end + CRLF.length();
        }
        return at > 0;
    }

    /** One digit or more, and nothing else. */
    static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Without blanks and tabs at both ends (9110 5.6.3). */
    public static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    /**
     * The host as Host wants it (RFC 3986 3.2.2): an IPv6 address in brackets, without its zone.
     */
    static String authority(String host) {
        if (host.indexOf(':') == host.lastIndexOf(':')) {
            return host; // a name, an IPv4 address, or one with port
        }
        int zone = host.indexOf('%');
        String literal = "[" + (zone < 0 ? host : host.substring(0, zone)) + "]";
        try {
            InetAddress.getByName(literal); // brackets: never looked up
            return literal;
        } catch (UnknownHostException e) {
            return host;
        }
    }
}
