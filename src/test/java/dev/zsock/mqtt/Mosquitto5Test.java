package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT 5.0 with mosquitto, over TCP and over a websocket. */
@Timeout(60)
class Mosquitto5Test {
    private static Peer mosquitto;

    @BeforeAll
    static void start() {
        mosquitto = Peers.mosquitto(
                "max_keepalive 30", "max_packet_size 100000", "max_inflight_messages 5");
    }

    @AfterAll
    static void stop() {
        if (mosquitto != null) {
            mosquitto.close();
        }
    }

    private static TestClient client(boolean websocket, String id) {
        int type = websocket ? MQTT_TRANSPORT_NON_SECURE_WEBSOCKET : MQTT_TRANSPORT_NON_SECURE;
        int port = websocket ? mosquitto.wsPort() : mosquitto.port();
        TestClient client = new TestClient(type, MQTT_VERSION_5_0, port);
        client.c.client_id.set(MQTT_UTF8_LITERAL(id));
        return client;
    }

    private static void connect(TestClient c) {
        c.events.clear();
        assertThat(mqtt_connect(c.c)).isZero();
        c.events(1);
        assertThat(c.events.get(0)).startsWith("CONNACK").contains(" code=0 ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheBrokerAsksFor(boolean websocket) {
        TestClient c = client(websocket, "");
        connect(c);
        assertThat(c.last())
                .contains("19=[30]")
                .contains("39=[100000]")
                .containsPattern("18=\\[.+\\]");
        assertThat(c.c.keepalive).isEqualTo(30);
        assertThat(c.publish("t", 0, 0, "x".repeat(100_000))).isEqualTo(-EMSGSIZE);
        assertThat(mqtt_ping(c.c)).isZero();
        c.events(2);
        assertThat(mqtt_disconnect(c.c, new MqttDisconnectParam())).isZero();
        assertThat(c.last()).isEqualTo("DISCONNECT 0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void propertiesOfAMessage(boolean websocket) {
        TestClient c = client(websocket, "props" + websocket);
        connect(c);
        MqttSubscriptionList list = TestClient.list(1, 0x08 | 1, "p/" + websocket);
        list.prop.subscription_identifier = 268_435_455;
        assertThat(mqtt_subscribe(c.c, list)).isZero();
        c.until("SUBACK", () -> c.last().equals("SUBACK id=1 {} 1"));
        MqttPublishParam p = c.message("p/" + websocket, 1, 2, "{}");
        p.retain_flag = 1;
        p.prop.payload_format_indicator = 1;
        p.prop.message_expiry_interval = 60;
        p.prop.topic_alias = 1;
        p.prop.content_type.set(MQTT_UTF8_LITERAL("application/json"));
        p.prop.response_topic.set(MQTT_UTF8_LITERAL("r"));
        p.prop.correlation_data.set(new MqttBinstr(new byte[] {1, 2}, 2));
        p.prop.user_prop[0].name.set(MQTT_UTF8_LITERAL("k"));
        p.prop.user_prop[0].value.set(MQTT_UTF8_LITERAL("v"));
        assertThat(mqtt_publish(c.c, p)).isZero();
        String first = message(c);
        String expected =
                "PUBLISH dup=0 qos=1 retain=1 topic=p/" + websocket + " id=1 {1=[1], 2=[60],"
                        + " 3=[application/json], 8=[r], 9=[0102], 11=[268435455], 38=[k=v]}"
                        + " payload=7b7d";
        assertThat(first).isEqualTo(expected);
        assertThat(c.puback(1)).isZero();
        c.events.clear();
        p.message.topic.topic.size = 0; // the alias stands for it
        assertThat(mqtt_publish(c.c, p)).isZero();
        assertThat(message(c)).isEqualTo(expected.replace(" id=1 ", " id=2 "));
        assertThat(mqtt_disconnect(c.c, null)).isZero();
    }

    /** The message that comes; 3.3.2.3.3: the broker subtracts the seconds that it has had it. */
    private static String message(TestClient c) {
        c.until("message", () -> c.events.stream().anyMatch(e -> e.startsWith("PUBLISH")));
        return c.events.stream()
                .filter(e -> e.startsWith("PUBLISH"))
                .map(e -> e.replaceFirst(" 2=\\[5[0-9]]", " 2=[60]"))
                .findFirst()
                .orElseThrow();
    }

    /** Another client takes the identifier over; mosquitto 2.0 closes without a reason. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sessionsAndTakeOver(boolean websocket) {
        String id = "take" + websocket;
        TestClient first = client(websocket, id);
        first.c.prop.session_expiry_interval = 100;
        connect(first);
        TestClient second = client(false, id);
        second.c.clean_session = 0;
        second.c.prop.session_expiry_interval = 100;
        connect(second);
        assertThat(second.last()).startsWith("CONNACK present=1");
        first.until("the end", () -> first.last().startsWith("DISCONNECT"));
        assertThat(first.last()).isEqualTo("DISCONNECT " + -ENOTCONN);
        MqttDisconnectParam p = new MqttDisconnectParam();
        p.prop.session_expiry_interval = 1;
        assertThat(mqtt_disconnect(second.c, p)).isZero();
    }

    /** Reason codes: nobody subscribed, and nothing unsubscribed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reasonCodes(boolean websocket) {
        TestClient c = client(websocket, "codes" + websocket);
        connect(c);
        assertThat(c.publish("nobody/" + websocket, 1, 1, "")).isZero();
        c.until("PUBACK", () -> c.last().equals("PUBACK id=1 code=16 {}"));
        assertThat(mqtt_unsubscribe(c.c, TestClient.list(2, 0, "never"))).isZero();
        c.until("UNSUBACK", () -> c.last().equals("UNSUBACK id=2 {} 17"));
        assertThat(c.pubrel(77)).isZero();
        c.until("PUBCOMP", () -> c.last().startsWith("PUBCOMP id=77"));
        assertThat(mqtt_disconnect(c.c, null)).isZero();
    }
}
