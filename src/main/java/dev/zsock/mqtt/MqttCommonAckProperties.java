package dev.zsock.mqtt;

import dev.zsock.uapi.MqttAbi;

/**
 * {@code struct mqtt_common_ack_properties} of {@code <zephyr/net/mqtt.h>}: properties of the
 * acknowledgements (5.0).
 */
public final class MqttCommonAckProperties {
    /** User properties in order; to send, up to the first pair that is empty (both parts). */
    public final MqttUtf8Pair[] user_prop =
            MqttUtf8Pair.array(MqttAbi.CONFIG_MQTT_USER_PROPERTIES_MAX);

    /** Reason in words. */
    public final MqttUtf8 reason_string = new MqttUtf8();

    /** Which properties came with a received packet. */
    public final Rx rx = new Rx();

    /** All zero. */
    public MqttCommonAckProperties() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttCommonAckProperties(MqttCommonAckProperties other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttCommonAckProperties other) {
        for (int i = 0; i < user_prop.length; i++) {
            user_prop[i].set(other.user_prop[i]);
        }
        reason_string.set(other.reason_string);
        rx.set(other.rx);
    }

    /** Which properties came with a received packet. */
    public static final class Rx {
        /** Whether {@code reason_string} came. */
        public boolean has_reason_string;

        /** Whether {@code user_prop} came. */
        public boolean has_user_prop;

        /** All zero. */
        public Rx() {}

        /**
         * A copy; buffers stay shared.
         *
         * @param other what to copy
         */
        public Rx(Rx other) {
            set(other);
        }

        /**
         * C's {@code *this = other}.
         *
         * @param other what to copy
         */
        public void set(Rx other) {
            has_reason_string = other.has_reason_string;
            has_user_prop = other.has_user_prop;
        }
    }
}
