package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;
import dev.zsock.uapi.SockaddrIn;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A mosquitto that wants passwords, that is silent, that dies and comes back. */
@Timeout(120)
class MosquittoLifeTest {
    private static TestClient client(Peer broker, boolean websocket) {
        int type = websocket ? MQTT_TRANSPORT_NON_SECURE_WEBSOCKET : MQTT_TRANSPORT_NON_SECURE;
        int port = websocket ? broker.wsPort() : broker.port();
        return new TestClient(type, MQTT_VERSION_3_1_1, port);
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
    @ValueSource(booleans = {false, true})
    void userAndPassword(boolean websocket, @TempDir Path folder) throws Exception {
        Peers.requirePeer("mosquitto");
        Path passwords = folder.resolve("passwords");
        run("mosquitto_passwd", "-b", "-c", passwords.toString(), "ann", "s3cret");
        try (Peer broker = Peers.mosquitto(
                "user root", "allow_anonymous false", "password_file " + passwords)) {
            TestClient c = client(broker, websocket);
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
    @ValueSource(booleans = {false, true})
    void keepAliveWithASilentBroker(boolean websocket) throws Exception {
        try (Peer broker = Peers.mosquitto()) {
            TestClient c = client(broker, websocket);
            c.c.keepalive = 1;
            assertThat(mqtt_connect(c.c)).isZero();
            c.events(1);
            String pid = String.valueOf(broker.process().pid());
            run("kill", "-STOP", pid);
            c.until("two pings without an answer", () -> {
                int rc = mqtt_live(c.c);
                assertThat(rc).isIn(0, -EAGAIN);
                return c.c.unacked_ping == 2;
            });
            assertThat(mqtt_abort(c.c)).isZero();
            run("kill", "-CONT", pid);
            assertThat(mqtt_connect(c.c)).isZero();
            c.until("CONNACK", () -> c.last().startsWith("CONNACK"));
            assertThat(c.c.unacked_ping).isZero();
            assertThat(mqtt_disconnect(c.c, null)).isZero();
        }
    }

    /** Killed without a word and started again from its file: the session goes on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theBrokerDiesAndComesBack(boolean websocket, @TempDir Path folder) throws Exception {
        String[] persistent = {
            "user root", "persistence true", "persistence_location " + folder + "/"
        };
        TestClient c;
        try (Peer broker = Peers.mosquitto(persistent)) {
            c = client(broker, websocket);
            c.c.clean_session = 0;
            assertThat(mqtt_connect(c.c)).isZero();
            c.events(1);
            assertThat(mqtt_subscribe(c.c, TestClient.list(1, 1, "news"))).isZero();
            c.events(2);
            assertThat(c.publish("news", 1, 9, "before")).isZero();
            c.events(4);
            Path saved = folder.resolve("mosquitto.db");
            run("kill", "-USR1", String.valueOf(broker.process().pid())); // save
            Await.until("message saved", Duration.ofSeconds(20), () -> holds(saved, "before"));
            broker.process().destroyForcibly();
            c.until("the end", () -> c.last().startsWith("DISCONNECT"));
            assertThat(c.last()).isIn("DISCONNECT " + -ENOTCONN, "DISCONNECT " + -ECONNRESET);
        }
        try (Peer broker = Peers.mosquitto(persistent)) {
            c.events.clear();
            int port = websocket ? broker.wsPort() : broker.port();
            c.c.broker = new SockaddrIn(0x7f000001, port);
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
