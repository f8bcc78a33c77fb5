package dev.zsock.mqtt;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.MqttAbi;

import org.jspecify.annotations.Nullable;

/** Builds CONNECT (3.1) from the fields of a client. */
final class ConnectEncoder implements ErrnoAbi, MqttAbi {
    private static final int CLEAN = 0x02;
    private static final int WILL = 0x04;
    private static final int PASSWORD = 0x40;
    private static final int USER_NAME = 0x80;

    private static final byte[] NAME = {'M', 'Q', 'T', 'T'};
    private static final byte[] NAME_3_1 = {'M', 'Q', 'I', 's', 'd', 'p'};

    private final PacketOutput out;
    private final PropertyWriter properties;

    ConnectEncoder(PacketOutput out) {
        this.out = out;
        properties = new PropertyWriter(out);
    }

    int encode(MqttClient c, byte[] buf, int size) {
        int version = c.protocol_version;
        MqttTopic will = c.will_topic;
        if (version < MQTT_VERSION_3_1_0
                || version > MQTT_VERSION_5_0
                || c.keepalive < 0
                || c.keepalive > 0xffff
                || c.client_id.size == 0 && c.clean_session == 0 && version < MQTT_VERSION_5_0
                || c.password != null && c.user_name == null && version < MQTT_VERSION_5_0
                || will != null && (will.qos < 0 || will.qos > 2)) {
            return -EINVAL; // 3.1.3-7, 3.1.2-22, 3.1.2-14
        }
        out.begin(buf, size);
        byte[] name = version == MQTT_VERSION_3_1_0 ? NAME_3_1 : NAME;
        out.bytes(name, 0, name.length);
        out.u8(version);
        out.u8(flags(c, will));
        out.u16(c.keepalive);
        if (version == MQTT_VERSION_5_0) {
            connectProperties(c.prop);
        }
        out.utf8(c.client_id);
        if (will != null) {
            will(c, will);
        }
        if (c.user_name != null) {
            out.utf8(c.user_name);
        }
        if (c.password != null) {
            out.bytes(c.password.utf8, c.password.utf8_off, c.password.size);
        }
        return out.finish(PacketType.CONNECT.first, 0);
    }

    private static int flags(MqttClient c, @Nullable MqttTopic will) {
        int flags = c.clean_session != 0 ? CLEAN : 0;
        if (will != null) {
            flags |= WILL | will.qos << 3 | (c.will_retain != 0 ? 0x20 : 0);
        }
        if (c.user_name != null) {
            flags |= USER_NAME;
        }
        return c.password != null ? flags | PASSWORD : flags;
    }

    private void connectProperties(MqttClient.Prop p) {
        if (p.auth_data.len != 0 && p.auth_method.size == 0) {
            out.invalid(); // 3.1.2.11.10
        }
        int mark = out.prefix();
        properties.number(Property.SESSION_EXPIRY_INTERVAL, p.session_expiry_interval);
        properties.number(Property.RECEIVE_MAXIMUM, p.receive_maximum);
        properties.number(Property.MAXIMUM_PACKET_SIZE, p.maximum_packet_size);
        properties.number(Property.TOPIC_ALIAS_MAXIMUM, CONFIG_MQTT_TOPIC_ALIAS_MAX);
        properties.number(Property.REQUEST_RESPONSE_INFO, p.request_response_info ? 1 : 0);
        properties.number(Property.REQUEST_PROBLEM_INFO, p.request_problem_info ? 1 : 0);
        properties.userProperties(p.user_prop);
        properties.text(Property.AUTH_METHOD, p.auth_method);
        properties.data(Property.AUTH_DATA, p.auth_data);
        out.prefixed(mark);
    }

    private void will(MqttClient c, MqttTopic will) {
        if (c.isV5()) {
            willProperties(c.will_prop);
        }
        out.topicName(will.topic);
        MqttUtf8 message = c.will_message;
        if (message == null) {
            out.u16(0);
        } else {
            out.bytes(message.utf8, message.utf8_off, message.size);
        }
    }

    private void willProperties(MqttClient.WillProp p) {
        int mark = out.prefix();
        properties.number(Property.WILL_DELAY_INTERVAL, p.will_delay_interval);
        properties.number(Property.PAYLOAD_FORMAT_INDICATOR, p.payload_format_indicator);
        properties.number(Property.MESSAGE_EXPIRY_INTERVAL, p.message_expiry_interval);
        properties.text(Property.CONTENT_TYPE, p.content_type);
        properties.topic(Property.RESPONSE_TOPIC, p.response_topic);
        properties.data(Property.CORRELATION_DATA, p.correlation_data);
        properties.userProperties(p.user_prop);
        out.prefixed(mark);
    }
}
