package dev.zsock.mqtt;

import dev.zsock.uapi.MqttAbi;

/**
 * {@code struct mqtt_connack_param} of {@code <zephyr/net/mqtt.h>}: the broker's answer to CONNECT.
 */
public final class MqttConnackParam {
    /** 1 when the broker has kept the session. */
    public int session_present_flag;

    /** {@code MQTT_CONNECTION_ACCEPTED} ({@code MQTT_CONNECT_SUCCESS}), or why not. */
    public int return_code;

    /** Properties (5.0). */
    public final Prop prop = new Prop();

    /** All zero. */
    public MqttConnackParam() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttConnackParam(MqttConnackParam other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttConnackParam other) {
        session_present_flag = other.session_present_flag;
        return_code = other.return_code;
        prop.set(other.prop);
    }

    /** Properties of CONNACK (5.0). */
    public static final class Prop {
        /** User properties in order; to send, up to the first pair that is empty (both parts). */
        public final MqttUtf8Pair[] user_prop =
                MqttUtf8Pair.array(MqttAbi.CONFIG_MQTT_USER_PROPERTIES_MAX);

        /** Client identifier chosen by the broker. */
        public final MqttUtf8 assigned_client_id = new MqttUtf8();

        /** Reason in words. */
        public final MqttUtf8 reason_string = new MqttUtf8();

        /** Base of response topics. */
        public final MqttUtf8 response_information = new MqttUtf8();

        /** Another broker to use. */
        public final MqttUtf8 server_reference = new MqttUtf8();

        /** Authentication method. */
        public final MqttUtf8 auth_method = new MqttUtf8();

        /** Authentication data. */
        public final MqttBinstr auth_data = new MqttBinstr();

        /** How long the session outlives the connection, in seconds, 32 bits unsigned. */
        public long session_expiry_interval;

        /** Largest packet the broker takes, in bytes, 32 bits unsigned. */
        public long maximum_packet_size;

        /** QoS 1 and 2 messages that may wait for their end at a time. */
        public int receive_maximum;

        /** Highest topic alias the broker takes. */
        public int topic_alias_maximum;

        /** Keep alive in seconds to use in place of the one asked for. */
        public int server_keep_alive;

        /** Highest quality of service. */
        public int maximum_qos;

        /** 0 when messages cannot be retained. */
        public int retain_available;

        /** 0 when filters may have no wildcards. */
        public int wildcard_sub_available;

        /** 0 when subscriptions may have no identifier. */
        public int subscription_ids_available;

        /** 0 when subscriptions cannot be shared. */
        public int shared_sub_available;

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
            assigned_client_id.set(other.assigned_client_id);
            reason_string.set(other.reason_string);
            response_information.set(other.response_information);
            server_reference.set(other.server_reference);
            auth_method.set(other.auth_method);
            auth_data.set(other.auth_data);
            session_expiry_interval = other.session_expiry_interval;
            maximum_packet_size = other.maximum_packet_size;
            receive_maximum = other.receive_maximum;
            topic_alias_maximum = other.topic_alias_maximum;
            server_keep_alive = other.server_keep_alive;
            maximum_qos = other.maximum_qos;
            retain_available = other.retain_available;
            wildcard_sub_available = other.wildcard_sub_available;
            subscription_ids_available = other.subscription_ids_available;
            shared_sub_available = other.shared_sub_available;
            rx.set(other.rx);
        }

        /** Which properties came with a received packet. */
        public static final class Rx {
            /** Whether {@code session_expiry_interval} came. */
            public boolean has_session_expiry_interval;

            /** Whether {@code receive_maximum} came. */
            public boolean has_receive_maximum;

            /** Whether {@code maximum_qos} came. */
            public boolean has_maximum_qos;

            /** Whether {@code retain_available} came. */
            public boolean has_retain_available;

            /** Whether {@code maximum_packet_size} came. */
            public boolean has_maximum_packet_size;

            /** Whether {@code assigned_client_id} came. */
            public boolean has_assigned_client_id;

            /** Whether {@code topic_alias_maximum} came. */
            public boolean has_topic_alias_maximum;

            /** Whether {@code reason_string} came. */
            public boolean has_reason_string;

            /** Whether {@code user_prop} came. */
            public boolean has_user_prop;

            /** Whether {@code wildcard_sub_available} came. */
            public boolean has_wildcard_sub_available;

            /** Whether {@code subscription_ids_available} came. */
            public boolean has_subscription_ids_available;

            /** Whether {@code shared_sub_available} came. */
            public boolean has_shared_sub_available;

            /** Whether {@code server_keep_alive} came. */
            public boolean has_server_keep_alive;

            /** Whether {@code response_information} came. */
            public boolean has_response_information;

            /** Whether {@code server_reference} came. */
            public boolean has_server_reference;

            /** Whether {@code auth_method} came. */
            public boolean has_auth_method;

            /** Whether {@code auth_data} came. */
            public boolean has_auth_data;

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
                has_receive_maximum = other.has_receive_maximum;
                has_maximum_qos = other.has_maximum_qos;
                has_retain_available = other.has_retain_available;
                has_maximum_packet_size = other.has_maximum_packet_size;
                has_assigned_client_id = other.has_assigned_client_id;
                has_topic_alias_maximum = other.has_topic_alias_maximum;
                has_reason_string = other.has_reason_string;
                has_user_prop = other.has_user_prop;
                has_wildcard_sub_available = other.has_wildcard_sub_available;
                has_subscription_ids_available = other.has_subscription_ids_available;
                has_shared_sub_available = other.has_shared_sub_available;
                has_server_keep_alive = other.has_server_keep_alive;
                has_response_information = other.has_response_information;
                has_server_reference = other.has_server_reference;
                has_auth_method = other.has_auth_method;
                has_auth_data = other.has_auth_data;
            }
        }
    }
}
