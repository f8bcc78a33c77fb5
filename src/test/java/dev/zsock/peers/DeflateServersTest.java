package dev.zsock.peers;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.demo.Tap;
import dev.zsock.demo.WireFrame;
import dev.zsock.testkit.HttpEvents;
import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;
import dev.zsock.testkit.WsClient;
import dev.zsock.testkit.WsClient.Message;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** permessage-deflate with servers of other projects, each parameter at each of its values. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class DeflateServersTest {
    private static final String NODE = "nodeWs";
    private static final String PYTHON = "pythonWebsockets";
    private static final String NGINX = "nginx";
    private static final int[] SIZES = {0, 1, 125, 126, 127, 65535, 65536, 100_000};
    private static final int LARGE = 16 << 20;
    private static final Pattern SERVER_BITS = Pattern.compile("server_max_window_bits=(\\d+)");

    private final Map<String, Peer> peers = new TreeMap<>();

    /**
     * What is asked of a server.
     *
     * @param bits of the server's window, 0 for the default; the client's is 24 less that
     */
    record Offer(String peer, int bits, boolean serverNoContext, boolean clientNoContext) {
        WebsocketRequest request() {
            WebsocketRequest req = new WebsocketRequest();
            req.deflate = true;
            req.deflate_server_max_window_bits = bits;
            req.deflate_client_max_window_bits = bits == 0 ? 0 : 24 - bits;
            req.deflate_server_no_context_takeover = serverNoContext;
            req.deflate_client_no_context_takeover = clientNoContext;
            return req;
        }
    }

    static Stream<Offer> offers() {
        List<Offer> offers = new ArrayList<>();
        for (String peer : List.of(NODE, PYTHON)) {
            for (int i = 0; i < 4; i++) {
                offers.add(new Offer(peer, 0, (i & 1) != 0, (i & 2) != 0));
            }
            for (int bits = 9; bits <= 15; bits++) {
                offers.add(new Offer(peer, bits, (bits & 1) != 0, (bits & 2) != 0));
            }
        }
        offers.add(new Offer(NGINX, 0, false, false));
        offers.add(new Offer(NGINX, 11, true, false));
        offers.add(new Offer(NGINX, 13, false, true));
        return offers.stream();
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

    private static byte[] text(int n) {
        return ("é".repeat(n / 2) + "z".repeat(n % 2)).getBytes(UTF_8);
    }

    private static byte[] binary(int n) {
        byte[] bytes = new byte[n];
        Random random = new Random(n);
        random.nextBytes(bytes);
        for (int i = 0; i + 64 <= n; i += 64 + random.nextInt(512)) { // some of it compressible
            System.arraycopy(bytes, random.nextInt(1 + i), bytes, i, 64);
        }
        return bytes;
    }

    private static void comesBack(WsClient client, int opcode, byte[] payload) {
        client.send(opcode, payload);
        Message back = client.receive();
        assertThat(back.is(opcode == 1 ? WEBSOCKET_FLAG_TEXT : WEBSOCKET_FLAG_BINARY))
                .isTrue();
        assertThat(Arrays.equals(back.payload(), payload))
                .as("%d bytes come back", payload.length)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("offers")
    void everyMessageComesBack(Offer offer) {
        WebsocketRequest req = offer.request();
        HttpEvents events = new HttpEvents();
        req.http_cb = events.settings();
        try (WsClient client = WsClient.open(peers.get(offer.peer), "/echo", req)) {
            String answer = events.seen.stream()
                    .filter(e -> e.startsWith("value:permessage-deflate"))
                    .findFirst()
                    .orElse("refused");
            assertThat(answer).startsWith("value:permessage-deflate");
            Matcher bits = SERVER_BITS.matcher(answer);
            assertThat(bits.find() ? Integer.parseInt(bits.group(1)) : 15)
                    .isLessThanOrEqualTo(offer.bits == 0 ? 15 : offer.bits);
            assertThat(answer.contains("server_no_context_takeover"))
                    .isEqualTo(offer.serverNoContext);
            for (int size : SIZES) {
                for (int twice = 0; twice < 2; twice++) {
                    comesBack(client, WEBSOCKET_OPCODE_DATA_TEXT, text(size));
                    comesBack(client, WEBSOCKET_OPCODE_DATA_BINARY, binary(size));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NODE, PYTHON, NGINX})
    void sixteenMebibytesComeBack(String peer) {
        WebsocketRequest req = new Offer(peer, 0, false, false).request();
        try (WsClient client = WsClient.open(peers.get(peer), "/echo", req)) {
            comesBack(client, WEBSOCKET_OPCODE_DATA_BINARY, binary(LARGE));
            comesBack(client, WEBSOCKET_OPCODE_DATA_TEXT, text(LARGE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NODE, PYTHON})
    void bothWaysAreCompressedOnTheWire(String name) throws Exception {
        Peer peer = peers.get(name);
        try (Tap tap = Tap.before(peer.host(), peer.port())) {
            int sock = WsClient.tcp("127.0.0.1", tap.port());
            WebsocketRequest req = new Offer(name, 0, false, false).request();
            req.host = "localhost";
            req.url = "/echo";
            int ws = websocket_connect(sock, req, WsClient.LIMIT, null);
            byte[] text = text(3000);
            assertThat(send(ws, text, text.length, 0)).isEqualTo(text.length);
            assertThat(WsClient.receive(ws, WsClient.LIMIT).payload()).isEqualTo(text);
            for (boolean client : new boolean[] {true, false}) {
                WireFrame frame = tap.frame(client, WsClient.LIMIT).orElseThrow();
                assertThat(frame.header()[0] & 0xff).as("FIN, RSV1, TEXT").isEqualTo(0xc1);
                assertThat(frame.sent().length).isLessThan(100);
            }
            close(ws);
            close(sock);
        }
    }
}
