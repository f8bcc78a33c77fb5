package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.testkit.Background;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Calls that block, and the end of the connection by another thread. */
@Timeout(60)
class ThreadsTest {
    private static final int HUGE = 64 << 20;

    static Stream<Pair> pairs() {
        return Pair.ofEachTransport(MQTT_VERSION_3_1_1);
    }

    private static MqttPublishParam huge(TestClient c) {
        MqttPublishParam p = c.message("t", 0, 0, "");
        p.message.payload.data = new byte[HUGE];
        p.message.payload.len = HUGE;
        return p;
    }

    /** The broker sends half a payload and no more. */
    @ParameterizedTest
    @MethodSource("pairs")
    void abortEndsABlockedRead(Pair pair) throws InterruptedException {
        try (pair) {
            pair.connected();
            pair.client.piece = 0;
            pair.broker.send("3007 000174 31");
            pair.client.events(1);
            int[] rc = {0};
            byte[] buf = new byte[4];
            Thread reader =
                    new Thread(() -> rc[0] = mqtt_readall_publish_payload(pair.client.c, buf, 4));
            reader.start();
            Await.until("first byte", Duration.ofSeconds(20), () -> buf[0] == '1');
            assertThat(mqtt_abort(pair.client.c)).isZero();
            reader.join();
            assertThat(rc[0]).isNegative();
            assertThat(pair.client.events.subList(1, pair.client.events.size()))
                    .containsExactly("DISCONNECT " + -ECONNABORTED);
        }
    }

    /** The broker reads nothing; reading goes on beside the blocked write until the abort. */
    @ParameterizedTest
    @MethodSource("pairs")
    void abortEndsABlockedWrite(Pair pair) throws InterruptedException {
        try (pair) {
            pair.connected();
            TestClient c = pair.client;
            int[] rc = {0};
            Thread writer = new Thread(() -> rc[0] = mqtt_publish(c.c, huge(c)));
            writer.start();
            pair.broker.read(1);
            pair.broker.send("4002 0007");
            c.events(1);
            assertThat(writer.isAlive()).isTrue();
            assertThat(mqtt_abort(c.c)).isZero();
            writer.join();
            assertThat(rc[0]).isNegative();
            assertThat(c.events)
                    .containsExactly("PUBACK id=7 code=0 {}", "DISCONNECT " + -ECONNABORTED);
        }
    }

    /** The answer to the upgrade never comes. */
    @Test
    void abortEndsABlockedHandshake() throws InterruptedException {
        try (Pair pair = Pair.websocket(MQTT_VERSION_3_1_1)) {
            pair.client.c.transport.websocket.timeout = SYS_FOREVER_MS;
            int[] rc = {0};
            Thread connecting = new Thread(() -> rc[0] = mqtt_connect(pair.client.c));
            connecting.start();
            pair.broker.accept();
            assertThat(mqtt_connect(pair.client.c)).isEqualTo(-EALREADY);
            assertThat(mqtt_abort(pair.client.c)).isZero();
            connecting.join();
            assertThat(rc[0]).isEqualTo(-ECONNABORTED);
            assertThat(pair.client.events).containsExactly("DISCONNECT " + -ECONNABORTED);
            assertThat(pair.client.c.transport.tcp.sock).isEqualTo(-1);
        }
    }

    /** A listener whose queue is full: the kernel sends SYN again and again. */
    private static ServerSocket full(List<Socket> queued) throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        for (int i = 0; i < 2; i++) {
            queued.add(new Socket("127.0.0.1", listener.getLocalPort()));
        }
        return listener;
    }

    /** Once when connect(2) has surely begun, then as soon as there is a socket. */
    @Test
    void abortEndsABlockedConnect() throws IOException {
        List<Socket> queued = new ArrayList<>();
        try (ServerSocket listener = full(queued)) {
            TestClient c = new TestClient(
                    MQTT_TRANSPORT_NON_SECURE, MQTT_VERSION_3_1_1, listener.getLocalPort());
            for (int i = 0; i < 300; i++) {
                CompletableFuture<Integer> rc = Background.supply(() -> mqtt_connect(c.c));
                Await.until("socket", Duration.ofSeconds(20), () -> c.c.transport.tcp.sock >= 0);
                if (i == 0) {
                    assertThat(rc.isDone()).isFalse();
                }
                Pair.join(Background.run(() -> mqtt_abort(c.c)));
                Pair.join(rc);
                assertThat(rc.join()).isEqualTo(-ECONNABORTED);
                assertThat(c.c.transport.tcp.sock).isEqualTo(-1);
            }
            assertThat(c.events).hasSize(300).containsOnly("DISCONNECT " + -ECONNABORTED);
        } finally {
            for (Socket socket : queued) {
                socket.close();
            }
        }
    }

    /**
     * A reader waits for a payload, of which the broker sends no more: the thread that looks after
     * the connection goes on, and pings.
     */
    @ParameterizedTest
    @MethodSource("pairs")
    void nothingThatDoesNotWaitIsHeldUpByABlockedRead(Pair pair) {
        try (pair) {
            pair.connected();
            TestClient c = pair.client;
            c.piece = 0;
            byte[] buf = new byte[4];
            List<CompletableFuture<Integer>> reader = new ArrayList<>();
            c.also = evt -> {
                reader.add(Background.supply(() -> mqtt_readall_publish_payload(c.c, buf, 4)));
                Await.until("first byte", Duration.ofSeconds(20), () -> buf[0] == '1');
            };
            pair.broker.send("3007 000174 31");
            CompletableFuture<Void> keeper = Background.run(() -> {
                c.events(1);
                c.also = evt -> {};
                assertThat(mqtt_input(c.c)).isEqualTo(-EBUSY);
                assertThat(mqtt_read_publish_payload(c.c, new byte[4], 4)).isEqualTo(-EAGAIN);
                assertThat(mqtt_live(c.c)).isEqualTo(-EAGAIN);
                assertThat(mqtt_ping(c.c)).isZero();
            });
            Pair.join(keeper);
            pair.broker.expect("c000").send("323334 d000");
            Pair.join(reader.get(0));
            assertThat(reader.get(0).join()).isZero();
            c.events(2);
            assertThat(c.last()).isEqualTo("PINGRESP");
        }
    }

    /** SO_SNDTIMEO bounds a write; half a packet cannot stay, so it ends the connection. */
    @Test
    void sendTimeoutEndsTheConnection() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.connected();
            dev.zsock.uapi.Timeval timeout = new dev.zsock.uapi.Timeval();
            timeout.tv_usec = 50_000;
            int sock = pair.client.sock();
            assertThat(setsockopt(sock, SOL_SOCKET, SO_SNDTIMEO, timeout, 16)).isZero();
            assertThat(mqtt_publish(pair.client.c, huge(pair.client))).isEqualTo(-EAGAIN);
            assertThat(pair.client.events).containsExactly("DISCONNECT " + -EAGAIN);
        }
    }

    /** The application has made the socket non-blocking for its own reasons. */
    @Test
    void aNonBlockingSocketWorksTheSame() throws InterruptedException {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.connected();
            int sock = pair.client.sock();
            assertThat(fcntl(sock, F_SETFL, O_NONBLOCK)).isZero();
            int[] rc = {1};
            MqttPublishParam p = huge(pair.client);
            p.message.payload.len = 8 << 20;
            Thread writer = new Thread(() -> rc[0] = mqtt_publish(pair.client.c, p));
            writer.start();
            pair.broker.expect("3083 8080 04 000174");
            pair.broker.read(8 << 20);
            writer.join();
            assertThat(rc[0]).isZero();
        }
    }

    /** Packets of many threads never mix. */
    @ParameterizedTest
    @MethodSource("pairs")
    void packetsOfManyThreadsStayWhole(Pair pair) {
        try (pair) {
            pair.connected();
            int threads = 4;
            int each = 300;
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String topic = String.valueOf(t);
                writers.add(Background.run(() -> {
                    for (int i = 0; i < each; i++) {
                        int size = i % 7 == 0 ? 5000 : i % 50;
                        assertThat(pair.client.publish(topic, 0, 0, topic.repeat(size)))
                                .isZero();
                    }
                }));
            }
            int[] counts = new int[threads];
            for (int i = 0; i < threads * each; i++) {
                String packet = wholePacket(pair.broker);
                int topic = packet.charAt(0) - '0';
                assertThat(packet).isEqualTo(String.valueOf(topic).repeat(packet.length()));
                counts[topic]++;
            }
            assertThat(counts).containsOnly(each);
            writers.forEach(Pair::join);
        }
    }

    private static String wholePacket(FakeBroker broker) {
        assertThat(broker.read(1)[0]).isEqualTo((byte) 0x30);
        int length = 0;
        int shift = 0;
        int b;
        do {
            b = broker.read(1)[0];
            length |= (b & 0x7f) << shift;
            shift += 7;
        } while (b < 0);
        byte[] body = broker.read(length);
        assertThat(body[1]).isEqualTo((byte) 1);
        return new String(body, 2, length - 2);
    }

    /** Two threads that both see POLLIN: one gets the packet, no event is told twice. */
    @Test
    void twoReaders() {
        try (Pair pair = Pair.tcp(MQTT_VERSION_3_1_1)) {
            pair.connected();
            pair.broker.send("3004 000174 31".repeat(500));
            CompletableFuture<?> other = Background.run(() -> pair.client.events(500));
            pair.client.events(500);
            Pair.join(other);
            assertThat(pair.client.events).hasSize(500);
        }
    }
}
