package dev.zsock.mqtt;

/**
 * {@code struct mqtt_suback_param} of {@code <zephyr/net/mqtt.h>}: the broker's answer to
 * SUBSCRIBE.
 */
public final class MqttSubackParam {
    /** Packet identifier of the SUBSCRIBE. */
    public int message_id;

    /**
     * One byte for each filter: the QoS granted, or {@code MQTT_SUBACK_FAILURE} or another reason
     * code; bytes are signed in Java ({@code & 0xff}).
     */
    public final MqttBinstr return_codes = new MqttBinstr();

    /** Properties (5.0). */
    public final MqttCommonAckProperties prop = new MqttCommonAckProperties();

    /** All zero. */
    public MqttSubackParam() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttSubackParam(MqttSubackParam other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttSubackParam other) {
        message_id = other.message_id;
        return_codes.set(other.return_codes);
        prop.set(other.prop);
    }
}
