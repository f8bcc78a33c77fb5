package dev.zsock.vectors;

/**
 * The reference reader of frame headers (RFC 6455 5.2): any header, legal or not. Shares no code
 * with the library.
 *
 * @param b0 FIN, RSV bits and opcode
 * @param form bytes of the extended length: 0, 2 or 8
 * @param length the payload's length, unsigned
 * @param key masking key in wire order
 * @param size bytes of the header
 */
record FrameHead(int b0, boolean masked, int form, long length, byte[] key, int size) {
    private static final int FIN = 0x80;
    private static final byte[] NO_KEY = {};

    /** The header at from, or null when it does not end before to. */
    static FrameHead read(byte[] in, int from, int to) {
        if (to - from < 2) {
            return null;
        }
        int second = in[from + 1] & 0xff;
        boolean masked = (second & 0x80) != 0;
        int form = form(second);
        int size = 2 + form + (masked ? 4 : 0);
        if (to - from < size) {
            return null;
        }
        byte[] key = NO_KEY;
        if (masked) {
            key = java.util.Arrays.copyOfRange(in, from + size - 4, from + size);
        }
        return new FrameHead(in[from] & 0xff, masked, form, length(in, from), key, size);
    }

    /** The header at from without its key, or null when the length is not complete before to. */
    static FrameHead withoutKey(byte[] in, int from, int to) {
        if (to - from < 2 || to - from < 2 + form(in[from + 1])) {
            return null;
        }
        int second = in[from + 1] & 0xff;
        int form = form(second);
        boolean masked = (second & 0x80) != 0;
        return new FrameHead(
                in[from] & 0xff,
                masked,
                form,
                length(in, from),
                NO_KEY,
                2 + form + (masked ? 4 : 0));
    }

    private static int form(int second) {
        int n = second & 0x7f;
        return n == 127 ? 8 : n == 126 ? 2 : 0;
    }

    private static long length(byte[] in, int from) {
        int form = form(in[from + 1]);
        if (form == 0) {
            return in[from + 1] & 0x7f;
        }
        long length = 0;
        for (int i = 0; i < form; i++) {
            length = length << 8 | in[from + 2 + i] & 0xff;
        }
        return length;
    }

    int opcode() {
        return b0 & 0x0f;
    }

    boolean fin() {
        return (b0 & FIN) != 0;
    }

    int rsv() {
        return b0 >> 4 & 7;
    }

    boolean control() {
        return (b0 & 8) != 0;
    }

    /** 5.2: the minimal number of bytes, the top bit of 64 clear. */
    boolean shortestForm() {
        return switch (form) {
            case 2 -> length >= 126;
            case 8 -> length >= 65536;
            default -> true;
        };
    }

    /** Undoes, or does, the masking of n bytes that begin at payload offset at. */
    static byte[] unmask(byte[] in, int from, int n, byte[] key, long at) {
        byte[] out = new byte[n];
        for (int i = 0; i < n; i++) {
            out[i] = key.length == 0
                    ? in[from + i]
                    : (byte) (in[from + i] ^ key[(int) ((at + i) & 3)]);
        }
        return out;
    }

    /** A frame with an all-zero key if masked: what the model expects on the wire. */
    static byte[] frame(int b0, boolean masked, byte[] payload) {
        int n = payload.length;
        int form = n < 126 ? 0 : n < 65536 ? 2 : 8;
        int size = 2 + form + (masked ? 4 : 0);
        byte[] out = new byte[size + n];
        out[0] = (byte) b0;
        out[1] = (byte) ((masked ? 0x80 : 0) | (form == 0 ? n : form == 2 ? 126 : 127));
        for (int i = 0; i < form && i < 4; i++) {
            out[1 + form - i] = (byte) (n >>> 8 * i);
        }
        System.arraycopy(payload, 0, out, size, n);
        return out;
    }
}
