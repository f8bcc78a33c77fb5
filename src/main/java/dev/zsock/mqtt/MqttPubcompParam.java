package dev.zsock.mqtt;

/** {@code struct mqtt_pubcomp_param} of {@code <zephyr/net/mqtt.h>}: the end of a QoS 2 message. */
public final class MqttPubcompParam {
    /** Packet identifier of the message, 1 to 65535. */
    public int message_id;

    /** 0, or a reason code (5.0). */
    public int reason_code;

    /** Properties (5.0). */
    public final MqttCommonAckProperties prop = new MqttCommonAckProperties();

    /** All zero. */
    public MqttPubcompParam() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttPubcompParam(MqttPubcompParam other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttPubcompParam other) {
        message_id = other.message_id;
        reason_code = other.reason_code;
        prop.set(other.prop);
    }
}
