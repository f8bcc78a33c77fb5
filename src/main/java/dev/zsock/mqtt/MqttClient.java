package dev.zsock.mqtt;

import dev.zsock.uapi.MqttAbi;
import dev.zsock.uapi.Sockaddr;

import org.jspecify.annotations.Nullable;

/**
 * {@code struct mqtt_client} of {@code <zephyr/net/mqtt.h>}: one client and its connection.
 *
 * <p>{@link Mqtt#mqtt_client_init} comes first, then the fields, then {@link Mqtt#mqtt_connect};
 * until the connection ends the fields stay as they are. It cannot be copied.
 */
public final class MqttClient {
    final Connection internal = new Connection(this);

    /** Transport. */
    public final MqttTransport transport = new MqttTransport();

    /** Client identifier (required; may be empty with a clean session). */
    public final MqttUtf8 client_id = new MqttUtf8();

    /** The broker's address, IPv4 or IPv6 (required, but for the custom transport). */
    public @Nullable Sockaddr broker;

    /** User name; null for none. */
    public @Nullable MqttUtf8 user_name;

    /** Password, any bytes; null for none. */
    public @Nullable MqttUtf8 password;

    /** Properties of the will (5.0). */
    public final WillProp will_prop = new WillProp();

    /** Topic and quality of service of the will; null for no will. */
    public @Nullable MqttTopic will_topic;

    /** The will, any bytes; null for an empty one. */
    public @Nullable MqttUtf8 will_message;

    /** Where events go. */
    public @Nullable MqttEvtCb evt_cb;

    /** Receive buffer (required): each packet must fit but for the payload of a PUBLISH. */
    public byte @Nullable [] rx_buf;

    /** Bytes of {@link #rx_buf} to use. */
    public int rx_buf_size;

    /**
     * Transmit buffer (required): each packet must fit but for the payload of a PUBLISH; 5 bytes
     * are taken for its head.
     */
    public byte @Nullable [] tx_buf;

    /** Bytes of {@link #tx_buf} to use. */
    public int tx_buf_size;

    /** Keep alive in seconds, 0 to 65535, 0 for none; with 5.0 the broker may change it. */
    public int keepalive;

    /** {@code MQTT_VERSION_...}. */
    public int protocol_version;

    /** PINGREQ packets sent and not answered, up to 127. */
    public int unacked_ping;

    /** Properties of CONNECT (5.0). */
    public final Prop prop = new Prop();

    /** 1 for a will the broker keeps. */
    public int will_retain;

    /** 1 for a new session, 0 to go on with the one the broker has kept. */
    public int clean_session;

    /** The application's own. */
    public @Nullable Object user_data;

    /** All zero; {@link Mqtt#mqtt_client_init} does the rest. */
    public MqttClient() {}

    /** {@code mqtt_client_init}. */
    void reset() {
        internal.reset();
        transport.set(new MqttTransport());
        transport.tcp.sock = -1;
        transport.tls.sock = -1;
        transport.websocket.sock = -1;
        client_id.set(new MqttUtf8());
        broker = null;
        user_name = null;
        password = null;
        will_prop.set(new WillProp());
        will_topic = null;
        will_message = null;
        evt_cb = null;
        rx_buf = null;
        rx_buf_size = 0;
        tx_buf = null;
        tx_buf_size = 0;
        keepalive = MqttAbi.CONFIG_MQTT_KEEPALIVE;
        protocol_version = MqttAbi.MQTT_VERSION_3_1_1;
        unacked_ping = 0;
        prop.set(new Prop());
        will_retain = 0;
        clean_session = MqttAbi.CONFIG_MQTT_CLEAN_SESSION;
        user_data = null;
    }

    boolean isV5() {
        return protocol_version == MqttAbi.MQTT_VERSION_5_0;
    }

    /** Properties of the will (5.0); 0 and empty mean absent. */
    public static final class WillProp {
        /** User properties in order, up to the first pair that is empty (both parts). */
        public final MqttUtf8Pair[] user_prop =
                MqttUtf8Pair.array(MqttAbi.CONFIG_MQTT_USER_PROPERTIES_MAX);

        /** Content type. */
        public final MqttUtf8 content_type = new MqttUtf8();

        /** Where to answer. */
        public final MqttUtf8 response_topic = new MqttUtf8();

        /** What the answer must carry. */
        public final MqttBinstr correlation_data = new MqttBinstr();

        /** How long the broker waits with the will, in seconds, 32 bits unsigned. */
        public long will_delay_interval;

        /** Lifetime in seconds, 32 bits unsigned. */
        public long message_expiry_interval;

        /** 1 when the will is UTF-8 text. */
        public int payload_format_indicator;

        /** All zero. */
        public WillProp() {}

        /**
         * A copy; buffers stay shared.
         *
         * @param other what to copy
         */
        public WillProp(WillProp other) {
            set(other);
        }

        /**
         * C's {@code *this = other}.
         *
         * @param other what to copy
         */
        public void set(WillProp other) {
            for (int i = 0; i < user_prop.length; i++) {
                user_prop[i].set(other.user_prop[i]);
            }
            content_type.set(other.content_type);
            response_topic.set(other.response_topic);
            correlation_data.set(other.correlation_data);
            will_delay_interval = other.will_delay_interval;
            message_expiry_interval = other.message_expiry_interval;
            payload_format_indicator = other.payload_format_indicator;
        }
    }

    /** Properties of CONNECT (5.0); 0, empty and false mean absent. */
    public static final class Prop {
        /** User properties in order, up to the first pair that is empty (both parts). */
        public final MqttUtf8Pair[] user_prop =
                MqttUtf8Pair.array(MqttAbi.CONFIG_MQTT_USER_PROPERTIES_MAX);

        /** Authentication method. */
        public final MqttUtf8 auth_method = new MqttUtf8();

        /** Authentication data. */
        public final MqttBinstr auth_data = new MqttBinstr();

        /** How long the session outlives the connection, in seconds, 32 bits unsigned. */
        public long session_expiry_interval;

        /** Largest packet that may come, in bytes, 32 bits unsigned. */
        public long maximum_packet_size;

        /** QoS 1 and 2 messages that may wait for an acknowledgement at a time. */
        public int receive_maximum;

        /** Ask for response information. */
        public boolean request_response_info;

        /** Ask for reason strings and user properties with any packet. */
        public boolean request_problem_info;

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
            session_expiry_interval = other.session_expiry_interval;
            maximum_packet_size = other.maximum_packet_size;
            receive_maximum = other.receive_maximum;
            request_response_info = other.request_response_info;
            request_problem_info = other.request_problem_info;
        }
    }
}
