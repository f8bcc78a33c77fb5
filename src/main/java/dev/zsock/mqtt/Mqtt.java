package dev.zsock.mqtt;

import static dev.zsock.uapi.ErrnoAbi.EAGAIN;
import static dev.zsock.uapi.ErrnoAbi.EINVAL;
import static dev.zsock.uapi.ErrnoAbi.EIO;

import dev.zsock.uapi.MqttAbi;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * {@code <zephyr/net/mqtt.h>}: an MQTT client for 3.1, 3.1.1 and 5.0.
 *
 * <p>Functions give 0 or more, or a negative errno, and never touch {@code errno()}. Any thread may
 * call any of them; none holds a lock while an event is told. When the transport fails or the
 * broker breaks the protocol, the connection is closed, the application is told with
 * {@code MQTT_EVT_DISCONNECT}, and the call gives the error.
 *
 * <p>The library keeps no session: message identifiers, repetition after a lost connection and the
 * acknowledgements of messages that come are the application's.
 */
public abstract class Mqtt implements MqttAbi {
    /** For classes that want the names without an import. */
    protected Mqtt() {}

    /**
     * {@code MQTT_UTF8_LITERAL}.
     *
     * @param literal the string
     * @return it as a struct, with its size in bytes
     */
    public static MqttUtf8 MQTT_UTF8_LITERAL(String literal) {
        byte[] utf8 = literal.getBytes(StandardCharsets.UTF_8);
        return new MqttUtf8(utf8, utf8.length);
    }

    /**
     * {@code mqtt_client_init}: sets all fields to zero, then version 3.1.1, the keep alive and the
     * clean session flag to Zephyr's defaults, and the descriptors to -1. An open connection is
     * closed without an event.
     *
     * @param client client; null does nothing
     */
    public static void mqtt_client_init(@Nullable MqttClient client) {
        if (client != null) {
            client.reset();
        }
    }

    /**
     * {@code mqtt_connect}: connects the transport and sends CONNECT. The answer comes as
     * {@code MQTT_EVT_CONNACK} through {@link #mqtt_input}; other packets can be sent after it.
     *
     * @param client client, with its fields set
     * @return 0; {@code -EINVAL} for null, a field that CONNECT cannot hold or an unknown
     *     transport; {@code -ENOMEM} without buffers or when CONNECT does not fit; {@code -EISCONN}
     *     or {@code -EALREADY} when it is connected or being connected; {@code -ECONNABORTED} when
     *     {@link #mqtt_abort} came between; or what the transport gave ({@code -ECONNREFUSED},
     *     {@code -ETIMEDOUT}, {@code -EPROTONOSUPPORT} for TLS that is not there, ...). No event is
     *     told of a failure
     */
    public static int mqtt_connect(@Nullable MqttClient client) {
        return client == null ? -EINVAL : client.internal.connect();
    }

    /**
     * {@code mqtt_publish}: sends PUBLISH. The payload is not kept.
     *
     * @param client client
     * @param param message; with QoS 1 and 2 its {@code message_id} comes back in the
     *     acknowledgements
     * @return 0; {@code -EINVAL} for null, message id 0 with QoS 1 or 2, an empty topic without an
     *     alias that an earlier message has set on this connection, a topic with wildcards, or what
     *     a 5.0 broker has said it does not take; {@code -ENOMEM} when all but the payload does not
     *     fit the transmit buffer; {@code -EMSGSIZE} for a packet too large for MQTT or for a 5.0
     *     broker; {@code -EAGAIN} while a 5.0 broker takes no more QoS 1 and 2 messages;
     *     {@code -ENOTCONN}; or what the transport gave
     */
    public static int mqtt_publish(@Nullable MqttClient client, @Nullable MqttPublishParam param) {
        return client == null || param == null ? -EINVAL : client.internal.publish(param);
    }

    /**
     * {@code mqtt_publish_qos1_ack}: sends PUBACK for a QoS 1 message that came.
     *
     * @param client client
     * @param param which message
     * @return 0; {@code -EINVAL} for null, message id 0 or a bad reason code; {@code -ENOMEM};
     *     {@code -EMSGSIZE}; {@code -ENOTCONN}; or what the transport gave
     */
    public static int mqtt_publish_qos1_ack(
            @Nullable MqttClient client, @Nullable MqttPubackParam param) {
        return client == null || param == null
                ? -EINVAL
                : client.internal.ack(
                        PacketType.PUBACK, param.message_id, param.reason_code, param.prop);
    }

    /**
     * {@code mqtt_publish_qos2_receive}: sends PUBREC for a QoS 2 message that came.
     *
     * @param client client
     * @param param which message
     * @return as {@link #mqtt_publish_qos1_ack}
     */
    public static int mqtt_publish_qos2_receive(
            @Nullable MqttClient client, @Nullable MqttPubrecParam param) {
        return client == null || param == null
                ? -EINVAL
                : client.internal.ack(
                        PacketType.PUBREC, param.message_id, param.reason_code, param.prop);
    }

    /**
     * {@code mqtt_publish_qos2_release}: sends PUBREL, after {@code MQTT_EVT_PUBREC}.
     *
     * @param client client
     * @param param which message
     * @return as {@link #mqtt_publish_qos1_ack}
     */
    public static int mqtt_publish_qos2_release(
            @Nullable MqttClient client, @Nullable MqttPubrelParam param) {
        return client == null || param == null
                ? -EINVAL
                : client.internal.ack(
                        PacketType.PUBREL, param.message_id, param.reason_code, param.prop);
    }

    /**
     * {@code mqtt_publish_qos2_complete}: sends PUBCOMP, after {@code MQTT_EVT_PUBREL}.
     *
     * @param client client
     * @param param which message
     * @return as {@link #mqtt_publish_qos1_ack}
     */
    public static int mqtt_publish_qos2_complete(
            @Nullable MqttClient client, @Nullable MqttPubcompParam param) {
        return client == null || param == null
                ? -EINVAL
                : client.internal.ack(
                        PacketType.PUBCOMP, param.message_id, param.reason_code, param.prop);
    }

    /**
     * {@code mqtt_subscribe}: sends SUBSCRIBE.
     *
     * @param client client
     * @param param filters, at least one
     * @return 0; {@code -EINVAL} for null, message id 0, an empty list, a bad filter or QoS, or
     *     what a 5.0 broker has said it does not take; {@code -ENOMEM} when it does not fit the
     *     transmit buffer; {@code -EMSGSIZE}; {@code -ENOTCONN}; or what the transport gave
     */
    public static int mqtt_subscribe(
            @Nullable MqttClient client, @Nullable MqttSubscriptionList param) {
        return client == null || param == null ? -EINVAL : client.internal.subscribe(param);
    }

    /**
     * {@code mqtt_unsubscribe}: sends UNSUBSCRIBE.
     *
     * @param client client
     * @param param filters, at least one; their QoS does not matter
     * @return as {@link #mqtt_subscribe}
     */
    public static int mqtt_unsubscribe(
            @Nullable MqttClient client, @Nullable MqttSubscriptionList param) {
        if (client == null || param == null) {
            return -EINVAL;
        }
        Connection c = client.internal;
        return c.send((buf, size) -> c.encoder.unsubscribe(client, param, buf, size));
    }

    /**
     * {@code mqtt_ping}: sends PINGREQ and counts it in {@code unacked_ping}. {@link #mqtt_live}
     * does it when it is time.
     *
     * @param client client
     * @return 0; {@code -EINVAL} for null; {@code -ENOMEM}; {@code -ENOTCONN}; or what the
     *     transport gave
     */
    public static int mqtt_ping(@Nullable MqttClient client) {
        return client == null ? -EINVAL : client.internal.ping();
    }

    /**
     * {@code mqtt_disconnect}: sends DISCONNECT, closes the transport and tells
     * {@code MQTT_EVT_DISCONNECT} with result 0.
     *
     * @param client client
     * @param param reason and properties for 5.0; null for none
     * @return 0; {@code -EINVAL} for null or a reason that a client cannot give; {@code -ENOMEM};
     *     {@code -EMSGSIZE}; {@code -ENOTCONN}, also while CONNACK has not come; or what the
     *     transport gave
     */
    public static int mqtt_disconnect(
            @Nullable MqttClient client, @Nullable MqttDisconnectParam param) {
        return client == null ? -EINVAL : client.internal.disconnect(param);
    }

    /**
     * {@code mqtt_auth}: sends AUTH, also before CONNACK unless it authenticates again (5.0).
     *
     * @param client client
     * @param param the next step of the authentication
     * @return 0; {@code -EINVAL} for null, before 5.0, without an authentication method, with
     *     another one than in CONNECT or with a reason that a client cannot give; {@code -ENOMEM};
     *     {@code -EMSGSIZE}; {@code -ENOTCONN}; or what the transport gave
     */
    public static int mqtt_auth(@Nullable MqttClient client, @Nullable MqttAuthParam param) {
        return client == null || param == null ? -EINVAL : client.internal.auth(param);
    }

    /**
     * {@code mqtt_abort}: closes the transport without DISCONNECT and tells
     * {@code MQTT_EVT_DISCONNECT} with result {@code -ECONNABORTED}; calls blocked in other threads
     * return. From a callback of the websocket's handshake it has {@link #mqtt_connect} fail.
     *
     * @param client client
     * @return 0, also when nothing was open; {@code -EINVAL} for null
     */
    public static int mqtt_abort(@Nullable MqttClient client) {
        if (client == null) {
            return -EINVAL;
        }
        client.internal.abort();
        return 0;
    }

    /**
     * {@code mqtt_live}: sends PINGREQ when nothing has been sent for the keep alive.
     *
     * @param client client
     * @return what {@link #mqtt_ping} gave; {@code -EAGAIN} when it is not time or there is no keep
     *     alive; {@code -EINVAL} for null
     */
    public static int mqtt_live(@Nullable MqttClient client) {
        if (client == null) {
            return -EINVAL;
        }
        return mqtt_keepalive_time_left(client) == 0 ? client.internal.ping() : -EAGAIN;
    }

    /**
     * {@code mqtt_keepalive_time_left}.
     *
     * @param client client
     * @return milliseconds until {@link #mqtt_live} sends PINGREQ, 0 when it is time, -1 without
     *     keep alive (the three fit {@code poll}); {@code -EINVAL} for null
     */
    public static int mqtt_keepalive_time_left(@Nullable MqttClient client) {
        if (client == null) {
            return -EINVAL;
        }
        if (client.keepalive == 0) {
            return -1;
        }
        long left = client.keepalive * 1000L - client.internal.idle();
        return (int) Math.max(0, left);
    }

    /**
     * {@code mqtt_input}: reads one packet without waiting and tells of it. Of a PUBLISH the
     * payload is then to be read with {@link #mqtt_read_publish_payload}, in the callback or later.
     *
     * @param client client
     * @return 0, with or without an event; {@code -EINVAL} for null; {@code -ENOTCONN} when not
     *     connected or at the end of the stream; {@code -EBUSY} while a payload has not been read,
     *     a callback runs or another thread reads. All others end the connection:
     *     {@code -ECONNREFUSED} after a CONNACK that refuses, {@code -ENOMEM} for a packet that
     *     does not fit the receive buffer, {@code -EINVAL} for a malformed one, {@code -EBADMSG}
     *     for a bad property or topic alias, {@code -EPROTO} for a packet that may not come now,
     *     {@code -EMSGSIZE} for one larger than the 5.0 maximum asked for, or what the transport
     *     gave
     */
    public static int mqtt_input(@Nullable MqttClient client) {
        return client == null ? -EINVAL : client.internal.receiver.input();
    }

    /**
     * {@code mqtt_read_publish_payload}: reads of the payload what there is, without waiting.
     *
     * @param client client
     * @param buffer where it goes
     * @param length room, in bytes
     * @return number of bytes; 0 when nothing of the payload is left; {@code -EAGAIN} when nothing
     *     has come yet or another thread waits for it; {@code -EINVAL} for null; {@code -ENOTCONN};
     *     or what the transport gave
     */
    public static int mqtt_read_publish_payload(
            @Nullable MqttClient client, byte @Nullable [] buffer, int length) {
        return mqtt_read_publish_payload(client, buffer, 0, length);
    }

    /**
     * {@link #mqtt_read_publish_payload(MqttClient, byte[], int)} into {@code buffer + off}.
     *
     * @param client client
     * @param buffer where it goes
     * @param off where in the buffer
     * @param length room, in bytes
     * @return as above
     */
    public static int mqtt_read_publish_payload(
            @Nullable MqttClient client, byte @Nullable [] buffer, int off, int length) {
        return client == null || buffer == null
                ? -EINVAL
                : client.internal.receiver.readPayload(buffer, off, length, false);
    }

    /**
     * {@code mqtt_read_publish_payload_blocking}: reads of the payload what there is, at least one
     * byte.
     *
     * @param client client
     * @param buffer where it goes
     * @param length room, in bytes
     * @return number of bytes; 0 when nothing of the payload is left; {@code -EINVAL} for null;
     *     {@code -ENOTCONN}; or what the transport gave
     */
    public static int mqtt_read_publish_payload_blocking(
            @Nullable MqttClient client, byte @Nullable [] buffer, int length) {
        return mqtt_read_publish_payload_blocking(client, buffer, 0, length);
    }

    /**
     * {@link #mqtt_read_publish_payload_blocking(MqttClient, byte[], int)} into {@code buffer +
     * off}.
     *
     * @param client client
     * @param buffer where it goes
     * @param off where in the buffer
     * @param length room, in bytes
     * @return as above
     */
    public static int mqtt_read_publish_payload_blocking(
            @Nullable MqttClient client, byte @Nullable [] buffer, int off, int length) {
        return client == null || buffer == null
                ? -EINVAL
                : client.internal.receiver.readPayload(buffer, off, length, true);
    }

    /**
     * {@code mqtt_readall_publish_payload}: reads as much of the payload as was asked for.
     *
     * @param client client
     * @param buffer where it goes
     * @param length number of bytes
     * @return 0; {@code -EIO} when the payload has fewer; {@code -EINVAL} for null;
     *     {@code -ENOTCONN}; or what the transport gave
     */
    public static int mqtt_readall_publish_payload(
            @Nullable MqttClient client, byte @Nullable [] buffer, int length) {
        if (client == null || buffer == null) {
            return -EINVAL;
        }
        Objects.checkFromIndexSize(0, length, buffer.length);
        int done = 0;
        while (done < length) {
            int rc = mqtt_read_publish_payload_blocking(client, buffer, done, length - done);
            if (rc <= 0) {
                return rc == 0 ? -EIO : rc;
            }
            done += rc;
        }
        return 0;
    }
}
