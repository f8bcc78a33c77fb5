package dev.zsock.mqtt;

import static dev.zsock.uapi.MqttAbi.*;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttSubscribePayload;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubscribePayload;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Packets as text, the same text for the same packet whichever codec has it. */
final class Describe {
    private Describe() {}

    /** Properties by identifier, those that may repeat in order. */
    static final class Props {
        private final Map<Integer, List<String>> byId = new TreeMap<>();

        Props add(int id, Object value) {
            byId.computeIfAbsent(id, n -> new ArrayList<>()).add(String.valueOf(value));
            return this;
        }

        Props number(int id, long value) {
            return value == 0 ? this : add(id, value);
        }

        Props text(int id, MqttUtf8 value) {
            return value.size == 0 ? this : add(id, value);
        }

        Props data(int id, MqttBinstr value) {
            return value.len == 0 ? this : add(id, hex(value));
        }

        /** A received one, which may be there and empty. */
        Props text(int id, MqttUtf8 value, boolean has) {
            return has ? add(id, value) : text(id, value);
        }

        Props data(int id, MqttBinstr value, boolean has) {
            return has ? add(id, hex(value)) : data(id, value);
        }

        Props number(int id, long value, boolean has) {
            return has ? add(id, value) : number(id, value);
        }

        Props user(MqttUtf8Pair[] list) {
            for (MqttUtf8Pair pair : list) {
                if (pair.name.size + pair.value.size > 0) {
                    add(0x26, pair.name + "=" + pair.value);
                }
            }
            return this;
        }

        @Override
        public String toString() {
            return byId.toString();
        }
    }

    static String hex(MqttBinstr s) {
        return s.data == null
                ? ""
                : HexFormat.of().formatHex(s.data, s.data_off, s.data_off + s.len);
    }

    static String hex(ByteBuf b) {
        return ByteBufUtil.hexDump(b);
    }

    static String netty(MqttMessage m) {
        MqttFixedHeader head = m.fixedHeader();
        Object header = m.variableHeader();
        String name = head.messageType().name();
        if (m instanceof MqttConnectMessage connect) {
            return connect(connect);
        }
        if (m instanceof MqttPublishMessage publish) {
            return "PUBLISH dup=" + (head.isDup() ? 1 : 0) + " qos="
                    + head.qosLevel().value()
                    + " retain=" + (head.isRetain() ? 1 : 0)
                    + " topic=" + publish.variableHeader().topicName()
                    + " id="
                    + (head.qosLevel().value() == 0
                            ? 0
                            : publish.variableHeader().packetId())
                    + " " + props(publish.variableHeader().properties())
                    + " payload=" + hex(publish.payload());
        }
        if (header instanceof MqttConnAckVariableHeader ack) {
            return "CONNACK present=" + (ack.isSessionPresent() ? 1 : 0)
                    + " code=" + (ack.connectReturnCode().byteValue() & 0xff)
                    + " " + props(ack.properties());
        }
        if (header instanceof MqttPubReplyMessageVariableHeader ack) {
            return name + " id=" + ack.messageId() + " code=" + (ack.reasonCode() & 0xff) + " "
                    + props(ack.properties());
        }
        if (header instanceof MqttMessageIdAndPropertiesVariableHeader id) {
            return name + " id=" + id.messageId() + " " + props(id.properties())
                    + list(m.payload());
        }
        if (header instanceof MqttMessageIdVariableHeader id) {
            String empty = list(m.payload());
            boolean ack = empty.isEmpty() && !name.equals("UNSUBACK");
            return name + " id=" + id.messageId() + (ack ? " code=0 {}" : " {}" + empty);
        }
        if (header instanceof MqttReasonCodeAndPropertiesVariableHeader reason) {
            return name + " code=" + (reason.reasonCode() & 0xff) + " "
                    + props(reason.properties());
        }
        return name;
    }

    private static String connect(MqttConnectMessage m) {
        var head = m.variableHeader();
        var body = m.payload();
        String will = !head.isWillFlag()
                ? "-"
                : body.willTopic() + "," + head.willQos() + "," + (head.isWillRetain() ? 1 : 0)
                        + ","
                        + HexFormat.of().formatHex(body.willMessageInBytes()) + ","
                        + props(body.willProperties());
        return "CONNECT " + head.name() + " " + head.version()
                + " clean=" + (head.isCleanSession() ? 1 : 0)
                + " keepalive=" + head.keepAliveTimeSeconds()
                + " id=" + body.clientIdentifier()
                + " user=" + (head.hasUserName() ? body.userName() : "-")
                + " password="
                + (head.hasPassword() ? HexFormat.of().formatHex(body.passwordInBytes()) : "-")
                + " will=" + will
                + " " + props(head.properties());
    }

    /** What follows the identifier; an UNSUBACK without codes has none. */
    private static String list(Object payload) {
        StringBuilder list = new StringBuilder();
        if (payload instanceof MqttSubscribePayload subscribe) {
            for (MqttTopicSubscription s : subscribe.topicSubscriptions()) {
                int options = s.option().qos().value()
                        | (s.option().isNoLocal() ? 4 : 0)
                        | (s.option().isRetainAsPublished() ? 8 : 0)
                        | s.option().retainHandling().value() << 4;
                list.append(' ').append(s.topicFilter()).append(':').append(options);
            }
        } else if (payload instanceof MqttUnsubscribePayload unsubscribe) {
            unsubscribe.topics().forEach(topic -> list.append(' ').append(topic));
        } else if (payload instanceof MqttSubAckPayload ack) {
            ack.reasonCodes().forEach(code -> list.append(' ').append(code));
        } else if (payload instanceof MqttUnsubAckPayload ack) {
            ack.unsubscribeReasonCodes().forEach(code -> list.append(' ').append(code & 0xff));
        }
        return list.toString();
    }

    static Props props(MqttProperties properties) {
        Props props = new Props();
        for (MqttProperties.MqttProperty<?> p : properties.listAll()) {
            if (p.value() instanceof List<?> pairs) {
                pairs.forEach(pair -> {
                    var user = (MqttProperties.StringPair) pair;
                    props.add(p.propertyId(), user.key + "=" + user.value);
                });
            } else if (p.value() instanceof byte[] data) {
                props.add(p.propertyId(), HexFormat.of().formatHex(data));
            } else if (p.value() instanceof Integer number) {
                props.add(p.propertyId(), number & 0xffff_ffffL);
            } else {
                props.add(p.propertyId(), p.value());
            }
        }
        return props;
    }

    /** What a broker's packet has become; payload as it was read. */
    static String event(MqttEvt evt, byte[] payload) {
        MqttEvtParam p = evt.param;
        return switch (evt.type) {
            case MQTT_EVT_CONNACK ->
                "CONNACK present=" + p.connack.session_present_flag + " code="
                        + p.connack.return_code + " " + connack(p.connack.prop);
            case MQTT_EVT_PUBLISH -> publish(p.publish, payload);
            case MQTT_EVT_PUBACK ->
                ack("PUBACK", p.puback.message_id, p.puback.reason_code, p.puback.prop);
            case MQTT_EVT_PUBREC ->
                ack("PUBREC", p.pubrec.message_id, p.pubrec.reason_code, p.pubrec.prop);
            case MQTT_EVT_PUBREL ->
                ack("PUBREL", p.pubrel.message_id, p.pubrel.reason_code, p.pubrel.prop);
            case MQTT_EVT_PUBCOMP ->
                ack("PUBCOMP", p.pubcomp.message_id, p.pubcomp.reason_code, p.pubcomp.prop);
            case MQTT_EVT_SUBACK ->
                "SUBACK id=" + p.suback.message_id + " " + props(p.suback.prop)
                        + codes(p.suback.return_codes);
            case MQTT_EVT_UNSUBACK ->
                "UNSUBACK id=" + p.unsuback.message_id + " " + props(p.unsuback.prop)
                        + codes(p.unsuback.reason_codes);
            case MQTT_EVT_PINGRESP -> "PINGRESP";
            case MQTT_EVT_DISCONNECT ->
                "DISCONNECT code=" + p.disconnect.reason_code + " " + disconnect(p.disconnect.prop);
            case MQTT_EVT_AUTH -> "AUTH code=" + p.auth.reason_code + " " + auth(p.auth.prop);
            default -> throw new AssertionError(evt.type);
        };
    }

    private static String codes(MqttBinstr codes) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < codes.len; i++) {
            list.append(' ').append(codes.data[codes.data_off + i] & 0xff);
        }
        return list.toString();
    }

    static String ack(String name, int id, int code, MqttCommonAckProperties prop) {
        return name + " id=" + id + " code=" + code + " " + props(prop);
    }

    static Props props(MqttCommonAckProperties prop) {
        return new Props()
                .text(0x1f, prop.reason_string, prop.rx.has_reason_string)
                .user(prop.user_prop);
    }

    static String publish(MqttPublishParam p, byte[] payload) {
        MqttPublishParam.Prop prop = p.prop;
        Props props = new Props()
                .text(0x08, prop.response_topic, prop.rx.has_response_topic)
                .data(0x09, prop.correlation_data, prop.rx.has_correlation_data)
                .text(0x03, prop.content_type, prop.rx.has_content_type)
                .number(0x02, prop.message_expiry_interval, prop.rx.has_message_expiry_interval)
                .number(0x23, prop.topic_alias, prop.rx.has_topic_alias)
                .number(0x01, prop.payload_format_indicator, prop.rx.has_payload_format_indicator)
                .user(prop.user_prop);
        for (int id : prop.subscription_identifier) {
            props.number(0x0b, id);
        }
        return "PUBLISH dup=" + p.dup_flag + " qos=" + p.message.topic.qos + " retain="
                + p.retain_flag
                + " topic=" + p.message.topic.topic + " id=" + p.message_id + " " + props
                + " payload=" + HexFormat.of().formatHex(payload);
    }

    private static Props connack(MqttConnackParam.Prop p) {
        Props props = new Props()
                .text(0x12, p.assigned_client_id, p.rx.has_assigned_client_id)
                .text(0x1f, p.reason_string, p.rx.has_reason_string)
                .text(0x1a, p.response_information, p.rx.has_response_information)
                .text(0x1c, p.server_reference, p.rx.has_server_reference)
                .text(0x15, p.auth_method, p.rx.has_auth_method)
                .data(0x16, p.auth_data, p.rx.has_auth_data)
                .user(p.user_prop);
        props.number(0x11, p.session_expiry_interval, p.rx.has_session_expiry_interval);
        props.number(0x27, p.maximum_packet_size, p.rx.has_maximum_packet_size);
        props.number(0x21, p.receive_maximum, p.rx.has_receive_maximum);
        props.number(0x22, p.topic_alias_maximum, p.rx.has_topic_alias_maximum);
        props.number(0x13, p.server_keep_alive, p.rx.has_server_keep_alive);
        props.number(0x24, p.maximum_qos, p.rx.has_maximum_qos);
        props.number(0x25, p.retain_available, p.rx.has_retain_available);
        props.number(0x28, p.wildcard_sub_available, p.rx.has_wildcard_sub_available);
        props.number(0x29, p.subscription_ids_available, p.rx.has_subscription_ids_available);
        props.number(0x2a, p.shared_sub_available, p.rx.has_shared_sub_available);
        return props;
    }

    static Props disconnect(MqttDisconnectParam.Prop p) {
        return new Props()
                .text(0x1f, p.reason_string, p.rx.has_reason_string)
                .text(0x1c, p.server_reference, p.rx.has_server_reference)
                .number(0x11, p.session_expiry_interval, p.rx.has_session_expiry_interval)
                .user(p.user_prop);
    }

    static Props auth(MqttAuthParam.Prop p) {
        return new Props()
                .text(0x15, p.auth_method, p.rx.has_auth_method)
                .data(0x16, p.auth_data, p.rx.has_auth_data)
                .text(0x1f, p.reason_string, p.rx.has_reason_string)
                .user(p.user_prop);
    }
}
