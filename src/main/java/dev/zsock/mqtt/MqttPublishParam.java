package dev.zsock.mqtt;

import dev.zsock.uapi.MqttAbi;

/** {@code struct mqtt_publish_param} of {@code <zephyr/net/mqtt.h>}. */
public final class MqttPublishParam {
    /** Message. */
    public final MqttPublishMessage message = new MqttPublishMessage();

    /** Packet identifier, 1 to 65535; unused with QoS 0. */
    public int message_id;

    /** 1 when this is sent again. */
    public int dup_flag;

    /** 1 for a message the broker keeps; in an event, one that it had kept. */
    public int retain_flag;

    /** Properties (5.0). */
    public final Prop prop = new Prop();

    /** All zero. */
    public MqttPublishParam() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttPublishParam(MqttPublishParam other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttPublishParam other) {
        message.set(other.message);
        message_id = other.message_id;
        dup_flag = other.dup_flag;
        retain_flag = other.retain_flag;
        prop.set(other.prop);
    }

    /** Properties of PUBLISH (5.0); 0 and empty mean absent. */
    public static final class Prop {
        /** User properties in order; to send, up to the first pair that is empty (both parts). */
        public final MqttUtf8Pair[] user_prop =
                MqttUtf8Pair.array(MqttAbi.CONFIG_MQTT_USER_PROPERTIES_MAX);

        /** Where to answer. */
        public final MqttUtf8 response_topic = new MqttUtf8();

        /** What the answer must carry. */
        public final MqttBinstr correlation_data = new MqttBinstr();

        /** Content type. */
        public final MqttUtf8 content_type = new MqttUtf8();

        /** Identifiers of the subscriptions that matched; received only. */
        public final int[] subscription_identifier =
                new int[MqttAbi.CONFIG_MQTT_SUBSCRIPTION_ID_PROPERTIES_MAX];

        /** Lifetime in seconds, 32 bits unsigned. */
        public long message_expiry_interval;

        /**
         * Topic alias, 0 for none: with a topic it is set to stand for that topic, with an empty
         * one it stands for the topic it was set to on this connection.
         */
        public int topic_alias;

        /** 1 when the payload is UTF-8 text. */
        public int payload_format_indicator;

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
            response_topic.set(other.response_topic);
            correlation_data.set(other.correlation_data);
            content_type.set(other.content_type);
            System.arraycopy(
                    other.subscription_identifier,
                    0,
                    subscription_identifier,
                    0,
                    subscription_identifier.length);
            message_expiry_interval = other.message_expiry_interval;
            topic_alias = other.topic_alias;
            payload_format_indicator = other.payload_format_indicator;
            rx.set(other.rx);
        }

        /** Which properties came with a received packet. */
        public static final class Rx {
            /** Whether {@code payload_format_indicator} came. */
            public boolean has_payload_format_indicator;

            /** Whether {@code message_expiry_interval} came. */
            public boolean has_message_expiry_interval;

            /** Whether {@code topic_alias} came. */
            public boolean has_topic_alias;

            /** Whether {@code response_topic} came. */
            public boolean has_response_topic;

            /** Whether {@code correlation_data} came. */
            public boolean has_correlation_data;

            /** Whether {@code user_prop} came. */
            public boolean has_user_prop;

            /** Whether {@code subscription_identifier} came. */
            public boolean has_subscription_identifier;

            /** Whether {@code content_type} came. */
            public boolean has_content_type;

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
                has_payload_format_indicator = other.has_payload_format_indicator;
                has_message_expiry_interval = other.has_message_expiry_interval;
                has_topic_alias = other.has_topic_alias;
                has_response_topic = other.has_response_topic;
                has_correlation_data = other.has_correlation_data;
                has_user_prop = other.has_user_prop;
                has_subscription_identifier = other.has_subscription_identifier;
                has_content_type = other.has_content_type;
            }
        }
    }
}
