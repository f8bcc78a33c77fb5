package dev.zsock.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.zsock.testkit.AcceptValue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What the contract expects of websocket_connect. */
final class ModelConnect {
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%.*)?");
    private static final Pattern HEADER_LINES =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\\r\\n\\x00]*\\r\\n)+");

    private final Model model;
    private final Outcome o;
    private final JsonNode args;
    private final CallObs obs;
    private ModelConn conn;

    ModelConnect(Model model, Outcome o, JsonNode args, CallObs obs) {
        this.model = model;
        this.o = o;
        this.args = args;
        this.obs = obs;
    }

    void run() {
        int sock = args.path("sock").asInt();
        String host = ConnectArgs.text(args, "host", ConnectArgs.DEFAULT_HOST);
        String url = ConnectArgs.text(args, "url", ConnectArgs.DEFAULT_URL);
        boolean noRequest = args.has("req") && args.get("req").isNull();
        if (noRequest || sock < 0 || host == null || url == null) {
            o.fail("EINVAL");
            return;
        }
        if (injects(host) || injects(url) || !headersSound()) {
            o.rule(Rule.CONNECT_STRINGS);
            o.fail("EINVAL");
            return;
        }
        Object file = model.file(sock);
        conn = file instanceof ModelConn c ? c : null;
        if (file instanceof ModelWs) {
            o.rule(Rule.CONNECT_OVER_WEBSOCKET);
            o.fail("EEXIST");
        } else if (conn == null) {
            o.fail("ECONNABORTED");
        } else if (conn.ws != null) {
            o.fail("EEXIST");
        } else {
            noteEarlierWebsockets();
            handshake(host, url);
        }
    }

    /**
     * Zephyr has a fixed pool, and a refused callback loses a place of it and leaves the socket
     * marked.
     */
    private void noteEarlierWebsockets() {
        if (model.poolEmpty()) {
            o.rule(Rule.CONNECT_CONTEXTS);
        }
        if (conn.refused) {
            o.rule(Rule.CONNECT_CALLBACK);
        }
    }

    private static boolean injects(String text) {
        return text.chars().anyMatch(c -> c <= 0x20 || c == 0x7f);
    }

    private boolean headersSound() {
        if (args.has("optional_headers_cb")) {
            return true;
        }
        for (JsonNode header : args.path("optional_headers")) {
            if (header.isNull()) {
                return true;
            }
            if (!HEADER_LINES.matcher(header.asText()).matches()) {
                return false;
            }
        }
        return true;
    }

    private void handshake(String host, String url) {
        if (conn.rstAt <= o.start) {
            o.fail("ECONNABORTED");
            return;
        }
        String first = "GET " + url + " HTTP/1.1\r\nHost: " + inBrackets(host) + "\r\n";
        StringBuilder request = new StringBuilder(first);
        JsonNode cb = args.path("optional_headers_cb");
        if (cb.isObject()) {
            request.append(cb.path("sends").asText());
            if (cb.path("ret").asInt() < 0) {
                write(request.toString());
                o.fail("ECONNABORTED");
                return;
            }
        } else {
            for (JsonNode header : args.path("optional_headers")) {
                if (header.isNull()) {
                    break;
                }
                request.append(header.asText());
            }
        }
        String key = "A".repeat(22) + "==";
        write(request + "Sec-WebSocket-Key: " + key + "\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n");
        int timeout = args.path("timeout").asInt(ApiCalls.CONNECT_TIMEOUT);
        answer(Model.deadline(o.start, timeout));
    }

    private void write(String text) {
        conn.write(text.getBytes(StandardCharsets.UTF_8), o.start);
    }

    private String inBrackets(String host) {
        if (!IPV6.matcher(host).matches() || !parses(host.replaceAll("%.*", ""))) {
            return host;
        }
        o.rule(Rule.CONNECT_HOST);
        return "[" + host.replaceAll("%.*", "") + "]";
    }

    private static boolean parses(String address) {
        try {
            return address.chars().filter(c -> c == ':').count() > 1
                    && java.net.InetAddress.getByName(address) != null;
        } catch (java.net.UnknownHostException e) {
            return false;
        }
    }

    /** Reads the answer as it comes in, one interim answer after the other. */
    private void answer(double until) {
        HeadReader.Asked asked = asked();
        int from = conn.pos;
        while (true) {
            HeadReader.Head head = firstHead(from, until, asked);
            if (head == null) {
                noAnswer(until);
                return;
            }
            double at = Math.max(o.start, conn.timeOf(head.end() - 1));
            if (head.refusedBy() != null) {
                o.rule(head.refusedBy());
                events(head.end());
                conn.pos = head.end();
                conn.drop(at);
                o.fail("ECONNABORTED", at);
                return;
            }
            if (head.status() == 101) {
                accepted(head, from, at);
                return;
            }
            o.rule(Rule.HANDSHAKE_INTERIM);
            from = head.end();
        }
    }

    /** The head as soon as enough of it has come. */
    private HeadReader.Head firstHead(int from, double until, HeadReader.Asked asked) {
        return HeadReader.read(conn.in(), from, conn.arrived(until), asked);
    }

    private void noAnswer(double until) {
        if (Outcome.by(conn.finAt, until) && conn.arrived(until) == conn.pos && model.accepted) {
            o.rule(Rule.HANDSHAKE_ACCEPT);
        }
        events(conn.arrived(until));
        conn.unknownIn = conn.arrived(until) > conn.pos;
        conn.pos = conn.arrived(until);
        if (Outcome.by(conn.endAt(), until)) {
            o.fail("ECONNABORTED", conn.endAt());
        } else {
            o.timeout("ECONNABORTED", until);
            o.timedOut &= !conn.unknownIn; // half a head may be refused early
        }
    }

    /** What http_cb sees of the answer, which ends at to. */
    private void events(int to) {
        if (!args.path("http_cb").asBoolean()) {
            return;
        }
        HttpEvents e = HttpEvents.of(conn.in(), conn.pos, to);
        if (e.told() != null) {
            o.result.set("http_cb_events", e.told());
        }
        if (e.told() != null && e.departs()) {
            o.rule(Rule.HANDSHAKE_EVENTS);
        }
    }

    private HeadReader.Asked asked() {
        List<String> protocols = new ArrayList<>();
        for (JsonNode header : args.path("optional_headers")) {
            for (String line : header.asText().split("\r\n")) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-protocol:")) {
                    String list = line.substring(line.indexOf(':') + 1);
                    Arrays.stream(list.split(",")).map(String::strip).forEach(protocols::add);
                }
            }
        }
        String key = obs.keys.getOrDefault(conn.index, "");
        boolean any = args.has("optional_headers_cb");
        return new HeadReader.Asked(AcceptValue.of(key), protocols, any);
    }

    private int tmpSize() {
        boolean none = ApiCalls.isNull(args, "tmp_buf");
        return none ? 0 : args.path("tmplen").asInt(ConnectArgs.DEFAULT_TMP);
    }

    /** Why Zephyr may have refused what is accepted here. */
    private void noteAccepted(HeadReader.Head head, int from, double at) {
        if (conn.rstAt <= at) {
            o.rule(Rule.RECV_DATA_FIRST);
        }
        if (conn.pieces(from, head.end()) > 1) {
            o.rule(Rule.HANDSHAKE_PIECES);
        }
        if (tmpSize() < head.end() - from) {
            o.rule(Rule.CONNECT_BUFFER);
        }
        HeadReader.reasonsToDiffer(conn.in(), from, head).forEach(o::rule);
    }

    private void accepted(HeadReader.Head head, int from, double at) {
        model.accepted = true;
        noteAccepted(head, from, at);
        events(head.end());
        conn.pos = head.end();
        conn.hasRead(conn.pos);
        ModelWs ws = new ModelWs(conn, true, model.raw);
        int number = model.open(ws);
        if (number < 0) {
            o.fail("ENOSPC", at);
            return;
        }
        conn.ws = ws;
        int answer = 0;
        boolean closed = false;
        if (args.has("cb")) {
            ConnectArgs.Callback does =
                    ConnectArgs.Callback.parse(args.path("cb").asText());
            answer = does.answer();
            closed = does.closes();
            ObjectNode cb = o.result.putObject("cb");
            cb.put("ws_sock", number).put("http_status", 101);
            cb.put("user_data_ok", true).put("cb_ret", answer);
        }
        if (closed && answer >= 0) {
            new ModelSend(o, ws).close();
            model.free(number);
            o.rule(Rule.CONNECT_CALLBACK);
            o.result.remove("errno");
            o.fail("EBADF", at);
        } else if (answer < 0) {
            new ModelSend(o, ws).close();
            model.free(number);
            conn.refused = true;
            model.refusals++;
            o.result.remove("errno");
            o.ret(answer, at);
            o.result.put("ret_name", "-" + Numbers.errnoName(-answer));
        } else {
            o.ret(number, at);
        }
    }
}
