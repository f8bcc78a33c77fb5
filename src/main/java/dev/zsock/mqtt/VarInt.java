package dev.zsock.mqtt;

/**
 * Variable byte integers (3.1.1 2.2.3, 5.0 1.5.5): one to four bytes, seven bits each, low first.
 */
final class VarInt {
    static final int MAX = 268_435_455;
    static final int MAX_SIZE = 4;

    static final int NEED_MORE = -1;
    static final int TOO_LONG = -2;
    static final int NOT_MINIMAL = -3;

    private VarInt() {}

    /** Bytes that value, 0 to MAX, takes. */
    static int size(int value) {
        return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;
    }

    /** Stores value, 0 to MAX; gives the place behind it. */
    static int put(byte[] buf, int at, int value) {
        int rest = value;
        int pos = at;
        while (rest > 0x7f) {
            buf[pos++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buf[pos++] = (byte) rest;
        return pos;
    }

    /** Bytes of the integer at a place, 1 to 4, or a negative word; only 5.0 asks for minimal. */
    static int length(byte[] buf, int at, int end, boolean minimal) {
        for (int n = 1; n <= MAX_SIZE; n++) {
            if (at + n > end) {
                return NEED_MORE;
            }
            if (buf[at + n - 1] >= 0) {
                return minimal && n > 1 && buf[at + n - 1] == 0 ? NOT_MINIMAL : n;
            }
        }
        return TOO_LONG;
    }

    /** The integer at a place, of as many bytes as {@link #length} gave. */
    static int value(byte[] buf, int at, int length) {
        int value = 0;
        for (int n = length - 1; n >= 0; n--) {
            value = value << 7 | buf[at + n] & 0x7f;
        }
        return value;
    }
}
