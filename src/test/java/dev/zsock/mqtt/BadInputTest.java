package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** What an application must not ask for: the errno, nothing sent, and the connection goes on. */
@Timeout(60)
class BadInputTest {
    private static Arguments row(String what, int errno, ToIntFunction<TestClient> call) {
        return Arguments.of(what, errno, call);
    }

    static Stream<Arguments> calls() {
        return Stream.concat(messages(), otherPackets());
    }

    private static Stream<Arguments> messages() {
        return Stream.of(
                row("null message", EINVAL, c -> mqtt_publish(c.c, null)),
                row("QoS 1, id 0", EINVAL, c -> c.publish("t", 1, 0, "x")),
                row("QoS 2, id 0", EINVAL, c -> c.publish("t", 2, 0, "x")),
                row("id too large", EINVAL, c -> c.publish("t", 1, 0x10000, "x")),
                row("negative id", EINVAL, c -> c.publish("t", 1, -1, "x")),
                row("QoS 3", EINVAL, c -> c.publish("t", 3, 1, "x")),
                row("negative QoS", EINVAL, c -> c.publish("t", -1, 1, "x")),
                row("empty topic", EINVAL, c -> c.publish("", 0, 0, "x")),
                row("topic with #", EINVAL, c -> c.publish("a/#", 0, 0, "x")),
                row("topic with +", EINVAL, c -> c.publish("+", 0, 0, "x")),
                row("topic with U+0000", EINVAL, c -> c.publish("a\0b", 0, 0, "x")),
                row("null topic", EINVAL, publishing(p -> p.message.topic.topic.utf8 = null)),
                row("no topic", EINVAL, publishing(p -> {
                    p.message.topic.topic.utf8 = null;
                    p.message.topic.topic.size = 0;
                })),
                row("negative size", EINVAL, publishing(p -> p.message.topic.topic.size = -1)),
                row("topic not UTF-8", EINVAL, publishing(p -> {
                    p.message.topic.topic.utf8[0] = (byte) 0xff;
                })),
                row("topic too long", EINVAL, c -> c.publish("x".repeat(65536), 0, 0, "")),
                row("null payload", EINVAL, publishing(p -> p.message.payload.data = null)),
                row("negative payload", EINVAL, publishing(p -> p.message.payload.len = -1)),
                row("DUP with QoS 0", EINVAL, publishing(p -> p.dup_flag = 1)),
                row("DUP 2", EINVAL, publishing(p -> p.dup_flag = 2)),
                row("retain 2", EINVAL, publishing(p -> p.retain_flag = 2)),
                row("too large for tx_buf", ENOMEM, c -> c.publish("x".repeat(506), 0, 0, "")),
                row("too large with id", ENOMEM, c -> c.publish("x".repeat(504), 1, 1, "")));
    }

    private static Stream<Arguments> otherPackets() {
        return Stream.of(
                row("ack null", EINVAL, c -> mqtt_publish_qos1_ack(c.c, null)),
                row("ack 0", EINVAL, c -> c.puback(0)),
                row("receive null", EINVAL, c -> mqtt_publish_qos2_receive(c.c, null)),
                row("receive 0", EINVAL, c -> c.pubrec(0)),
                row("release null", EINVAL, c -> mqtt_publish_qos2_release(c.c, null)),
                row("release 0", EINVAL, c -> c.pubrel(0)),
                row("complete null", EINVAL, c -> mqtt_publish_qos2_complete(c.c, null)),
                row("complete 0", EINVAL, c -> c.pubcomp(0)),
                row("complete 65536", EINVAL, c -> c.pubcomp(65536)),
                row("subscribe null", EINVAL, c -> mqtt_subscribe(c.c, null)),
                row("subscribe id 0", EINVAL, c -> subscribe(c, 0, 0, "a")),
                row("subscribe nothing", EINVAL, c -> subscribe(c, 1, 0)),
                row("subscribe empty", EINVAL, c -> subscribe(c, 1, 0, "a", "")),
                row("subscribe QoS 3", EINVAL, c -> subscribe(c, 1, 3, "a")),
                row("subscribe options of 5.0", EINVAL, c -> subscribe(c, 1, 4, "a")),
                row("subscribe bad filter", EINVAL, c -> subscribe(c, 1, 0, "a/#/b")),
                row("subscribe too much", ENOMEM, c -> subscribe(c, 1, 0, "a".repeat(503))),
                row("unsubscribe null", EINVAL, c -> mqtt_unsubscribe(c.c, null)),
                row("unsubscribe id 0", EINVAL, c -> unsubscribe(c, 0, "a")),
                row("unsubscribe nothing", EINVAL, c -> unsubscribe(c, 1)),
                row("unsubscribe bad filter", EINVAL, c -> unsubscribe(c, 1, "+a")),
                row("null list", EINVAL, c -> {
                    MqttSubscriptionList list = TestClient.list(1, 0, "a");
                    list.list = null;
                    return mqtt_subscribe(c.c, list);
                }),
                row("auth before 5.0", EINVAL, c -> mqtt_auth(c.c, new MqttAuthParam())),
                row("auth null", EINVAL, c -> mqtt_auth(c.c, null)));
    }

    private static ToIntFunction<TestClient> publishing(Consumer<MqttPublishParam> change) {
        return c -> {
            MqttPublishParam p = c.message("topic", 0, 0, "x");
            change.accept(p);
            return mqtt_publish(c.c, p);
        };
    }

    private static int subscribe(TestClient c, int id, int qos, String... filters) {
        return mqtt_subscribe(c.c, TestClient.list(id, qos, filters));
    }

    private static int unsubscribe(TestClient c, int id, String... filters) {
        return mqtt_unsubscribe(c.c, TestClient.list(id, 0, filters));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void refusedWithNothingSent(String what, int errno, ToIntFunction<TestClient> call) {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.connected();
            assertThat(call.applyAsInt(pair.client)).isEqualTo(-errno);
            assertThat(mqtt_ping(pair.client.c)).isZero();
            pair.broker.expect("c000");
            assertThat(pair.client.events).isEmpty();
        }
    }

    @Test
    void exactlyFits() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.connected();
            assertThat(pair.client.publish("x".repeat(505), 0, 0, "yz")).isZero();
            pair.broker.expect("30fd03 01f9" + "78".repeat(505) + "797a");
            pair.client.c.tx_buf_size = 1; // has no effect on an open connection
            assertThat(mqtt_ping(pair.client.c)).isZero();
            pair.broker.expect("c000");
        }
    }

    @Test
    void lengthsBeyondTheArrays() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.connected();
            MqttPublishParam p = pair.client.message("topic", 0, 0, "xy");
            p.message.payload.data_off = 1;
            assertThatThrownBy(() -> mqtt_publish(pair.client.c, p))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            p.message.payload.len = 1;
            p.message.topic.topic.size = 6;
            assertThatThrownBy(() -> mqtt_publish(pair.client.c, p))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            p.message.topic.topic.size = 5;
            assertThat(mqtt_publish(pair.client.c, p)).isZero();
            pair.broker.expect("3008 0005 746f706963 79");
        }
    }

    @Test
    void notConnected() {
        TestClient c = new TestClient(MQTT_TRANSPORT_NON_SECURE, MQTT_VERSION_3_1_1, 1);
        assertThat(c.publish("t", 0, 0, "")).isEqualTo(-ENOTCONN);
        assertThat(c.puback(1)).isEqualTo(-ENOTCONN);
        assertThat(subscribe(c, 1, 0, "a")).isEqualTo(-ENOTCONN);
        assertThat(mqtt_ping(c.c)).isEqualTo(-ENOTCONN);
        assertThat(c.c.unacked_ping).isZero();
        assertThat(mqtt_disconnect(c.c, null)).isEqualTo(-ENOTCONN);
        assertThat(mqtt_auth(c.c, new MqttAuthParam())).isEqualTo(-ENOTCONN);
        assertThat(mqtt_input(c.c)).isEqualTo(-ENOTCONN);
        assertThat(mqtt_read_publish_payload(c.c, new byte[1], 1)).isEqualTo(-ENOTCONN);
        assertThat(mqtt_abort(c.c)).isZero();
        assertThat(c.events).isEmpty();
    }

    @Test
    void noClient() {
        mqtt_client_init(null);
        assertThat(mqtt_connect(null)).isEqualTo(-EINVAL);
        assertThat(mqtt_publish(null, new MqttPublishParam())).isEqualTo(-EINVAL);
        assertThat(mqtt_subscribe(null, TestClient.list(1, 0, "a"))).isEqualTo(-EINVAL);
        assertThat(mqtt_unsubscribe(null, TestClient.list(1, 0, "a"))).isEqualTo(-EINVAL);
        assertThat(mqtt_publish_qos1_ack(null, new MqttPubackParam())).isEqualTo(-EINVAL);
        assertThat(mqtt_publish_qos2_receive(null, new MqttPubrecParam())).isEqualTo(-EINVAL);
        assertThat(mqtt_publish_qos2_release(null, new MqttPubrelParam())).isEqualTo(-EINVAL);
        assertThat(mqtt_publish_qos2_complete(null, new MqttPubcompParam())).isEqualTo(-EINVAL);
        assertThat(mqtt_ping(null)).isEqualTo(-EINVAL);
        assertThat(mqtt_disconnect(null, null)).isEqualTo(-EINVAL);
        assertThat(mqtt_auth(null, new MqttAuthParam())).isEqualTo(-EINVAL);
        assertThat(mqtt_abort(null)).isEqualTo(-EINVAL);
        assertThat(mqtt_live(null)).isEqualTo(-EINVAL);
        assertThat(mqtt_keepalive_time_left(null)).isEqualTo(-EINVAL);
        assertThat(mqtt_input(null)).isEqualTo(-EINVAL);
    }
}
