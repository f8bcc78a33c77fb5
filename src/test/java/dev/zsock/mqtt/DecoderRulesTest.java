package dev.zsock.mqtt;

import static dev.zsock.uapi.ErrnoAbi.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.ErrnoAbi;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import java.util.HexFormat;

/** Packets that a client must refuse, and their legal neighbours, each cut at every byte. */
class DecoderRulesTest {
    private static int errno(String name) throws ReflectiveOperationException {
        return name.equals("ok") ? 0 : -ErrnoAbi.class.getField(name).getInt(null);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(
            resources = "/mqtt/packets.csv",
            useHeadersInDisplayName = false,
            numLinesToSkip = 1)
    void atEveryCut(String rule, int version, String hex, String expected) throws Exception {
        byte[] wire = HexFormat.of().parseHex(hex.replace(" ", ""));
        for (int cut = 0; cut <= wire.length; cut++) {
            MqttClient client = Generator.client(version);
            client.clean_session = 1;
            if (rule.contains("method m")) {
                client.prop.auth_method.set(Mqtt.MQTT_UTF8_LITERAL("m"));
            }
            InputHarness in = new InputHarness(client, wire);
            int rc = in.upTo(cut);
            if (rc == -EAGAIN) {
                rc = in.upTo(wire.length);
            }
            assertThat(rc).as("cut %d", cut).isEqualTo(errno(expected));
        }
    }

    @Test
    void excessUserPropertiesAndSubscriptionIdentifiersAreDropped() {
        StringBuilder props = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            props.append("0b%02x26000161000162".formatted(i + 1));
        }
        int length = props.length() / 2;
        String hex = "30%02x000174%02x%s".formatted(length + 4, length, props);
        InputHarness in = new InputHarness(Generator.client(5), HexFormat.of().parseHex(hex));
        assertThat(in.upTo(hex.length() / 2)).isZero();
        MqttPublishParam.Prop prop = in.evt.param.publish.prop;
        assertThat(prop.user_prop).hasSize(8).allMatch(pair -> pair.toString().equals("a=b"));
        assertThat(prop.subscription_identifier).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void anAliasStandsForItsTopicUntilItGetsAnother() {
        MqttClient client = Generator.client(5);
        PacketDecoder decoder = new PacketDecoder();
        assertThat(topic(client, decoder, "3008 0003612f62 03230007")).isEqualTo("a/b");
        assertThat(topic(client, decoder, "3006 0000 03230007")).isEqualTo("a/b");
        assertThat(topic(client, decoder, "3006 0000 03230006")).isEqualTo("errno " + EBADMSG);
        assertThat(topic(client, decoder, "3006 000163 03230007")).isEqualTo("c");
        assertThat(topic(client, decoder, "3006 0000 03230007")).isEqualTo("c");
        decoder.aliases.clear();
        assertThat(topic(client, decoder, "3006 0000 03230007")).isEqualTo("errno " + EBADMSG);
    }

    private static String topic(MqttClient client, PacketDecoder decoder, String hex) {
        byte[] wire = HexFormat.of().parseHex(hex.replace(" ", ""));
        MqttEvt evt = new MqttEvt();
        evt.type = PacketType.PUBLISH.event;
        int rc = decoder.decode(client, 0x30, wire, 2, wire.length, 0, evt);
        return rc < 0 ? "errno " + -rc : evt.param.publish.message.topic.topic.toString();
    }

    @Test
    void anAliasOfATopicThatIsTooLong() {
        String longest = "61".repeat(1024);
        assertThat(InputHarness.all(Generator.client(5), publish(longest)))
                .startsWith("PUBLISH dup=0 qos=0 retain=0 topic=aaaa");
        InputHarness in = new InputHarness(Generator.client(5), publish(longest + "61"));
        assertThat(in.upTo(publish(longest + "61").length)).isEqualTo(-ENOMEM);
        assertThat(in.decoder.in.reason).isEqualTo(0x83);
    }

    private static byte[] publish(String topicHex) {
        int size = topicHex.length() / 2;
        byte[] head = new byte[5];
        int end = VarInt.put(head, 1, 2 + size + 4);
        head[0] = 0x30;
        String hex = HexFormat.of().formatHex(head, 0, end) + "%04x".formatted(size) + topicHex
                + "03230001";
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void thePacketMustFitTheBufferButForThePayload() {
        MqttClient client = Generator.client(4);
        byte[] wire = HexFormat.of().parseHex("320a0003612f620001" + "7061796c");
        PacketReader reader = new PacketReader();
        int[] pos = {0};
        PacketReader.Source source = (buf, off, len) -> {
            System.arraycopy(wire, pos[0], buf, off, len);
            pos[0] += len;
            return len;
        };
        reader.begin(new byte[16], 9);
        assertThat(reader.read(client, source)).isZero();
        assertThat(reader.payload).isEqualTo(3);
        pos[0] = 0;
        reader.begin(new byte[16], 8);
        assertThat(reader.read(client, source)).isEqualTo(-ENOMEM);
        assertThat(reader.reason).isEqualTo(0x95);
    }

    @Test
    void aPacketLargerThanTheMaximumAskedFor() {
        MqttClient client = Generator.client(5);
        client.prop.maximum_packet_size = 8;
        byte[] wire = HexFormat.of().parseHex("30060001610000000000");
        assertThat(InputHarness.all(client, wire)).startsWith("PUBLISH");
        wire[1] = 7;
        assertThat(InputHarness.all(client, wire)).isEqualTo("errno " + EMSGSIZE);
    }
}
