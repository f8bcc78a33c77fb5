package dev.zsock.mqtt;

import org.jspecify.annotations.Nullable;

/** {@code struct mqtt_binstr} of {@code <zephyr/net/mqtt.h>}: bytes inside a buffer. */
public final class MqttBinstr {
    /** Buffer; null for none. */
    public byte @Nullable [] data;

    /** Length in bytes. */
    public int len;

    /** Where in {@link #data} the bytes begin: C's {@code data + n}. */
    public int data_off;

    /** All zero. */
    public MqttBinstr() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttBinstr(MqttBinstr other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttBinstr other) {
        data = other.data;
        len = other.len;
        data_off = other.data_off;
    }

    /**
     * Bytes at the start of a buffer.
     *
     * @param data buffer
     * @param len length in bytes
     */
    public MqttBinstr(byte[] data, int len) {
        this.data = data;
        this.len = len;
    }

    @Override
    public String toString() {
        return "{len=" + len + "}";
    }
}
