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

    private static int receive(InputHarness in, int length, int rounds) {
        int failures = 0;
        for (int i = 0; i < rounds; i++) {
            in.rewind();
            failures |= in.upTo(length);
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
        byte[] wire = HexFormat.of().parseHex(hex.replace(" ", ""));
        InputHarness in = new InputHarness(Generator.client(version), wire);
        assertThat(receive(in, wire.length, WARM)).isZero();
        long before = threads.getCurrentThreadAllocatedBytes();
        int failures = receive(in, wire.length, MEASURED);
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
