package dev.zsock.mqtt;

import static dev.zsock.uapi.ErrnoAbi.*;

/** The receiving codec over bytes that come in pieces, without a client's connection. */
final class InputHarness {
    final MqttEvt evt = new MqttEvt();
    final PacketDecoder decoder = new PacketDecoder();
    private final MqttClient client;
    private final PacketReader reader = new PacketReader();
    private final PacketReader.Source source = this::take;
    private final byte[] wire;
    private int pos;
    private int limit;

    InputHarness(MqttClient client, byte[] wire) {
        this.client = client;
        this.wire = wire;
        reader.begin(new byte[1 << 17], 1 << 17);
    }

    private int take(byte[] buf, int off, int len) {
        int n = Math.min(len, limit - pos);
        if (n == 0) {
            return -EAGAIN;
        }
        System.arraycopy(wire, pos, buf, off, n);
        pos += n;
        return n;
    }

    /** Reads and decodes when bytes up to the cut have come; -EAGAIN for an unfinished packet. */
    int upTo(int cut) {
        limit = cut;
        int rc = reader.read(client, source);
        if (rc < 0) {
            return rc;
        }
        evt.type = reader.type.event;
        rc = decoder.decode(client, reader, evt);
        return rc;
    }

    /** Starts again at the first byte. */
    void rewind() {
        pos = 0;
    }

    /** Where the decoder stopped: a payload follows. */
    int consumed() {
        return pos;
    }

    byte[] payload() {
        return java.util.Arrays.copyOfRange(wire, pos, pos + evt.param.publish.message.payload.len);
    }

    /** Errno or the packet as text, with all bytes there. */
    static String all(MqttClient client, byte[] wire) {
        InputHarness in = new InputHarness(client, wire);
        int rc = in.upTo(wire.length);
        return rc < 0 ? "errno " + -rc : in.text();
    }

    String text() {
        byte[] payload = evt.type == 2 ? payload() : new byte[0];
        return Describe.event(evt, payload);
    }
}
