package dev.zsock.mqtt;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.MqttAbi;

/**
 * Takes the fields of one packet from the receive buffer. The first failure stays ({@link #err},
 * {@link #reason}); what is taken after it is 0 or empty.
 */
final class PacketInput implements ErrnoAbi, MqttAbi {
    /** 0 or a negative errno. */
    int err;

    /** MQTT_DISCONNECT_... that tells the broker of {@link #err}. */
    int reason;

    private byte[] buf = new byte[0];
    private int pos;
    private int end;

    void begin(byte[] buf, int pos, int end) {
        this.buf = buf;
        this.pos = pos;
        this.end = end;
        err = 0;
        reason = 0;
    }

    /** Bytes left up to the limit. */
    int left() {
        return end - pos;
    }

    /** Puts the limit len bytes ahead; gives the one before. */
    int limit(int len) {
        int before = end;
        if (len > left()) {
            malformed();
        } else {
            end = pos + len;
        }
        return before;
    }

    void unlimit(int before) {
        end = before;
    }

    /** 4.8, 4.13: what cannot be parsed, or holds what the text forbids. */
    void malformed() {
        fail(-EINVAL, MQTT_DISCONNECT_MALFORMED_PACKET);
    }

    /** What can be parsed, but is not allowed here. */
    void protocolError(int errno) {
        fail(-errno, MQTT_DISCONNECT_PROTOCOL_ERROR);
    }

    void fail(int failure, int why) {
        if (err == 0) {
            err = failure;
            reason = why;
        }
    }

    int u8() {
        return take(1) ? buf[pos - 1] & 0xff : 0;
    }

    int u16() {
        return take(2) ? (buf[pos - 2] & 0xff) << 8 | buf[pos - 1] & 0xff : 0;
    }

    long u32() {
        int high = u16();
        return (long) high << 16 | u16();
    }

    int varInt() {
        if (err != 0) {
            return 0;
        }
        int n = VarInt.length(buf, pos, end, true);
        if (n < 0) {
            malformed();
            return 0;
        }
        pos += n;
        return VarInt.value(buf, pos - n, n);
    }

    /** Packet identifier: never 0 (3.1.1 2.3.1-1, 5.0 2.2.1-3). */
    int messageId() {
        int id = u16();
        if (id == 0) {
            malformed();
        }
        return id;
    }

    void utf8(MqttUtf8 out) {
        int size = u16();
        if (!take(size)) {
            out.utf8 = null;
            out.size = 0;
            return;
        }
        if (!Utf8.valid(buf, pos - size, size)) {
            malformed(); // 3.1.1 1.5.3-1, 1.5.3-2; 5.0 1.5.4-1, 1.5.4-2
        }
        out.utf8 = buf;
        out.utf8_off = pos - size;
        out.size = size;
    }

    void binary(MqttBinstr out) {
        rest(u16(), out);
    }

    /** The next len bytes as they are. */
    void rest(int len, MqttBinstr out) {
        if (!take(len)) {
            out.data = null;
            out.len = 0;
            return;
        }
        out.data = buf;
        out.data_off = pos - len;
        out.len = len;
    }

    /** Nothing may be left. */
    void done() {
        if (left() != 0) {
            malformed();
        }
    }

    private boolean take(int n) {
        if (err != 0) {
            return false;
        }
        if (n > left()) {
            malformed();
            return false;
        }
        pos += n;
        return true;
    }
}
