package dev.zsock.hostile;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.Timeval;

/** Frames as they are on the wire, read at the plain end of a connection. */
final class WireReader {
    private static final int SECONDS = 20;

    /**
     * A frame.
     *
     * @param payload without its mask
     */
    record Frame(int b0, boolean masked, byte[] payload) {
        boolean fin() {
            return (b0 & 0x80) != 0;
        }

        int opcode() {
            return b0 & 0x0f;
        }

        /** The code of a CLOSE, 1005 for one without. */
        int closeCode() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        }
    }

    private final int fd;
    private final byte[] buf = new byte[64 << 10];
    private int at;
    private int end;

    WireReader(int fd) {
        this.fd = fd;
        assertThat(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, new Timeval(SECONDS, 0)))
                .isZero();
    }

    /** The next frame, or null when the stream has ended, inside a frame or not. */
    Frame next() {
        byte[] head = take(2);
        if (head == null) {
            return null;
        }
        int length = head[1] & 0x7f;
        byte[] more = take(length < 126 ? 0 : length == 126 ? 2 : 8);
        byte[] key = more == null ? null : take((head[1] & 0x80) == 0 ? 0 : 4);
        if (key == null) {
            return null;
        }
        for (int i = 0; i < more.length; i++) {
            length = (i == 0 ? 0 : length << 8) | more[i] & 0xff;
        }
        byte[] payload = take(length);
        if (payload == null) {
            return null;
        }
        for (int i = 0; i < length && key.length > 0; i++) {
            payload[i] ^= key[i & 3];
        }
        return new Frame(head[0] & 0xff, key.length > 0, payload);
    }

    /** Exactly n bytes, or null at the end or after a reset. */
    private byte[] take(int n) {
        byte[] bytes = new byte[n];
        for (int got = 0; got < n; ) {
            if (at == end) {
                at = 0;
                end = Math.max(0, receive());
                if (end == 0) {
                    return null;
                }
            }
            int some = Math.min(n - got, end - at);
            System.arraycopy(buf, at, bytes, got, some);
            at += some;
            got += some;
        }
        return bytes;
    }

    private int receive() {
        int rc = recv(fd, buf, buf.length, 0);
        assertThat(rc < 0 && errno() == EAGAIN)
                .as("nothing came within " + SECONDS + " s")
                .isFalse();
        return rc;
    }
}
