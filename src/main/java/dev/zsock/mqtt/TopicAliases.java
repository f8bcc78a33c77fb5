package dev.zsock.mqtt;

import dev.zsock.uapi.MqttAbi;

/** Topics that the broker has given a number on this connection (5.0 3.3.2.3.4). */
final class TopicAliases implements MqttAbi {
    private static final byte[] NONE = new byte[0];

    private final byte[][] topics = new byte[CONFIG_MQTT_TOPIC_ALIAS_MAX][];
    private final int[] sizes = new int[CONFIG_MQTT_TOPIC_ALIAS_MAX];

    TopicAliases() {
        for (int i = 0; i < topics.length; i++) {
            topics[i] = NONE;
        }
    }

    void clear() {
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = 0;
        }
    }

    boolean inRange(int alias) {
        return alias >= 1 && alias <= topics.length;
    }

    /** False for a topic that is too long. */
    boolean put(int alias, MqttUtf8 topic) {
        byte[] from = topic.utf8;
        if (from == null || topic.size > CONFIG_MQTT_TOPIC_ALIAS_STRING_MAX) {
            return false;
        }
        if (topics[alias - 1].length < topic.size) {
            topics[alias - 1] = new byte[topic.size];
        }
        System.arraycopy(from, topic.utf8_off, topics[alias - 1], 0, topic.size);
        sizes[alias - 1] = topic.size;
        return true;
    }

    /** False for an alias that has no topic. */
    boolean get(int alias, MqttUtf8 topic) {
        topic.utf8 = topics[alias - 1];
        topic.utf8_off = 0;
        topic.size = sizes[alias - 1];
        return topic.size > 0;
    }
}
