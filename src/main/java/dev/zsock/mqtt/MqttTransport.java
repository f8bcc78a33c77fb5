package dev.zsock.mqtt;

import dev.zsock.uapi.WebsocketRequest;

import org.jspecify.annotations.Nullable;

/**
 * {@code struct mqtt_transport} of {@code <zephyr/net/mqtt.h>}. C's union of {@code tcp} and
 * {@code tls} has both members here.
 */
public final class MqttTransport {
    /** {@code MQTT_TRANSPORT_...}. */
    public int type;

    /** TCP socket of the transports that are not secure. */
    public final Tcp tcp = new Tcp();

    /** TLS socket of the secure transports. */
    public final Tls tls = new Tls();

    /** Websocket of the transports over one. */
    public final Websocket websocket = new Websocket();

    /** The custom transport's own. */
    public @Nullable Object custom_transport_data;

    /**
     * {@code MQTT_TRANSPORT_CUSTOM}: the five functions that a C program links in. Not in Zephyr's
     * struct.
     */
    public @Nullable MqttCustomTransport custom_transport;

    /** All zero. */
    public MqttTransport() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttTransport(MqttTransport other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttTransport other) {
        type = other.type;
        tcp.set(other.tcp);
        tls.set(other.tls);
        websocket.set(other.websocket);
        custom_transport_data = other.custom_transport_data;
        custom_transport = other.custom_transport;
    }

    /** {@code tcp}. */
    public static final class Tcp {
        /** Socket, for {@code poll}; written by {@code mqtt_connect}, -1 when there is none. */
        public int sock;

        /** All zero. */
        public Tcp() {}

        /**
         * A copy; buffers stay shared.
         *
         * @param other what to copy
         */
        public Tcp(Tcp other) {
            set(other);
        }

        /**
         * C's {@code *this = other}.
         *
         * @param other what to copy
         */
        public void set(Tcp other) {
            sock = other.sock;
        }
    }

    /** {@code tls}. */
    public static final class Tls {
        /** Socket, for {@code poll}; written by {@code mqtt_connect}, -1 when there is none. */
        public int sock;

        /** TLS configuration. */
        public final MqttSecConfig config = new MqttSecConfig();

        /** All zero. */
        public Tls() {}

        /**
         * A copy; buffers stay shared.
         *
         * @param other what to copy
         */
        public Tls(Tls other) {
            set(other);
        }

        /**
         * C's {@code *this = other}.
         *
         * @param other what to copy
         */
        public void set(Tls other) {
            sock = other.sock;
            config.set(other.config);
        }
    }

    /** {@code websocket}. */
    public static final class Websocket {
        /**
         * Request: {@code url} is {@code "/mqtt"} and {@code host} {@code "localhost"} when null;
         * {@code optional_headers} are sent as well as the subprotocol, {@code optional_headers_cb}
         * must send it itself.
         */
        public final WebsocketRequest config = new WebsocketRequest();

        /** Websocket, for {@code poll}; written by {@code mqtt_connect}, -1 when there is none. */
        public int sock;

        /** How long the handshake may take, in milliseconds; -1 for ever, 0 for 10 seconds. */
        public int timeout;

        /** All zero. */
        public Websocket() {}

        /**
         * A copy; buffers stay shared.
         *
         * @param other what to copy
         */
        public Websocket(Websocket other) {
            set(other);
        }

        /**
         * C's {@code *this = other}.
         *
         * @param other what to copy
         */
        public void set(Websocket other) {
            config.set(other.config);
            sock = other.sock;
            timeout = other.timeout;
        }
    }
}
