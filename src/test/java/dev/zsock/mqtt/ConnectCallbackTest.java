package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zsock.testkit.Background;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;

/** What the application does in the callbacks of the websocket's handshake. */
@Timeout(60)
class ConnectCallbackTest {
    private static void nothingIsLeft(Pair pair) {
        assertThat(pair.client.c.transport.tcp.sock).isEqualTo(-1);
        assertThat(pair.client.sock()).isEqualTo(-1);
        assertThat(pair.broker.untilEnd()).matches("(8880.{8})?"); // an empty CLOSE at most
        pair.client.c.transport.websocket.config.cb = null;
        pair.client.c.transport.websocket.config.http_cb = null;
        pair.client.events.clear();
        pair.connected();
    }

    private static int connect(Pair pair) {
        CompletableFuture<Integer> rc = Background.supply(() -> mqtt_connect(pair.client.c));
        pair.accept();
        Pair.join(rc);
        return rc.join();
    }

    /** mqtt_connect waits in the callback's own thread: an abort there must not wait for it. */
    @Test
    void abortsFromTheCallback() {
        try (Pair pair = Pair.websocket(MQTT_VERSION_3_1_1)) {
            TestClient c = pair.client;
            c.c.transport.websocket.config.cb = (ws, http, data) -> {
                assertThat(mqtt_connect(c.c)).isEqualTo(-EALREADY);
                assertThat(mqtt_input(c.c)).isEqualTo(-ENOTCONN);
                assertThat(mqtt_abort(c.c)).isZero();
                assertThat(mqtt_abort(c.c)).isZero();
                return 0;
            };
            assertThat(connect(pair)).isEqualTo(-ECONNABORTED);
            assertThat(c.events).containsExactly("DISCONNECT " + -ECONNABORTED);
            nothingIsLeft(pair);
        }
    }

    @Test
    void initFromTheCallback() {
        try (Pair pair = Pair.websocket(MQTT_VERSION_3_1_1)) {
            TestClient c = pair.client;
            c.c.transport.websocket.config.cb = (ws, http, data) -> {
                mqtt_client_init(c.c);
                return 0;
            };
            assertThat(connect(pair)).isEqualTo(-ECONNABORTED);
            assertThat(c.events).isEmpty();
            assertThat(c.c.transport.tcp.sock).isEqualTo(-1);
            assertThat(c.c.transport.websocket.sock).isEqualTo(-1);
        }
    }

    @Test
    void theCallbackRefuses() {
        try (Pair pair = Pair.websocket(MQTT_VERSION_3_1_1)) {
            pair.client.c.transport.websocket.config.cb = (ws, http, data) -> -EPERM;
            assertThat(connect(pair)).isEqualTo(-EPERM);
            assertThat(pair.client.events).isEmpty();
            nothingIsLeft(pair);
        }
    }

    @Test
    void theCallbackThrows() {
        try (Pair pair = Pair.websocket(MQTT_VERSION_3_1_1)) {
            pair.client.c.transport.websocket.config.cb = (ws, http, data) -> {
                throw new IllegalStateException("application");
            };
            assertThatThrownBy(() -> connect(pair)).hasRootCauseMessage("application");
            assertThat(pair.client.events).isEmpty();
            nothingIsLeft(pair);
        }
    }
}
