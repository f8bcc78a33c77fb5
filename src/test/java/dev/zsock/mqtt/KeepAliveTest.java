package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;

/** mqtt_live and mqtt_keepalive_time_left with a peer that may be silent. */
@Timeout(60)
class KeepAliveTest {
    private static void awaitDue(MqttClient c) {
        Await.until("ping is due", Duration.ofSeconds(10), () -> mqtt_keepalive_time_left(c) == 0);
    }

    @Test
    void pingsAfterTheIntervalAndNoticesASilentPeer() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            MqttClient c = pair.client.c;
            c.keepalive = 1;
            pair.open("100e 00044d515454 04 02 0001 0002 7a73");
            pair.broker.send(Pair.CONNACK);
            pair.client.events(1);
            assertThat(mqtt_keepalive_time_left(c)).isBetween(1, 1000);
            assertThat(mqtt_live(c)).isEqualTo(-EAGAIN);
            awaitDue(c);
            assertThat(mqtt_live(c)).isZero();
            pair.broker.expect("c000");
            assertThat(c.unacked_ping).isEqualTo(1);
            assertThat(mqtt_live(c)).isEqualTo(-EAGAIN);
            awaitDue(c);
            assertThat(mqtt_live(c)).isZero();
            assertThat(c.unacked_ping).isEqualTo(2); // the application now knows
            pair.broker.expect("c000").send("d000 d000 d000");
            pair.client.events(4);
            assertThat(c.unacked_ping).isZero();
        }
    }

    /** 3.1.2.10: what was sent counts, what came does not. */
    @Test
    void anyPacketSentStartsTheInterval() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            MqttClient c = pair.client.c;
            c.keepalive = 1;
            pair.open("100e 00044d515454 04 02 0001 0002 7a73");
            pair.broker.send(Pair.CONNACK);
            pair.client.events(1);
            awaitDue(c);
            pair.broker.send("4002 0001");
            pair.client.events(2);
            assertThat(mqtt_keepalive_time_left(c)).isZero();
            assertThat(pair.client.publish("t", 0, 0, "")).isZero();
            assertThat(mqtt_keepalive_time_left(c)).isBetween(1, 1000);
        }
    }

    @Test
    void noKeepAlive() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.client.c.keepalive = 0;
            pair.open("100e 00044d515454 04 02 0000 0002 7a73");
            assertThat(mqtt_keepalive_time_left(pair.client.c)).isEqualTo(-1);
            assertThat(mqtt_live(pair.client.c)).isEqualTo(-EAGAIN);
        }
    }

    @Test
    void countsOnlyPingsThatWereSent() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.connected();
            MqttClient c = pair.client.c;
            for (int i = 0; i < 130; i++) {
                assertThat(mqtt_ping(c)).isZero();
            }
            assertThat(c.unacked_ping).isEqualTo(127);
            pair.broker.reset();
            Await.until("ping fails", Duration.ofSeconds(10), () -> mqtt_ping(c) < 0);
            assertThat(c.unacked_ping).isEqualTo(127);
            c.unacked_ping = 0;
            assertThat(mqtt_ping(c)).isEqualTo(-ENOTCONN);
            assertThat(c.unacked_ping).isZero();
        }
    }
}
