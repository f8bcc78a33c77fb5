package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.testkit.Background;
import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The client with mosquitto: over TCP, over websockets, and with nginx between the two. */
@Timeout(120)
class MosquittoTest {
    enum Route {
        TCP,
        WEBSOCKET,
        NGINX
    }

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static Peer mosquitto;
    private static Peer nginx;

    @BeforeAll
    static void start() {
        mosquitto = Peers.mosquitto("max_queued_messages 0");
        nginx = Peers.nginx(mosquitto);
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
        }
        if (mosquitto != null) {
            mosquitto.close();
        }
    }

    private static String unique(String what) {
        return what + NAMES.incrementAndGet();
    }

    private static TestClient client(Route route, String id) {
        int type = route == Route.TCP
                ? MQTT_TRANSPORT_NON_SECURE
                : MQTT_TRANSPORT_NON_SECURE_WEBSOCKET;
        int port = switch (route) {
            case TCP -> mosquitto.port();
            case WEBSOCKET -> mosquitto.wsPort();
            case NGINX -> nginx.port();
        };
        TestClient client = new TestClient(type, MQTT_VERSION_3_1_1, port);
        client.c.client_id.set(MQTT_UTF8_LITERAL(id));
        return client;
    }

    private static TestClient connected(Route route, String id) {
        return connect(client(route, id));
    }

    private static TestClient connect(TestClient client) {
        int before = client.events.size();
        assertThat(mqtt_connect(client.c)).isZero();
        client.events(before + 1);
        assertThat(client.last()).startsWith("CONNACK").contains("code=0");
        return client;
    }

    private static TestClient subscribed(Route route, String id, int qos, String... filters) {
        return subscribe(connected(route, id), qos, filters);
    }

    private static TestClient subscribe(TestClient client, int qos, String... filters) {
        assertThat(mqtt_subscribe(client.c, TestClient.list(1, qos, filters))).isZero();
        awaitLast(client, "SUBACK id=1 {}" + (" " + qos).repeat(filters.length));
        client.events.clear();
        return client;
    }

    private static void awaitLast(TestClient client, String event) {
        client.until(event, () -> client.last().equals(event));
    }

    /** Returns when the broker knows: what it gets from now on is not for this connection. */
    private static void leave(TestClient client) {
        String line = "Client " + client.c.client_id + " disconnected.";
        long before = printed(line);
        assertThat(mqtt_disconnect(client.c, null)).isZero();
        assertThat(client.last()).isEqualTo("DISCONNECT 0");
        Await.until(line, Duration.ofSeconds(20), () -> printed(line) > before);
    }

    private static long printed(String line) {
        return mosquitto.output().lines().filter(l -> l.endsWith(line)).count();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes());
    }

    private static String published(
            int dup, int qos, int retain, String topic, int id, String text) {
        return "PUBLISH dup=%d qos=%d retain=%d topic=%s id=%d {} payload=%s"
                .formatted(dup, qos, retain, topic, id, hex(text));
    }

    @ParameterizedTest
    @EnumSource
    void eachQosBothWays(Route route) {
        String topic = unique("q/");
        TestClient c = subscribed(route, unique("c"), 2, topic);
        assertThat(c.publish(topic, 0, 0, "zero")).isZero();
        c.events(1);
        assertThat(c.publish(topic, 1, 5, "one")).isZero();
        c.until("both", () -> c.events.size() == 3);
        assertThat(c.events.subList(1, 3))
                .containsExactlyInAnyOrder(
                        "PUBACK id=5 code=0 {}", published(0, 1, 0, topic, 1, "one"));
        assertThat(c.puback(1)).isZero();
        c.events.clear();
        assertThat(c.publish(topic, 2, 6, "two")).isZero();
        awaitLast(c, "PUBREC id=6 code=0 {}");
        assertThat(c.pubrel(6)).isZero();
        c.until("message", () -> c.events.size() == 3);
        assertThat(c.events)
                .contains("PUBCOMP id=6 code=0 {}", published(0, 2, 0, topic, 2, "two"));
        assertThat(c.pubrec(2)).isZero();
        awaitLast(c, "PUBREL id=2 code=0 {}");
        assertThat(c.pubcomp(2)).isZero();
        assertThat(mqtt_ping(c.c)).isZero();
        awaitLast(c, "PINGRESP");
        leave(c);
    }

    @ParameterizedTest
    @EnumSource
    void retainedMessagesAndWildcards(Route route) {
        String base = unique("r");
        TestClient c = connected(route, unique("c"));
        for (String topic : new String[] {"/a", "/b/c", "/b/d/e"}) {
            MqttPublishParam p = c.message(base + topic, 1, 1, topic);
            p.retain_flag = 1;
            assertThat(mqtt_publish(c.c, p)).isZero();
            awaitLast(c, "PUBACK id=1 code=0 {}");
            c.events.clear();
        }
        assertThat(mqtt_subscribe(c.c, TestClient.list(2, 0, base + "/+"))).isZero();
        awaitLast(c, published(0, 0, 1, base + "/a", 0, "/a"));
        assertThat(mqtt_subscribe(c.c, TestClient.list(3, 0, base + "/b/#"))).isZero();
        c.until("two more", () -> c.events.size() == 5);
        assertThat(c.events)
                .contains(
                        published(0, 0, 1, base + "/b/c", 0, "/b/c"),
                        published(0, 0, 1, base + "/b/d/e", 0, "/b/d/e"));
        c.events.clear();
        assertThat(mqtt_unsubscribe(c.c, TestClient.list(4, 0, base + "/+", base + "/b/#")))
                .isZero();
        awaitLast(c, "UNSUBACK id=4 {}");
        assertThat(c.publish(base + "/a", 0, 0, "nobody")).isZero();
        assertThat(mqtt_ping(c.c)).isZero();
        c.events(2);
        assertThat(c.events).containsExactly("UNSUBACK id=4 {}", "PINGRESP");
        leave(c);
    }

    @ParameterizedTest
    @EnumSource
    void theWillOfAClientThatIsGone(Route route) {
        String topic = unique("w/");
        TestClient witness = subscribed(Route.TCP, unique("c"), 1, topic);
        TestClient c = client(route, unique("c"));
        c.c.will_topic = new MqttTopic();
        c.c.will_topic.topic.set(MQTT_UTF8_LITERAL(topic));
        c.c.will_topic.qos = 1;
        c.c.will_message = MQTT_UTF8_LITERAL("gone");
        connect(c);
        leave(c);
        connect(c);
        assertThat(mqtt_abort(c.c)).isZero();
        witness.events(1);
        assertThat(witness.events).containsExactly(published(0, 1, 0, topic, 1, "gone"));
        leave(witness);
    }

    @ParameterizedTest
    @EnumSource
    void theSessionIsKeptOrNot(Route route) {
        String id = unique("s");
        String topic = unique("k/");
        TestClient c = client(route, id);
        c.c.clean_session = 0;
        connect(c);
        assertThat(c.last()).startsWith("CONNACK present=0");
        subscribe(c, 1, topic);
        leave(c);
        TestClient other = connected(Route.TCP, unique("c"));
        assertThat(other.publish(topic, 1, 1, "later")).isZero();
        awaitLast(other, "PUBACK id=1 code=0 {}");
        leave(other);
        c.events.clear();
        connect(c);
        assertThat(c.events.get(0)).startsWith("CONNACK present=1");
        awaitLast(c, published(0, 1, 0, topic, 1, "later"));
        assertThat(c.puback(1)).isZero();
        leave(c);
        c.c.clean_session = 1;
        connect(c);
        assertThat(c.last()).startsWith("CONNACK present=0");
        leave(c);
    }

    /** Our acknowledgement is lost: the broker sends again with DUP; one too many is no harm. */
    @ParameterizedTest
    @EnumSource
    void acknowledgementsLostAndRepeated(Route route) {
        String topic = unique("l/");
        TestClient c = client(route, unique("s"));
        c.c.clean_session = 0;
        subscribe(connect(c), 2, topic);
        TestClient other = connected(Route.TCP, unique("c"));
        assertThat(other.publish(topic, 1, 1, "one")).isZero();
        awaitLast(c, published(0, 1, 0, topic, 1, "one"));
        assertThat(mqtt_abort(c.c)).isZero();
        connect(c);
        awaitLast(c, published(1, 1, 0, topic, 1, "one"));
        assertThat(c.puback(1)).isZero();
        assertThat(c.puback(1)).isZero();
        assertThat(other.publish(topic, 2, 2, "two")).isZero();
        other.until("PUBREC", () -> other.last().startsWith("PUBREC"));
        assertThat(other.pubrel(2)).isZero();
        awaitLast(c, published(0, 2, 0, topic, 2, "two"));
        assertThat(c.pubrec(2)).isZero();
        awaitLast(c, "PUBREL id=2 code=0 {}");
        assertThat(mqtt_abort(c.c)).isZero();
        c.events.clear();
        connect(c);
        awaitLast(c, "PUBREL id=2 code=0 {}");
        assertThat(c.pubcomp(2)).isZero();
        assertThat(c.pubcomp(2)).isZero();
        leave(c);
        c.events.clear();
        connect(c);
        assertThat(mqtt_ping(c.c)).isZero();
        awaitLast(c, "PINGRESP");
        assertThat(c.events).hasSize(2); // nothing comes again
        leave(c);
        leave(other);
    }

    /** The broker's answers are lost: what we send again with DUP arrives once with QoS 2. */
    @ParameterizedTest
    @EnumSource
    void repeatsWhatWasNotAnswered(Route route) {
        String topic = unique("d/");
        TestClient witness = subscribed(Route.TCP, unique("c"), 2, topic);
        TestClient c = client(route, unique("s"));
        c.c.clean_session = 0;
        connect(c);
        MqttPublishParam p = c.message(topic, 2, 7, "once");
        assertThat(mqtt_publish(c.c, p)).isZero();
        c.until("PUBREC", () -> c.last().startsWith("PUBREC"));
        assertThat(mqtt_abort(c.c)).isZero(); // as if PUBREC had not come
        connect(c);
        p.dup_flag = 1;
        assertThat(mqtt_publish(c.c, p)).isZero();
        c.until("PUBREC", () -> c.last().startsWith("PUBREC"));
        assertThat(c.pubrel(7)).isZero();
        assertThat(mqtt_abort(c.c)).isZero(); // PUBCOMP is lost
        connect(c);
        assertThat(c.pubrel(7)).isZero();
        awaitLast(c, "PUBCOMP id=7 code=0 {}");
        leave(c);
        witness.events(1);
        assertThat(witness.pubrec(1)).isZero();
        awaitLast(witness, "PUBREL id=1 code=0 {}");
        assertThat(witness.pubcomp(1)).isZero();
        assertThat(mqtt_ping(witness.c)).isZero();
        awaitLast(witness, "PINGRESP");
        assertThat(witness.events)
                .containsExactly(
                        published(0, 2, 0, topic, 1, "once"), "PUBREL id=1 code=0 {}", "PINGRESP");
        leave(witness);
    }

    /**
     * Mosquitto 2.0 sends 4 KiB over a websocket whenever something happens, else every 100 ms: so
     * another client keeps it awake.
     */
    @ParameterizedTest
    @EnumSource
    void aMegabyteInSmallPieces(Route route) {
        String topic = unique("m/");
        TestClient c = connected(route, unique("c"));
        TestClient reader = subscribed(Route.TCP, unique("c"), 1, topic);
        reader.piece = 997;
        String text = "0123456789abcdef".repeat(1 << 16);
        for (int qos = 0; qos < 2; qos++) {
            assertThat(c.publish(topic, qos, qos, text)).isZero();
            awaitLast(reader, published(0, qos, 0, topic, qos, text));
        }
        assertThat(reader.puback(1)).isZero();
        subscribe(c, 1, topic);
        assertThat(mqtt_unsubscribe(reader.c, TestClient.list(2, 0, topic))).isZero();
        awaitLast(reader, "UNSUBACK id=2 {}");
        c.piece = 997;
        assertThat(c.publish(topic, 0, 0, text)).isZero();
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> waking = Background.run(() -> {
            while (!done.get()) {
                reader.events.clear();
                assertThat(mqtt_ping(reader.c)).isZero();
                awaitLast(reader, "PINGRESP");
            }
        });
        awaitLast(c, published(0, 0, 0, topic, 0, text));
        done.set(true);
        Pair.join(waking);
        leave(reader);
        leave(c);
    }
}
