package dev.zsock.mqtt;

/** Writes the properties of a packet (5.0 2.2.2); one that is 0 or empty stays out. */
final class PropertyWriter {
    private final PacketOutput out;

    PropertyWriter(PacketOutput out) {
        this.out = out;
    }

    void number(Property property, long value) {
        if (value == 0) {
            return;
        }
        out.u8(property.id);
        switch (property.kind) {
            case FLAG -> flag(value);
            case U16, U16_1 -> out.u16(value >>> 16 == 0 ? (int) value : -1);
            case U32, U32_1 -> out.u32(value);
            default -> out.varInt(value >>> 31 == 0 ? (int) value : -1);
        }
    }

    private void flag(long value) {
        if (value == 1) {
            out.u8(1);
        } else {
            out.invalid();
        }
    }

    void text(Property property, MqttUtf8 value) {
        if (value.size != 0) {
            out.u8(property.id);
            out.utf8(value);
        }
    }

    /** A text that is a topic name (3.3.2-14). */
    void topic(Property property, MqttUtf8 value) {
        if (value.size != 0) {
            out.u8(property.id);
            out.topicName(value);
        }
    }

    void data(Property property, MqttBinstr value) {
        if (value.len != 0) {
            out.u8(property.id);
            out.binary(value);
        }
    }

    /** The pairs before the first that is empty. */
    void userProperties(MqttUtf8Pair[] list) {
        for (MqttUtf8Pair pair : list) {
            if (pair.name.size == 0 && pair.value.size == 0) {
                return;
            }
            out.u8(Property.USER_PROPERTY.id);
            out.utf8(pair.name);
            out.utf8(pair.value);
        }
    }
}
