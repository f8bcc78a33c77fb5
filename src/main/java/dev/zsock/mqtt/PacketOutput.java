package dev.zsock.mqtt;

import dev.zsock.uapi.ErrnoAbi;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * Writes one packet into the transmit buffer, five bytes of which wait for the head. The first
 * failure stays ({@link #err}): -EINVAL for a value the text forbids, -ENOMEM for a full buffer.
 */
final class PacketOutput implements ErrnoAbi {
    private static final int HEAD = 1 + VarInt.MAX_SIZE;

    /** 0 or a negative errno. */
    int err;

    byte[] buf = new byte[0];

    /** Where the packet begins, once finished. */
    int start;

    /** Where it ends; the payload of a PUBLISH is not in it. */
    int end;

    private int limit;

    /** An empty packet; it ends before size, which the array has. */
    void begin(byte[] buf, int size) {
        this.buf = buf;
        limit = size;
        start = HEAD;
        end = HEAD;
        err = size < HEAD ? -ENOMEM : 0;
    }

    /** A whole packet of two bytes, the first of them and 0. */
    int empty(byte[] buf, int size, int first) {
        this.buf = buf;
        start = 0;
        end = 2;
        if (size < 2) {
            return -ENOMEM;
        }
        buf[0] = (byte) first;
        buf[1] = 0;
        return 0;
    }

    /** Puts the head before the body, which payload bytes will follow; 0 or a negative errno. */
    int finish(int first, int payload) {
        if (err != 0) {
            return err;
        }
        long length = (long) end - HEAD + payload;
        if (length > VarInt.MAX) {
            return -EMSGSIZE;
        }
        start = HEAD - 1 - VarInt.size((int) length);
        buf[start] = (byte) first;
        VarInt.put(buf, start + 1, (int) length);
        return 0;
    }

    /** Bytes in the buffer. */
    int size() {
        return end - start;
    }

    /** Puts the payload behind the head if there is room. */
    boolean append(MqttBinstr payload) {
        byte[] from = payload.data;
        if (payload.len > room()) {
            return false;
        }
        if (from != null && payload.len > 0) {
            System.arraycopy(from, payload.data_off, buf, end, payload.len);
            end += payload.len;
        }
        return true;
    }

    private int room() {
        return limit - end;
    }

    void invalid() {
        if (err == 0) {
            err = -EINVAL;
        }
    }

    void u8(int value) {
        if ((value & ~0xff) != 0) {
            invalid();
        } else if (reserve(1)) {
            buf[end++] = (byte) value;
        }
    }

    void u16(int value) {
        if ((value & ~0xffff) != 0) {
            invalid();
        } else if (reserve(2)) {
            buf[end++] = (byte) (value >> 8);
            buf[end++] = (byte) value;
        }
    }

    void u32(long value) {
        if ((value & ~0xffff_ffffL) != 0) {
            invalid();
        } else if (reserve(4)) {
            u16((int) (value >> 16));
            u16((int) value & 0xffff);
        }
    }

    void varInt(int value) {
        if (value < 0 || value > VarInt.MAX) {
            invalid();
        } else if (reserve(VarInt.size(value))) {
            end = VarInt.put(buf, end, value);
        }
    }

    /** Packet identifier: never 0 (3.1.1 2.3.1-1, 5.0 2.2.1-3). */
    void messageId(int id) {
        if (id == 0) {
            invalid();
        }
        u16(id);
    }

    /** A string and its length; it must be one that 1.5.3 (5.0: 1.5.4) allows. */
    void utf8(MqttUtf8 s) {
        byte[] from = s.utf8;
        bytes(from, s.utf8_off, s.size);
        if (err == 0 && from != null && !Utf8.valid(from, s.utf8_off, s.size)) {
            invalid();
        }
    }

    /** A topic name: a string that is not empty and has no wildcard (4.7.3-1, 3.3.2-2). */
    void topicName(MqttUtf8 s) {
        utf8(s);
        byte[] name = s.utf8;
        if (err == 0
                && (name == null || s.size == 0 || !TopicRules.name(name, s.utf8_off, s.size))) {
            invalid();
        }
    }

    void binary(MqttBinstr s) {
        bytes(s.data, s.data_off, s.len);
    }

    /** Bytes and their length, up to 65535; null only with length 0. */
    void bytes(byte @Nullable [] from, int off, int len) {
        if (len < 0 || len > 0xffff || from == null && len > 0) {
            invalid();
            return;
        }
        if (from != null) {
            Objects.checkFromIndexSize(off, len, from.length);
        }
        if (!reserve(2 + len)) {
            return;
        }
        u16(len);
        if (from != null) {
            System.arraycopy(from, off, buf, end, len);
        }
        end += len;
    }

    /** Leaves room for a length; {@link #prefixed} fills it in. */
    int prefix() {
        if (reserve(1)) {
            end++;
        }
        return end;
    }

    /** Puts the length of all since mark before it, which may move it. */
    void prefixed(int mark) {
        int len = end - mark;
        int more = err == 0 ? VarInt.size(len) - 1 : 0;
        if (err != 0 || !reserve(more)) {
            return;
        }
        System.arraycopy(buf, mark, buf, mark + more, len);
        VarInt.put(buf, mark - 1, len);
        end += more;
    }

    private boolean reserve(int n) {
        if (err == 0 && n > room()) {
            err = -ENOMEM;
        }
        return err == 0;
    }
}
