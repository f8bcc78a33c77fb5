package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.ErrnoAbi;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** A broker that breaks the protocol: one DISCONNECT event, everything closed, 5.0 told why. */
@Timeout(120)
class ProtocolErrorTest {
    private static final String CONNACK_TYPE = "2";

    private static int errno(String name) throws ReflectiveOperationException {
        return ErrnoAbi.class.getField(name).getInt(null);
    }

    /** Every malformed packet of the table, from a broker that had been all right until then. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = "/mqtt/packets.csv", numLinesToSkip = 1)
    void endsTheConnection(String rule, int version, String hex, String result) throws Exception {
        if (result.equals("ok") || rule.contains("method m") || version == MQTT_VERSION_3_1_0) {
            return; // DecoderRulesTest has those
        }
        try (Pair pair = Pair.tcp(version)) {
            boolean connack = hex.startsWith(CONNACK_TYPE);
            if (connack) {
                pair.open(version == MQTT_VERSION_5_0 ? Pair.CONNECT_5 : Pair.CONNECT);
            } else {
                pair.connected();
            }
            int sock = pair.client.sock();
            pair.broker.send(hex);
            TestClient c = pair.client;
            int rc = c.until("the end", () -> c.last().startsWith("DISCONNECT"));
            assertThat(rc).isEqualTo(-errno(result));
            assertThat(c.last()).isEqualTo("DISCONNECT " + rc);
            assertThat(c.events).hasSizeLessThanOrEqualTo(2);
            if (c.events.size() == 2) {
                assertThat(c.events.get(0)).isEqualTo("type " + eventOf(hex) + " result " + rc);
            }
            assertThat(fcntl(sock, F_GETFL)).isEqualTo(-1);
            String word = pair.broker.untilEnd();
            if (version == MQTT_VERSION_5_0 && !connack) {
                assertThat(word).matches("e001(81|82|90|94)");
            } else {
                assertThat(word).isEmpty();
            }
        }
    }

    private static int eventOf(String hex) {
        return PacketType.incoming(Integer.parseInt(hex.substring(0, 2), 16), 5).event;
    }

    static Stream<Pair> pairs() {
        return Pair.ofEachTransport(MQTT_VERSION_3_1_1);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void anyOtherPacketBeforeConnack(Pair pair) {
        try (pair) {
            for (String packet : new String[] {
                "3007 0003612f62 6869",
                "4002 0001",
                "5002 0001",
                "6202 0001",
                "7002 0001",
                "9003 0001 00",
                "b002 0001",
                "d000"
            }) {
                pair.open(Pair.CONNECT);
                pair.broker.send(packet);
                assertThat(pair.client.events(1)).isEqualTo(-EPROTO);
                assertThat(pair.client.events).containsExactly("DISCONNECT " + -EPROTO);
                pair.client.events.clear();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aSecondConnack(Pair pair) {
        try (pair) {
            pair.connected();
            pair.broker.send(Pair.CONNACK);
            assertThat(pair.client.events(1)).isEqualTo(-EPROTO);
            assertThat(pair.client.events).containsExactly("DISCONNECT " + -EPROTO);
        }
    }

    /** The library keeps no session: which identifiers are open is the application's knowledge. */
    @ParameterizedTest
    @MethodSource("pairs")
    void unknownIdentifiersAreToldAsTheyAre(Pair pair) {
        try (pair) {
            pair.connected();
            pair.broker.send("4002 1234 5002 1234 6202 1234 7002 1234 9003 1234 00 b002 1234 d000");
            pair.client.events(7);
            assertThat(pair.client.events)
                    .containsExactly(
                            "PUBACK id=4660 code=0 {}",
                            "PUBREC id=4660 code=0 {}",
                            "PUBREL id=4660 code=0 {}",
                            "PUBCOMP id=4660 code=0 {}",
                            "SUBACK id=4660 {} 0",
                            "UNSUBACK id=4660 {}",
                            "PINGRESP");
            assertThat(pair.client.c.unacked_ping).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"9082 04, 514", "30ff ffff 7fff ff, 65537", "e0ff ffff 7f, 0"})
    void lengthsThatDoNotFitTheReceiveBuffer(String head, int more) {
        try (Pair pair = Pair.tcp(MQTT_VERSION_5_0)) {
            pair.connected();
            pair.broker.send(head + "61".repeat(Math.min(more, 600)));
            assertThat(pair.client.events(1)).isEqualTo(-ENOMEM);
            assertThat(pair.client.events).containsExactly("DISCONNECT " + -ENOMEM);
        }
    }

    @Test
    void theReceiveBufferIsJustLargeEnough() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.connected();
            pair.broker.send("90fd03 0001" + "00".repeat(507));
            pair.client.events(1);
            assertThat(pair.client.last()).startsWith("SUBACK id=1 {} 0 0");
            pair.broker.send("90fe03 0001" + "00".repeat(508));
            assertThat(pair.client.events(2)).isEqualTo(-ENOMEM);
        }
    }
}
