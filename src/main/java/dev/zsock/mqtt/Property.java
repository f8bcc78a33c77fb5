package dev.zsock.mqtt;

import org.jspecify.annotations.Nullable;

/** The properties of 5.0 (2.2.2.2): identifier, form, and the packets that may hold each. */
enum Property {
    PAYLOAD_FORMAT_INDICATOR(0x01, Kind.FLAG, Packets.MESSAGE),
    MESSAGE_EXPIRY_INTERVAL(0x02, Kind.U32, Packets.MESSAGE),
    CONTENT_TYPE(0x03, Kind.UTF8, Packets.MESSAGE),
    RESPONSE_TOPIC(0x08, Kind.UTF8, Packets.MESSAGE),
    CORRELATION_DATA(0x09, Kind.BINARY, Packets.MESSAGE),
    SUBSCRIPTION_IDENTIFIER(0x0b, Kind.VARINT_1, Packets.PUBLISH | Packets.SUBSCRIBE),
    SESSION_EXPIRY_INTERVAL(0x11, Kind.U32, Packets.CONNECT | Packets.CONNACK | Packets.DISCONNECT),
    ASSIGNED_CLIENT_ID(0x12, Kind.UTF8, Packets.CONNACK),
    SERVER_KEEP_ALIVE(0x13, Kind.U16, Packets.CONNACK),
    AUTH_METHOD(0x15, Kind.UTF8, Packets.CONNECT | Packets.CONNACK | Packets.AUTH),
    AUTH_DATA(0x16, Kind.BINARY, Packets.CONNECT | Packets.CONNACK | Packets.AUTH),
    REQUEST_PROBLEM_INFO(0x17, Kind.FLAG, Packets.CONNECT),
    WILL_DELAY_INTERVAL(0x18, Kind.U32, Packets.WILL),
    REQUEST_RESPONSE_INFO(0x19, Kind.FLAG, Packets.CONNECT),
    RESPONSE_INFORMATION(0x1a, Kind.UTF8, Packets.CONNACK),
    SERVER_REFERENCE(0x1c, Kind.UTF8, Packets.CONNACK | Packets.DISCONNECT),
    REASON_STRING(0x1f, Kind.UTF8, Packets.ANSWERS),
    RECEIVE_MAXIMUM(0x21, Kind.U16_1, Packets.CONNECT | Packets.CONNACK),
    TOPIC_ALIAS_MAXIMUM(0x22, Kind.U16, Packets.CONNECT | Packets.CONNACK),
    TOPIC_ALIAS(0x23, Kind.U16_1, Packets.PUBLISH),
    MAXIMUM_QOS(0x24, Kind.FLAG, Packets.CONNACK),
    RETAIN_AVAILABLE(0x25, Kind.FLAG, Packets.CONNACK),
    USER_PROPERTY(0x26, Kind.PAIR, ~0),
    MAXIMUM_PACKET_SIZE(0x27, Kind.U32_1, Packets.CONNECT | Packets.CONNACK),
    WILDCARD_SUB_AVAILABLE(0x28, Kind.FLAG, Packets.CONNACK),
    SUBSCRIPTION_IDS_AVAILABLE(0x29, Kind.FLAG, Packets.CONNACK),
    SHARED_SUB_AVAILABLE(0x2a, Kind.FLAG, Packets.CONNACK);

    /** Form of a value; those with 1 cannot be 0, a FLAG is 0 or 1. */
    enum Kind {
        FLAG,
        U16,
        U16_1,
        U32,
        U32_1,
        VARINT_1,
        UTF8,
        BINARY,
        PAIR
    }

    private static final @Nullable Property[] BY_ID = new @Nullable Property[0x2b];

    static {
        for (Property property : values()) {
            BY_ID[property.id] = property;
        }
    }

    final int id;
    final Kind kind;

    /** Bits of {@link PacketType}, or {@link Packets#WILL}. */
    final int packets;

    Property(int id, Kind kind, int packets) {
        this.id = id;
        this.kind = kind;
        this.packets = packets;
    }

    /** The property, or null for an identifier that is not assigned. */
    static @Nullable Property of(int id) {
        return id < BY_ID.length ? BY_ID[id] : null;
    }

    /** Sets of packets. */
    static final class Packets {
        static final int WILL = 1 << 31;
        static final int CONNECT = PacketType.CONNECT.bit;
        static final int CONNACK = PacketType.CONNACK.bit;
        static final int PUBLISH = PacketType.PUBLISH.bit;
        static final int SUBSCRIBE = PacketType.SUBSCRIBE.bit;
        static final int DISCONNECT = PacketType.DISCONNECT.bit;
        static final int AUTH = PacketType.AUTH.bit;
        static final int MESSAGE = PUBLISH | WILL;
        static final int ANSWERS = CONNACK
                | PacketType.PUBACK.bit
                | PacketType.PUBREC.bit
                | PacketType.PUBREL.bit
                | PacketType.PUBCOMP.bit
                | PacketType.SUBACK.bit
                | PacketType.UNSUBACK.bit
                | DISCONNECT
                | AUTH;

        private Packets() {}
    }
}
