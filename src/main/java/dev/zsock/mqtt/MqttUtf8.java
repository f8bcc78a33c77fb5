package dev.zsock.mqtt;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** {@code struct mqtt_utf8} of {@code <zephyr/net/mqtt.h>}: a UTF-8 string inside a buffer. */
public final class MqttUtf8 {
    /** Buffer; null for none. */
    public byte @Nullable [] utf8;

    /** Length in bytes. */
    public int size;

    /**
     * Where in {@link #utf8} the string begins: C's {@code utf8 + n}. Strings of an event lie in
     * the receive buffer, seldom at its start.
     */
    public int utf8_off;

    /** All zero. */
    public MqttUtf8() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttUtf8(MqttUtf8 other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttUtf8 other) {
        utf8 = other.utf8;
        size = other.size;
        utf8_off = other.utf8_off;
    }

    /**
     * A string at the start of a buffer.
     *
     * @param utf8 buffer
     * @param size length in bytes
     */
    public MqttUtf8(byte[] utf8, int size) {
        this.utf8 = utf8;
        this.size = size;
    }

    /** Whether both hold the same bytes. */
    boolean same(MqttUtf8 other) {
        byte[] a = utf8;
        byte[] b = other.utf8;
        if (a == null || b == null || size == 0 || other.size == 0) {
            return size == other.size;
        }
        return Arrays.equals(
                a, utf8_off, utf8_off + size, b, other.utf8_off, other.utf8_off + other.size);
    }

    /** The string itself; empty for none. */
    @Override
    public String toString() {
        return utf8 == null ? "" : new String(utf8, utf8_off, size, StandardCharsets.UTF_8);
    }
}
