package dev.zsock.mqtt;

import static dev.zsock.uapi.MqttAbi.*;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttMessage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HexFormat;

/** Packets of a broker with some bytes changed: what we accept, netty reads as the same packet. */
class MutationOracleTest {
    private static final int ROUNDS = 6000;
    private static final int LARGEST = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void acceptsNothingThatNettyRefuses(int version) {
        int accepted = 0;
        int refused = 0;
        for (long seed = 0; seed < ROUNDS; seed++) {
            Generator g = new Generator(seed);
            MqttClient client = Generator.client(version);
            byte[] wire = mutated(g, client, version);
            InputHarness in = new InputHarness(client, wire);
            if (in.upTo(wire.length) < 0) {
                refused++;
                continue;
            }
            accepted++;
            int payload =
                    in.evt.type == MQTT_EVT_PUBLISH ? in.evt.param.publish.message.payload.len : 0;
            if (payload > LARGEST || reservedReturnCode(in.evt, version)) {
                continue; // netty would wait for the payload, or cannot say the code
            }
            wire = Arrays.copyOf(wire, in.consumed() + payload);
            String ours =
                    Describe.event(in.evt, Arrays.copyOfRange(wire, in.consumed(), wire.length));
            try (NettyCodec netty = new NettyCodec(version)) {
                MqttMessage message = netty.decode(wire);
                String what =
                        "seed " + seed + " " + HexFormat.of().formatHex(wire, 0, in.consumed());
                assertThat(message).as(what).isNotNull();
                assertThat(message.decoderResult().isSuccess())
                        .as(what + " " + message)
                        .isTrue();
                assertThat(ours).as(what).isEqualTo(Describe.netty(message));
            }
        }
        assertThat(accepted).isGreaterThan(ROUNDS / 20);
        assertThat(refused).isGreaterThan(ROUNDS / 20);
    }

    /** netty cannot say those; we pass them on and refuse the connection. */
    private static boolean reservedReturnCode(MqttEvt evt, int version) {
        return version < 5
                && evt.type == MQTT_EVT_CONNACK
                && evt.param.connack.return_code > MQTT_NOT_AUTHORIZED;
    }

    private static byte[] mutated(Generator g, MqttClient client, int version) {
        byte[] wire;
        try (NettyCodec netty = new NettyCodec(version)) {
            wire = netty.encode(new BrokerPackets(g, client).next());
        }
        for (int n = g.number(1, 3); n > 0; n--) {
            int at = g.chance(50)
                    ? g.number(0, Math.min(12, wire.length - 1))
                    : g.number(0, wire.length - 1);
            switch (g.random.nextInt(4)) {
                case 0 -> wire[at] = (byte) g.random.nextInt(256);
                case 1 -> wire[at] ^= (byte) (1 << g.random.nextInt(8));
                case 2 -> wire[at] += 1;
                default ->
                    wire = g.chance(50) && wire.length > 2
                            ? Arrays.copyOf(wire, wire.length - 1)
                            : Arrays.copyOf(wire, wire.length + 1);
            }
        }
        return wire;
    }
}
