package dev.zsock.mqtt;

import dev.zsock.internal.trace.Trace;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.MqttAbi;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/** The receiving half of a {@link Connection}: {@code mqtt_input} and the payload. */
final class Receiver implements ErrnoAbi, MqttAbi {
    private final MqttClient client;
    private final Connection connection;
    private final PacketReader.Source source = this::readNow;

    /**
     * Held while reading, not while the application is told; a reader of a payload may block with
     * it, so what must not wait only tries. Guards all below.
     */
    private final ReentrantLock rx = new ReentrantLock();

    private final PacketReader reader = new PacketReader();
    private final PacketDecoder decoder = new PacketDecoder();
    private final MqttEvt evt = new MqttEvt();

    /** The event lies in the receive buffer, which must stay until the callback has returned. */
    private volatile boolean telling;

    /** Bytes of a PUBLISH still in the transport. */
    private int payload;

    /** MQTT_DISCONNECT_... for a packet that ends the connection. */
    private int reason;

    Receiver(MqttClient client, Connection connection) {
        this.client = client;
        this.connection = connection;
    }

    /** A new connection. */
    void begin(byte[] rxBuf, int rxSize) {
        rx.lock();
        try {
            reader.begin(rxBuf, rxSize);
            payload = 0;
            decoder.aliases.clear();
        } finally {
            rx.unlock();
        }
    }

    private int readNow(byte[] into, int off, int len) {
        return connection.transport().read(into, off, len, false);
    }

    /** {@code mqtt_input}. */
    int input() {
        int number;
        int rc;
        boolean complete;
        if (!rx.tryLock()) {
            return -EBUSY; // another thread reads, maybe for long
        }
        try {
            if (telling) {
                return -EBUSY;
            }
            number = connection.gate.enter(Gate.OPEN);
            if (number < 0) {
                return number;
            }
            try {
                rc = payload > 0 ? -EBUSY : reader.read(client, source);
            } finally {
                connection.gate.leave();
            }
            if (rc == -EBUSY || rc == -EAGAIN) {
                return rc == -EAGAIN ? 0 : rc;
            }
            complete = rc == 0;
            telling = complete;
            reason = reader.reason;
            if (complete) {
                rc = take(number);
            }
        } finally {
            rx.unlock();
        }
        if (complete) {
            tell(number, rc);
        } else {
            connection.lost(number, rc, reason);
        }
        return rc;
    }

    /** Turns the packet in the buffer into the event and does what the library does with it. */
    private int take(int number) {
        PacketType type = Objects.requireNonNull(reader.type);
        if (Trace.MQTT) {
            int length = reader.bodyEnd + reader.payload;
            Trace.mqtt(connection.transport().fd(), "<", "packet", type, "len", length);
        }
        evt.type = -1;
        if (!inTurn(type)) {
            reason = MQTT_DISCONNECT_PROTOCOL_ERROR;
            return -EPROTO;
        }
        evt.type = type.event;
        int rc = decoder.decode(client, reader, evt);
        reason = decoder.in.reason;
        evt.result = rc;
        return rc < 0 ? rc : act(number);
    }

    /** 3.1.1 3.2.0-1, 5.0 3.2.0-1, 3.2.0-2: CONNACK first and once; 5.0 4.12: AUTH before it. */
    private boolean inTurn(PacketType type) {
        boolean connected = connection.gate.state() == Gate.CONNECTED;
        return type == PacketType.AUTH || connected != (type == PacketType.CONNACK);
    }

    private int act(int number) {
        switch (evt.type) {
            case MQTT_EVT_CONNACK -> {
                return connack(number);
            }
            case MQTT_EVT_PUBLISH -> {
                return publish();
            }
            case MQTT_EVT_PINGRESP -> connection.pings(-1);
            case MQTT_EVT_PUBACK, MQTT_EVT_PUBCOMP -> connection.limits.sentDone();
            case MQTT_EVT_PUBREC -> {
                if (evt.param.pubrec.reason_code >= 0x80) {
                    connection.limits.sentDone();
                }
            }
            case MQTT_EVT_DISCONNECT -> evt.result = evt.param.disconnect.reason_code;
            case MQTT_EVT_AUTH -> evt.result = evt.param.auth.reason_code;
            default -> {} // nothing but the event
        }
        return 0;
    }

    private int connack(int number) {
        MqttConnackParam p = evt.param.connack;
        evt.result = p.return_code;
        if (p.return_code != MQTT_CONNECTION_ACCEPTED) {
            return -ECONNREFUSED;
        }
        if (client.isV5()) {
            connection.limits.adopt(p.prop);
            if (p.prop.rx.has_server_keep_alive) {
                client.keepalive = p.prop.server_keep_alive; // 3.2.2-21
            }
        }
        connection.gate.advance(number, Gate.CONNECTED);
        return 0;
    }

    private int publish() {
        MqttPublishParam p = evt.param.publish;
        if (p.message.topic.qos > 0 && !connection.limits.received()) {
            p.message.payload.len = 0;
            reason = MQTT_DISCONNECT_RECV_MAX_EXCEEDED;
            evt.result = -EPROTO;
        }
        payload = p.message.payload.len;
        return evt.result;
    }

    /** Tells of the event, if there is one, and then ends the connection if the packet was bad. */
    private void tell(int number, int rc) {
        try {
            boolean known = evt.type == MQTT_EVT_DISCONNECT
                    ? rc == 0 && connection.close(number, 0)
                    : evt.type >= 0 && (rc == 0 || evt.type != MQTT_EVT_AUTH);
            if (known) {
                connection.tell(evt);
            }
        } finally {
            int why = reason;
            telling = false; // without rx, which a blocked reader may hold
            if (rc < 0) {
                connection.lost(number, rc, why);
            }
        }
    }

    /** {@code mqtt_read_publish_payload} and its blocking form. */
    int readPayload(byte[] into, int off, int len, boolean block) {
        Objects.checkFromIndexSize(off, len, into.length);
        int number;
        int got;
        if (block) {
            rx.lock();
        } else if (!rx.tryLock()) {
            return -EAGAIN; // another thread waits for it already
        }
        try {
            number = connection.gate.enter(Gate.OPEN);
            if (number < 0) {
                return number;
            }
            try {
                int want = Math.min(len, payload);
                if (want == 0) {
                    return 0;
                }
                got = connection.transport().read(into, off, want, block);
            } finally {
                connection.gate.leave();
            }
            if (got > 0) {
                payload -= got;
                return got;
            }
        } finally {
            rx.unlock();
        }
        int err = got == 0 ? -ENOTCONN : got;
        if (err != -EAGAIN) {
            connection.lost(number, err, 0);
        }
        return err;
    }
}
