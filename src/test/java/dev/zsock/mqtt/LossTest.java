package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Await;
import dev.zsock.testkit.Background;
import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * QoS 1 messages through connections that are cut again and again: none is lost, and one that comes
 * twice was sent again with DUP. {@code -Dzsock.mqtt.messages=100000} for the long run.
 */
@Timeout(3600)
class LossTest {
    private static final int MESSAGES = Integer.getInteger("zsock.mqtt.messages", 2000);
    private static final int WINDOW = 40;
    private static final int AHEAD = 200;
    private static final int SIZE = 32;

    /** An application that keeps a session alive over as many connections as it takes. */
    private abstract static class Session {
        final TestClient client;

        Session(int port, String id) {
            int type = MQTT_TRANSPORT_NON_SECURE_WEBSOCKET;
            client = new TestClient(type, MQTT_VERSION_3_1_1, port);
            client.piece = 0;
            client.c.clean_session = 0;
            client.c.client_id.set(MQTT_UTF8_LITERAL(id));
            client.c.evt_cb = (c, evt) -> take(evt);
        }

        abstract void take(MqttEvt evt);

        boolean isUp() {
            return client.sock() >= 0;
        }

        void connect() {
            mqtt_connect(client.c); // when it fails, the next round tries again
        }

        void feed(int ms) {
            if (isUp()) {
                client.feed(ms);
            }
        }
    }

    private static final class Publisher extends Session {
        private final Map<Integer, Integer> unanswered = new LinkedHashMap<>();
        private final BitSet repeated = new BitSet();
        private final Subscriber reader;
        private int next;
        private boolean ready;

        Publisher(int port, Subscriber reader) {
            super(port, "publisher");
            this.reader = reader;
        }

        /** mosquitto 2.0 takes 100 ms for each round of a queue when nothing else wakes it. */
        private boolean mayGoOn() {
            return next < MESSAGES && unanswered.size() < WINDOW && next < reader.count + AHEAD;
        }

        @Override
        void take(MqttEvt evt) {
            switch (evt.type) {
                case MQTT_EVT_CONNACK -> ready = evt.result == 0;
                case MQTT_EVT_PUBACK -> unanswered.remove(evt.param.puback.message_id);
                case MQTT_EVT_DISCONNECT -> ready = false;
                default -> throw new AssertionError(evt);
            }
        }

        /** 4.4.0-1: all that was not answered, in order, with DUP. */
        void resume() {
            for (Map.Entry<Integer, Integer> one : List.copyOf(unanswered.entrySet())) {
                repeated.set(one.getValue());
                if (send(one.getKey(), one.getValue(), 1) < 0) {
                    return;
                }
            }
        }

        private int send(int id, int number, int dup) {
            MqttPublishParam p = client.message("loss", 1, id, "");
            p.message.payload.data = ByteBuffer.allocate(SIZE).putInt(number).array();
            p.message.payload.len = SIZE;
            p.dup_flag = dup;
            return mqtt_publish(client.c, p);
        }

        void run() {
            while (next < MESSAGES || !unanswered.isEmpty()) {
                if (!isUp()) {
                    connect();
                }
                boolean before = ready;
                feed(20);
                if (ready && !before) {
                    resume();
                }
                while (ready && mayGoOn()) {
                    int id = next % 65535 + 1;
                    unanswered.put(id, next);
                    send(id, next++, 0);
                }
            }
            mqtt_abort(client.c);
        }
    }

    private static final class Subscriber extends Session {
        private final BitSet seen = new BitSet();
        private final BitSet again = new BitSet();
        private final byte[] payload = new byte[SIZE];
        private int duplicates;
        private volatile boolean subscribed;
        private volatile int count;

        Subscriber(int port) {
            super(port, "subscriber");
        }

        @Override
        void take(MqttEvt evt) {
            if (evt.type == MQTT_EVT_CONNACK) {
                mqtt_subscribe(client.c, TestClient.list(1, 1, "loss"));
            }
            subscribed |= evt.type == MQTT_EVT_SUBACK;
            if (evt.type != MQTT_EVT_PUBLISH
                    || mqtt_readall_publish_payload(client.c, payload, SIZE) < 0) {
                return;
            }
            int number = ByteBuffer.wrap(payload).getInt();
            if (seen.get(number)) {
                duplicates++;
                if (evt.param.publish.dup_flag == 0) {
                    again.set(number);
                }
            }
            seen.set(number);
            count = seen.cardinality();
            client.puback(evt.param.publish.message_id);
        }

        void run() {
            while (count < MESSAGES) {
                if (!isUp()) {
                    connect();
                }
                feed(50);
            }
            mqtt_abort(client.c);
        }
    }

    @Test
    void noneIsLost() throws Exception {
        try (Peer mosquitto = Peers.mosquitto("max_queued_messages 0");
                CuttingProxy in = new CuttingProxy(mosquitto.wsPort(), 20_000, 1);
                CuttingProxy out = new CuttingProxy(mosquitto.wsPort(), 20_000, 2)) {
            Subscriber subscriber = new Subscriber(out.port());
            Publisher publisher = new Publisher(in.port(), subscriber);
            CompletableFuture<Void> receiving = Background.run(subscriber::run);
            Await.until("subscribed", Duration.ofSeconds(30), () -> subscriber.subscribed);
            long start = System.nanoTime();
            publisher.run();
            receiving.get(20, TimeUnit.MINUTES);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "mqtt loss: %d messages in %.0f s, %d and %d connections cut, %d sent again,"
                            + " %d came again%n",
                    MESSAGES,
                    seconds,
                    in.cuts(),
                    out.cuts(),
                    publisher.repeated.cardinality(),
                    subscriber.duplicates);
            assertThat(subscriber.seen.cardinality()).isEqualTo(MESSAGES);
            BitSet unexplained = (BitSet) subscriber.again.clone();
            unexplained.andNot(publisher.repeated);
            assertThat(unexplained.cardinality())
                    .as("again, and never sent with DUP")
                    .isZero();
            assertThat(in.cuts()).isPositive();
        }
    }
}
