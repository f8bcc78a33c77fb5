package dev.zsock.mqtt;

import dev.zsock.uapi.MqttAbi;

import org.jspecify.annotations.Nullable;

/** {@code struct mqtt_subscription_list} of {@code <zephyr/net/mqtt.h>}. */
public final class MqttSubscriptionList {
    /** Filters. */
    public MqttTopic @Nullable [] list;

    /** Elements of {@link #list} to use. */
    public int list_count;

    /** Packet identifier, 1 to 65535. */
    public int message_id;

    /** Properties (5.0). */
    public final Prop prop = new Prop();

    /** All zero. */
    public MqttSubscriptionList() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttSubscriptionList(MqttSubscriptionList other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttSubscriptionList other) {
        list = other.list;
        list_count = other.list_count;
        message_id = other.message_id;
        prop.set(other.prop);
    }

    /** Properties of SUBSCRIBE and UNSUBSCRIBE (5.0). */
    public static final class Prop {
        /** User properties in order; to send, up to the first pair that is empty (both parts). */
        public final MqttUtf8Pair[] user_prop =
                MqttUtf8Pair.array(MqttAbi.CONFIG_MQTT_USER_PROPERTIES_MAX);

        /**
         * Comes back with each message that matches, 1 to 268435455; 0 for none. Not used by
         * UNSUBSCRIBE.
         */
        public int subscription_identifier;

        /** All zero. */
        public Prop() {}

        /**
         * A copy; buffers stay shared.
         *
         * @param other what to copy
         */
        public Prop(Prop other) {
            set(other);
        }

        /**
         * C's {@code *this = other}.
         *
         * @param other what to copy
         */
        public void set(Prop other) {
            for (int i = 0; i < user_prop.length; i++) {
                user_prop[i].set(other.user_prop[i]);
            }
            subscription_identifier = other.subscription_identifier;
        }
    }
}
