package dev.zsock.mqtt;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.MqttAbi;

/**
 * Turns a received packet into an event. Checks what a packet may hold; whether it may come now is
 * the caller's question. Strings of the event lie in the receive buffer.
 */
final class PacketDecoder implements ErrnoAbi, MqttAbi {
    private static final MqttEvtParam ZERO = new MqttEvtParam();

    final PacketInput in = new PacketInput();
    final TopicAliases aliases = new TopicAliases();
    private final PropertyReader properties = new PropertyReader();

    /** The packet that the reader has whole, but for a payload: 0 or a negative errno. */
    int decode(MqttClient c, PacketReader r, MqttEvt evt) {
        return decode(c, r.first, r.buf(), r.body, r.bodyEnd, r.payload, evt);
    }

    /**
     * Decodes the body that lies from at to end in the receive buffer; a PUBLISH ends before its
     * payload, which has payload bytes. 0 or a negative errno, with the reason in {@link #in}.
     */
    int decode(MqttClient c, int first, byte[] buf, int at, int end, int payload, MqttEvt evt) {
        in.begin(buf, at, end);
        boolean v5 = c.isV5();
        MqttEvtParam p = evt.param;
        switch (evt.type) {
            case MQTT_EVT_CONNACK -> connack(c, p.connack);
            case MQTT_EVT_PUBLISH -> publish(v5, first, payload, p.publish);
            case MQTT_EVT_PUBACK -> {
                p.puback.set(ZERO.puback);
                p.puback.message_id = in.messageId();
                p.puback.reason_code =
                        ackRest(v5, PacketType.PUBACK, ReasonCodes.PUBACK_PUBREC, p.puback.prop);
            }
            case MQTT_EVT_PUBREC -> {
                p.pubrec.set(ZERO.pubrec);
                p.pubrec.message_id = in.messageId();
                p.pubrec.reason_code =
                        ackRest(v5, PacketType.PUBREC, ReasonCodes.PUBACK_PUBREC, p.pubrec.prop);
            }
            case MQTT_EVT_PUBREL -> {
                p.pubrel.set(ZERO.pubrel);
                p.pubrel.message_id = in.messageId();
                p.pubrel.reason_code =
                        ackRest(v5, PacketType.PUBREL, ReasonCodes.PUBREL_PUBCOMP, p.pubrel.prop);
            }
            case MQTT_EVT_PUBCOMP -> {
                p.pubcomp.set(ZERO.pubcomp);
                p.pubcomp.message_id = in.messageId();
                p.pubcomp.reason_code =
                        ackRest(v5, PacketType.PUBCOMP, ReasonCodes.PUBREL_PUBCOMP, p.pubcomp.prop);
            }
            case MQTT_EVT_SUBACK -> suback(v5, p.suback);
            case MQTT_EVT_UNSUBACK -> unsuback(v5, p.unsuback);
            case MQTT_EVT_DISCONNECT -> disconnect(p.disconnect);
            case MQTT_EVT_AUTH -> auth(c, p.auth);
            default -> {} // PINGRESP has no body
        }
        in.done();
        return in.err;
    }

    private void connack(MqttClient c, MqttConnackParam p) {
        p.set(ZERO.connack);
        boolean v5 = c.isV5();
        int flags = in.u8();
        p.return_code = in.u8();
        if (c.protocol_version != MQTT_VERSION_3_1_0) {
            p.session_present_flag = flags & 1;
            if (flags > 1) {
                in.malformed(); // 3.2.2.1: the other bits are reserved
            }
        }
        if (p.return_code == MQTT_CONNECTION_ACCEPTED
                && p.session_present_flag == 1
                && c.clean_session != 0) {
            in.protocolError(EPROTO); // 3.1.1 3.2.2-1, 5.0 3.2.2-2, 3.2.2-4
        }
        boolean olderBroker = p.return_code == MQTT_UNACCEPTABLE_PROTOCOL_VERSION && in.left() == 0;
        if (!v5 || olderBroker) {
            return;
        }
        code(ReasonCodes.CONNACK, p.return_code);
        properties.read(in, PacketType.CONNACK, p, PropertySinks::connack);
        authOf(p.prop.rx.has_auth_method, p.prop.auth_method, p.prop.rx.has_auth_data);
        if (p.return_code == MQTT_CONNECT_SUCCESS && !p.prop.auth_method.same(c.prop.auth_method)) {
            in.protocolError(EBADMSG); // 4.12.0-5, 4.12.0-6
        }
    }

    private void publish(boolean v5, int first, int payload, MqttPublishParam p) {
        p.set(ZERO.publish);
        MqttTopic topic = p.message.topic;
        p.dup_flag = first >> 3 & 1;
        topic.qos = first >> 1 & 3;
        p.retain_flag = first & 1;
        if (topic.qos == 3 || topic.qos == 0 && p.dup_flag == 1) {
            in.malformed(); // 3.3.1-4, 3.3.1-2
        }
        in.utf8(topic.topic);
        byte[] name = topic.topic.utf8;
        if (name != null && !TopicRules.name(name, topic.topic.utf8_off, topic.topic.size)) {
            in.fail(-EINVAL, MQTT_DISCONNECT_TOPIC_NAME_INVALID); // 3.3.2-2
        }
        if (topic.qos > 0) {
            p.message_id = in.messageId();
        }
        if (v5) {
            properties.read(in, PacketType.PUBLISH, p, PropertySinks::publish);
            responseTopic(p.prop);
            alias(p.prop, topic.topic);
        } else if (topic.topic.size == 0) {
            in.malformed(); // 4.7.3-1
        }
        p.message.payload.len = in.err == 0 ? payload : 0;
    }

    private void responseTopic(MqttPublishParam.Prop prop) {
        MqttUtf8 topic = prop.response_topic;
        if (prop.rx.has_response_topic
                && (topic.size == 0
                        || topic.utf8 == null
                        || !TopicRules.name(topic.utf8, topic.utf8_off, topic.size))) {
            in.protocolError(EBADMSG); // 3.3.2-14, 4.7.3-1
        }
    }

    /** 3.3.2.3.4: learns the alias of a topic, or finds the topic of an alias. */
    private void alias(MqttPublishParam.Prop prop, MqttUtf8 topic) {
        if (in.err != 0) {
            return;
        }
        int alias = prop.topic_alias;
        if (alias == 0) {
            if (topic.size == 0) {
                in.protocolError(EBADMSG);
            }
        } else if (!aliases.inRange(alias)) {
            in.fail(-EBADMSG, MQTT_DISCONNECT_TOPIC_ALIAS_INVALID); // 3.3.2-9
        } else if (topic.size == 0) {
            if (!aliases.get(alias, topic)) {
                in.protocolError(EBADMSG);
            }
        } else if (!aliases.put(alias, topic)) {
            in.fail(-ENOMEM, MQTT_DISCONNECT_IMPL_SPECIFIC_ERROR);
        }
    }

    /** What follows the identifier in PUBACK and its like (5.0 3.4.2.1, 3.4.2.2.1). */
    private int ackRest(
            boolean v5, PacketType packet, int[] codes, MqttCommonAckProperties properties) {
        if (!v5 || in.left() == 0) {
            return 0;
        }
        int code = code(codes, in.u8());
        if (in.left() > 0) {
            this.properties.read(in, packet, properties, PropertySinks::ack);
        }
        return code;
    }

    private void suback(boolean v5, MqttSubackParam p) {
        p.set(ZERO.suback);
        p.message_id = in.messageId();
        if (v5) {
            properties.read(in, PacketType.SUBACK, p.prop, PropertySinks::ack);
        }
        codes(v5 ? ReasonCodes.SUBACK : ReasonCodes.SUBACK_3_1_1, p.return_codes);
    }

    private void unsuback(boolean v5, MqttUnsubackParam p) {
        p.set(ZERO.unsuback);
        p.message_id = in.messageId();
        if (v5) {
            properties.read(in, PacketType.UNSUBACK, p.prop, PropertySinks::ack);
            codes(ReasonCodes.UNSUBACK, p.reason_codes);
        }
    }

    /** 3.14.2-2 (no session expiry from a broker) is let pass: the connection ends anyway. */
    private void disconnect(MqttDisconnectParam p) {
        p.set(ZERO.disconnect);
        if (in.left() > 0) {
            p.reason_code = code(ReasonCodes.DISCONNECT_OF_BROKER, in.u8());
        }
        if (in.left() > 0) {
            properties.read(in, PacketType.DISCONNECT, p, PropertySinks::disconnect);
        }
    }

    private void auth(MqttClient c, MqttAuthParam p) {
        p.set(ZERO.auth);
        if (c.prop.auth_method.size == 0) {
            in.protocolError(EPROTO); // 4.12.0-6
        }
        if (in.left() == 0) {
            return; // 3.15.2.1: success and no properties
        }
        p.reason_code = code(ReasonCodes.AUTH_OF_BROKER, in.u8());
        properties.read(in, PacketType.AUTH, p, PropertySinks::auth);
        if (!p.prop.auth_method.same(c.prop.auth_method)) {
            in.protocolError(EBADMSG); // 3.15.2.2.2, 4.12.0-5
        }
    }

    private void authOf(boolean hasMethod, MqttUtf8 method, boolean hasData) {
        if (hasData && !hasMethod || hasMethod && method.size == 0) {
            in.protocolError(EBADMSG); // 3.1.2.11.10
        }
    }

    private int code(int[] codes, int code) {
        if (!ReasonCodes.allowed(codes, code)) {
            in.malformed();
        }
        return code;
    }

    /** 3.9.3, 3.11.3: one code for each filter, so at least one. */
    private void codes(int[] allowed, MqttBinstr out) {
        in.rest(in.left(), out);
        byte[] data = out.data;
        if (data == null || out.len == 0) {
            in.malformed();
            return;
        }
        for (int i = 0; i < out.len; i++) {
            code(allowed, data[out.data_off + i] & 0xff);
        }
    }
}
