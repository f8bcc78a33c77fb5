package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.mqtt.MosquittoTest.Route;
import dev.zsock.testkit.Await;
import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;
import dev.zsock.uapi.SockaddrIn;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A mosquitto that wants passwords, is silent, dies and comes back: as in MosquittoTest. */
@Timeout(120)
class MosquittoLifeTest {
    /** A broker and, on that route, nginx before it. */
    private record Way(Peer broker, @Nullable Peer nginx) implements AutoCloseable {
        static Way start(Route route, String... configuration) {
            Peer broker = Peers.mosquitto(configuration);
            return new Way(broker, route == Route.NGINX ? Peers.nginx(broker) : null);
        }

        int port(Route route) {
            return switch (route) {
                case TCP -> broker.port();
                case WEBSOCKET -> broker.wsPort();
                case NGINX -> nginx.port();
            };
        }

        TestClient client(Route route) {
            int type = route == Route.TCP
                    ? MQTT_TRANSPORT_NON_SECURE
                    : MQTT_TRANSPORT_NON_SECURE_WEBSOCKET;
            return new TestClient(type, MQTT_VERSION_3_1_1, port(route));
        }

        @Override
        public void close() {
            if (nginx != null) {
                nginx.close();
            }
            broker.close();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as(List.of(command).toString()).isZero();
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.exists(file)
                    && Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            return false; // being replaced
        }
    }

    @ParameterizedTest
    @EnumSource
    void userAndPassword(Route route, @TempDir Path folder) throws Exception {
        Peers.requirePeer("mosquitto");
        Path passwords = folder.resolve("passwords");
        run("mosquitto_passwd", "-b", "-c", passwords.toString(), "ann", "s3cret");
        try (Way way = Way.start(
                route, "user root", "allow_anonymous false", "password_file " + passwords)) {
            TestClient c = way.client(route);
            assertThat(mqtt_connect(c.c)).isZero();
            assertThat(c.events(2)).isEqualTo(-ECONNREFUSED);
            assertThat(c.events.get(0)).isEqualTo("CONNACK present=0 code=5 {} result 5");
            c.events.clear();
            c.c.user_name = MQTT_UTF8_LITERAL("ann");
            c.c.password = MQTT_UTF8_LITERAL("wrong");
            assertThat(mqtt_connect(c.c)).isZero();
            assertThat(c.events(2)).isEqualTo(-ECONNREFUSED);
            c.events.clear();
            c.c.password = MQTT_UTF8_LITERAL("s3cret");
            assertThat(mqtt_connect(c.c)).isZero();
            c.events(1);
            assertThat(c.events).containsExactly("CONNACK present=0 code=0 {}");
            assertThat(mqtt_disconnect(c.c, null)).isZero();
        }
    }

    /** The broker is stopped with its connections open: pings stay unanswered. */
    @ParameterizedTest
    @EnumSource
    void keepAliveWithASilentBroker(Route route) throws Exception {
        try (Way way = Way.start(route)) {
            TestClient c = way.client(route);
            assertThat(mqtt_connect(c.c)).isZero();
            c.events(1);
            String pid = String.valueOf(way.broker.process().pid());
            run("kill", "-STOP", pid);
            c.c.keepalive = 1; // the broker, which knows nothing of it, ends no connection
            c.until("two pings without an answer", () -> {
                int rc = mqtt_live(c.c);
                assertThat(rc).isIn(0, -EAGAIN);
                return c.c.unacked_ping == 2;
            });
            assertThat(mqtt_abort(c.c)).isZero();
            c.c.keepalive = CONFIG_MQTT_KEEPALIVE;
            run("kill", "-CONT", pid);
            assertThat(mqtt_connect(c.c)).isZero();
            c.until("CONNACK", () -> c.last().startsWith("CONNACK"));
            assertThat(c.c.unacked_ping).isZero();
            assertThat(mqtt_disconnect(c.c, null)).isZero();
        }
    }

    /** Killed without a word and started again from its file: the session goes on. */
    @ParameterizedTest
    @EnumSource
    void theBrokerDiesAndComesBack(Route route, @TempDir Path folder) throws Exception {
        String[] persistent = {
            "user root", "persistence true", "persistence_location " + folder + "/"
        };
        TestClient c;
        try (Way way = Way.start(route, persistent)) {
            c = way.client(route);
            c.c.clean_session = 0;
            assertThat(mqtt_connect(c.c)).isZero();
            c.events(1);
            assertThat(mqtt_subscribe(c.c, TestClient.list(1, 1, "news"))).isZero();
            c.events(2);
            assertThat(c.publish("news", 1, 9, "before")).isZero();
            c.events(4);
            Path saved = folder.resolve("mosquitto.db");
            run("kill", "-USR1", String.valueOf(way.broker.process().pid())); // save
            Await.until("message saved", Duration.ofSeconds(20), () -> holds(saved, "before"));
            way.broker.process().destroyForcibly();
            c.until("the end", () -> c.last().startsWith("DISCONNECT"));
            assertThat(c.last()).isIn("DISCONNECT " + -ENOTCONN, "DISCONNECT " + -ECONNRESET);
        }
        try (Way way = Way.start(route, persistent)) {
            c.events.clear();
            c.c.broker = new SockaddrIn(0x7f000001, way.port(route));
            assertThat(mqtt_connect(c.c)).isZero();
            c.events(2);
            assertThat(c.events)
                    .containsExactly(
                            "CONNACK present=1 code=0 {}",
                            "PUBLISH dup=1 qos=1 retain=0 topic=news id=1 {} payload=6265666f7265");
            assertThat(c.puback(1)).isZero();
            assertThat(mqtt_disconnect(c.c, null)).isZero();
        }
    }
}
