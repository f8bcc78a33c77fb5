package dev.zsock.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;

import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.NetworkModuleService;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.eclipse.paho.client.mqttv3.spi.NetworkModuleFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Paho's own clients, unchanged, with mosquitto over our websockets. */
@Timeout(60)
class PahoTest {
    private static Peer mosquitto;

    @BeforeAll
    static void start() {
        mosquitto = Peers.mosquitto();
    }

    @AfterAll
    static void stop() {
        if (mosquitto != null) {
            mosquitto.close();
        }
    }

    private static String url(String scheme) {
        return scheme + "://127.0.0.1:" + mosquitto.wsPort();
    }

    private static byte[] next(BlockingQueue<byte[]> came) throws InterruptedException {
        byte[] payload = came.poll(30, TimeUnit.SECONDS);
        assertThat(payload).as("message in time").isNotNull();
        return payload;
    }

    @Test
    void bothServicesAreFound() {
        assertThat(ServiceLoader.load(NetworkModuleFactory.class))
                .hasAtLeastOneElementOfType(PahoV3.class);
        assertThat(ServiceLoader.load(
                        org.eclipse.paho.mqttv5.client.spi.NetworkModuleFactory.class))
                .hasAtLeastOneElementOfType(PahoV5.class);
    }

    /** On this class path our jar comes first. */
    @ParameterizedTest
    @ValueSource(strings = {"ws", "zws"})
    void isChosenForTheScheme(String scheme) throws Exception {
        assertThat(NetworkModuleService.createInstance(url(scheme), new MqttConnectOptions(), "x"))
                .isInstanceOf(WebsocketModule.class);
        assertThat(org.eclipse.paho.mqttv5.client.internal.NetworkModuleService.createInstance(
                        url(scheme),
                        new org.eclipse.paho.mqttv5.client.MqttConnectionOptions(),
                        "x"))
                .isInstanceOf(WebsocketModule.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "zws"})
    void version3(String scheme) throws Exception {
        BlockingQueue<byte[]> came = new LinkedBlockingQueue<>();
        MqttConnectOptions options = new MqttConnectOptions();
        Properties headers = new Properties();
        headers.put("X-Test", "1");
        options.setCustomWebSocketHeaders(headers);
        try (MqttClient client = new MqttClient(url(scheme), "v3", new MemoryPersistence())) {
            client.connect(options);
            client.subscribe("v3/#", 2, (topic, message) -> came.add(message.getPayload()));
            for (int qos = 0; qos < 3; qos++) {
                client.publish("v3/" + qos, new byte[] {(byte) qos}, qos, false);
                assertThat(next(came)).containsExactly(qos);
            }
            byte[] large = new byte[20_000];
            Arrays.fill(large, (byte) 7);
            client.publish("v3/large", large, 1, false);
            assertThat(next(came)).isEqualTo(large);
            client.disconnect();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "zws"})
    void version5(String scheme) throws Exception {
        BlockingQueue<byte[]> came = new LinkedBlockingQueue<>();
        var persistence = new org.eclipse.paho.mqttv5.client.persist.MemoryPersistence();
        var client = new org.eclipse.paho.mqttv5.client.MqttClient(
                url(scheme) + "/mqtt?x=1", "v5", persistence);
        client.connect();
        var subscription = new org.eclipse.paho.mqttv5.common.MqttSubscription("v5/#", 2);
        client.subscribe(
                new org.eclipse.paho.mqttv5.common.MqttSubscription[] {subscription},
                new org.eclipse.paho.mqttv5.client.IMqttMessageListener[] {
                    (topic, message) -> came.add(message.getPayload())
                });
        for (int qos = 0; qos < 3; qos++) {
            client.publish("v5/" + qos, new byte[] {(byte) qos}, qos, false);
            assertThat(next(came)).containsExactly(qos);
        }
        client.disconnect();
        client.close();
    }

    /** Broker gone: Paho hears of it. PahoLifeTest has the reconnects. */
    @Test
    void theBrokerDies() throws Exception {
        BlockingQueue<String> lost = new LinkedBlockingQueue<>();
        try (Peer dying = Peers.mosquitto();
                MqttClient client = new MqttClient(
                        "ws://127.0.0.1:" + dying.wsPort(), "d", new MemoryPersistence())) {
            client.setCallback(new Listener(lost));
            client.connect();
            dying.process().destroyForcibly();
            assertThat(lost.poll(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(client.isConnected()).isFalse();
        }
    }

    @Test
    void nobodyListens() throws Exception {
        try (Socket deaf = new Socket()) { // keeps the port from others
            deaf.bind(new InetSocketAddress("127.0.0.1", 0));
            String url = "ws://127.0.0.1:" + deaf.getLocalPort();
            try (MqttClient client = new MqttClient(url, "n", new MemoryPersistence())) {
                assertThatThrownBy(client::connect)
                        .isInstanceOf(MqttException.class)
                        .cause()
                        .hasMessageContaining("ECONNREFUSED");
            }
        }
    }

    @Test
    void anAddressWithoutAHost() {
        for (String url : List.of("zws:///x", "zws://")) {
            assertThatThrownBy(() -> new MqttClient(url, "x", new MemoryPersistence()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
