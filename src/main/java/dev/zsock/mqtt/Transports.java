package dev.zsock.mqtt;

import org.jspecify.annotations.Nullable;

/** The transports by type. */
final class Transports {
    static final Transport CUSTOM = new CustomTransport();

    private static final Transport[] TABLE = {CUSTOM, CUSTOM, CUSTOM, CUSTOM, CUSTOM};

    private Transports() {}

    /** The transport that a client has chosen, or null. */
    static @Nullable Transport of(MqttClient c) {
        int type = c.transport.type;
        return type >= 0 && type < TABLE.length ? TABLE[type] : null;
    }
}
