package dev.zsock.mqtt;

import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A fake broker and a client on one transport. */
final class Pair implements AutoCloseable {
    /** What the client sends first with 3.1.1, and with 5.0. */
    static final String CONNECT = "100e 00044d515454 04 02 003c 0002 7a73";

    static final String CONNECT_5 = "1012 00044d515454 05 02 003c 03 220008 0002 7a73";
    static final String CONNACK = "2002 0000";
    static final String CONNACK_5 = "2003 0000 00";

    final FakeBroker broker;
    final TestClient client;
    private final int type;
    private final int version;
    private final boolean websocket;

    Pair(int type, int version) {
        this.type = type;
        this.version = version;
        websocket = type == MQTT_TRANSPORT_NON_SECURE_WEBSOCKET;
        broker = new FakeBroker(websocket);
        client = new TestClient(type, version, broker.port());
    }

    static Stream<Pair> ofEachTransport(int version) {
        return Stream.of(
                        MQTT_TRANSPORT_NON_SECURE,
                        MQTT_TRANSPORT_NON_SECURE_WEBSOCKET,
                        MQTT_TRANSPORT_CUSTOM)
                .map(type -> new Pair(type, version));
    }

    static Pair tcp(int version) {
        return new Pair(MQTT_TRANSPORT_NON_SECURE, version);
    }

    static Pair websocket(int version) {
        return new Pair(MQTT_TRANSPORT_NON_SECURE_WEBSOCKET, version);
    }

    /** Connects up to CONNECT; on a websocket the broker has to answer meanwhile. */
    void open(String connect) {
        CompletableFuture<Void> accepting = Background.run(this::accept);
        assertThat(mqtt_connect(client.c)).isZero();
        join(accepting);
        broker.expect(connect);
    }

    void accept() {
        broker.accept();
        if (websocket) {
            broker.upgrade("");
        }
    }

    /** Connects up to CONNACK, with the broker's own for 5.0. */
    void connected(String connack) {
        open(version == MQTT_VERSION_5_0 ? CONNECT_5 : CONNECT);
        broker.send(connack);
        assertThat(client.events(1)).isZero();
        assertThat(client.last()).startsWith("CONNACK present=0 code=0");
        client.events.clear();
    }

    void connected() {
        connected(version == MQTT_VERSION_5_0 ? CONNACK_5 : CONNACK);
    }

    static void join(CompletableFuture<?> task) {
        try {
            task.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.also = evt -> {};
        mqtt_abort(client.c);
        broker.close();
    }

    @Override
    public String toString() {
        return type == MQTT_TRANSPORT_NON_SECURE ? "TCP" : websocket ? "websocket" : "custom";
    }
}
