package dev.zsock.mqtt;

import static dev.zsock.uapi.ErrnoAbi.*;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HexFormat;

/** What the random packets of the oracle do not reach: the borders of lengths and of the buffer. */
class PacketOutputTest {
    private final byte[] buf = new byte[200];
    private final PacketOutput out = new PacketOutput();

    private String packet() {
        return HexFormat.of().formatHex(out.buf, out.start, out.end);
    }

    /** 2.2.3: 268,435,455 is the largest remaining length. */
    @Test
    void theLargestPacket() {
        out.begin(buf, buf.length);
        out.u16(1);
        assertThat(out.finish(0x30, VarInt.MAX - 1)).isEqualTo(-EMSGSIZE);
        assertThat(out.finish(0x30, VarInt.MAX - 2)).isZero();
        assertThat(packet()).isEqualTo("30ffffff7f0001");
        assertThat(out.finish(0x30, Integer.MAX_VALUE)).isEqualTo(-EMSGSIZE);
    }

    @Test
    void theHeadStandsRightBeforeTheBody() {
        for (int size : new int[] {0, 125, 126}) {
            out.begin(buf, buf.length);
            out.bytes(new byte[size], 0, size);
            assertThat(out.finish(0xd0, 0)).isZero();
            assertThat(out.size()).isEqualTo(size + 2 + (size + 2 > 127 ? 3 : 2));
            assertThat(out.end).isEqualTo(5 + 2 + size);
        }
    }

    /** Every size of the buffer up to the one that suffices gives -ENOMEM and is not overrun. */
    @Test
    void theBufferIsNeverOverrun() {
        MqttClient c = Generator.client(5);
        MqttPublishParam p = new MqttPublishParam();
        p.message.topic.topic.set(Mqtt.MQTT_UTF8_LITERAL("topic"));
        p.message.topic.qos = 1;
        p.message_id = 1;
        p.prop.topic_alias = 1;
        p.prop.message_expiry_interval = 1;
        p.prop.content_type.set(Mqtt.MQTT_UTF8_LITERAL("x".repeat(130)));
        p.prop.correlation_data.set(new MqttBinstr(new byte[4], 4));
        p.prop.user_prop[0].name.set(Mqtt.MQTT_UTF8_LITERAL("n"));
        PacketEncoder encoder = new PacketEncoder();
        assertThat(encoder.publish(c, p, buf, buf.length)).isZero();
        int needed = encoder.out.end;
        for (int size = 0; size < needed; size++) {
            Arrays.fill(buf, (byte) 0x55);
            assertThat(encoder.publish(c, p, buf, size)).as("size %d", size).isEqualTo(-ENOMEM);
            for (int i = size; i < buf.length; i++) {
                assertThat(buf[i]).isEqualTo((byte) 0x55);
            }
        }
        assertThat(encoder.publish(c, p, buf, needed)).isZero();
    }

    /** An acknowledgement of 5.0 without anything to say fits where one of 3.1.1 does. */
    @Test
    void theSmallestBuffers() {
        MqttClient c = Generator.client(5);
        PacketEncoder encoder = new PacketEncoder();
        MqttCommonAckProperties none = new MqttCommonAckProperties();
        assertThat(encoder.ack(c, PacketType.PUBACK, 1, 0, none, buf, 7)).isZero();
        assertThat(encoder.ack(c, PacketType.PUBACK, 1, 0, none, buf, 6)).isEqualTo(-ENOMEM);
        assertThat(encoder.ack(c, PacketType.PUBACK, 1, 0x10, none, buf, 8)).isZero();
        assertThat(encoder.ack(c, PacketType.PUBACK, 1, 0x10, none, buf, 7)).isEqualTo(-ENOMEM);
        assertThat(encoder.ping(buf, 2)).isZero();
        assertThat(encoder.ping(buf, 1)).isEqualTo(-ENOMEM);
        assertThat(encoder.disconnect(c, null, buf, 2)).isZero();
        assertThat(encoder.disconnect(c, null, buf, 1)).isEqualTo(-ENOMEM);
    }

    @Test
    void valuesThatDoNotFitTheirField() {
        MqttClient c = Generator.client(5);
        PacketEncoder encoder = new PacketEncoder();
        MqttPublishParam p = new MqttPublishParam();
        p.message.topic.topic.set(Mqtt.MQTT_UTF8_LITERAL("t"));
        p.prop.topic_alias = 65536;
        assertThat(encoder.publish(c, p, buf, 200)).isEqualTo(-EINVAL);
        p.prop.topic_alias = 0;
        p.prop.message_expiry_interval = 1L << 32;
        assertThat(encoder.publish(c, p, buf, 200)).isEqualTo(-EINVAL);
        p.prop.message_expiry_interval = -1;
        assertThat(encoder.publish(c, p, buf, 200)).isEqualTo(-EINVAL);
        p.prop.message_expiry_interval = 0;
        p.prop.payload_format_indicator = 2;
        assertThat(encoder.publish(c, p, buf, 200)).isEqualTo(-EINVAL);
        p.prop.payload_format_indicator = 0;
        p.prop.response_topic.set(Mqtt.MQTT_UTF8_LITERAL("r/#"));
        assertThat(encoder.publish(c, p, buf, 200)).isEqualTo(-EINVAL);
        MqttSubscriptionList list = TestClient.list(1, 0, "t");
        list.prop.subscription_identifier = VarInt.MAX + 1;
        assertThat(encoder.subscribe(c, list, buf, 200)).isEqualTo(-EINVAL);
        list.prop.subscription_identifier = -1;
        assertThat(encoder.subscribe(c, list, buf, 200)).isEqualTo(-EINVAL);
    }
}
