package dev.zsock.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;

/** Random packets of a broker, as netty's messages. */
final class BrokerPackets {
    static final MqttMessageType[] TYPES = {
        MqttMessageType.CONNACK,
        MqttMessageType.PUBLISH,
        MqttMessageType.PUBACK,
        MqttMessageType.PUBREC,
        MqttMessageType.PUBREL,
        MqttMessageType.PUBCOMP,
        MqttMessageType.SUBACK,
        MqttMessageType.UNSUBACK,
        MqttMessageType.PINGRESP,
        MqttMessageType.DISCONNECT,
        MqttMessageType.AUTH
    };

    private final Generator g;
    private final MqttClient client;
    private final boolean v5;

    BrokerPackets(Generator g, MqttClient client) {
        this.g = g;
        this.client = client;
        v5 = client.protocol_version == 5;
    }

    MqttMessage next() {
        MqttMessageType[] types = TYPES;
        MqttMessageType type = types[g.random.nextInt(v5 ? types.length : types.length - 2)];
        return switch (type) {
            case CONNACK -> connack();
            case PUBLISH -> publish();
            case PUBACK, PUBREC -> reply(type, ReasonCodes.PUBACK_PUBREC);
            case PUBREL, PUBCOMP -> reply(type, ReasonCodes.PUBREL_PUBCOMP);
            case SUBACK -> suback();
            case UNSUBACK -> unsuback();
            case PINGRESP -> MqttMessage.PINGRESP;
            case DISCONNECT -> reason(type, ReasonCodes.DISCONNECT_OF_BROKER, disconnect());
            default -> reason(type, ReasonCodes.AUTH_OF_BROKER, auth());
        };
    }

    private static MqttFixedHeader head(MqttMessageType type) {
        MqttQoS qos = type == MqttMessageType.PUBREL ? MqttQoS.AT_LEAST_ONCE : MqttQoS.AT_MOST_ONCE;
        return new MqttFixedHeader(type, false, qos, false, 0);
    }

    private MqttMessage connack() {
        client.clean_session = 0;
        client.prop.auth_method.set(new MqttUtf8());
        MqttProperties p = new MqttProperties();
        int code = v5
                ? ReasonCodes.CONNACK[g.random.nextInt(ReasonCodes.CONNACK.length)]
                : g.random.nextInt(6);
        if (v5) {
            connackNumbers(p);
            text(p, MqttProperties.ASSIGNED_CLIENT_IDENTIFIER, g.text(1, 20));
            text(p, MqttProperties.REASON_STRING, g.text(1, 20));
            text(p, MqttProperties.RESPONSE_INFORMATION, g.text(1, 20));
            text(p, MqttProperties.SERVER_REFERENCE, g.text(1, 20));
            if (g.chance(30)) {
                authMethod(p);
            }
            user(p);
        }
        return new MqttConnAckMessage(
                head(MqttMessageType.CONNACK),
                new MqttConnAckVariableHeader(
                        MqttConnectReturnCode.valueOf((byte) code), g.chance(50), p));
    }

    private void connackNumbers(MqttProperties p) {
        number(p, MqttProperties.SESSION_EXPIRY_INTERVAL, g.u32(0));
        number(p, MqttProperties.MAXIMUM_PACKET_SIZE, g.u32(1));
        number(p, MqttProperties.RECEIVE_MAXIMUM, g.number(1, 65535));
        number(p, MqttProperties.TOPIC_ALIAS_MAXIMUM, g.number(0, 65535));
        number(p, MqttProperties.SERVER_KEEP_ALIVE, g.number(0, 65535));
        number(p, MqttProperties.MAXIMUM_QOS, g.random.nextInt(2));
        number(p, MqttProperties.RETAIN_AVAILABLE, g.random.nextInt(2));
        number(p, MqttProperties.WILDCARD_SUBSCRIPTION_AVAILABLE, g.random.nextInt(2));
        number(p, MqttProperties.SUBSCRIPTION_IDENTIFIER_AVAILABLE, g.random.nextInt(2));
        number(p, MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE, g.random.nextInt(2));
    }

    /** The client must have asked for the method. */
    private void authMethod(MqttProperties p) {
        String method = g.text(1, 10);
        client.prop.auth_method.set(g.utf8(method));
        p.add(new MqttProperties.StringProperty(MqttProperties.AUTHENTICATION_METHOD, method));
        if (g.chance(50)) {
            p.add(new MqttProperties.BinaryProperty(
                    MqttProperties.AUTHENTICATION_DATA, g.bytes(1, 40)));
        }
    }

    private MqttMessage publish() {
        MqttProperties p = new MqttProperties();
        if (v5) {
            number(p, MqttProperties.PAYLOAD_FORMAT_INDICATOR, 1);
            number(p, MqttProperties.PUBLICATION_EXPIRY_INTERVAL, g.u32(1));
            number(p, MqttProperties.TOPIC_ALIAS, g.number(1, 8));
            text(p, MqttProperties.RESPONSE_TOPIC, g.topic());
            if (g.chance(50)) {
                p.add(new MqttProperties.BinaryProperty(
                        MqttProperties.CORRELATION_DATA, g.bytes(1, 120)));
            }
            text(p, MqttProperties.CONTENT_TYPE, g.text(1, 20));
            for (int n = g.chance(50) ? g.number(0, 8) : 0; n > 0; n--) {
                p.add(new MqttProperties.IntegerProperty(
                        MqttProperties.SUBSCRIPTION_IDENTIFIER, g.number(1, VarInt.MAX)));
            }
            user(p);
        }
        MqttQoS qos = MqttQoS.valueOf(g.number(0, 2));
        boolean dup = qos != MqttQoS.AT_MOST_ONCE && g.chance(50);
        MqttFixedHeader head =
                new MqttFixedHeader(MqttMessageType.PUBLISH, dup, qos, g.chance(50), 0);
        int id = qos == MqttQoS.AT_MOST_ONCE ? 0 : g.number(1, 65535);
        byte[] payload = g.bytes(0, g.chance(10) ? 20_000 : 40);
        return new MqttPublishMessage(
                head,
                new MqttPublishVariableHeader(g.topic(), id, p),
                Unpooled.wrappedBuffer(payload));
    }

    private MqttProperties reasonAndUser() {
        MqttProperties p = new MqttProperties();
        if (v5) {
            text(p, MqttProperties.REASON_STRING, g.text(1, 90));
            user(p);
        }
        return p;
    }

    private MqttMessage reply(MqttMessageType type, int[] codes) {
        int id = g.number(1, 65535);
        int code = v5 ? codes[g.random.nextInt(codes.length)] : 0;
        return new MqttMessage(
                head(type),
                v5
                        ? new MqttPubReplyMessageVariableHeader(id, (byte) code, reasonAndUser())
                        : MqttMessageIdVariableHeader.from(id));
    }

    private MqttMessage suback() {
        int[] codes = v5 ? ReasonCodes.SUBACK : ReasonCodes.SUBACK_3_1_1;
        int[] list = new int[g.number(1, 9)];
        for (int i = 0; i < list.length; i++) {
            list[i] = codes[g.random.nextInt(codes.length)];
        }
        return new MqttSubAckMessage(
                head(MqttMessageType.SUBACK),
                new MqttMessageIdAndPropertiesVariableHeader(g.number(1, 65535), reasonAndUser()),
                new MqttSubAckPayload(list));
    }

    private MqttMessage unsuback() {
        short[] list = new short[g.number(1, 9)];
        for (int i = 0; i < list.length; i++) {
            list[i] = (short) ReasonCodes.UNSUBACK[g.random.nextInt(ReasonCodes.UNSUBACK.length)];
        }
        return new MqttUnsubAckMessage(
                head(MqttMessageType.UNSUBACK),
                new MqttMessageIdAndPropertiesVariableHeader(g.number(1, 65535), reasonAndUser()),
                v5 ? new MqttUnsubAckPayload(list) : null);
    }

    private MqttProperties disconnect() {
        MqttProperties p = reasonAndUser();
        text(p, MqttProperties.SERVER_REFERENCE, g.text(1, 20));
        return p;
    }

    private MqttProperties auth() {
        MqttProperties p = reasonAndUser();
        authMethod(p);
        return p;
    }

    private MqttMessage reason(MqttMessageType type, int[] codes, MqttProperties p) {
        int code = codes[g.random.nextInt(codes.length)];
        return new MqttMessage(
                head(type), new MqttReasonCodeAndPropertiesVariableHeader((byte) code, p));
    }

    private void number(MqttProperties p, int id, long value) {
        if (g.chance(40)) {
            p.add(new MqttProperties.IntegerProperty(id, (int) value));
        }
    }

    private void text(MqttProperties p, int id, String value) {
        if (g.chance(40)) {
            p.add(new MqttProperties.StringProperty(id, value));
        }
    }

    private void user(MqttProperties p) {
        MqttProperties.UserProperties user = new MqttProperties.UserProperties();
        for (int n = g.chance(40) ? g.number(1, 8) : 0; n > 0; n--) {
            user.add(g.text(1, 4), g.text(0, 4));
        }
        if (!user.value().isEmpty()) {
            p.add(user);
        }
    }
}
