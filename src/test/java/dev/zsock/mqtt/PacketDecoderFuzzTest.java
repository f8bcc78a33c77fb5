package dev.zsock.mqtt;

import static dev.zsock.uapi.ErrnoAbi.EAGAIN;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.zsock.fuzz.Cuts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a broker sends: the same events however it is cut, nothing taken beyond a packet, no
 * exception. Input: version, authentication and a seed for the cuts, then the stream.
 */
class PacketDecoderFuzzTest {
    private static final int BUFFER = 1024;

    @FuzzTest
    void everySplitGivesTheSameEvents(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int version = 3 + Cuts.at(input, 0) % 3;
        boolean auth = (Cuts.at(input, 0) / 3 & 1) == 1;
        List<String> whole = new Stream(version, auth, Cuts.of(input, 1, 0)).events();
        assertThat(new Stream(version, auth, Cuts.of(input, 1, Cuts.at(input, 0))).events())
                .isEqualTo(whole);
        assertThat(new Stream(version, auth, Cuts.of(input, 1, 1)).events()).isEqualTo(whole);
    }

    /** The receiving codec over a stream that comes in pieces. */
    private static final class Stream {
        private final MqttClient client;
        private final List<byte[]> pieces;
        private final PacketReader reader = new PacketReader();
        private final PacketDecoder decoder = new PacketDecoder();
        private final MqttEvt evt = new MqttEvt();
        private final List<String> events = new ArrayList<>();
        private int piece;
        private int pos;

        Stream(int version, boolean auth, List<byte[]> pieces) {
            client = Generator.client(version);
            client.clean_session = 1;
            if (auth) {
                client.prop.auth_method.set(Mqtt.MQTT_UTF8_LITERAL("m"));
            }
            this.pieces = pieces;
            reader.begin(new byte[BUFFER], BUFFER);
        }

        /** Gives what is left of a piece; a piece that has been taken is a wait. */
        private int take(byte[] buf, int off, int len) {
            if (piece == pieces.size() || pos == pieces.get(piece).length) {
                return -EAGAIN;
            }
            int n = Math.min(len, pieces.get(piece).length - pos);
            System.arraycopy(pieces.get(piece), pos, buf, off, n);
            pos += n;
            return n;
        }

        private boolean nextPiece() {
            piece++;
            pos = 0;
            return piece < pieces.size();
        }

        List<String> events() {
            while (true) {
                int rc = reader.read(client, this::take);
                if (rc == -EAGAIN && nextPiece()) {
                    continue;
                }
                if (rc < 0) {
                    events.add("errno " + rc + " reason " + reader.reason);
                    return events;
                }
                evt.type = reader.type.event;
                rc = decoder.decode(client, reader, evt);
                if (rc < 0) {
                    events.add("errno " + rc + " reason " + decoder.in.reason);
                    return events;
                }
                events.add(Describe.event(evt, payload()));
            }
        }

        private byte[] payload() {
            int len = evt.type == PacketType.PUBLISH.event
                    ? Math.min(evt.param.publish.message.payload.len, 1 << 16)
                    : 0;
            byte[] payload = new byte[len];
            int done = 0;
            while (done < len) {
                int n = take(payload, done, len - done);
                if (n == -EAGAIN && !nextPiece()) {
                    break;
                }
                done += Math.max(n, 0);
            }
            return Arrays.copyOf(payload, done);
        }
    }
}
