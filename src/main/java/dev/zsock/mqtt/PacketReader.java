package dev.zsock.mqtt;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.MqttAbi;

import org.jspecify.annotations.Nullable;

/**
 * Reads one packet into the receive buffer, of a PUBLISH only what comes before the payload. Never
 * takes a byte that belongs to the payload or to the next packet, so that a poll on the transport
 * tells the truth. Holds no state of parsing: a packet that comes in pieces is parsed again from
 * its start.
 */
final class PacketReader implements ErrnoAbi, MqttAbi {
    /** Bytes of the transport, without waiting for them. */
    interface Source {
        /** Number of bytes, 0 at the end, or a negative errno. */
        int read(byte[] buf, int off, int len);
    }

    /** Once a packet is complete: its first byte, its type, where its body lies. */
    int first;

    @Nullable PacketType type;

    int body;
    int bodyEnd;

    /** Bytes of the payload, which are still in the transport. */
    int payload;

    /** MQTT_DISCONNECT_... for the broker, when reading failed. */
    int reason;

    private byte[] buf = new byte[0];
    private int size;
    private int have; // bytes in the buffer
    private boolean complete; // they are a packet that has been handed out

    /** Starts anew, with a receive buffer of which size bytes may be used. */
    void begin(byte[] rxBuf, int rxSize) {
        buf = rxBuf;
        size = rxSize;
        complete = true;
    }

    byte[] buf() {
        return buf;
    }

    /** 0 when the next packet is complete, -EAGAIN when not, or another negative errno. */
    int read(MqttClient c, Source source) {
        if (complete) {
            have = 0;
            complete = false;
        }
        int rc = packet(c, source);
        complete = rc == 0;
        return rc;
    }

    private int packet(MqttClient c, Source source) {
        reason = 0;
        boolean v5 = c.isV5();
        int rc = need(2, source);
        if (rc < 0) {
            return rc;
        }
        first = buf[0] & 0xff;
        type = PacketType.incoming(first, c.protocol_version);
        if (type == null) {
            return fail(-EPROTO, MQTT_DISCONNECT_PROTOCOL_ERROR);
        }
        int width = lengthAt(1, VarInt.MAX_SIZE, v5, source);
        if (width < 0) {
            return width;
        }
        int length = VarInt.value(buf, 1, width);
        body = 1 + width;
        if (v5
                && c.prop.maximum_packet_size > 0
                && (long) body + length > c.prop.maximum_packet_size) {
            return fail(-EMSGSIZE, MQTT_DISCONNECT_PACKET_TOO_LARGE); // 3.1.2.11.4
        }
        int header = length;
        if (type == PacketType.PUBLISH) {
            header = publishHeader(length, v5, source);
            if (header < 0) {
                return header;
            }
        }
        bodyEnd = body + header;
        payload = length - header;
        return need(bodyEnd, source);
    }

    /** Bytes before the payload; no more than the packet has, what lacks is the decoder's find. */
    private int publishHeader(int length, boolean v5, Source source) {
        if (length < 2) {
            return length;
        }
        int rc = need(body + 2, source);
        if (rc < 0) {
            return rc;
        }
        int qos = first >> 1 & 3;
        int header = 2 + ((buf[body] & 0xff) << 8 | buf[body + 1] & 0xff) + (qos > 0 ? 2 : 0);
        if (!v5 || header >= length) {
            return Math.min(header, length);
        }
        int width = lengthAt(body + header, length - header, true, source);
        if (width < 0) {
            return width;
        }
        header += width + VarInt.value(buf, body + header, width);
        return Math.min(header, length);
    }

    /** Size of the variable byte integer at a place, which may take max bytes. */
    private int lengthAt(int at, int max, boolean minimal, Source source) {
        int rc = need(at + 1, source);
        while (rc == 0) {
            int width = VarInt.length(buf, at, Math.min(have, at + max), minimal);
            if (width > 0) {
                return width;
            }
            if (width != VarInt.NEED_MORE || have >= at + max) {
                return fail(-EINVAL, MQTT_DISCONNECT_MALFORMED_PACKET);
            }
            rc = need(have + 1, source);
        }
        return rc;
    }

    private int need(int n, Source source) {
        if (n <= have) {
            return 0;
        }
        if (n > size) {
            return fail(-ENOMEM, MQTT_DISCONNECT_PACKET_TOO_LARGE);
        }
        while (have < n) {
            int got = source.read(buf, have, n - have);
            if (got <= 0) {
                return got == 0 ? -ENOTCONN : got;
            }
            have += got;
        }
        return 0;
    }

    private int fail(int err, int why) {
        reason = why;
        return err;
    }
}
