package dev.zsock.mqtt;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.MqttAbi;

import org.jspecify.annotations.Nullable;

/**
 * How the packets of one connection travel. One thread writes and one reads at a time;
 * {@link #wake} may come from a third. Results are 0 or more, or a negative errno.
 */
abstract class Transport implements ErrnoAbi, MqttAbi {
    final MqttClient client;

    Transport(MqttClient client) {
        this.client = client;
    }

    /** A new one of the type that the client has chosen, or null for an unknown type. */
    static @Nullable Transport of(MqttClient client) {
        return switch (client.transport.type) {
            case MQTT_TRANSPORT_NON_SECURE -> new StreamTransport(client, false);
            case MQTT_TRANSPORT_SECURE -> new StreamTransport(client, true);
            case MQTT_TRANSPORT_NON_SECURE_WEBSOCKET ->
                new WebsocketTransport(client, new StreamTransport(client, false));
            case MQTT_TRANSPORT_SECURE_WEBSOCKET ->
                new WebsocketTransport(client, new StreamTransport(client, true));
            case MQTT_TRANSPORT_CUSTOM -> CustomTransport.of(client);
            default -> null;
        };
    }

    /** The descriptor, or -1 without one; for traces. */
    abstract int fd();

    /** Connects; a failure leaves nothing open. */
    abstract int connect();

    /** Writes all bytes, however long that takes. */
    abstract int write(byte[] buf, int off, int len);

    /** Writes the head of a PUBLISH and its payload. */
    abstract int writeMessage(PacketOutput head, MqttBinstr payload);

    /** Writes the bytes if that is possible without waiting; a last word before the end. */
    abstract void tryWrite(byte[] buf, int len);

    /** Reads what there is, up to len; 0 at the end; -EAGAIN for nothing unless it shall block. */
    abstract int read(byte[] buf, int off, int len, boolean block);

    /** Makes blocked calls of other threads return; true when that was a disconnect as well. */
    abstract boolean wake();

    /** Frees all descriptors. */
    abstract void disconnect();
}
