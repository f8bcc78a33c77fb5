package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;
import static dev.zsock.mqtt.Mqtt.*;

import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** An application around a client: keeps its events as text, reads payloads, polls and feeds. */
final class TestClient {
    static final long PATIENCE_NS = 20_000_000_000L;

    final MqttClient c = new MqttClient();
    final List<String> events = new CopyOnWriteArrayList<>();
    private final SocketTransport custom = new SocketTransport();

    /** What else to do with an event, in the callback. */
    Consumer<MqttEvt> also = evt -> {};

    /** Room for a payload at a time; 0 leaves it where it is. */
    int piece = 4096;

    TestClient(int type, int version, int port) {
        mqtt_client_init(c);
        c.transport.type = type;
        c.transport.custom_transport = custom;
        c.protocol_version = version;
        c.broker = new SockaddrIn(0x7f000001, port);
        c.client_id.set(MQTT_UTF8_LITERAL("zs"));
        c.clean_session = 1;
        c.rx_buf = new byte[512];
        c.rx_buf_size = c.rx_buf.length;
        c.tx_buf = new byte[512];
        c.tx_buf_size = c.tx_buf.length;
        c.evt_cb = this::take;
    }

    private void take(MqttClient client, MqttEvt evt) {
        if (client != c) {
            throw new AssertionError("another client's event");
        }
        events.add(describe(evt));
        also.accept(evt);
    }

    private String describe(MqttEvt evt) {
        if (evt.type == MQTT_EVT_DISCONNECT && evt.result <= 0) {
            return "DISCONNECT " + evt.result;
        }
        if (evt.result < 0) {
            return "type " + evt.type + " result " + evt.result;
        }
        String result = evt.result == 0 ? "" : " result " + evt.result;
        byte[] payload = new byte[0];
        if (evt.type == MQTT_EVT_PUBLISH && piece > 0) {
            payload = payload(evt.param.publish.message.payload.len);
        }
        return Describe.event(evt, payload) + result;
    }

    /** Reads the payload in pieces; what is missing at the end is cut off. */
    byte[] payload(int len) {
        byte[] all = new byte[len];
        byte[] part = new byte[piece];
        int done = 0;
        while (done < len) {
            int n = mqtt_read_publish_payload_blocking(c, part, part.length);
            if (n <= 0) {
                return java.util.Arrays.copyOf(all, done);
            }
            System.arraycopy(part, 0, all, done, n);
            done += n;
        }
        return all;
    }

    int sock() {
        return switch (c.transport.type) {
            case MQTT_TRANSPORT_NON_SECURE -> c.transport.tcp.sock;
            case MQTT_TRANSPORT_NON_SECURE_WEBSOCKET -> c.transport.websocket.sock;
            default -> -1;
        };
    }

    /** Polls as an application does and feeds the client while there is something to read. */
    int feed(int ms) {
        boolean ready;
        if (c.transport.type == MQTT_TRANSPORT_CUSTOM) {
            ready = custom.poll(Math.max(ms, 1));
        } else {
            Pollfd[] fds = {new Pollfd(sock(), POLLIN)};
            ready = poll(fds, 1, ms) > 0;
        }
        return ready ? mqtt_input(c) : -EAGAIN;
    }

    /** Feeds until the condition holds; gives the last result of mqtt_input. */
    int until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NS;
        int rc = 0;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not in time: " + what + ", events " + events);
            }
            int now = feed(50);
            rc = now == -EAGAIN ? rc : now;
        }
        return rc;
    }

    /** Feeds until there are n events; gives the last result of mqtt_input. */
    int events(int n) {
        return until(n + " events", () -> events.size() >= n);
    }

    String last() {
        return events.isEmpty() ? "none" : events.get(events.size() - 1);
    }

    int disconnects() {
        return custom.disconnects;
    }

    MqttPublishParam message(String topic, int qos, int id, String payload) {
        MqttPublishParam p = new MqttPublishParam();
        p.message.topic.topic.set(MQTT_UTF8_LITERAL(topic));
        p.message.topic.qos = qos;
        byte[] data = payload.getBytes(StandardCharsets.UTF_8);
        p.message.payload.data = data;
        p.message.payload.len = data.length;
        p.message_id = id;
        return p;
    }

    int publish(String topic, int qos, int id, String payload) {
        return mqtt_publish(c, message(topic, qos, id, payload));
    }

    static MqttSubscriptionList list(int id, int qos, String... filters) {
        MqttSubscriptionList list = new MqttSubscriptionList();
        list.list = MqttTopic.array(filters.length);
        list.list_count = filters.length;
        list.message_id = id;
        for (int i = 0; i < filters.length; i++) {
            list.list[i].topic.set(MQTT_UTF8_LITERAL(filters[i]));
            list.list[i].qos = qos;
        }
        return list;
    }

    int puback(int id) {
        MqttPubackParam p = new MqttPubackParam();
        p.message_id = id;
        return mqtt_publish_qos1_ack(c, p);
    }

    int pubrec(int id) {
        MqttPubrecParam p = new MqttPubrecParam();
        p.message_id = id;
        return mqtt_publish_qos2_receive(c, p);
    }

    int pubrel(int id) {
        MqttPubrelParam p = new MqttPubrelParam();
        p.message_id = id;
        return mqtt_publish_qos2_release(c, p);
    }

    int pubcomp(int id) {
        MqttPubcompParam p = new MqttPubcompParam();
        p.message_id = id;
        return mqtt_publish_qos2_complete(c, p);
    }
}
