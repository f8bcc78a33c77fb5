package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zsock.testkit.Background;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What a callback may do: no lock is held while it runs. */
@Timeout(60)
class CallbackTest {
    static Stream<Pair> pairs() {
        return Pair.ofEachTransport(MQTT_VERSION_3_1_1);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void sendsFromTheCallback(Pair pair) {
        try (pair) {
            pair.connected();
            TestClient c = pair.client;
            c.also = evt -> {
                assertThat(c.puback(evt.param.publish.message_id)).isZero();
                assertThat(c.publish("answer", 0, 0, "")).isZero();
            };
            pair.broker.send("3206 000174 0005 78");
            c.events(1);
            pair.broker.expect("4002 0005 3008 0006 616e73776572");
        }
    }

    /** Another thread gets every lock while the callback runs. */
    @ParameterizedTest
    @MethodSource("pairs")
    void anotherThreadSendsMeanwhile(Pair pair) {
        try (pair) {
            pair.connected();
            List<Integer> results = new ArrayList<>();
            pair.client.also = evt -> {
                CompletableFuture<Void> other = Background.run(() -> {
                    results.add(mqtt_ping(pair.client.c));
                    results.add(mqtt_input(pair.client.c));
                    results.add(mqtt_read_publish_payload(pair.client.c, new byte[1], 1));
                });
                Pair.join(other);
            };
            pair.broker.send("3004 000174 78");
            pair.client.events(1);
            assertThat(results).containsExactly(0, -EBUSY, 0);
            pair.broker.expect("c000");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void leavesFromTheCallback(Pair pair) {
        try (pair) {
            pair.connected();
            TestClient c = pair.client;
            c.also = evt -> {
                if (evt.type == MQTT_EVT_PUBLISH) {
                    assertThat(mqtt_disconnect(c.c, null)).isZero();
                    assertThat(evt.param.publish.message.topic.topic).hasToString("t");
                }
            };
            pair.broker.send("3004 000174 78 d000");
            assertThat(c.events(2)).isZero();
            assertThat(c.events)
                    .containsExactly(
                            "PUBLISH dup=0 qos=0 retain=0 topic=t id=0 {} payload=78",
                            "DISCONNECT 0");
            pair.broker.expect("e000");
            assertThat(mqtt_input(c.c)).isEqualTo(-ENOTCONN);
        }
    }

    /** A bad packet whose event makes the application connect anew: the new connection stays. */
    @Test
    void replacesTheConnectionFromTheCallback() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.connected();
            TestClient c = pair.client;
            c.also = evt -> {
                if (evt.type == MQTT_EVT_PUBACK) {
                    c.also = next -> {};
                    assertThat(mqtt_abort(c.c)).isZero();
                    assertThat(mqtt_connect(c.c)).isZero();
                }
            };
            pair.broker.send("4002 0000");
            assertThat(c.events(2)).isEqualTo(-EINVAL);
            pair.broker.accept().expect(Pair.CONNECT).send(Pair.CONNACK);
            c.events(3);
            assertThat(c.events)
                    .containsExactly(
                            "type 3 result " + -EINVAL,
                            "DISCONNECT " + -ECONNABORTED,
                            "CONNACK present=0 code=0 {}");
            assertThat(mqtt_ping(c.c)).isZero();
            pair.broker.expect("c000");
        }
    }

    @Test
    void anExceptionLeavesTheClientUsable() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.connected();
            TestClient c = pair.client;
            c.also = evt -> {
                throw new IllegalStateException("application");
            };
            pair.broker.send("d000 4002 0001 4002 0000");
            assertThatThrownBy(() -> c.events(1)).hasMessage("application");
            assertThatThrownBy(() -> c.events(2)).hasMessage("application");
            c.also = evt -> {
                if (evt.type == MQTT_EVT_PUBACK) {
                    throw new IllegalStateException("application");
                }
            };
            assertThatThrownBy(() -> c.events(3)).hasMessage("application");
            assertThat(c.events)
                    .containsExactly(
                            "PINGRESP",
                            "PUBACK id=1 code=0 {}",
                            "type 3 result " + -EINVAL,
                            "DISCONNECT " + -EINVAL);
        }
    }

    @Test
    void withoutACallback() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.connected();
            pair.client.c.evt_cb = null;
            pair.broker.send("4002 0001 4002 0000");
            assertThat(pair.client.until("the end", () -> pair.client.sock() < 0))
                    .isEqualTo(-EINVAL);
        }
    }
}
