package dev.zsock.mqtt;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.MqttAbi;

import org.jspecify.annotations.Nullable;

/**
 * Builds the packets of a client in its transmit buffer and refuses what the text forbids a client
 * to send. Each gives 0 or a negative errno; {@link #out} holds the packet.
 */
final class PacketEncoder implements ErrnoAbi, MqttAbi {
    final PacketOutput out = new PacketOutput();
    private final PropertyWriter properties = new PropertyWriter(out);

    int publish(MqttClient c, MqttPublishParam p, byte[] buf, int size) {
        MqttTopic topic = p.message.topic;
        int flags = p.dup_flag << 3 | topic.qos << 1 | p.retain_flag;
        out.begin(buf, size);
        if (topic.qos < 0
                || topic.qos > 2
                || (p.dup_flag & ~1) != 0
                || (p.retain_flag & ~1) != 0
                || topic.qos == 0 && p.dup_flag == 1 // 3.3.1-2
                || p.message.payload.len < 0) {
            return -EINVAL;
        }
        boolean aliased = c.isV5() && p.prop.topic_alias != 0;
        if (topic.topic.size != 0 || !aliased) {
            out.topicName(topic.topic);
        } else {
            out.u16(0); // 3.3.2.3.4: the alias stands for the topic
        }
        if (topic.qos > 0) {
            out.messageId(p.message_id);
        }
        if (c.isV5()) {
            publishProperties(p.prop);
        }
        return out.finish(PacketType.PUBLISH.first | flags, p.message.payload.len);
    }

    private void publishProperties(MqttPublishParam.Prop p) {
        int mark = out.prefix();
        properties.number(Property.PAYLOAD_FORMAT_INDICATOR, p.payload_format_indicator);
        properties.number(Property.MESSAGE_EXPIRY_INTERVAL, p.message_expiry_interval);
        properties.number(Property.TOPIC_ALIAS, p.topic_alias);
        properties.topic(Property.RESPONSE_TOPIC, p.response_topic);
        properties.data(Property.CORRELATION_DATA, p.correlation_data);
        properties.userProperties(p.user_prop);
        properties.text(Property.CONTENT_TYPE, p.content_type);
        out.prefixed(mark);
    }

    /** PUBACK, PUBREC, PUBREL or PUBCOMP. */
    int ack(
            MqttClient c,
            PacketType type,
            int id,
            int code,
            MqttCommonAckProperties p,
            byte[] buf,
            int size) {
        out.begin(buf, size);
        out.messageId(id);
        if (c.isV5()) {
            int[] codes = type == PacketType.PUBACK || type == PacketType.PUBREC
                    ? ReasonCodes.PUBACK_PUBREC
                    : ReasonCodes.PUBREL_PUBCOMP;
            if (!ReasonCodes.allowed(codes, code)) {
                return -EINVAL;
            }
            ackRest(code, p);
        }
        return out.finish(type.first, 0);
    }

    /** 3.4.2.1: no properties and then a reason code of 0 stay out. */
    private void ackRest(int code, MqttCommonAckProperties p) {
        boolean none = p.reason_string.size == 0 && isEmpty(p.user_prop);
        if (code != 0 || !none) {
            out.u8(code);
        }
        if (!none) {
            int mark = out.prefix();
            properties.userProperties(p.user_prop);
            properties.text(Property.REASON_STRING, p.reason_string);
            out.prefixed(mark);
        }
    }

    private static boolean isEmpty(MqttUtf8Pair[] list) {
        return list[0].name.size == 0 && list[0].value.size == 0;
    }

    int subscribe(MqttClient c, MqttSubscriptionList p, byte[] buf, int size) {
        out.begin(buf, size);
        out.messageId(p.message_id);
        if (c.isV5()) {
            int mark = out.prefix();
            properties.number(Property.SUBSCRIPTION_IDENTIFIER, p.prop.subscription_identifier);
            properties.userProperties(p.prop.user_prop);
            out.prefixed(mark);
        }
        MqttTopic[] list = filters(p);
        for (int i = 0; i < p.list_count && list != null; i++) {
            filter(list[i].topic);
            options(c.isV5(), list[i]);
        }
        return out.finish(PacketType.SUBSCRIBE.first, 0);
    }

    int unsubscribe(MqttClient c, MqttSubscriptionList p, byte[] buf, int size) {
        out.begin(buf, size);
        out.messageId(p.message_id);
        if (c.isV5()) {
            int mark = out.prefix();
            properties.userProperties(p.prop.user_prop);
            out.prefixed(mark);
        }
        MqttTopic[] list = filters(p);
        for (int i = 0; i < p.list_count && list != null; i++) {
            filter(list[i].topic);
        }
        return out.finish(PacketType.UNSUBSCRIBE.first, 0);
    }

    int disconnect(MqttClient c, @Nullable MqttDisconnectParam p, byte[] buf, int size) {
        if (!c.isV5() || p == null) {
            return out.empty(buf, size, PacketType.DISCONNECT.first);
        }
        if (!ReasonCodes.allowed(ReasonCodes.DISCONNECT_OF_CLIENT, p.reason_code)
                || p.prop.session_expiry_interval != 0
                        && c.prop.session_expiry_interval == 0) { // 3.14.2.2.2
            return -EINVAL;
        }
        boolean none = p.prop.session_expiry_interval == 0
                && p.prop.reason_string.size == 0
                && p.prop.server_reference.size == 0
                && isEmpty(p.prop.user_prop);
        if (none && p.reason_code == MQTT_DISCONNECT_NORMAL) {
            return out.empty(buf, size, PacketType.DISCONNECT.first);
        }
        out.begin(buf, size);
        out.u8(p.reason_code);
        if (!none) {
            int mark = out.prefix();
            properties.number(Property.SESSION_EXPIRY_INTERVAL, p.prop.session_expiry_interval);
            properties.text(Property.REASON_STRING, p.prop.reason_string);
            properties.userProperties(p.prop.user_prop);
            properties.text(Property.SERVER_REFERENCE, p.prop.server_reference);
            out.prefixed(mark);
        }
        return out.finish(PacketType.DISCONNECT.first, 0);
    }

    int auth(MqttClient c, MqttAuthParam p, byte[] buf, int size) {
        if (!c.isV5()
                || !ReasonCodes.allowed(ReasonCodes.AUTH_OF_CLIENT, p.reason_code)
                || p.prop.auth_method.size == 0 // 3.15.2.2.2
                || !p.prop.auth_method.same(c.prop.auth_method)) { // 4.12.0-5
            return -EINVAL;
        }
        out.begin(buf, size);
        out.u8(p.reason_code);
        int mark = out.prefix();
        properties.text(Property.AUTH_METHOD, p.prop.auth_method);
        properties.data(Property.AUTH_DATA, p.prop.auth_data);
        properties.text(Property.REASON_STRING, p.prop.reason_string);
        properties.userProperties(p.prop.user_prop);
        out.prefixed(mark);
        return out.finish(PacketType.AUTH.first, 0);
    }

    int ping(byte[] buf, int size) {
        return out.empty(buf, size, PacketType.PINGREQ.first);
    }

    /** 3.8.3-3, 3.10.3-2: at least one filter; null also stands for a list that lacks elements. */
    private MqttTopic @Nullable [] filters(MqttSubscriptionList p) {
        MqttTopic[] list = p.list;
        if (list == null || p.list_count < 1 || p.list_count > 0xffff) {
            out.invalid();
            return null;
        }
        return list;
    }

    private void filter(MqttUtf8 s) {
        out.utf8(s);
        byte[] filter = s.utf8;
        if (out.err == 0
                && (filter == null
                        || s.size == 0
                        || !TopicRules.filter(filter, s.utf8_off, s.size))) {
            out.invalid(); // 4.7.3-1, 4.7.1-2, 4.7.1-3
        }
    }

    /** 3.8.3.1: QoS, in 5.0 with the other options in the same byte. */
    private void options(boolean v5, MqttTopic topic) {
        int o = topic.qos;
        boolean ok = (o & 3) != 3 && (v5 ? (o & 0xc0) == 0 && (o & 0x30) != 0x30 : o <= 2);
        byte[] filter = topic.topic.utf8;
        if (v5 && out.err == 0 && filter != null && isShared(topic.topic, filter)) {
            boolean noLocal = (o & 4) != 0;
            ok &= !noLocal // 3.8.3-4
                    && TopicRules.sharedForm(filter, topic.topic.utf8_off, topic.topic.size);
        }
        if (ok) {
            out.u8(o);
        } else {
            out.invalid();
        }
    }

    private static boolean isShared(MqttUtf8 s, byte[] filter) {
        return TopicRules.shared(filter, s.utf8_off, s.size);
    }
}
