package dev.zsock.mqtt;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.MqttAbi;

/** Walks the properties of a packet (5.0 2.2.2); holds the value of the one at hand. */
final class PropertyReader implements ErrnoAbi, MqttAbi {
    /** Stores a property; how often and where it may come has been checked. */
    interface Sink<P> {
        void take(P param, Property property, PropertyReader value);
    }

    long number;
    final MqttUtf8 text = new MqttUtf8();
    final MqttBinstr data = new MqttBinstr();
    private final MqttUtf8Pair pair = new MqttUtf8Pair();
    private int userProperties;
    private int subscriptionIds;

    /** All properties of a packet; a packet that ends before their length has none. */
    <P> void read(PacketInput in, PacketType packet, P param, Sink<P> sink) {
        userProperties = 0;
        subscriptionIds = 0;
        int before = in.limit(in.varInt());
        long seen = 0;
        while (in.err == 0 && in.left() > 0) {
            Property property = Property.of(in.varInt());
            if (in.err != 0) {
                break;
            }
            if (property == null || (property.packets & packet.bit) == 0) {
                in.fail(-EBADMSG, MQTT_DISCONNECT_MALFORMED_PACKET);
                break;
            }
            boolean again = (seen & 1L << property.id) != 0;
            if (again && !mayRepeat(property)) {
                in.protocolError(EBADMSG); // 2.2.2.2 and each property's own text
                break;
            }
            seen |= 1L << property.id;
            value(in, property);
            if (in.err == 0) {
                sink.take(param, property, this);
            }
        }
        in.unlimit(before);
    }

    /** 1 when the flag is set, else 0. */
    int flag() {
        return (int) number;
    }

    /** Keeps the user property at hand in the list, or drops it when that is full. */
    void addUserProperty(MqttUtf8Pair[] list) {
        if (userProperties < list.length) {
            list[userProperties++].set(pair);
        }
    }

    /** Keeps the subscription identifier at hand in the list, or drops it when that is full. */
    void addSubscriptionId(int[] list) {
        if (subscriptionIds < list.length) {
            list[subscriptionIds++] = (int) number;
        }
    }

    private static boolean mayRepeat(Property property) {
        return property == Property.USER_PROPERTY || property == Property.SUBSCRIPTION_IDENTIFIER;
    }

    private void value(PacketInput in, Property property) {
        switch (property.kind) {
            case FLAG -> ranged(in, property, in.u8(), 0, 1);
            case U16 -> number = in.u16();
            case U16_1 -> ranged(in, property, in.u16(), 1, 0xffff);
            case U32 -> number = in.u32();
            case U32_1 -> ranged(in, property, in.u32(), 1, 0xffff_ffffL);
            case VARINT_1 -> ranged(in, property, in.varInt(), 1, VarInt.MAX);
            case UTF8 -> in.utf8(text);
            case BINARY -> in.binary(data);
            case PAIR -> {
                in.utf8(pair.name);
                in.utf8(pair.value);
            }
        }
    }

    private void ranged(PacketInput in, Property property, long value, long min, long max) {
        number = value;
        if (in.err != 0 || value >= min && value <= max) {
            return;
        }
        if (property == Property.TOPIC_ALIAS) {
            in.fail(-EBADMSG, MQTT_DISCONNECT_TOPIC_ALIAS_INVALID); // 3.3.2-8
        } else {
            in.protocolError(EBADMSG);
        }
    }
}
