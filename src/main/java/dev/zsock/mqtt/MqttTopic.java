package dev.zsock.mqtt;

/**
 * {@code struct mqtt_topic} of {@code <zephyr/net/mqtt.h>}: a topic, or a topic filter, and its
 * quality of service.
 */
public final class MqttTopic {
    /** Name or filter. */
    public final MqttUtf8 topic = new MqttUtf8();

    /**
     * {@code MQTT_QOS_...}; in a 5.0 subscription the whole options byte (3.8.3.1: no local 4,
     * retain as published 8, retain handling 16 and 32).
     */
    public int qos;

    /** All zero. */
    public MqttTopic() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttTopic(MqttTopic other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttTopic other) {
        topic.set(other.topic);
        qos = other.qos;
    }

    /**
     * C's {@code struct mqtt_topic list[n]}.
     *
     * @param n number of elements
     * @return an array of n new structs
     */
    public static MqttTopic[] array(int n) {
        MqttTopic[] list = new MqttTopic[n];
        for (int i = 0; i < n; i++) {
            list[i] = new MqttTopic();
        }
        return list;
    }

    @Override
    public String toString() {
        return "{topic=" + topic + ", qos=" + qos + "}";
    }
}
