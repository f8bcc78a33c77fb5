package dev.zsock.mqtt;

/**
 * {@code struct mqtt_evt} of {@code <zephyr/net/mqtt.h>}. It and what it points to hold only during
 * the callback; a copy shares the receive buffer.
 */
public final class MqttEvt {
    /** {@code MQTT_EVT_...}. */
    public int type;

    /** Parameters. */
    public final MqttEvtParam param = new MqttEvtParam();

    /**
     * 0, or a negative errno; for CONNACK, AUTH and a DISCONNECT of the broker their return or
     * reason code.
     */
    public int result;

    /** All zero. */
    public MqttEvt() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttEvt(MqttEvt other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttEvt other) {
        type = other.type;
        param.set(other.param);
        result = other.result;
    }

    @Override
    public String toString() {
        return "{type=" + type + ", result=" + result + "}";
    }
}
