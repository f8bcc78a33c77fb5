package dev.zsock.mqtt;

import dev.zsock.uapi.MqttAbi;

import org.jspecify.annotations.Nullable;

/**
 * Packet types (3.1.1 and 5.0, 2.2.1): first byte and, for those that may come, what they become.
 */
enum PacketType implements MqttAbi {
    CONNECT(0x10, 0, -1),
    CONNACK(0x20, MQTT_VERSION_3_1_0, MQTT_EVT_CONNACK),
    PUBLISH(0x30, MQTT_VERSION_3_1_0, MQTT_EVT_PUBLISH),
    PUBACK(0x40, MQTT_VERSION_3_1_0, MQTT_EVT_PUBACK),
    PUBREC(0x50, MQTT_VERSION_3_1_0, MQTT_EVT_PUBREC),
    PUBREL(0x62, MQTT_VERSION_3_1_0, MQTT_EVT_PUBREL),
    PUBCOMP(0x70, MQTT_VERSION_3_1_0, MQTT_EVT_PUBCOMP),
    SUBSCRIBE(0x82, 0, -1),
    SUBACK(0x90, MQTT_VERSION_3_1_0, MQTT_EVT_SUBACK),
    UNSUBSCRIBE(0xa2, 0, -1),
    UNSUBACK(0xb0, MQTT_VERSION_3_1_0, MQTT_EVT_UNSUBACK),
    PINGREQ(0xc0, 0, -1),
    PINGRESP(0xd0, MQTT_VERSION_3_1_0, MQTT_EVT_PINGRESP),
    DISCONNECT(0xe0, MQTT_VERSION_5_0, MQTT_EVT_DISCONNECT),
    AUTH(0xf0, MQTT_VERSION_5_0, MQTT_EVT_AUTH);

    /** Type and flags; those of PUBLISH vary. */
    final int first;

    /** Bit of this type in {@link Property#packets}. */
    final int bit;

    /** Event it becomes, or -1. */
    final int event;

    /** First version in which a broker may send it, 0 for none. */
    private final int since;

    private static final PacketType[] BY_NIBBLE = values();

    PacketType(int first, int since, int event) {
        this.first = first;
        bit = 1 << (first >> 4);
        this.since = since;
        this.event = event;
    }

    /** The type a broker may begin with this byte, or null (2.2.2-2: reserved flags as said). */
    static @Nullable PacketType incoming(int first, int version) {
        int nibble = first >> 4;
        if (nibble == 0) {
            return null;
        }
        PacketType type = BY_NIBBLE[nibble - 1];
        if (type.since == 0 || version < type.since || type != PUBLISH && first != type.first) {
            return null;
        }
        return type;
    }

    /** The name of the packet that begins with this byte, for traces. */
    static String nameOf(int first) {
        int nibble = first >> 4 & 0xf;
        return nibble == 0 ? "0" : BY_NIBBLE[nibble - 1].name();
    }
}
