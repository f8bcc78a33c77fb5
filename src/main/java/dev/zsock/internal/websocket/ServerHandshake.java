package dev.zsock.internal.websocket;

import dev.zsock.internal.http.HeadReader;
import dev.zsock.internal.http.HttpHead;
import dev.zsock.internal.http.HttpText;
import dev.zsock.internal.websocket.Extensions.Extension;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The server's part of the opening handshake (4.2): reads the head of a request and composes the
 * answer. No I/O; not thread-safe.
 */
final class ServerHandshake {
    private static final String CRLF = "\r\n";

    private final String[] subprotocols;
    private final boolean deflate;
    private final Agreed agreed;
    private final HeadReader lines = new HeadReader("");
    private final HttpHead head = new HttpHead();
    private String answer = "";
    private @Nullable String reason;
    private String key = "";

    /**
     * subprotocols: those to choose from, the preferred one first. agreed: takes what was chosen.
     */
    ServerHandshake(String[] subprotocols, boolean deflate, Agreed agreed) {
        this.subprotocols = subprotocols.clone();
        this.deflate = deflate;
        this.agreed = agreed;
    }

    /** False while the head wants more bytes; stops right behind it, or where it is wrong. */
    boolean read(ByteBuffer in) {
        while (true) {
            switch (lines.next(in)) {
                case HeadReader.NEED_MORE:
                    return false;
                case HeadReader.START_LINE:
                    break;
                case HeadReader.FIELD:
                    head.add(lines.name(), lines.value());
                    break;
                case HeadReader.END:
                    decide();
                    return true;
                default:
                    refuse("head is not HTTP");
                    return true;
            }
        }
    }

    /** What to send, once the head has been read. */
    byte[] answer() {
        return answer.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Why the request was refused, or null when the answer is 101. */
    @Nullable String reason() {
        return reason;
    }

    private void decide() {
        if (!plainGet(lines.startLine())) {
            refuse("not GET in HTTP/1.1");
        } else if (head.values("Host").size() != 1) {
            refuse("not exactly one Host");
        } else if (hasBody()) {
            refuse("a body");
        } else if (!head.has("Upgrade", "websocket") || !head.has("Connection", "upgrade")) {
            upgradeRequired("no upgrade to websocket");
        } else if (!head.values("Sec-WebSocket-Version").equals(List.of("13"))) {
            upgradeRequired("version is not 13");
        } else if (!validKey(head.values("Sec-WebSocket-Key"))) {
            refuse("not exactly one Sec-WebSocket-Key of 16 bytes");
        } else if (!chooseSubprotocol()) {
            refuse("subprotocol is no token");
        } else if (!chooseExtension()) {
            refuse("extensions do not parse");
        } else {
            accept();
        }
    }

    /** 4.1: GET, a target, HTTP/1.1. */
    private static boolean plainGet(String line) {
        String begin = "GET ";
        String end = " HTTP/1.1";
        int target = line.length() - begin.length() - end.length();
        return target > 0
                && line.startsWith(begin)
                && line.endsWith(end)
                && HttpText.isVisible(line.substring(begin.length(), begin.length() + target));
    }

    /** Bytes of a body would be taken for frames. */
    private boolean hasBody() {
        for (String length : head.values("Content-Length")) {
            if (!length.equals("0")) {
                return true;
            }
        }
        return !head.values("Transfer-Encoding").isEmpty();
    }

    private boolean validKey(List<String> keys) {
        if (keys.size() != 1) {
            return false;
        }
        key = keys.get(0);
        try {
            return Base64.getDecoder().decode(key).length == AcceptKey.KEY_BYTES
                    && key.length() == 24;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean chooseSubprotocol() {
        List<String> offered = head.elements("Sec-WebSocket-Protocol");
        for (String name : offered) {
            if (!HttpText.isToken(name)) {
                return false;
            }
        }
        for (String mine : subprotocols) {
            if (offered.contains(mine)) {
                agreed.subprotocol = mine;
                return true;
            }
        }
        return true; // 4.2.2: none is an answer, too
    }

    private boolean chooseExtension() {
        List<Extension> offers = Extensions.parse(head.values("Sec-WebSocket-Extensions"));
        if (offers == null) {
            return false;
        }
        agreed.deflate = deflate ? DeflateParams.choose(offers) : null;
        return true;
    }

    private void accept() {
        StringBuilder s = new StringBuilder("HTTP/1.1 101 Switching Protocols").append(CRLF);
        s.append("Connection: Upgrade").append(CRLF);
        s.append("Upgrade: websocket").append(CRLF);
        s.append("Sec-WebSocket-Accept: ").append(AcceptKey.expected(key)).append(CRLF);
        if (agreed.subprotocol != null) {
            s.append("Sec-WebSocket-Protocol: ").append(agreed.subprotocol).append(CRLF);
        }
        if (agreed.deflate != null) {
            s.append("Sec-WebSocket-Extensions: ")
                    .append(agreed.deflate.answer())
                    .append(CRLF);
        }
        answer = s.append(CRLF).toString();
    }

    private void refuse(String why) {
        refuse(why, "400 Bad Request", "Connection: close" + CRLF);
    }

    /** RFC 9110 15.5.22, and 4.4 for the version. */
    private void upgradeRequired(String why) {
        String lines =
                "Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
        refuse(why, "426 Upgrade Required", lines);
    }

    private void refuse(String why, String status, String fields) {
        reason = why;
        agreed.subprotocol = null;
        agreed.deflate = null;
        answer = "HTTP/1.1 " + status + CRLF + fields + "Content-Length: 0" + CRLF + CRLF;
    }
}
