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

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What mqtt_client_init sets and mqtt_connect refuses. */
@Timeout(60)
class ConnectTest {
    @Test
    void initSetsZephyrsDefaults() {
        MqttClient c = new MqttClient();
        c.user_name = new MqttUtf8();
        c.prop.receive_maximum = 3;
        c.transport.websocket.config.url = "/x";
        mqtt_client_init(c);
        assertThat(c.protocol_version).isEqualTo(MQTT_VERSION_3_1_1);
        assertThat(c.keepalive).isEqualTo(60);
        assertThat(c.clean_session).isZero();
        assertThat(c.unacked_ping).isZero();
        assertThat(c.transport.type).isEqualTo(MQTT_TRANSPORT_NON_SECURE);
        assertThat(c.transport.tcp.sock).isEqualTo(-1);
        assertThat(c.transport.websocket.config.url).isNull();
        assertThat(c.user_name).isNull();
        assertThat(c.prop.receive_maximum).isZero();
    }

    private static Arguments row(String what, int errno, Consumer<MqttClient> change) {
        return Arguments.of(what, errno, change);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                row("no client id", EINVAL, c -> c.client_id.utf8 = null),
                row("empty id, session kept (3.1.3-7)", EINVAL, c -> {
                    c.client_id.size = 0;
                    c.clean_session = 0;
                }),
                row("id not UTF-8", EINVAL, c -> c.client_id.utf8[0] = (byte) 0x80),
                row("no rx_buf", ENOMEM, c -> c.rx_buf = null),
                row("no tx_buf", ENOMEM, c -> c.tx_buf = null),
                row("tx_buf too small", ENOMEM, c -> c.tx_buf_size = 4),
                row("tx_buf one too small", ENOMEM, c -> c.tx_buf_size = 18),
                row("unknown transport", EINVAL, c -> c.transport.type = MQTT_TRANSPORT_NUM),
                row("negative transport", EINVAL, c -> c.transport.type = -1),
                row("no functions", EINVAL, c -> {
                    c.transport.type = MQTT_TRANSPORT_CUSTOM;
                    c.transport.custom_transport = null;
                }),
                row("no broker", EINVAL, c -> c.broker = null),
                row("keep alive too large", EINVAL, c -> c.keepalive = 65536),
                row("version 2", EINVAL, c -> c.protocol_version = 2),
                row("version 6", EINVAL, c -> c.protocol_version = 6),
                row("password alone (3.1.2-22)", EINVAL, c -> {
                    c.password = MQTT_UTF8_LITERAL("p");
                }),
                row("will of QoS 3 (3.1.2-14)", EINVAL, c -> c.will_topic = will("w", 3)),
                row("will without topic", EINVAL, c -> c.will_topic = will("", 0)),
                row("will with wildcard", EINVAL, c -> c.will_topic = will("w/+", 0)),
                row("TLS is not there", EPROTONOSUPPORT, c -> {
                    c.transport.type = MQTT_TRANSPORT_SECURE;
                }),
                row("TLS is not there", EPROTONOSUPPORT, c -> {
                    c.transport.type = MQTT_TRANSPORT_SECURE_WEBSOCKET;
                }));
    }

    private static MqttTopic will(String topic, int qos) {
        MqttTopic will = new MqttTopic();
        will.topic.set(MQTT_UTF8_LITERAL(topic));
        will.qos = qos;
        return will;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusedBeforeAnythingHappens(String what, int errno, Consumer<MqttClient> change) {
        TestClient client = new TestClient(MQTT_TRANSPORT_NON_SECURE, MQTT_VERSION_3_1_1, 1);
        change.accept(client.c);
        set_errno(ENOSPC);
        assertThat(mqtt_connect(client.c)).isEqualTo(-errno);
        assertThat(errno()).isEqualTo(ENOSPC);
        assertThat(client.events).isEmpty();
        assertThat(client.c.transport.tcp.sock).isEqualTo(-1);
        assertThat(mqtt_abort(client.c)).isZero();
        assertThat(client.events).isEmpty();
    }

    @Test
    void sizesBeyondTheArrays() {
        TestClient client = new TestClient(MQTT_TRANSPORT_NON_SECURE, MQTT_VERSION_3_1_1, 1);
        client.c.tx_buf_size = client.c.tx_buf.length + 1;
        assertThatThrownBy(() -> mqtt_connect(client.c))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void nobodyListens(int type) throws IOException {
        try (Socket deaf = new Socket()) { // keeps the port from others
            deaf.bind(new InetSocketAddress("127.0.0.1", 0));
            TestClient client = new TestClient(type, MQTT_VERSION_3_1_1, deaf.getLocalPort());
            assertThat(mqtt_connect(client.c)).isEqualTo(-ECONNREFUSED);
            assertThat(client.events).isEmpty();
            assertThat(client.sock()).isEqualTo(-1);
            assertThat(mqtt_connect(client.c)).isEqualTo(-ECONNREFUSED);
        }
    }

    static Stream<Integer> transports() {
        return Stream.of(
                MQTT_TRANSPORT_NON_SECURE,
                MQTT_TRANSPORT_NON_SECURE_WEBSOCKET,
                MQTT_TRANSPORT_CUSTOM);
    }

    @Test
    void aSecondTime() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.connected();
            int sock = pair.client.sock();
            assertThat(mqtt_connect(pair.client.c)).isEqualTo(-EISCONN);
            assertThat(pair.client.sock()).isEqualTo(sock);
            assertThat(mqtt_ping(pair.client.c)).isZero();
            pair.broker.expect("c000");
        }
    }

    /** CONNECT has gone, CONNACK has not come. */
    @Test
    void halfWay() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.open(Pair.CONNECT);
            TestClient c = pair.client;
            assertThat(mqtt_input(c.c)).isZero();
            assertThat(c.publish("t", 0, 0, "")).isEqualTo(-ENOTCONN);
            assertThat(mqtt_ping(c.c)).isEqualTo(-ENOTCONN);
            assertThat(mqtt_disconnect(c.c, null)).isEqualTo(-ENOTCONN);
            assertThat(mqtt_connect(c.c)).isEqualTo(-EISCONN);
            assertThat(mqtt_abort(c.c)).isZero();
            assertThat(c.events).containsExactly("DISCONNECT " + -ECONNABORTED);
            assertThat(pair.broker.untilEnd()).isEmpty();
        }
    }

    @Test
    void initClosesWhatIsOpen() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.connected();
            int sock = pair.client.sock();
            mqtt_client_init(pair.client.c);
            assertThat(pair.broker.untilEnd()).isEmpty();
            assertThat(fcntl(sock, F_GETFL)).isEqualTo(-1);
            assertThat(pair.client.events).isEmpty();
        }
    }

    /** Every part of CONNECT on the wire (3.1.1 3.1, 5.0 3.1), MQTT 3.1's name too. */
    @Test
    void connectOnTheWire() {
        String rest = "0001 77 0003 000102 0003 75c3a9 0004 70ff0071";
        assertThat(connect(MQTT_VERSION_3_1_0))
                .isEqualTo(hex("1023 0006 4d5149736470 03 f6 003c 0002 7a73" + rest));
        assertThat(connect(MQTT_VERSION_3_1_1))
                .isEqualTo(hex("1021 0004 4d515454 04 f6 003c 0002 7a73" + rest));
        assertThat(connect(MQTT_VERSION_5_0))
                .isEqualTo(hex("1026 0004 4d515454 05 f6 003c 03 220008 0002 7a73 00" + rest));
    }

    private static String hex(String spaced) {
        return spaced.replace(" ", "");
    }

    private static String connect(int version) {
        TestClient client = new TestClient(MQTT_TRANSPORT_NON_SECURE, version, 1);
        client.c.user_name = MQTT_UTF8_LITERAL("ué");
        client.c.password = new MqttUtf8(new byte[] {0x70, (byte) 0xff, 0, 0x71}, 4);
        client.c.will_topic = will("w", 2);
        client.c.will_message = new MqttUtf8(new byte[] {0, 1, 2}, 3);
        client.c.will_retain = 1;
        PacketOutput out = new PacketOutput();
        assertThat(new ConnectEncoder(out).encode(client.c, client.c.tx_buf, 512))
                .isZero();
        return HexFormat.of().formatHex(out.buf, out.start, out.end);
    }
}
