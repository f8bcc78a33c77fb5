package dev.zsock.mqtt;

import static dev.zsock.uapi.MqttAbi.*;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttMessage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HexFormat;

/** Packets that a client sends, built by us and read by netty: thousands of random ones. */
class OutgoingOracleTest {
    private static final int ROUNDS = 1500;
    private static final int BUFFER = 1 << 17;

    private final byte[] buf = new byte[BUFFER];

    private byte[] finished(PacketOutput out, int rc, byte[] payload) {
        assertThat(rc).isZero();
        byte[] wire = Arrays.copyOf(
                Arrays.copyOfRange(out.buf, out.start, out.end), out.size() + payload.length);
        System.arraycopy(payload, 0, wire, out.size(), payload.length);
        return wire;
    }

    private void same(NettyCodec netty, byte[] wire, String expected, long seed) {
        MqttMessage message = netty.decode(wire);
        String what = "seed " + seed + " " + HexFormat.of().formatHex(wire);
        assertThat(message).as(what).isNotNull();
        assertThat(message.decoderResult().isSuccess()).as(what + message).isTrue();
        assertThat(Describe.netty(message)).as(what).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void connect(int version) {
        for (long seed = 0; seed < ROUNDS; seed++) {
            Generator g = new Generator(seed);
            MqttClient c = connecting(g, version);
            PacketOutput out = new PacketOutput();
            int rc = new ConnectEncoder(out).encode(c, buf, BUFFER);
            byte[] wire = finished(out, rc, new byte[0]);
            try (NettyCodec netty = new NettyCodec(version)) {
                same(netty, wire, describe(c), seed);
            }
        }
    }

    private static MqttClient connecting(Generator g, int version) {
        MqttClient c = Generator.client(version);
        c.clean_session = g.random.nextInt(2);
        c.keepalive = g.number(0, 65535);
        // netty wants 1 to 23 characters in version 3.1
        c.client_id.set(
                g.utf8(version == 3 ? g.text(1, 23) : g.text(c.clean_session == 1 ? 0 : 1, 30)));
        if (g.chance(60)) {
            c.user_name = g.utf8(g.text(0, 10));
        }
        if (c.user_name != null && g.chance(60)) {
            MqttBinstr password = g.binary(g.bytes(0, 20));
            c.password = new MqttUtf8(password.data, password.len);
            c.password.utf8_off = password.data_off;
        }
        if (g.chance(60)) {
            c.will_topic = new MqttTopic();
            c.will_topic.topic.set(g.utf8(g.topic()));
            c.will_topic.qos = g.number(0, 2);
            c.will_retain = g.random.nextInt(2);
            c.will_message = g.chance(20) ? null : g.utf8(g.text(0, 300));
        }
        if (version == 5) {
            properties(g, c);
        }
        return c;
    }

    private static void properties(Generator g, MqttClient c) {
        c.prop.session_expiry_interval = g.u32(0);
        c.prop.receive_maximum = g.number(0, 65535);
        c.prop.maximum_packet_size = g.u32(0);
        c.prop.request_response_info = g.chance(50);
        c.prop.request_problem_info = g.chance(50);
        g.userProperties(c.prop.user_prop);
        if (g.chance(50)) {
            c.prop.auth_method.set(g.utf8(g.text(1, 9)));
            c.prop.auth_data.set(g.binary(g.bytes(0, 200)));
        }
        c.will_prop.will_delay_interval = g.u32(0);
        c.will_prop.message_expiry_interval = g.u32(0);
        c.will_prop.payload_format_indicator = g.random.nextInt(2);
        c.will_prop.content_type.set(g.utf8(g.text(0, 9)));
        c.will_prop.response_topic.set(g.utf8(g.text(0, 9)));
        c.will_prop.correlation_data.set(g.binary(g.bytes(0, 130)));
        g.userProperties(c.will_prop.user_prop);
    }

    private static String describe(MqttClient c) {
        boolean v5 = c.protocol_version == 5;
        MqttClient.WillProp w = c.will_prop;
        Describe.Props will = new Describe.Props()
                .number(0x18, w.will_delay_interval)
                .number(0x02, w.message_expiry_interval)
                .number(0x01, w.payload_format_indicator)
                .text(0x03, w.content_type)
                .text(0x08, w.response_topic)
                .data(0x09, w.correlation_data)
                .user(w.user_prop);
        Describe.Props props = new Describe.Props()
                .number(0x11, c.prop.session_expiry_interval)
                .number(0x21, c.prop.receive_maximum)
                .number(0x27, c.prop.maximum_packet_size)
                .number(0x22, v5 ? CONFIG_MQTT_TOPIC_ALIAS_MAX : 0)
                .number(0x19, c.prop.request_response_info ? 1 : 0)
                .number(0x17, c.prop.request_problem_info ? 1 : 0)
                .text(0x15, c.prop.auth_method)
                .data(0x16, c.prop.auth_data)
                .user(c.prop.user_prop);
        String topic = c.will_topic == null
                ? "-"
                : c.will_topic.topic + "," + c.will_topic.qos + "," + c.will_retain + ","
                        + (c.will_message == null ? "" : hex(c.will_message)) + "," + will;
        return "CONNECT " + (c.protocol_version == 3 ? "MQIsdp 3" : "MQTT " + c.protocol_version)
                + " clean=" + c.clean_session + " keepalive=" + c.keepalive + " id=" + c.client_id
                + " user=" + (c.user_name == null ? "-" : c.user_name)
                + " password=" + (c.password == null ? "-" : hex(c.password))
                + " will=" + topic + " " + props;
    }

    private static String hex(MqttUtf8 s) {
        return HexFormat.of().formatHex(s.utf8, s.utf8_off, s.utf8_off + s.size);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void publish(int version) {
        MqttClient c = Generator.client(version);
        try (NettyCodec netty = new NettyCodec(version)) {
            for (long seed = 0; seed < ROUNDS; seed++) {
                Generator g = new Generator(seed);
                MqttPublishParam p = new MqttPublishParam();
                p.message.topic.topic.set(g.utf8(g.topic()));
                p.message.topic.qos = g.number(0, 2);
                p.message_id = p.message.topic.qos == 0 ? 0 : g.number(1, 65535);
                p.dup_flag = p.message.topic.qos == 0 ? 0 : g.random.nextInt(2);
                p.retain_flag = g.random.nextInt(2);
                p.message.payload.set(g.binary(g.bytes(0, g.chance(3) ? 40_000 : 300)));
                if (version == 5) {
                    publishProperties(g, p.prop);
                }
                byte[] payload = HexFormat.of().parseHex(Describe.hex(p.message.payload));
                PacketEncoder encoder = new PacketEncoder();
                byte[] wire = finished(encoder.out, encoder.publish(c, p, buf, BUFFER), payload);
                same(netty, wire, Describe.publish(p, payload), seed);
            }
        }
    }

    private static void publishProperties(Generator g, MqttPublishParam.Prop p) {
        p.payload_format_indicator = g.random.nextInt(2);
        p.message_expiry_interval = g.chance(50) ? g.u32(0) : 0;
        p.topic_alias = g.chance(50) ? g.number(1, 65535) : 0;
        p.response_topic.set(g.utf8(g.text(0, 9)));
        p.correlation_data.set(g.binary(g.bytes(0, 100)));
        p.content_type.set(g.utf8(g.text(0, 60)));
        g.userProperties(p.user_prop);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void acknowledgements(int version) {
        MqttClient c = Generator.client(version);
        PacketType[] types = {
            PacketType.PUBACK, PacketType.PUBREC, PacketType.PUBREL, PacketType.PUBCOMP
        };
        try (NettyCodec netty = new NettyCodec(version)) {
            for (long seed = 0; seed < ROUNDS; seed++) {
                Generator g = new Generator(seed);
                PacketType type = types[g.random.nextInt(types.length)];
                int[] codes = type == PacketType.PUBACK || type == PacketType.PUBREC
                        ? ReasonCodes.PUBACK_PUBREC
                        : ReasonCodes.PUBREL_PUBCOMP;
                MqttCommonAckProperties prop = new MqttCommonAckProperties();
                int code = 0;
                if (version == 5) {
                    code = codes[g.random.nextInt(codes.length)];
                    prop.reason_string.set(g.utf8(g.chance(50) ? g.text(0, 100) : ""));
                    g.userProperties(prop.user_prop);
                }
                int id = g.number(1, 65535);
                PacketEncoder encoder = new PacketEncoder();
                int rc = encoder.ack(c, type, id, code, prop, buf, BUFFER);
                byte[] wire = finished(encoder.out, rc, new byte[0]);
                same(netty, wire, Describe.ack(type.name(), id, code, prop), seed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void subscriptions(int version) {
        MqttClient c = Generator.client(version);
        try (NettyCodec netty = new NettyCodec(version)) {
            for (long seed = 0; seed < ROUNDS; seed++) {
                Generator g = new Generator(seed);
                MqttSubscriptionList p = subscriptionList(g, version);
                StringBuilder subscribed = new StringBuilder();
                StringBuilder names = new StringBuilder();
                for (int i = 0; i < p.list_count; i++) {
                    subscribed
                            .append(' ')
                            .append(p.list[i].topic)
                            .append(':')
                            .append(p.list[i].qos);
                    names.append(' ').append(p.list[i].topic);
                }
                Describe.Props user = new Describe.Props().user(p.prop.user_prop);
                PacketEncoder encoder = new PacketEncoder();
                byte[] wire =
                        finished(encoder.out, encoder.unsubscribe(c, p, buf, BUFFER), new byte[0]);
                same(netty, wire, "UNSUBSCRIBE id=" + p.message_id + " " + user + names, seed);
                wire = finished(encoder.out, encoder.subscribe(c, p, buf, BUFFER), new byte[0]);
                user.number(0x0b, p.prop.subscription_identifier);
                same(netty, wire, "SUBSCRIBE id=" + p.message_id + " " + user + subscribed, seed);
            }
        }
    }

    private static MqttSubscriptionList subscriptionList(Generator g, int version) {
        MqttSubscriptionList p = new MqttSubscriptionList();
        p.list_count = g.number(1, 5);
        p.list = MqttTopic.array(p.list_count + 1);
        p.message_id = g.number(1, 65535);
        for (int i = 0; i < p.list_count; i++) {
            p.list[i].topic.set(g.utf8(g.filter()));
            p.list[i].qos = g.number(0, 2);
            if (version == 5) {
                p.list[i].qos |= g.random.nextInt(4) << 2 | g.number(0, 2) << 4;
            }
        }
        if (version == 5) {
            p.prop.subscription_identifier = g.chance(50) ? g.number(1, VarInt.MAX) : 0;
            g.userProperties(p.prop.user_prop);
        }
        return p;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void disconnectAndPing(int version) {
        MqttClient c = Generator.client(version);
        c.prop.session_expiry_interval = 1;
        int[] codes = ReasonCodes.DISCONNECT_OF_CLIENT;
        try (NettyCodec netty = new NettyCodec(version)) {
            for (long seed = 0; seed < ROUNDS; seed++) {
                Generator g = new Generator(seed);
                MqttDisconnectParam p = new MqttDisconnectParam();
                if (version == 5) {
                    p.reason_code = codes[g.random.nextInt(codes.length)];
                    p.prop.session_expiry_interval = g.chance(50) ? g.u32(0) : 0;
                    p.prop.reason_string.set(g.utf8(g.chance(50) ? g.text(0, 100) : ""));
                    g.userProperties(p.prop.user_prop);
                }
                PacketEncoder encoder = new PacketEncoder();
                byte[] wire =
                        finished(encoder.out, encoder.disconnect(c, p, buf, BUFFER), new byte[0]);
                String expected =
                        "DISCONNECT code=" + p.reason_code + " " + Describe.disconnect(p.prop);
                same(netty, wire, expected, seed);
            }
            PacketEncoder encoder = new PacketEncoder();
            same(netty, finished(encoder.out, encoder.ping(buf, 2), new byte[0]), "PINGREQ", 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5})
    void auth(int version) {
        MqttClient c = Generator.client(version);
        try (NettyCodec netty = new NettyCodec(version)) {
            for (long seed = 0; seed < ROUNDS; seed++) {
                Generator g = new Generator(seed);
                MqttAuthParam p = new MqttAuthParam();
                p.reason_code = g.chance(50)
                        ? MQTT_AUTH_CONTINUE_AUTHENTICATION
                        : MQTT_AUTH_RE_AUTHENTICATE;
                p.prop.auth_method.set(g.utf8(g.text(1, 20)));
                p.prop.auth_data.set(g.binary(g.bytes(0, 200)));
                p.prop.reason_string.set(g.utf8(g.text(0, 20)));
                g.userProperties(p.prop.user_prop);
                c.prop.auth_method.set(g.utf8(p.prop.auth_method.toString()));
                PacketEncoder encoder = new PacketEncoder();
                byte[] wire = finished(encoder.out, encoder.auth(c, p, buf, BUFFER), new byte[0]);
                String expected = "AUTH code=" + p.reason_code + " " + Describe.auth(p.prop);
                same(netty, wire, expected, seed);
            }
        }
    }
}
