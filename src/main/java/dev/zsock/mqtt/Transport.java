package dev.zsock.mqtt;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.MqttAbi;

/**
 * How packets travel: one object for each {@code MQTT_TRANSPORT_...}, without state, which is in
 * {@link MqttClient#transport}. Results are 0 or more, or a negative errno.
 */
abstract class Transport implements ErrnoAbi, MqttAbi {
    /** Connects; a failure leaves nothing open. */
    abstract int connect(MqttClient c);

    /** Writes all bytes, however long that takes. */
    abstract int write(MqttClient c, byte[] buf, int off, int len);

    /** Writes the head of a PUBLISH and its payload. */
    abstract int writeMessage(MqttClient c, PacketOutput head, MqttBinstr payload);

    /** Writes the bytes if that is possible without waiting; a last word before the end. */
    abstract void tryWrite(MqttClient c, byte[] buf, int len);

    /** Reads what there is, up to len; 0 at the end; -EAGAIN for nothing unless it shall block. */
    abstract int read(MqttClient c, byte[] buf, int off, int len, boolean block);

    /** Makes blocked calls of other threads return; true when that was a disconnect as well. */
    abstract boolean wake(MqttClient c);

    /** Frees all descriptors. */
    abstract void disconnect(MqttClient c);
}
