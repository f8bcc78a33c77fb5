package dev.zsock.peers;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;
import dev.zsock.testkit.WsClient;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Each rule of RFC 6455 and RFC 7692 broken before servers of other projects, which tell the close
 * code; and broken by them, whom our side tells it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class RulesAtPeersTest {
    private static final String NODE = "nodeWs";
    private static final String PYTHON = "pythonWebsockets";
    private static final String NGINX = "nginx"; // before NODE
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A rule that a server does not look at. */
    private static final int UNSEEN = 0;

    private static final boolean MASK = true;
    private static final boolean FIN = true;

    private final Map<String, Peer> peers = new TreeMap<>();
    private int id;

    /** What breaks a rule; sends it. */
    interface Breach {
        void by(WsClient client);
    }

    /**
     * A rule that our side breaks.
     *
     * @param node close code of node's ws
     * @param python close code of python's websockets
     */
    record Ours(String rule, String path, Breach breach, int node, int python) {
        Ours(String rule, Breach breach, int node, int python) {
            this(rule, "/echo", breach, node, python);
        }

        int code(String peer) {
            return peer.equals(PYTHON) ? python : node;
        }
    }

    /** One frame in raw mode. */
    private static Breach frame(int opcode, boolean mask, boolean fin, String hex) {
        return client -> {
            assertThat(setsockopt(client.ws, SOL_WEBSOCKET, WEBSOCKET_RAW, 1)).isZero();
            byte[] payload = HexFormat.of().parseHex(hex);
            int n = payload.length;
            assertThat(websocket_send_msg(client.ws, payload, n, opcode, mask, fin, K_FOREVER))
                    .isEqualTo(n);
            assertThat(setsockopt(client.ws, SOL_WEBSOCKET, WEBSOCKET_RAW, 0)).isZero();
        };
    }

    /** What raw mode cannot say: bytes on the transport. */
    private static Breach bytes(String hex) {
        return client -> {
            byte[] all = HexFormat.of().parseHex(hex.replace(" ", ""));
            assertThat(send(client.sock, all, all.length, 0)).isEqualTo(all.length);
        };
    }

    private static Breach both(Breach first, Breach second) {
        return client -> {
            first.by(client);
            second.by(client);
        };
    }

    private static Breach close(String payload) {
        return frame(WEBSOCKET_OPCODE_CLOSE, MASK, FIN, payload);
    }

    static List<Ours> ours() {
        int text = WEBSOCKET_OPCODE_DATA_TEXT;
        int binary = WEBSOCKET_OPCODE_DATA_BINARY;
        int ping = WEBSOCKET_OPCODE_PING;
        Breach begun = frame(text, MASK, !FIN, "61");
        return List.of(
                new Ours("5.1 a client masks", frame(text, !MASK, FIN, "61"), 1002, 1002),
                new Ours("5.2 RSV1 is 0", bytes("c180 00000000"), 1002, 1002),
                new Ours("5.2 RSV2 is 0", bytes("a180 00000000"), 1002, 1002),
                new Ours("5.2 RSV3 is 0", bytes("9180 00000000"), 1002, 1002),
                new Ours("5.2 opcode 3 is reserved", frame(3, MASK, FIN, "61"), 1002, 1002),
                new Ours("5.2 opcode 11 is reserved", frame(11, MASK, FIN, "61"), 1002, 1002),
                new Ours(
                        "5.2 63 bits of length",
                        bytes("82ff 8000000000000000 00000000"),
                        1009,
                        UNSEEN),
                new Ours("5.4 nothing to continue", frame(0, MASK, FIN, "61"), 1002, 1002),
                new Ours(
                        "5.4 a message is open",
                        both(begun, frame(binary, MASK, FIN, "62")),
                        1002,
                        1002),
                new Ours("5.5 control frames are whole", frame(ping, MASK, !FIN, ""), 1002, 1002),
                new Ours(
                        "5.5 125 bytes of control",
                        frame(ping, MASK, FIN, "00".repeat(126)),
                        1002,
                        1002),
                new Ours("5.5.1 no CLOSE of one byte", close("03"), 1002, 1002),
                new Ours("7.4 code 999", close("03e7"), 1002, 1002),
                new Ours("7.4.1 code 1004", close("03ec"), 1002, 1002),
                new Ours("7.4.1 code 1005", close("03ed"), 1002, 1002),
                new Ours("7.4.1 code 1006", close("03ee"), 1002, 1002),
                new Ours("7.4.1 code 1015", close("03f7"), 1002, 1002),
                new Ours("7.4.2 code 5000", close("1388"), 1002, 1002),
                new Ours(
                        "7.4.1 1009 too big",
                        "/small",
                        frame(binary, MASK, FIN, "00".repeat(1001)),
                        1009,
                        1009),
                new Ours("8.1 TEXT is UTF-8", frame(text, MASK, FIN, "eda080"), 1007, 1007),
                new Ours("8.1 a code point is cut", frame(text, MASK, FIN, "e282"), 1007, 1007),
                new Ours("8.1 a reason is UTF-8", close("03e8ff"), 1007, 1007));
    }

    record At(String peer, Ours rule) {
        @Override
        public String toString() {
            return peer + ": " + rule.rule;
        }
    }

    static Stream<At> oursAtPeers() {
        return Stream.of(NODE, PYTHON, NGINX)
                .flatMap(peer -> ours().stream().map(rule -> new At(peer, rule)))
                .filter(at -> at.rule.code(at.peer) != UNSEEN);
    }

    @BeforeAll
    void start() {
        peers.put(NODE, Peers.nodeWs());
        peers.put(PYTHON, Peers.pythonWebsockets());
        peers.put(NGINX, Peers.nginx(peers.get(NODE)));
    }

    @AfterAll
    void stop() {
        peers.values().forEach(Peer::close);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oursAtPeers")
    void aServerTellsTheCode(At at) {
        try (WsClient client = WsClient.open(peers.get(at.peer), at.rule.path)) {
            at.rule.breach.by(client);
            WsClient.Message close = client.receive();
            assertThat(close.is(WEBSOCKET_FLAG_CLOSE)).isTrue();
            assertThat(codeOf(close.payload())).isEqualTo(at.rule.code(at.peer));
            byte[] info = new byte[125];
            IntRef length = new IntRef(info.length);
            assertThat(getsockopt(client.ws, SOL_WEBSOCKET, WEBSOCKET_CLOSE_INFO, info, length))
                    .isZero();
            assertThat(codeOf(info)).isEqualTo(at.rule.code(at.peer));
            assertThat(length.value).isEqualTo(close.payload().length);
            assertThat(receive(client, 1)).isEqualTo(-ENOTCONN);
            assertThat(dev.zsock.Sockets.close(client.ws)).isZero();
        }
    }

    private static int codeOf(byte[] payload) {
        return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    }

    private static int receive(WsClient client, int room) {
        return websocket_recv_msg(client.ws, new byte[room], room, null, null, WsClient.LIMIT);
    }

    /**
     * A rule that the server breaks.
     *
     * @param good how many bytes of data come before the breach; 0xed may begin a code point
     * @param error what the receive gives
     * @param code what the server hears
     */
    record Theirs(String rule, String hex, int good, int error, int code) {
        Theirs(String rule, String hex) {
            this(rule, hex, 0, EPROTO, 1002);
        }
    }

    static List<Theirs> theirs() {
        return List.of(
                new Theirs("5.1 a server does not mask", "8181 00000000 61"),
                new Theirs("5.2 RSV1 on a control frame", "c900"),
                new Theirs("5.2 RSV1 on a continuation", "0101 61 c000", 1, EPROTO, 1002),
                new Theirs("5.2 RSV2 is 0", "a100"),
                new Theirs("5.2 RSV3 is 0", "9100"),
                new Theirs("5.2 opcode 3 is reserved", "8300"),
                new Theirs("5.2 opcode 11 is reserved", "8b00"),
                new Theirs("5.2 16 bits for 125", "827e007d"),
                new Theirs("5.2 64 bits for 65535", "827f000000000000ffff"),
                new Theirs("5.2 63 bits of length", "827f8000000000000000"),
                new Theirs("5.4 nothing to continue", "8000"),
                new Theirs("5.4 a message is open", "0201 61 8201 62", 1, EPROTO, 1002),
                new Theirs("5.5 control frames are whole", "0900"),
                new Theirs("5.5 125 bytes of control", "897e007e" + "00".repeat(126)),
                new Theirs("5.5.1 no CLOSE of one byte", "880103"),
                new Theirs("7.4 code 999", "880203e7"),
                new Theirs("7.4.1 code 1004", "880203ec"),
                new Theirs("7.4.1 code 1005", "880203ed"),
                new Theirs("7.4.1 code 1006", "880203ee"),
                new Theirs("7.4.1 code 1015", "880203f7"),
                new Theirs("7.4.2 code 2999", "88020bb7"),
                new Theirs("7.4.2 code 5000", "88021388"),
                new Theirs("8.1 TEXT is UTF-8", "8105 6f6b eda080", 3, EILSEQ, 1007),
                new Theirs("8.1 at once, unfinished", "817e0100 6fff", 1, EILSEQ, 1007),
                new Theirs("8.1 across fragments", "0102 f09f 8001 41", 2, EILSEQ, 1007),
                new Theirs("8.1 a code point is cut", "8102 e282", 1, EILSEQ, 1007),
                new Theirs("8.1 a reason is UTF-8", "880303e8ff", 0, EILSEQ, 1007),
                new Theirs("10.4 a limit of ours", "82020102 827e0400", 2, EMSGSIZE, 1009),
                new Theirs("7692 7.2.2 broken deflate", "c2040007f8ff", 0, EPROTO, 1002),
                new Theirs("7692 7.2.2 bad UTF-8 inside", "c107 cacf7ebba00100", 3, EILSEQ, 1007));
    }

    record From(String peer, Theirs rule) {
        @Override
        public String toString() {
            return peer + ": " + rule.rule;
        }
    }

    static Stream<From> theirsFromPeers() {
        return Stream.of(NODE, PYTHON, NGINX)
                .flatMap(peer -> theirs().stream().map(rule -> new From(peer, rule)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("theirsFromPeers")
    void aServerIsToldTheCode(From from) {
        Theirs rule = from.rule;
        WebsocketRequest req = new WebsocketRequest();
        req.deflate = true;
        String path = "/raw?id=" + ++id + "&hex=" + rule.hex.replace(" ", "");
        Peer peer = peers.get(from.peer);
        try (WsClient client = WsClient.open(peer, path, req)) {
            assertThat(setsockopt(client.ws, SOL_WEBSOCKET, WEBSOCKET_MAX_MESSAGE, 1000))
                    .isZero();
            int good = 0;
            int rc = receive(client, 1);
            while (rc >= 0) {
                good += rc;
                rc = receive(client, 1);
            }
            assertThat(rc).isEqualTo(-rule.error);
            assertThat(good).isEqualTo(rule.good);
            assertThat(receive(client, 1)).isEqualTo(-ENOTCONN);
            assertThat(send(client.ws, new byte[] {'x'}, 1, 0)).isEqualTo(-1);
            assertThat(errno()).isEqualTo(EPIPE);
            assertThat(dev.zsock.Sockets.close(client.ws)).isZero();
        }
        Peer prints = from.peer.equals(NGINX) ? peers.get(NODE) : peer; // when TCP has ended
        String closed = "closed " + id + " ";
        Await.until(closed, LIMIT, () -> prints.output().contains(closed));
        assertThat(prints.output().lines()).contains(closed + rule.code);
    }
}
