package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** What only 5.0 has, against a broker that sends what the test says. */
@Timeout(60)
class Version5Test {
    private static Pair connected(String connack) {
        Pair pair = Pair.tcp(MQTT_VERSION_5_0);
        pair.connected(connack);
        return pair;
    }

    static Stream<Pair> pairs() {
        return Pair.ofEachTransport(MQTT_VERSION_5_0);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theBrokerDisconnects(Pair pair) {
        try (pair) {
            pair.connected();
            pair.broker.send("e00a 8b 08 1f0005 6c61746572");
            pair.client.events(1);
            assertThat(pair.client.events)
                    .containsExactly("DISCONNECT code=139 {31=[later]} result 139");
            assertThat(mqtt_input(pair.client.c)).isEqualTo(-ENOTCONN);
            assertThat(pair.client.sock()).isEqualTo(-1);
        }
    }

    /** The transport is closed when the event is told, so that it can be opened again there. */
    @Test
    void connectsAgainInTheEvent() {
        try (Pair pair = connected("2003 0000 00")) {
            pair.client.also = evt -> {
                if (evt.type == MQTT_EVT_DISCONNECT) {
                    assertThat(pair.client.sock()).isEqualTo(-1);
                    assertThat(mqtt_connect(pair.client.c)).isZero();
                }
            };
            pair.broker.send("e001 9c");
            pair.client.events(1);
            pair.client.also = evt -> {};
            pair.broker.accept().expect(Pair.CONNECT_5).send(Pair.CONNACK_5);
            pair.client.events(2);
            assertThat(pair.client.events)
                    .containsExactly(
                            "DISCONNECT code=156 {} result 156", "CONNACK present=0 code=0 {}");
        }
    }

    @Test
    void leavesWithAReason() {
        try (Pair pair = connected(Pair.CONNACK_5)) {
            MqttDisconnectParam p = new MqttDisconnectParam();
            p.reason_code = MQTT_DISCONNECT_WITH_WILL_MSG;
            assertThat(mqtt_disconnect(pair.client.c, p)).isZero();
            assertThat(pair.broker.untilEnd()).isEqualTo("e00104");
            assertThat(pair.client.events).containsExactly("DISCONNECT 0");
        }
    }

    /** 3.14.2.2.2 and the codes of servers: nothing is sent. */
    @Test
    void reasonsThatAClientCannotGive() {
        try (Pair pair = connected(Pair.CONNACK_5)) {
            MqttDisconnectParam p = new MqttDisconnectParam();
            p.reason_code = MQTT_DISCONNECT_SERVER_BUSY;
            assertThat(mqtt_disconnect(pair.client.c, p)).isEqualTo(-EINVAL);
            p.reason_code = MQTT_DISCONNECT_NORMAL;
            p.prop.session_expiry_interval = 10;
            assertThat(mqtt_disconnect(pair.client.c, p)).isEqualTo(-EINVAL);
            assertThat(mqtt_disconnect(pair.client.c, null)).isZero();
            assertThat(pair.broker.untilEnd()).isEqualTo("e000");
        }
    }

    @Test
    void authenticatesBeforeConnackAndAfter() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_5_0)) {
            TestClient c = pair.client;
            c.c.prop.auth_method.set(MQTT_UTF8_LITERAL("m"));
            pair.open("1016 00044d515454 05 02 003c 07 220008 1500016d 0002 7a73");
            assertThat(auth(c, MQTT_AUTH_RE_AUTHENTICATE, "m")).isEqualTo(-ENOTCONN); // 4.12.1
            pair.broker.send("f00a 18 08 1500016d 16000142");
            c.events(1);
            assertThat(auth(c, MQTT_AUTH_CONTINUE_AUTHENTICATION, "m")).isZero();
            pair.broker.expect("f006 18 04 1500016d").send("2007 0000 04 1500016d");
            c.events(2);
            assertThat(auth(c, MQTT_AUTH_RE_AUTHENTICATE, "other")).isEqualTo(-EINVAL);
            assertThat(auth(c, MQTT_AUTH_SUCCESS, "m")).isEqualTo(-EINVAL);
            assertThat(auth(c, MQTT_AUTH_RE_AUTHENTICATE, "m")).isZero();
            pair.broker.expect("f006 19 04 1500016d").send("f006 00 04 1500016d");
            c.events(3);
            assertThat(c.events)
                    .containsExactly(
                            "AUTH code=24 {21=[m], 22=[42]} result 24",
                            "CONNACK present=0 code=0 {21=[m]}",
                            "AUTH code=0 {21=[m]}");
        }
    }

    private static int auth(TestClient c, int code, String method) {
        MqttAuthParam p = new MqttAuthParam();
        p.reason_code = code;
        p.prop.auth_method.set(MQTT_UTF8_LITERAL(method));
        return mqtt_auth(c.c, p);
    }

    /** 3.2.2-21. */
    @Test
    void theBrokersKeepAliveCounts() {
        try (Pair pair = connected("2006 0000 03 1300c8")) {
            assertThat(pair.client.c.keepalive).isEqualTo(200);
            assertThat(mqtt_keepalive_time_left(pair.client.c)).isBetween(100_000, 200_000);
        }
    }

    /** 3.2.2-11, 3.2.2-14, 3.2.2-17, 3.2.2-15: what the broker does not take is not sent. */
    @Test
    void whatTheBrokerDoesNotTake() {
        try (Pair pair = connected("200f 0000 0c 2401 2500 220002 2700000014")) {
            TestClient c = pair.client;
            assertThat(c.publish("t", 2, 1, "")).isEqualTo(-EINVAL);
            MqttPublishParam p = c.message("t", 1, 1, "");
            p.retain_flag = 1;
            assertThat(mqtt_publish(c.c, p)).isEqualTo(-EINVAL);
            p.retain_flag = 0;
            p.prop.topic_alias = 3;
            assertThat(mqtt_publish(c.c, p)).isEqualTo(-EINVAL);
            p.prop.topic_alias = 2;
            assertThat(mqtt_publish(c.c, p)).isZero();
            pair.broker.expect("3209 000174 0001 03 230002");
            assertThat(c.publish("t", 0, 0, "x".repeat(15))).isEqualTo(-EMSGSIZE);
            assertThat(c.publish("t", 0, 0, "x".repeat(14))).isZero();
            pair.broker.expect("3012 000174 00" + "78".repeat(14));
            p.message.topic.topic.size = 0;
            assertThat(mqtt_publish(c.c, p)).isZero();
            pair.broker.expect("3208 0000 0001 03 230002");
            p.prop.topic_alias = 0;
            assertThat(mqtt_publish(c.c, p)).isEqualTo(-EINVAL);
        }
    }

    /** 3.3.2.3.4: an alias stands for a topic once a packet with both has gone, till the end. */
    @Test
    void anAliasThatStandsForNothingIsNotSent() {
        String connack = "2006 0000 03 220002";
        try (Pair pair = connected(connack)) {
            TestClient c = pair.client;
            MqttPublishParam bare = c.message("", 0, 0, "");
            bare.prop.topic_alias = 1;
            assertThat(mqtt_publish(c.c, bare)).isEqualTo(-EINVAL);
            MqttPublishParam large = c.message("t".repeat(c.c.tx_buf_size), 0, 0, "");
            large.prop.topic_alias = 1;
            assertThat(mqtt_publish(c.c, large)).isNegative();
            assertThat(mqtt_publish(c.c, bare)).as("it was not sent").isEqualTo(-EINVAL);
            MqttPublishParam both = c.message("t", 0, 0, "");
            both.prop.topic_alias = 1;
            assertThat(mqtt_publish(c.c, both)).isZero();
            pair.broker.expect("3007 000174 03 230001");
            assertThat(mqtt_publish(c.c, bare)).isZero();
            pair.broker.expect("3006 0000 03 230001");
            bare.prop.topic_alias = 2;
            assertThat(mqtt_publish(c.c, bare)).as("another one").isEqualTo(-EINVAL);
            mqtt_abort(c.c);
            c.events.clear();
            pair.connected(connack);
            bare.prop.topic_alias = 1;
            assertThat(mqtt_publish(c.c, bare)).as("on a new connection").isEqualTo(-EINVAL);
        }
    }

    /** 3.2.2.3.11 to 3.2.2.3.13. */
    @Test
    void subscriptionsThatTheBrokerDoesNotTake() {
        try (Pair pair = connected("2009 0000 06 2800 2900 2a00")) {
            TestClient c = pair.client;
            assertThat(mqtt_subscribe(c.c, TestClient.list(1, 0, "a", "b/#"))).isEqualTo(-EINVAL);
            assertThat(mqtt_subscribe(c.c, TestClient.list(1, 0, "$share/g/a"))).isEqualTo(-EINVAL);
            MqttSubscriptionList list = TestClient.list(1, 0, "a");
            list.prop.subscription_identifier = 1;
            assertThat(mqtt_subscribe(c.c, list)).isEqualTo(-EINVAL);
            assertThat(mqtt_subscribe(c.c, TestClient.list(1, 0x2d, "a"))).isZero();
            pair.broker.expect("8207 0001 00 000161 2d");
        }
    }

    /** 3.8.3.1, 3.8.3-4, 4.8.2. */
    @Test
    void subscriptionOptions() {
        try (Pair pair = connected(Pair.CONNACK_5)) {
            TestClient c = pair.client;
            for (int options : new int[] {0x03, 0x30, 0x40, 0x80, -1, 256}) {
                assertThat(mqtt_subscribe(c.c, TestClient.list(1, options, "a")))
                        .as("%x", options)
                        .isEqualTo(-EINVAL);
            }
            assertThat(mqtt_subscribe(c.c, TestClient.list(1, 4, "$share/g/a"))).isEqualTo(-EINVAL);
            assertThat(mqtt_subscribe(c.c, TestClient.list(1, 0, "$share/g"))).isEqualTo(-EINVAL);
            assertThat(mqtt_subscribe(c.c, TestClient.list(1, 2, "$share/g/a"))).isZero();
        }
    }

    /** 3.3.4-7, 4.9: the broker takes two messages at a time. */
    @Test
    void waitsForTheBrokersReceiveMaximum() {
        try (Pair pair = connected("2006 0000 03 210002")) {
            TestClient c = pair.client;
            assertThat(c.publish("t", 1, 1, "")).isZero();
            assertThat(c.publish("t", 2, 2, "")).isZero();
            assertThat(c.publish("t", 1, 3, "")).isEqualTo(-EAGAIN);
            assertThat(c.publish("t", 0, 0, "")).isZero();
            pair.broker.send("4002 0001");
            c.events(1);
            assertThat(c.publish("t", 1, 3, "")).isZero();
            assertThat(c.publish("t", 1, 4, "")).isEqualTo(-EAGAIN);
            pair.broker.send("5002 0002");
            c.events(2);
            assertThat(c.publish("t", 1, 4, "")).isEqualTo(-EAGAIN);
            pair.broker.send("7002 0002 5003 0003 83");
            c.events(4);
            assertThat(c.publish("t", 2, 4, "")).isZero();
            assertThat(c.publish("t", 2, 5, "")).isZero();
            assertThat(c.publish("t", 2, 6, "")).isEqualTo(-EAGAIN);
        }
    }

    /** 3.3.4-9: the broker sends more than the client had said. */
    @Test
    void theClientsReceiveMaximum() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_5_0)) {
            TestClient c = pair.client;
            c.c.prop.receive_maximum = 2;
            pair.open("1015 00044d515454 05 02 003c 06 210002 220008 0002 7a73");
            pair.broker.send(Pair.CONNACK_5 + "3206 000174 0001 00 3406 000174 0002 00");
            c.events(3);
            c.puback(1);
            pair.broker.send("3206 000174 0003 00");
            c.events(4);
            c.pubrec(2);
            c.pubcomp(2);
            pair.broker.send("3206 000174 0004 00 3206 000174 0005 00");
            assertThat(c.events(7)).isEqualTo(-EPROTO);
            assertThat(c.last()).isEqualTo("DISCONNECT " + -EPROTO);
            assertThat(pair.broker.untilEnd())
                    .isEqualTo("40020001500200027002" + "0002" + "e00193");
        }
    }

    /** Reason code and properties of an acknowledgement (3.4.2). */
    @Test
    void acknowledgesWithAReason() {
        try (Pair pair = connected(Pair.CONNACK_5)) {
            MqttPubackParam p = new MqttPubackParam();
            p.message_id = 1;
            p.reason_code = 0x10;
            assertThat(mqtt_publish_qos1_ack(pair.client.c, p)).isZero();
            pair.broker.expect("4003 0001 10");
            p.reason_code = 0;
            p.prop.reason_string.set(MQTT_UTF8_LITERAL("ok"));
            p.prop.user_prop[0].name.set(MQTT_UTF8_LITERAL("k"));
            assertThat(mqtt_publish_qos1_ack(pair.client.c, p)).isZero();
            pair.broker.expect("400f 0001 00 0b 2600016b0000 1f00026f6b");
            p.reason_code = 0x92;
            assertThat(mqtt_publish_qos1_ack(pair.client.c, p)).isEqualTo(-EINVAL);
        }
    }

    /** A broker of 3.1.1 answers in the form of 3.1.1. */
    @Test
    void theBrokerIsOlder() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_5_0)) {
            pair.open(Pair.CONNECT_5);
            pair.broker.send("2002 0001");
            assertThat(pair.client.events(2)).isEqualTo(-ECONNREFUSED);
            assertThat(pair.client.events)
                    .containsExactly(
                            "CONNACK present=0 code=1 {} result 1", "DISCONNECT " + -ECONNREFUSED);
        }
    }
}
