package dev.zsock.mqtt;

/** {@code struct mqtt_publish_message} of {@code <zephyr/net/mqtt.h>}. */
public final class MqttPublishMessage {
    /** Topic and quality of service. */
    public final MqttTopic topic = new MqttTopic();

    /**
     * Payload; in an event only its length, the bytes are read with
     * {@code mqtt_read_publish_payload}.
     */
    public final MqttBinstr payload = new MqttBinstr();

    /** All zero. */
    public MqttPublishMessage() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttPublishMessage(MqttPublishMessage other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttPublishMessage other) {
        topic.set(other.topic);
        payload.set(other.payload);
    }
}
