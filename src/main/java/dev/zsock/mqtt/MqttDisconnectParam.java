package dev.zsock.mqtt;

import dev.zsock.uapi.MqttAbi;

/**
 * {@code struct mqtt_disconnect_param} of {@code <zephyr/net/mqtt.h>}; only 5.0 sends or receives
 * it.
 */
public final class MqttDisconnectParam {
    /** {@code MQTT_DISCONNECT_...}. */
    public int reason_code;

    /** Properties. */
    public final Prop prop = new Prop();

    /** All zero. */
    public MqttDisconnectParam() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttDisconnectParam(MqttDisconnectParam other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttDisconnectParam other) {
        reason_code = other.reason_code;
        prop.set(other.prop);
    }

    /** Properties of DISCONNECT; 0 and empty mean absent. */
    public static final class Prop {
        /** User properties in order; to send, up to the first pair that is empty (both parts). */
        public final MqttUtf8Pair[] user_prop =
                MqttUtf8Pair.array(MqttAbi.CONFIG_MQTT_USER_PROPERTIES_MAX);

        /** Reason in words. */
        public final MqttUtf8 reason_string = new MqttUtf8();

        /** Another broker to use. */
        public final MqttUtf8 server_reference = new MqttUtf8();

        /** How long the session outlives the connection, in seconds, 32 bits unsigned. */
        public long session_expiry_interval;

        /** Which properties came with a received packet. */
        public final Rx rx = new Rx();

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
            reason_string.set(other.reason_string);
            server_reference.set(other.server_reference);
            session_expiry_interval = other.session_expiry_interval;
            rx.set(other.rx);
        }

        /** Which properties came with a received packet. */
        public static final class Rx {
            /** Whether {@code session_expiry_interval} came. */
            public boolean has_session_expiry_interval;

            /** Whether {@code reason_string} came. */
            public boolean has_reason_string;

            /** Whether {@code user_prop} came. */
            public boolean has_user_prop;

            /** Whether {@code server_reference} came. */
            public boolean has_server_reference;

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
                has_session_expiry_interval = other.has_session_expiry_interval;
                has_reason_string = other.has_reason_string;
                has_user_prop = other.has_user_prop;
                has_server_reference = other.has_server_reference;
            }
        }
    }
}
