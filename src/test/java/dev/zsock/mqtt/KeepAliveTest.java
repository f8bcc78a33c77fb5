package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.testkit.Background;
import dev.zsock.uapi.Msghdr;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Arrays;

/** mqtt_live and mqtt_keepalive_time_left with a peer that may be silent. */
@Timeout(60)
class KeepAliveTest {
    private static final int LONG = 1000; // s, so that nothing is due because a machine stalled

    private static void awaitDue(MqttClient c) {
        c.keepalive = 1;
        Await.until("ping is due", Duration.ofSeconds(10), () -> mqtt_keepalive_time_left(c) == 0);
    }

    /** The interval has begun at this time of the clock, or later. */
    private static void assertBegun(MqttClient c, long since) {
        c.keepalive = LONG;
        int left = mqtt_keepalive_time_left(c);
        int elapsed = (int) ((System.nanoTime() - since) / 1_000_000 + 1);
        assertThat(left).isBetween(LONG * 1000 - elapsed, LONG * 1000);
        assertThat(mqtt_live(c)).isEqualTo(-EAGAIN);
    }

    @Test
    void pingsAfterTheIntervalAndNoticesASilentPeer() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            MqttClient c = pair.client.c;
            c.keepalive = 1;
            long sent = System.nanoTime();
            pair.open("100e 00044d515454 04 02 0001 0002 7a73");
            pair.broker.send(Pair.CONNACK);
            pair.client.events(1);
            assertBegun(c, sent);
            awaitDue(c);
            sent = System.nanoTime();
            assertThat(mqtt_live(c)).isZero();
            pair.broker.expect("c000");
            assertThat(c.unacked_ping).isEqualTo(1);
            assertBegun(c, sent);
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
            long sent = System.nanoTime();
            assertThat(pair.client.publish("t", 0, 0, "")).isZero();
            assertBegun(c, sent);
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

    /** The answer is read by another thread before the write has returned. */
    @Test
    void theAnswerIsFasterThanTheCall() {
        TestClient client = new TestClient(MQTT_TRANSPORT_CUSTOM, MQTT_VERSION_3_1_1, 1);
        MqttClient c = client.c;
        Answering transport = new Answering();
        c.transport.custom_transport = transport;
        assertThat(mqtt_connect(c)).isZero();
        assertThat(mqtt_input(c)).isZero();
        for (int i = 0; i < 3; i++) {
            assertThat(mqtt_ping(c)).isZero();
            assertThat(c.unacked_ping).isZero();
        }
        transport.failing = true;
        assertThat(mqtt_ping(c)).isEqualTo(-EPIPE);
        assertThat(c.unacked_ping).isZero();
        assertThat(client.events)
                .containsExactly(
                        "CONNACK present=0 code=0 {}",
                        "PINGRESP",
                        "PINGRESP",
                        "PINGRESP",
                        "DISCONNECT " + -EPIPE);
    }

    /** Answers CONNECT and PINGREQ within the write, and has the answer to the latter read. */
    private static final class Answering implements MqttCustomTransport {
        private byte[] answer = {};
        private boolean failing;

        @Override
        public int mqtt_client_custom_transport_connect(MqttClient client) {
            return 0;
        }

        @Override
        public int mqtt_client_custom_transport_write(
                MqttClient client, byte[] data, int off, int datalen) {
            if (failing) {
                return -EPIPE;
            }
            boolean ping = data[off] == (byte) 0xc0;
            answer = FakeBroker.bytes(ping ? "d000" : Pair.CONNACK);
            if (ping) {
                Pair.join(Background.run(() -> mqtt_input(client)));
            }
            return 0;
        }

        @Override
        public int mqtt_client_custom_transport_write_msg(MqttClient client, Msghdr message) {
            return -EPIPE;
        }

        @Override
        public int mqtt_client_custom_transport_read(
                MqttClient client, byte[] data, int off, int buflen, boolean shall_block) {
            int n = Math.min(buflen, answer.length);
            System.arraycopy(answer, 0, data, off, n);
            answer = Arrays.copyOfRange(answer, n, answer.length);
            return n == 0 ? -EAGAIN : n;
        }

        @Override
        public int mqtt_client_custom_transport_disconnect(MqttClient client) {
            return 0;
        }
    }
}
