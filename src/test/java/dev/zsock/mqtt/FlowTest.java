package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.stream.Stream;

/** The client against a broker that sends what a test says, over every transport. */
@Timeout(60)
class FlowTest {
    static Stream<Pair> pairs() {
        return Pair.ofEachTransport(MQTT_VERSION_3_1_1);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void publishesWithEachQos(Pair pair) {
        try (pair) {
            pair.connected();
            TestClient c = pair.client;
            assertThat(c.publish("a/b", 0, 0, "hi")).isZero();
            pair.broker.expect("3007 0003612f62 6869");
            assertThat(c.publish("a/b", 1, 7, "hi")).isZero();
            pair.broker.expect("3209 0003612f62 0007 6869").send("4002 0007");
            assertThat(c.events(1)).isZero();
            assertThat(c.publish("a/b", 2, 0xffff, "")).isZero();
            pair.broker.expect("3407 0003612f62 ffff").send("5002 ffff");
            c.events(2);
            assertThat(c.pubrel(0xffff)).isZero();
            pair.broker.expect("6202 ffff").send("7002 ffff");
            c.events(3);
            assertThat(c.events)
                    .containsExactly(
                            "PUBACK id=7 code=0 {}",
                            "PUBREC id=65535 code=0 {}",
                            "PUBCOMP id=65535 code=0 {}");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void repeatsWithDupAndRetain(Pair pair) {
        try (pair) {
            pair.connected();
            MqttPublishParam p = pair.client.message("t", 1, 9, "x");
            p.dup_flag = 1;
            p.retain_flag = 1;
            assertThat(mqtt_publish(pair.client.c, p)).isZero();
            pair.broker.expect("3b06 000174 0009 78");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void receivesWithEachQos(Pair pair) {
        try (pair) {
            pair.connected();
            TestClient c = pair.client;
            pair.broker.send("3007 0003612f62 6869");
            c.events(1);
            pair.broker.send("3b09 0003612f62 0001 6869");
            c.events(2);
            assertThat(c.puback(1)).isZero();
            pair.broker.expect("4002 0001").send("3407 0003612f62 0002");
            c.events(3);
            assertThat(c.pubrec(2)).isZero();
            pair.broker.expect("5002 0002").send("6202 0002");
            c.events(4);
            assertThat(c.pubcomp(2)).isZero();
            pair.broker.expect("7002 0002");
            assertThat(c.events)
                    .containsExactly(
                            "PUBLISH dup=0 qos=0 retain=0 topic=a/b id=0 {} payload=6869",
                            "PUBLISH dup=1 qos=1 retain=1 topic=a/b id=1 {} payload=6869",
                            "PUBLISH dup=0 qos=2 retain=0 topic=a/b id=2 {} payload=",
                            "PUBREL id=2 code=0 {}");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everythingByteByByte(Pair pair) {
        try (pair) {
            pair.open(Pair.CONNECT);
            TestClient c = pair.client;
            pair.broker.sendByteByByte(Pair.CONNACK + "3209 0003612f62 0001 6869 d000"
                    + "4002 0001 5002 0002 6202 0003 7002 0004 9005 0005 000180 b002 0006");
            c.events(9);
            assertThat(c.events)
                    .containsExactly(
                            "CONNACK present=0 code=0 {}",
                            "PUBLISH dup=0 qos=1 retain=0 topic=a/b id=1 {} payload=6869",
                            "PINGRESP",
                            "PUBACK id=1 code=0 {}",
                            "PUBREC id=2 code=0 {}",
                            "PUBREL id=3 code=0 {}",
                            "PUBCOMP id=4 code=0 {}",
                            "SUBACK id=5 {} 0 1 128",
                            "UNSUBACK id=6 {}");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void subscribesUnsubscribesPingsAndLeaves(Pair pair) {
        try (pair) {
            pair.connected();
            TestClient c = pair.client;
            assertThat(mqtt_subscribe(c.c, TestClient.list(3, 1, "a/#", "+"))).isZero();
            pair.broker.expect("820c 0003 0003612f23 01 00012b 01").send("9004 0003 0180");
            c.events(1);
            assertThat(mqtt_unsubscribe(c.c, TestClient.list(4, 0, "+"))).isZero();
            pair.broker.expect("a205 0004 00012b").send("b002 0004");
            c.events(2);
            assertThat(mqtt_ping(c.c)).isZero();
            assertThat(c.c.unacked_ping).isEqualTo(1);
            pair.broker.expect("c000").send("d000");
            c.events(3);
            assertThat(c.c.unacked_ping).isZero();
            assertThat(mqtt_disconnect(c.c, null)).isZero();
            pair.broker.expect("e000");
            pair.broker.untilEnd();
            assertThat(c.events)
                    .containsExactly(
                            "SUBACK id=3 {} 1 128", "UNSUBACK id=4 {}", "PINGRESP", "DISCONNECT 0");
            assertThat(mqtt_ping(c.c)).isEqualTo(-ENOTCONN);
            assertThat(mqtt_input(c.c)).isEqualTo(-ENOTCONN);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theBrokerEndsTheStream(Pair pair) {
        try (pair) {
            pair.connected();
            pair.broker.end();
            assertThat(pair.client.events(1)).isEqualTo(-ENOTCONN);
            assertThat(pair.client.events).containsExactly("DISCONNECT " + -ENOTCONN);
            assertThat(mqtt_input(pair.client.c)).isEqualTo(-ENOTCONN);
            assertThat(mqtt_abort(pair.client.c)).isZero();
            assertThat(pair.client.events).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theBrokerResets(Pair pair) {
        try (pair) {
            pair.connected();
            pair.broker.reset();
            assertThat(pair.client.events(1)).isEqualTo(-ECONNRESET);
            assertThat(pair.client.events).containsExactly("DISCONNECT " + -ECONNRESET);
        }
    }

    /** 3.2.2.3: the event has the code, the return value and the end say ECONNREFUSED. */
    @ParameterizedTest
    @MethodSource("pairs")
    void theBrokerRefuses(Pair pair) {
        try (pair) {
            pair.open(Pair.CONNECT);
            pair.broker.send("2002 0005");
            assertThat(pair.client.events(2)).isEqualTo(-ECONNREFUSED);
            assertThat(pair.client.events)
                    .containsExactly(
                            "CONNACK present=0 code=5 {} result 5", "DISCONNECT " + -ECONNREFUSED);
        }
    }

    /** All packets in one segment or frame: poll stays true until the last is taken. */
    @ParameterizedTest
    @MethodSource("pairs")
    void manyPacketsAtOnce(Pair pair) {
        try (pair) {
            pair.connected();
            pair.broker.send("3004 000174 31".repeat(200));
            pair.client.events(200);
            assertThat(pair.client.events)
                    .hasSize(200)
                    .containsOnly("PUBLISH dup=0 qos=0 retain=0 topic=t id=0 {} payload=31");
        }
    }

    /** The functions give their errors themselves; errno() belongs to the BSD calls. */
    @ParameterizedTest
    @MethodSource("pairs")
    void errnoIsLeftAlone(Pair pair) {
        try (pair) {
            set_errno(ENOSPC);
            pair.connected();
            set_errno(ENOSPC);
            assertThat(mqtt_input(pair.client.c)).isZero();
            assertThat(pair.client.publish("t", 1, 1, "x".repeat(5000))).isZero();
            assertThat(mqtt_ping(pair.client.c)).isZero();
            pair.broker.reset();
            int rc = 0;
            for (long end = System.nanoTime() + TestClient.PATIENCE_NS; rc == 0; ) {
                rc = pair.client.publish("t", 0, 0, "");
                assertThat(System.nanoTime()).isLessThan(end);
            }
            assertThat(rc).isIn(-ECONNRESET, -EPIPE);
            assertThat(pair.client.events).containsExactly("DISCONNECT " + rc);
            assertThat(errno()).isEqualTo(ENOSPC);
        }
    }

    /** Only the packet is written to the transmit buffer. */
    @ParameterizedTest
    @MethodSource("pairs")
    void theRestOfTheTransmitBufferStays(Pair pair) {
        try (pair) {
            Arrays.fill(pair.client.c.tx_buf, (byte) 0x55);
            pair.connected();
            assertThat(mqtt_ping(pair.client.c)).isZero();
            assertThat(pair.client.c.tx_buf[511]).isEqualTo((byte) 0x55);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void connectsAgainAfterTheEnd(Pair pair) {
        try (pair) {
            for (int i = 0; i < 3; i++) {
                pair.connected();
                assertThat(mqtt_abort(pair.client.c)).isZero();
                assertThat(pair.client.events).containsExactly("DISCONNECT " + -ECONNABORTED);
                pair.client.events.clear();
                pair.broker.untilEnd();
            }
        }
    }
}
