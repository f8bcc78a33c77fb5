package dev.zsock.mqtt;

import static dev.zsock.mqtt.FakeBroker.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zsock.testkit.Background;

import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Paho's asynchronous clients: cut connections, large messages, an end while a write is blocked.
 */
@Timeout(60)
class PahoLifeTest {
    private static final int CONTINUE = 0;
    private static final int LARGE = 1 << 20;
    private static final String CONNECT = "100d 00044d515454 04 02 003c 0001 70";

    private static String url(FakeBroker broker) {
        return "zws://127.0.0.1:" + broker.port() + "/x?y=z";
    }

    private static CompletableFuture<Void> accepting(FakeBroker broker) {
        return Background.run(() -> {
            broker.accept().upgrade("");
            broker.expect(CONNECT).send(Pair.CONNACK);
        });
    }

    private static MqttAsyncClient connected(FakeBroker broker, MqttConnectOptions options)
            throws Exception {
        MqttAsyncClient client = new MqttAsyncClient(url(broker), "p", new MemoryPersistence());
        CompletableFuture<Void> accepted = accepting(broker);
        client.connect(options).waitForCompletion(20_000);
        Pair.join(accepted);
        return client;
    }

    @Test
    void reconnectsByItself() throws Exception {
        try (FakeBroker broker = new FakeBroker(true)) {
            MqttConnectOptions options = new MqttConnectOptions();
            options.setAutomaticReconnect(true);
            MqttAsyncClient client = connected(broker, options);
            for (int i = 0; i < 2; i++) {
                CompletableFuture<Void> again = accepting(broker);
                broker.reset();
                again.get(20, TimeUnit.SECONDS);
                assertThat(broker.request()).startsWith("GET /x?y=z HTTP/1.1\r\n");
            }
            broker.send("d000");
            client.disconnectForcibly(0, 1000, false);
            client.close();
        }
    }

    @Test
    void reconnectsByItselfWith5() throws Exception {
        try (FakeBroker broker = new FakeBroker(true)) {
            var options = new MqttConnectionOptions();
            options.setAutomaticReconnect(true);
            options.setCleanStart(true);
            var client = new org.eclipse.paho.mqttv5.client.MqttAsyncClient(
                    url(broker),
                    "p",
                    new org.eclipse.paho.mqttv5.client.persist.MemoryPersistence());
            for (int i = 0; i < 3; i++) {
                CompletableFuture<Void> accepted = Background.run(() -> {
                    broker.accept().upgrade("");
                    assertThat(broker.read(12)[11]).isEqualTo((byte) 60); // keep alive
                    broker.send(Pair.CONNACK_5);
                });
                if (i == 0) {
                    client.connect(options).waitForCompletion(20_000);
                } else {
                    broker.reset();
                }
                accepted.get(20, TimeUnit.SECONDS);
            }
            client.disconnectForcibly(0, 1000, false);
            client.close();
        }
    }

    /** In frames that end anywhere, with pings among them; and one back. */
    @Test
    void aMegabyteBothWays() throws Exception {
        byte[] payload = new byte[LARGE];
        new Random(3).nextBytes(payload);
        BlockingQueue<byte[]> came = new LinkedBlockingQueue<>();
        try (FakeBroker broker = new FakeBroker(true)) {
            MqttAsyncClient client = connected(broker, new MqttConnectOptions());
            CompletableFuture<Void> subscribed = Background.run(() -> {
                broker.expect("8206 0001 000174 00").send("9003 0001 00");
            });
            client.subscribe("t", 0, (topic, message) -> came.add(message.getPayload()))
                    .waitForCompletion(20_000);
            Pair.join(subscribed);
            Random random = new Random(4);
            broker.write(frame(false, BINARY, bytes("3083 8040 000174")));
            for (int at = 0; at < LARGE; ) {
                int end = Math.min(LARGE, at + 1 + random.nextInt(20_000));
                broker.write(frame(end == LARGE, CONTINUE, Arrays.copyOfRange(payload, at, end)));
                broker.write(frame(true, PING, new byte[random.nextInt(126)]));
                at = end;
            }
            assertThat(came.poll(30, TimeUnit.SECONDS)).isEqualTo(payload);
            CompletableFuture<byte[]> back = Background.supply(() -> {
                broker.expect("3083 8040 000174");
                return broker.read(LARGE);
            });
            client.publish("t", payload, 0, false).waitForCompletion(20_000);
            assertThat(back.get(20, TimeUnit.SECONDS)).isEqualTo(payload);
            client.disconnectForcibly(0, 1000, false);
            client.close();
        }
    }

    /** The broker has stopped reading. */
    @Test
    void endsWhileAWriteIsBlocked() throws Exception {
        try (FakeBroker broker = new FakeBroker(true)) {
            MqttAsyncClient client = connected(broker, new MqttConnectOptions());
            client.publish("t", new byte[64 << 20], 0, false);
            broker.read(1);
            client.disconnectForcibly(0, 1, false);
            assertThat(client.isConnected()).isFalse();
            client.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', /mqtt",
        "/, /",
        "/a/b%20c, /a/b%20c",
        "?t=1, /mqtt?t=1",
        "/a?t=1&u=%26, /a?t=1&u=%26",
        "/a#b, /a"
    })
    void addressesAndTargets(String rest, String target) throws Exception {
        for (String host : new String[] {"127.0.0.1", "[::1]", "localhost"}) {
            InetAddress any = InetAddress.getByName(host.equals("[::1]") ? "::1" : "127.0.0.1");
            try (ServerSocket listener = new ServerSocket(0, 1, any)) {
                String authority = host + ":" + listener.getLocalPort();
                CompletableFuture<String> head = Background.supply(() -> head(listener));
                MqttConnectOptions options = new MqttConnectOptions();
                options.setMqttVersion(4); // once
                var client = new MqttAsyncClient(
                        "ws://" + authority + rest, "p", new MemoryPersistence());
                assertThatThrownBy(() -> client.connect(options).waitForCompletion(20_000))
                        .hasStackTraceContaining("refused the websocket");
                assertThat(head.get(20, TimeUnit.SECONDS))
                        .startsWith("GET " + target + " HTTP/1.1\r\n")
                        .contains("\r\nHost: " + authority + "\r\n")
                        .contains("\r\nSec-WebSocket-Protocol: mqtt\r\n");
                client.close();
            }
        }
    }

    private static String head(ServerSocket listener) {
        try (Socket peer = listener.accept()) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) peer.getInputStream().read());
            }
            peer.getOutputStream()
                    .write("HTTP/1.1 404 Not\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return head.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
