package dev.zsock.mqtt;

import dev.zsock.internal.trace.Trace;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.MqttAbi;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connection of a client: C's {@code struct mqtt_internal} and what works on it. Any thread may
 * call. Events are told with no lock held.
 *
 * <p>Locks: tx (one packet at a time; held while it is written), then rx (see {@link Receiver}),
 * then the monitors of {@link Gate} and {@link BrokerLimits}. Closing takes none of the first two,
 * so it gets through while a write or a read is blocked.
 */
final class Connection implements ErrnoAbi, MqttAbi {
    /** Builds a packet in the transmit buffer. */
    interface Packet {
        int encode(byte[] buf, int size);
    }

    private static final byte[] NONE = new byte[0];
    private static final int MOST_PINGS = 127; // unacked_ping is an int8_t

    /** How long a close waits for the calls under way before it wakes them once more. */
    private static final int AGAIN_MS = 20;

    final PacketEncoder encoder = new PacketEncoder();
    final Gate gate = new Gate();
    final BrokerLimits limits = new BrokerLimits();
    final Receiver receiver;

    private final MqttClient client;
    private final ReentrantLock tx = new ReentrantLock();
    private final ConnectEncoder connectEncoder = new ConnectEncoder(encoder.out);
    private byte[] txBuf = NONE; // this and the next guarded by tx
    private int txSize;
    private volatile @Nullable Transport transport;
    private volatile long lastActivity;

    Connection(MqttClient client) {
        this.client = client;
        receiver = new Receiver(client, this);
    }

    /** The transport of the connection that the caller has entered. */
    Transport transport() {
        return Objects.requireNonNull(transport);
    }

    /** {@code mqtt_connect}. */
    int connect() {
        byte[] txWanted = client.tx_buf;
        byte[] rxWanted = client.rx_buf;
        if (client.client_id.utf8 == null) {
            return -EINVAL;
        }
        if (txWanted == null || rxWanted == null) {
            return -ENOMEM;
        }
        Objects.checkFromIndexSize(0, client.tx_buf_size, txWanted.length);
        Objects.checkFromIndexSize(0, client.rx_buf_size, rxWanted.length);
        Transport wanted = Transport.of(client);
        if (wanted == null) {
            return -EINVAL;
        }
        int number = gate.begin();
        if (number < 0) {
            return number;
        }
        transport = wanted;
        receiver.begin(rxWanted, client.rx_buf_size);
        limits.begin(client);
        return open(number, txWanted);
    }

    /** Connects the transport and sends CONNECT; a failure leaves nothing behind. */
    private int open(int number, byte[] txWanted) {
        boolean up = false;
        int rc = -ECONNABORTED; // also when a callback throws
        try {
            int done = prepare(txWanted);
            if (done >= 0) {
                done = transport().connect();
                up = done >= 0;
            }
            if (up && !gate.closing()) {
                done = greet(number);
            }
            rc = gate.closing() ? -ECONNABORTED : done;
        } finally {
            if (rc < 0) {
                gate.shut(number);
            }
            if (gate.opened()) {
                if (up) {
                    free();
                }
                gate.closed();
            }
        }
        return Math.min(rc, 0);
    }

    /** Builds CONNECT; until it has gone nobody else may build a packet. */
    private int prepare(byte[] txWanted) {
        tx.lock();
        try {
            txBuf = txWanted;
            txSize = client.tx_buf_size;
            return connectEncoder.encode(client, txBuf, txSize);
        } finally {
            tx.unlock();
        }
    }

    private int greet(int number) {
        tx.lock();
        try {
            client.unacked_ping = 0;
            lastActivity = System.nanoTime();
            gate.advance(number, Gate.OPEN);
            return write(null);
        } finally {
            tx.unlock();
        }
    }

    /** Sends a packet to a broker that has accepted the connection: 0 or a negative errno. */
    int send(Packet packet) {
        return Math.min(transmit(Gate.CONNECTED, packet, null, null), 0);
    }

    int publish(MqttPublishParam param) {
        MqttBinstr payload = param.message.payload;
        if (payload.data == null && payload.len > 0) {
            return -EINVAL;
        }
        if (payload.data != null && payload.len > 0) {
            Objects.checkFromIndexSize(payload.data_off, payload.len, payload.data.length);
        }
        Packet packet = (buf, size) -> {
            int rc = encoder.publish(client, param, buf, size);
            return rc < 0 ? rc : limits.publish(param);
        };
        Runnable counted = () -> limits.sent(param);
        return Math.min(transmit(Gate.CONNECTED, packet, payload, counted), 0);
    }

    /** Sends PUBACK, PUBREC, PUBREL or PUBCOMP. */
    int ack(PacketType type, int id, int code, MqttCommonAckProperties prop) {
        Packet packet = (buf, size) -> encoder.ack(client, type, id, code, prop, buf, size);
        boolean ends = type == PacketType.PUBACK
                || type == PacketType.PUBCOMP
                || type == PacketType.PUBREC && code >= 0x80;
        @Nullable Runnable counted = ends ? limits::receivedDone : null;
        return Math.min(transmit(Gate.CONNECTED, packet, null, counted), 0);
    }

    int subscribe(MqttSubscriptionList param) {
        return send((buf, size) -> {
            int rc = encoder.subscribe(client, param, buf, size);
            return rc < 0 ? rc : limits.subscribe(param);
        });
    }

    /** {@code mqtt_auth}: to go on with it also before CONNACK (5.0 4.12), again after (4.12.1). */
    int auth(MqttAuthParam param) {
        Packet packet = (buf, size) -> encoder.auth(client, param, buf, size);
        boolean again = param.reason_code == MQTT_AUTH_RE_AUTHENTICATE;
        return Math.min(transmit(again ? Gate.CONNECTED : Gate.OPEN, packet, null, null), 0);
    }

    /**
     * The number of the connection, or a negative errno. What counts packets is called before the
     * first byte leaves: the answer may be read before this returns.
     */
    private int transmit(
            int atLeast, Packet packet, @Nullable MqttBinstr payload, @Nullable Runnable counted) {
        int number;
        int rc;
        tx.lock();
        try {
            number = gate.enter(atLeast);
            if (number < 0) {
                return number;
            }
            try {
                rc = packet.encode(txBuf, txSize);
                int more = payload == null ? 0 : payload.len;
                if (rc >= 0) {
                    rc = limits.packet((long) encoder.out.size() + more);
                }
                if (rc < 0) {
                    return rc; // nothing has been sent, the connection goes on
                }
                if (counted != null) {
                    counted.run();
                }
                rc = write(payload);
            } finally {
                gate.leave();
            }
        } finally {
            tx.unlock();
        }
        if (rc < 0) {
            lost(number, rc, 0);
            return rc;
        }
        lastActivity = System.nanoTime();
        return number;
    }

    private int write(@Nullable MqttBinstr payload) {
        PacketOutput out = encoder.out;
        if (Trace.MQTT) {
            String name = PacketType.nameOf(out.buf[out.start]);
            int length = out.size() + (payload == null ? 0 : payload.len);
            Trace.mqtt(transport().fd(), ">", "packet", name, "len", length);
        }
        return payload == null
                ? transport().write(out.buf, out.start, out.size())
                : transport().writeMessage(out, payload);
    }

    int ping() {
        int[] counted = {0};
        Runnable count = () -> counted[0] = pings(1);
        int rc = Math.min(transmit(Gate.CONNECTED, encoder::ping, null, count), 0);
        if (rc < 0) {
            pings(-counted[0]);
        }
        return rc;
    }

    /** Counts PINGREQ up, PINGRESP down; gives what that changed. */
    synchronized int pings(int change) {
        int before = client.unacked_ping;
        client.unacked_ping = Math.max(0, Math.min(MOST_PINGS, before + change));
        return client.unacked_ping - before;
    }

    /** {@code mqtt_disconnect}. */
    int disconnect(@Nullable MqttDisconnectParam param) {
        Packet packet = (buf, size) -> encoder.disconnect(client, param, buf, size);
        int rc = transmit(Gate.CONNECTED, packet, null, null);
        if (rc > 0) {
            lost(rc, 0, 0);
        }
        return Math.min(rc, 0);
    }

    /** Closes whatever is open and tells the application. */
    void abort() {
        lost(Gate.ANY, -ECONNABORTED, 0);
    }

    /** Closes this connection, once, and tells the application; reason is for a 5.0 broker. */
    void lost(int number, int result, int reason) {
        if (close(number, reason)) {
            MqttEvt evt = new MqttEvt();
            evt.type = MQTT_EVT_DISCONNECT;
            evt.result = result;
            tell(evt);
        }
    }

    /** Closes this connection if nobody else has. */
    boolean close(int number, int reason) {
        int from = gate.shut(number);
        if (from == Gate.IDLE) {
            return false;
        }
        if (Trace.MQTT) {
            Trace.mqtt(transport().fd(), "close", "reason", reason);
        }
        if (gate.inConnect()) {
            transport().wake(); // the connect frees what it has opened when this is back
            return true;
        }
        if (reason != 0 && from == Gate.CONNECTED && client.isV5()) {
            lastWord(reason);
        }
        free();
        gate.closed();
        return true;
    }

    /** What begins only after it was to be woken is woken again. */
    private void free() {
        boolean done = gate.isUsed() && transport().wake();
        while (!gate.awaitUnused(AGAIN_MS)) {
            done = done || transport().wake();
        }
        if (!done) {
            transport().disconnect();
        }
    }

    /** 5.0 4.13: DISCONNECT with the reason, unless a packet is under way. */
    private void lastWord(int reason) {
        if (tx.tryLock()) {
            try {
                byte[] packet = {(byte) PacketType.DISCONNECT.first, 1, (byte) reason};
                transport().tryWrite(packet, packet.length);
            } finally {
                tx.unlock();
            }
        }
    }

    void tell(MqttEvt evt) {
        MqttEvtCb cb = client.evt_cb;
        if (cb != null) {
            cb.call(client, evt);
        }
    }

    /** Forgets everything, for {@code mqtt_client_init}. */
    void reset() {
        close(Gate.ANY, 0);
        lastActivity = System.nanoTime();
    }

    /** Milliseconds since the last packet was sent. */
    long idle() {
        return (System.nanoTime() - lastActivity) / 1_000_000;
    }
}
