package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.FakeBroker.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** MQTT in websocket frames (3.1.1 and 5.0, 6): a stream of bytes, whatever the frames are. */
@Timeout(60)
class WebsocketRulesTest {
    private static final int CONTINUE = 0;

    private static Pair connected() {
        Pair pair = Pair.websocket(MQTT_VERSION_3_1_1);
        pair.connected();
        return pair;
    }

    @Test
    void asksForTheSubprotocolOnce() {
        try (Pair pair = connected()) {
            assertThat(pair.broker.request())
                    .startsWith("GET /mqtt HTTP/1.1\r\n")
                    .contains("\r\nHost: localhost\r\n")
                    .contains("\r\nSec-WebSocket-Protocol: mqtt\r\n");
            assertThat(pair.client.c.transport.websocket.config.url).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"X-A: 1, 1", "sec-websocket-protocol: mqttv3.1, 0"})
    void keepsTheApplicationsHeaders(String header, int added) {
        try (Pair pair = Pair.websocket(MQTT_VERSION_3_1_1)) {
            String[] headers = {header + "\r\n", null, "X-Not-Reached: 1\r\n"};
            pair.client.c.transport.websocket.config.optional_headers = headers;
            pair.client.c.transport.websocket.config.url = "/x?y";
            pair.client.c.transport.websocket.config.host = "h";
            CompletableFuture<Void> accepting = Background.run(pair::accept);
            mqtt_connect(pair.client.c);
            Pair.join(accepting);
            assertThat(pair.broker.request())
                    .startsWith("GET /x?y HTTP/1.1\r\n")
                    .contains("\r\nHost: h\r\n")
                    .contains("\r\n" + header + "\r\n")
                    .doesNotContain("Not-Reached");
            assertThat(pair.broker.request().split("Sec-WebSocket-Protocol: mqtt\r\n", -1))
                    .hasSize(1 + added);
            assertThat(pair.client.c.transport.websocket.config.optional_headers)
                    .isSameAs(headers);
        }
    }

    /** The whole stream of packets in frames of any size, empty ones and pings among them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyFrames(long seed) {
        try (Pair pair = connected()) {
            Random random = new Random(seed);
            byte[] stream = bytes(
                    "3207 0003612f62 0001 3009 0003612f62 31323334 4002 0002 d000 ".repeat(20));
            int pings = 0;
            boolean open = false;
            for (int at = 0; at < stream.length; ) {
                int n = Math.min(random.nextInt(random.nextBoolean() ? 4 : 60), stream.length - at);
                boolean last = random.nextBoolean() || at + n == stream.length;
                byte[] part = Arrays.copyOfRange(stream, at, at + n);
                pair.broker.write(frame(last, open ? CONTINUE : BINARY, part));
                open = !last;
                at += n;
                if (random.nextInt(4) == 0) {
                    pings++;
                    pair.broker.write(frame(true, PING, new byte[random.nextInt(126)]));
                    pair.broker.write(frame(true, PONG, new byte[random.nextInt(3)]));
                }
            }
            pair.client.events(80);
            String message = "PUBLISH dup=0 qos=0 retain=0 topic=a/b id=0 {} payload=31323334";
            assertThat(pair.client.events).filteredOn(message::equals).hasSize(20);
            assertThat(pair.client.events).filteredOn("PINGRESP"::equals).hasSize(20);
            assertThat(mqtt_ping(pair.client.c)).isZero();
            pair.broker.expect("c000");
            assertThat(pings).isPositive();
            assertThat(pair.broker.control()).contains("8a:");
        }
    }

    /** Packets cut at every byte, as two messages and as fragments of one, a PING in between. */
    @ParameterizedTest
    @CsvSource({
        "4, 3209 0003612f62 0007 3132 4002 0002 d000, {}, {}",
        "5, 3211 0003612f62 0007 07 2600016b000176 3132 4008 0002 10 04 1f000161 d000,"
                + " {38=[k=v]}, {31=[a]}"
    })
    void everyCut(int version, String hex, String properties, String reason) {
        try (Pair pair = Pair.websocket(version)) {
            pair.connected();
            byte[] stream = bytes(hex);
            for (int cut = 0; cut <= 2 * stream.length; cut++) {
                boolean fragments = cut > stream.length;
                int at = fragments ? cut - stream.length : cut;
                byte[] before = Arrays.copyOf(stream, at);
                byte[] after = Arrays.copyOfRange(stream, at, stream.length);
                pair.broker.write(frame(!fragments, BINARY, before));
                pair.broker.write(frame(true, PING, new byte[at]));
                pair.broker.write(frame(true, fragments ? CONTINUE : BINARY, after));
                pair.client.events(3);
                assertThat(pair.client.events).as("cut %d", cut).hasSize(3);
                assertThat(pair.client.events.get(0))
                        .startsWith("PUBLISH dup=0 qos=1 retain=0 topic=a/b id=7 " + properties);
                assertThat(pair.client.events.get(1)).startsWith("PUBACK id=2").endsWith(reason);
                assertThat(pair.client.events.get(2)).isEqualTo("PINGRESP");
                pair.client.events.clear();
            }
        }
    }

    /** A megabyte in frames of 4 KiB, read in pieces that fit neither. */
    @Test
    void aMegabyteInFragments() {
        try (Pair pair = connected()) {
            pair.client.piece = 997;
            byte[] payload = new byte[1 << 20];
            new Random(5).nextBytes(payload);
            CompletableFuture<Void> sending = Background.run(() -> {
                pair.broker.write(frame(false, BINARY, bytes("3083 8040 000174")));
                for (int at = 0; at < payload.length; at += 4096) {
                    boolean last = at + 4096 == payload.length;
                    byte[] part = Arrays.copyOfRange(payload, at, at + 4096);
                    pair.broker.write(frame(last, CONTINUE, part));
                }
            });
            pair.client.events(1);
            Pair.join(sending);
            assertThat(pair.client.last()).endsWith("payload=" + HexFormat.of().formatHex(payload));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "68656c6c6f"})
    void answersPing(String payload) {
        try (Pair pair = connected()) {
            pair.broker.write(frame(true, PING, bytes(payload)));
            pair.broker.send("d000");
            pair.client.events(1);
            assertThat(mqtt_ping(pair.client.c)).isZero();
            pair.broker.expect("c000");
            assertThat(pair.broker.control()).isEqualTo("8a:" + payload);
            assertThat(pair.client.events).containsExactly("PINGRESP");
        }
    }

    /** A PING in the middle of a payload neither ends nor disturbs it. */
    @Test
    void pingInsideAPayload() {
        try (Pair pair = connected()) {
            pair.broker.write(frame(false, BINARY, bytes("300b 000174 3132")));
            pair.broker.write(frame(true, PING, bytes("ffff")));
            pair.broker.write(frame(false, CONTINUE, bytes("3334")));
            pair.broker.write(frame(true, PING, new byte[0]));
            pair.broker.write(frame(true, CONTINUE, bytes("35363738")));
            pair.client.events(1);
            assertThat(pair.client.events)
                    .containsExactly("PUBLISH dup=0 qos=0 retain=0 topic=t id=0 {}"
                            + " payload=3132333435363738");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, d000", "false, d000", "true, ''"})
    void refusesText(boolean last, String payload) {
        try (Pair pair = connected()) {
            pair.broker.write(frame(last, TEXT, bytes(payload)));
            assertThat(pair.client.events(1)).isEqualTo(-EPROTO);
            assertThat(pair.client.events).containsExactly("DISCONNECT " + -EPROTO);
            String end = pair.broker.untilEnd();
            assertThat(end).startsWith("8882").hasSize(16); // one CLOSE, masked, 2 bytes
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "03e8", "03e9627965"})
    void closeIsTheEndOfTheStream(String payload) {
        try (Pair pair = connected()) {
            int ws = pair.client.sock();
            int tcp = pair.client.c.transport.tcp.sock;
            pair.broker.write(frame(true, CLOSE, bytes(payload)));
            assertThat(pair.client.events(1)).isEqualTo(-ENOTCONN);
            assertThat(pair.client.events).containsExactly("DISCONNECT " + -ENOTCONN);
            assertThat(fcntl(ws, F_GETFL)).isEqualTo(-1);
            assertThat(fcntl(tcp, F_GETFL)).isEqualTo(-1);
            assertThat(pair.broker.untilEnd()).startsWith("88");
        }
    }

    @Test
    void disconnectClosesBothDescriptors() {
        try (Pair pair = connected()) {
            int ws = pair.client.sock();
            int tcp = pair.client.c.transport.tcp.sock;
            assertThat(mqtt_disconnect(pair.client.c, null)).isZero();
            assertThat(fcntl(ws, F_GETFL)).isEqualTo(-1);
            assertThat(fcntl(tcp, F_GETFL)).isEqualTo(-1);
            assertThat(pair.client.c.transport.tcp.sock).isEqualTo(-1);
            assertThat(pair.client.sock()).isEqualTo(-1);
            assertThat(pair.broker.frame()).isEqualTo(bytes("e000"));
            assertThat(pair.broker.untilEnd())
                    .startsWith("8880")
                    .hasSize(12); // CLOSE, then TCP's end
        }
    }

    /** One frame when the payload fits behind the head, two frames of one message when not. */
    @Test
    void framesOfAPublish() {
        try (Pair pair = connected()) {
            assertThat(pair.client.publish("t", 0, 0, "x".repeat(504))).isZero();
            assertThat(pair.broker.frame()).hasSize(3 + 3 + 504);
            assertThat(pair.client.publish("t", 0, 0, "x".repeat(505))).isZero();
            assertThat(pair.broker.frame()).isEqualTo(bytes("30fc03 000174"));
            assertThat(pair.broker.frame()).hasSize(505);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5_000})
    void theFirstPacketRidesBehindTheResponse(int timeout) {
        try (Pair pair = Pair.websocket(MQTT_VERSION_3_1_1)) {
            pair.client.c.transport.websocket.timeout = timeout; // 0 is not at once
            CompletableFuture<Void> accepting =
                    Background.run(() -> pair.broker.accept().upgrade("8204" + Pair.CONNACK));
            assertThat(mqtt_connect(pair.client.c)).isZero();
            Pair.join(accepting);
            pair.client.events(1);
            assertThat(pair.client.events).containsExactly("CONNACK present=0 code=0 {}");
        }
    }

    @Test
    void aRefusedUpgradeLeavesNothing() {
        try (Pair pair = Pair.websocket(MQTT_VERSION_3_1_1)) {
            CompletableFuture<Void> accepting = Background.run(() -> pair.broker
                    .accept()
                    .write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes()));
            assertThat(mqtt_connect(pair.client.c)).isEqualTo(-ECONNABORTED);
            Pair.join(accepting);
            assertThat(pair.client.c.transport.tcp.sock).isEqualTo(-1);
            assertThat(pair.client.sock()).isEqualTo(-1);
            assertThat(pair.client.events).isEmpty();
        }
    }
}
