package dev.zsock.mqtt;

/**
 * {@code struct mqtt_pubrec_param} of {@code <zephyr/net/mqtt.h>}: a QoS 2 message was received.
 */
public final class MqttPubrecParam {
    /** Packet identifier of the message, 1 to 65535. */
    public int message_id;

    /** 0, or a reason code (5.0). */
    public int reason_code;

    /** Properties (5.0). */
    public final MqttCommonAckProperties prop = new MqttCommonAckProperties();

    /** All zero. */
    public MqttPubrecParam() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttPubrecParam(MqttPubrecParam other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttPubrecParam other) {
        message_id = other.message_id;
        reason_code = other.reason_code;
        prop.set(other.prop);
    }
}
