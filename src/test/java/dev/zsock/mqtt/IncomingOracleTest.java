package dev.zsock.mqtt;

import static dev.zsock.uapi.ErrnoAbi.EAGAIN;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttMessage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HexFormat;

/** Packets of a broker, built by netty and read by us: random ones, cut at every byte. */
class IncomingOracleTest {
    private static final int ROUNDS = 2000;
    private static final int CUTS = 60;

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void readsWhatNettyWrites(int version) {
        try (NettyCodec netty = new NettyCodec(version)) {
            for (long seed = 0; seed < ROUNDS; seed++) {
                MqttClient client = Generator.client(version);
                MqttMessage message = new BrokerPackets(new Generator(seed), client).next();
                String expected = Describe.netty(message);
                byte[] wire = netty.encode(message);
                assertThat(InputHarness.all(client, wire))
                        .as("seed %d %s", seed, HexFormat.of().formatHex(wire))
                        .isEqualTo(expected);
                everyCut(client, wire, expected);
            }
        }
    }

    private static void everyCut(MqttClient client, byte[] wire, String expected) {
        int last = Math.min(wire.length, CUTS);
        for (int cut = 0; cut < last; cut++) {
            InputHarness in = new InputHarness(client, wire);
            int rc = in.upTo(cut);
            if (rc == -EAGAIN) {
                assertThat(in.upTo(wire.length))
                        .as("cut %d of %s", cut, expected)
                        .isZero();
            } else {
                assertThat(rc).as("cut %d of %s", cut, expected).isZero();
            }
            assertThat(in.text()).isEqualTo(expected);
        }
    }

    /** One byte at a time, and never a byte of the payload or of the next packet. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void takesOnlyWhatBelongsToThePacket(int version) {
        try (NettyCodec netty = new NettyCodec(version)) {
            for (long seed = 0; seed < ROUNDS / 10; seed++) {
                MqttClient client = Generator.client(version);
                BrokerPackets packets = new BrokerPackets(new Generator(seed), client);
                byte[] wire = netty.encode(packets.next());
                byte[] padded = Arrays.copyOf(wire, wire.length + 8);
                InputHarness in = new InputHarness(client, padded);
                int end = 0;
                int rc = -EAGAIN;
                while (rc == -EAGAIN) {
                    rc = in.upTo(end++);
                }
                assertThat(rc).isZero();
                int payload = wire[0] >> 4 == 3 ? in.evt.param.publish.message.payload.len : 0;
                assertThat(in.consumed()).isEqualTo(wire.length - payload);
            }
        }
    }
}
