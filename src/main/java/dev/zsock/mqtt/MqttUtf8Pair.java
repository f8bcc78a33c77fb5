package dev.zsock.mqtt;

/** {@code struct mqtt_utf8_pair} of {@code <zephyr/net/mqtt.h>}: a user property. */
public final class MqttUtf8Pair {
    /** Name. */
    public final MqttUtf8 name = new MqttUtf8();

    /** Value. */
    public final MqttUtf8 value = new MqttUtf8();

    /** All zero. */
    public MqttUtf8Pair() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttUtf8Pair(MqttUtf8Pair other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttUtf8Pair other) {
        name.set(other.name);
        value.set(other.value);
    }

    /**
     * C's {@code struct mqtt_utf8_pair list[n]}.
     *
     * @param n number of elements
     * @return an array of n new structs
     */
    public static MqttUtf8Pair[] array(int n) {
        MqttUtf8Pair[] list = new MqttUtf8Pair[n];
        for (int i = 0; i < n; i++) {
            list[i] = new MqttUtf8Pair();
        }
        return list;
    }

    @Override
    public String toString() {
        return name + "=" + value;
    }
}
