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

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The payload stays in the transport until the application reads it. */
@Timeout(60)
class PayloadTest {
    static Stream<Pair> pairs() {
        return Pair.ofEachTransport(MQTT_VERSION_3_1_1);
    }

    private static Pair withUnread(Pair pair) {
        pair.connected();
        pair.client.piece = 0;
        pair.broker.send("300a 000174 31323334353637 d000");
        pair.client.events(1);
        pair.client.events.clear();
        return pair;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void nothingElseIsReadBeforeIt(Pair pair) {
        try (pair) {
            withUnread(pair);
            MqttClient c = pair.client.c;
            byte[] buf = "........".getBytes();
            assertThat(mqtt_input(c)).isEqualTo(-EBUSY);
            assertThat(mqtt_input(c)).isEqualTo(-EBUSY);
            assertThat(mqtt_read_publish_payload(c, buf, 2, 3)).isEqualTo(3);
            assertThat(buf).asString().isEqualTo("..123...");
            assertThat(mqtt_input(c)).isEqualTo(-EBUSY);
            assertThat(mqtt_read_publish_payload(c, buf, 0)).isZero();
            assertThat(mqtt_read_publish_payload(c, buf, 8)).isEqualTo(4);
            assertThat(buf).asString().isEqualTo("4567..".substring(0, 4) + "3...");
            assertThat(mqtt_read_publish_payload(c, buf, 8)).isZero();
            assertThat(mqtt_read_publish_payload_blocking(c, buf, 2, 6)).isZero();
            pair.client.events(1);
            assertThat(pair.client.events).containsExactly("PINGRESP");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void readallGivesEioWhenThereIsLess(Pair pair) {
        try (pair) {
            withUnread(pair);
            MqttClient c = pair.client.c;
            byte[] buf = new byte[8];
            assertThat(mqtt_readall_publish_payload(c, buf, 5)).isZero();
            assertThat(mqtt_readall_publish_payload(c, buf, 3)).isEqualTo(-EIO);
            assertThat(buf).asString().isEqualTo("67345\0\0\0");
            assertThat(mqtt_readall_publish_payload(c, buf, 0)).isZero();
            pair.client.events(1);
            assertThat(pair.client.events).containsExactly("PINGRESP");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void nonBlockingGivesEagainUntilMoreComes(Pair pair) {
        try (pair) {
            pair.connected();
            pair.client.piece = 0;
            pair.broker.send("3007 000174 31");
            pair.client.events(1);
            MqttClient c = pair.client.c;
            byte[] buf = new byte[8];
            assertThat(mqtt_read_publish_payload_blocking(c, buf, 8)).isEqualTo(1);
            assertThat(mqtt_read_publish_payload(c, buf, 8)).isEqualTo(-EAGAIN);
            assertThat(mqtt_read_publish_payload(c, buf, 8)).isEqualTo(-EAGAIN);
            CompletableFuture<Integer> rest =
                    Background.supply(() -> mqtt_readall_publish_payload(c, buf, 3));
            pair.broker.sendByteByByte("323334");
            Pair.join(rest);
            assertThat(rest.join()).isZero();
            assertThat(buf).asString().startsWith("234");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theStreamEndsInsideIt(Pair pair) {
        try (pair) {
            withUnread(pair);
            MqttClient c = pair.client.c;
            byte[] buf = new byte[32];
            pair.broker.send("300a 000174 313233");
            assertThat(mqtt_read_publish_payload(c, buf, 32)).isEqualTo(7);
            pair.client.events(2);
            pair.broker.end();
            assertThat(mqtt_readall_publish_payload(c, buf, 7)).isEqualTo(-ENOTCONN);
            assertThat(pair.client.last()).isEqualTo("DISCONNECT " + -ENOTCONN);
            assertThat(mqtt_read_publish_payload(c, buf, 32)).isEqualTo(-ENOTCONN);
            assertThat(mqtt_readall_publish_payload(c, buf, 1)).isEqualTo(-ENOTCONN);
        }
    }

    @Test
    void badArguments() {
        try (Pair pair = withUnread(Pair.tcp(MQTT_VERSION_3_1_1))) {
            MqttClient c = pair.client.c;
            byte[] buf = new byte[4];
            assertThat(mqtt_read_publish_payload(null, buf, 4)).isEqualTo(-EINVAL);
            assertThat(mqtt_read_publish_payload(c, null, 4)).isEqualTo(-EINVAL);
            assertThat(mqtt_read_publish_payload_blocking(null, buf, 4)).isEqualTo(-EINVAL);
            assertThat(mqtt_readall_publish_payload(c, null, 4)).isEqualTo(-EINVAL);
            assertThat(mqtt_readall_publish_payload(null, buf, 0)).isEqualTo(-EINVAL);
            assertThatThrownBy(() -> mqtt_read_publish_payload(c, buf, 5))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> mqtt_read_publish_payload(c, buf, 3, 2))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(mqtt_readall_publish_payload(c, buf, 4)).isZero();
        }
    }
}
