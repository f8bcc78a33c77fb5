package dev.zsock.vectors;

/** The reference check of UTF-8 (RFC 3629, table of 4), byte by byte. */
final class Utf8 {
    private int missing;
    private int low = 0x80;
    private int high = 0xbf;

    /** Index of the first illegal byte, or n. Takes the legal ones. */
    int check(byte[] bytes, int n) {
        for (int i = 0; i < n; i++) {
            if (!take(bytes[i] & 0xff)) {
                return i;
            }
        }
        return n;
    }

    boolean complete() {
        return missing == 0;
    }

    Utf8 copy() {
        Utf8 c = new Utf8();
        c.missing = missing;
        c.low = low;
        c.high = high;
        return c;
    }

    private boolean take(int b) {
        if (missing > 0) {
            boolean ok = b >= low && b <= high;
            low = 0x80;
            high = 0xbf;
            missing--;
            return ok;
        }
        if (b < 0x80) {
            return true;
        }
        if (b < 0xc2 || b > 0xf4) {
            return false;
        }
        missing = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        low = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
        high = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
        return true;
    }

    /** How many bytes stand before the last code point, which is not complete. */
    static int wholeCodePoints(byte[] bytes) {
        int n = bytes.length;
        while (n > 0 && (bytes[n - 1] & 0xc0) == 0x80) {
            n--;
        }
        return Math.max(0, n - 1);
    }

    static boolean legal(byte[] bytes, int from) {
        byte[] rest = java.util.Arrays.copyOfRange(bytes, from, bytes.length);
        Utf8 check = new Utf8();
        return check.check(rest, rest.length) == rest.length && check.complete();
    }
}
