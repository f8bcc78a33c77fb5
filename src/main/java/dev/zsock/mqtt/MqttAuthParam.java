package dev.zsock.mqtt;

import dev.zsock.uapi.MqttAbi;

/** {@code struct mqtt_auth_param} of {@code <zephyr/net/mqtt.h>} (5.0). */
public final class MqttAuthParam {
    /** {@code MQTT_AUTH_...}. */
    public int reason_code;

    /** Properties. */
    public final Prop prop = new Prop();

    /** All zero. */
    public MqttAuthParam() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttAuthParam(MqttAuthParam other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttAuthParam other) {
        reason_code = other.reason_code;
        prop.set(other.prop);
    }

    /** Properties of AUTH; empty means absent. */
    public static final class Prop {
        /** User properties in order; to send, up to the first pair that is empty (both parts). */
        public final MqttUtf8Pair[] user_prop =
                MqttUtf8Pair.array(MqttAbi.CONFIG_MQTT_USER_PROPERTIES_MAX);

        /** Authentication method, as in CONNECT. */
        public final MqttUtf8 auth_method = new MqttUtf8();

        /** Authentication data. */
        public final MqttBinstr auth_data = new MqttBinstr();

        /** Reason in words. */
        public final MqttUtf8 reason_string = new MqttUtf8();

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
            auth_method.set(other.auth_method);
            auth_data.set(other.auth_data);
            reason_string.set(other.reason_string);
            rx.set(other.rx);
        }

        /** Which properties came with a received packet. */
        public static final class Rx {
            /** Whether {@code auth_method} came. */
            public boolean has_auth_method;

            /** Whether {@code auth_data} came. */
            public boolean has_auth_data;

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
                has_auth_method = other.has_auth_method;
                has_auth_data = other.has_auth_data;
                has_reason_string = other.has_reason_string;
                has_user_prop = other.has_user_prop;
            }
        }
    }
}
