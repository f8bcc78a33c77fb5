package dev.zsock.mqtt;

/** {@code struct mqtt_pubrel_param} of {@code <zephyr/net/mqtt.h>}: a QoS 2 message is released. */
public final class MqttPubrelParam {
    /** Packet identifier of the message, 1 to 65535. */
    public int message_id;

    /** 0, or a reason code (5.0). */
    public int reason_code;

    /** Properties (5.0). */
    public final MqttCommonAckProperties prop = new MqttCommonAckProperties();

    /** All zero. */
    public MqttPubrelParam() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttPubrelParam(MqttPubrelParam other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttPubrelParam other) {
        message_id = other.message_id;
        reason_code = other.reason_code;
        prop.set(other.prop);
    }
}
