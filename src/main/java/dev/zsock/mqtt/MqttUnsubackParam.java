package dev.zsock.mqtt;

/**
 * {@code struct mqtt_unsuback_param} of {@code <zephyr/net/mqtt.h>}: the broker's answer to
 * UNSUBSCRIBE.
 */
public final class MqttUnsubackParam {
    /** Packet identifier of the UNSUBSCRIBE. */
    public int message_id;

    /** One reason code for each filter (5.0); bytes are signed in Java. */
    public final MqttBinstr reason_codes = new MqttBinstr();

    /** Properties (5.0). */
    public final MqttCommonAckProperties prop = new MqttCommonAckProperties();

    /** All zero. */
    public MqttUnsubackParam() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttUnsubackParam(MqttUnsubackParam other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttUnsubackParam other) {
        message_id = other.message_id;
        reason_codes.set(other.reason_codes);
        prop.set(other.prop);
    }
}
