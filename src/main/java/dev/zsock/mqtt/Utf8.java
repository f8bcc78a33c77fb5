package dev.zsock.mqtt;

/** What a string on the wire may hold (3.1.1 1.5.3, 5.0 1.5.4). */
final class Utf8 {
    private Utf8() {}

    /** Well-formed (Unicode table 3-7: shortest form, no surrogate) and without U+0000. */
    static boolean valid(byte[] b, int off, int len) {
        int end = off + len;
        int i = off;
        while (i < end) {
            int lead = b[i++] & 0xff;
            if (lead < 0x80) {
                if (lead == 0) {
                    return false;
                }
                continue;
            }
            if (lead < 0xc2 || lead > 0xf4) {
                return false;
            }
            int more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
            if (more > end - i || !second(lead, b[i] & 0xff)) {
                return false;
            }
            for (int n = 1; n < more; n++) {
                if ((b[i + n] & 0xc0) != 0x80) {
                    return false;
                }
            }
            i += more;
        }
        return true;
    }

    private static boolean second(int lead, int b) {
        int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        return b >= low && b <= high;
    }
}
