package dev.zsock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.management.ManagementFactory;
import java.util.HexFormat;

/** Once warm, the codec allocates nothing for a packet. */
class AllocationTest {
    private static final int WARM = 20_000;
    private static final int MEASURED = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final PacketReader reader = new PacketReader();
    private final PacketDecoder decoder = new PacketDecoder();
    private final MqttEvt evt = new MqttEvt();
    private byte[] wire;
    private int pos;

    private int take(byte[] buf, int off, int len) {
        System.arraycopy(wire, pos, buf, off, len);
        pos += len;
        return len;
    }

    private int receive(MqttClient client, int rounds, PacketReader.Source source) {
        int failures = 0;
        for (int i = 0; i < rounds; i++) {
            pos = 0;
            failures |= reader.read(client, source);
            evt.type = reader.type.event;
            failures |= decoder.decode(
                    client,
                    reader.first,
                    reader.buf(),
                    reader.body,
                    reader.bodyEnd,
                    reader.payload,
                    evt);
            reader.have = 0;
        }
        return failures;
    }

    @ParameterizedTest
    @CsvSource({
        "4, 4002 0001",
        "4, 3207 0003612f62 0001",
        "5, 3018 0003612f62 0c 230001 26000161000162 0b01 00",
        "5, 4008 0001 00 04 1f000161"
    })
    void receiving(int version, String hex) {
        wire = HexFormat.of().parseHex(hex.replace(" ", ""));
        MqttClient client = Generator.client(version);
        reader.begin(new byte[128], 128);
        PacketReader.Source source = this::take;
        assertThat(receive(client, WARM, source)).isZero();
        long before = threads.getCurrentThreadAllocatedBytes();
        int failures = receive(client, MEASURED, source);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(failures).isZero();
        assertThat(bytes).isLessThan(MEASURED / 10);
    }

    @ParameterizedTest
    @CsvSource({"4", "5"})
    void sending(int version) {
        MqttClient client = Generator.client(version);
        MqttPublishParam p = new MqttPublishParam();
        p.message.topic.topic.set(Mqtt.MQTT_UTF8_LITERAL("topic"));
        PacketEncoder encoder = new PacketEncoder();
        byte[] buf = new byte[64];
        int failures = 0;
        long before = 0;
        for (int i = 0; i < WARM + MEASURED; i++) {
            if (i == WARM) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            failures |= encoder.publish(client, p, buf, buf.length);
            failures |= encoder.ping(buf, buf.length);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(failures).isZero();
        assertThat(bytes).isLessThan(MEASURED / 10);
    }
}
