package dev.zsock.mqtt;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.MqttAbi;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;

/**
 * What the broker of a 5.0 connection takes (3.2.2.3), and how many QoS 1 and 2 messages are under
 * way in each direction (4.9). Earlier versions have no limits. Thread-safe.
 */
final class BrokerLimits implements ErrnoAbi, MqttAbi {
    private static final int MOST = 0xffff;

    private boolean v5;
    private int sendQuota;
    private int receiveQuota;
    private int sending;
    private int receiving;
    private long maximumPacketSize;
    private int topicAliasMaximum;
    private final BitSet aliases = new BitSet(); // those that stand for a topic
    private int maximumQos;
    private boolean noRetain;
    private boolean noWildcards;
    private boolean noSubscriptionIds;
    private boolean noShared;

    /** A new connection, on which CONNACK has not come. */
    synchronized void begin(MqttClient c) {
        v5 = c.isV5();
        sendQuota = MOST;
        receiveQuota = c.prop.receive_maximum == 0 ? MOST : c.prop.receive_maximum;
        sending = 0;
        receiving = 0;
        maximumPacketSize = Long.MAX_VALUE;
        topicAliasMaximum = 0;
        aliases.clear();
        maximumQos = MQTT_QOS_2_EXACTLY_ONCE;
        noRetain = false;
        noWildcards = false;
        noSubscriptionIds = false;
        noShared = false;
    }

    synchronized void adopt(MqttConnackParam.Prop p) {
        sendQuota = p.rx.has_receive_maximum ? p.receive_maximum : MOST;
        maximumPacketSize = p.rx.has_maximum_packet_size ? p.maximum_packet_size : Long.MAX_VALUE;
        topicAliasMaximum = p.topic_alias_maximum;
        maximumQos = p.rx.has_maximum_qos ? p.maximum_qos : MQTT_QOS_2_EXACTLY_ONCE;
        noRetain = p.rx.has_retain_available && p.retain_available == 0;
        noWildcards = p.rx.has_wildcard_sub_available && p.wildcard_sub_available == 0;
        noSubscriptionIds =
                p.rx.has_subscription_ids_available && p.subscription_ids_available == 0;
        noShared = p.rx.has_shared_sub_available && p.shared_sub_available == 0;
    }

    /** 0, -EINVAL for what the broker does not take, -EAGAIN while too many wait. */
    synchronized int publish(MqttPublishParam p) {
        if (!v5) {
            return 0;
        }
        if (p.message.topic.qos > maximumQos // 3.2.2-11
                || p.retain_flag != 0 && noRetain // 3.2.2-14
                || p.prop.topic_alias > topicAliasMaximum // 3.2.2-17
                || p.message.topic.topic.size == 0 && !aliases.get(p.prop.topic_alias)) {
            return -EINVAL;
        }
        return p.message.topic.qos > 0 && sending >= sendQuota ? -EAGAIN : 0; // 3.3.4-7
    }

    /** 0 or -EINVAL (3.2.2.3.11 to 3.2.2.3.13). */
    synchronized int subscribe(MqttSubscriptionList p) {
        if (!v5 || !noWildcards && !noSubscriptionIds && !noShared) {
            return 0;
        }
        if (noSubscriptionIds && p.prop.subscription_identifier != 0) {
            return -EINVAL;
        }
        MqttTopic[] list = p.list;
        for (int i = 0; list != null && i < p.list_count; i++) {
            if (refuses(list[i].topic)) {
                return -EINVAL;
            }
        }
        return 0;
    }

    private boolean refuses(MqttUtf8 filter) {
        byte @Nullable [] b = filter.utf8;
        return b != null
                && (noWildcards && !TopicRules.name(b, filter.utf8_off, filter.size)
                        || noShared && TopicRules.shared(b, filter.utf8_off, filter.size));
    }

    /** 0 or -EMSGSIZE (3.2.2-15). */
    synchronized int packet(long size) {
        return size > maximumPacketSize ? -EMSGSIZE : 0;
    }

    /** A packet that {@link #publish} has passed goes out. */
    synchronized void sent(MqttPublishParam p) {
        if (p.message.topic.qos > 0) {
            sending++;
        }
        if (v5 && p.prop.topic_alias != 0) {
            aliases.set(p.prop.topic_alias); // 3.3.2.3.4
        }
    }

    /** PUBACK or PUBCOMP, or PUBREC of an error. */
    synchronized void sentDone() {
        sending = Math.max(0, sending - 1);
    }

    /** False when the broker sends more than it may (3.3.4-9). */
    synchronized boolean received() {
        receiving++;
        return !v5 || receiving <= receiveQuota;
    }

    synchronized void receivedDone() {
        receiving = Math.max(0, receiving - 1);
    }
}
