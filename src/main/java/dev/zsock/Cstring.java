package dev.zsock;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What socket programs use of {@code <string.h>}, opt-in: {@code import static
 * dev.zsock.Cstring.*}.
 *
 * <p>As everywhere in Java, an access outside an array throws {@link IndexOutOfBoundsException},
 * where C would write on.
 */
public abstract class Cstring {
    /** For subclasses only: a header has no objects. */
    protected Cstring() {}

    /**
     * A string literal as C stores it.
     *
     * @param s text
     * @return its bytes in UTF-8 and a NUL
     */
    public static byte[] str(String s) {
        byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /**
     * The text of a C string.
     *
     * @param s bytes in UTF-8
     * @return what stands before the first NUL, or all of it
     */
    public static String cstr(byte[] s) {
        return new String(s, 0, strlen(s), StandardCharsets.UTF_8);
    }

    /**
     * Mirrors {@code strlen(3)}.
     *
     * @param s bytes
     * @return how many stand before the first NUL; all when there is none
     */
    public static int strlen(byte[] s) {
        int n = 0;
        while (n < s.length && s[n] != 0) {
            n++;
        }
        return n;
    }

    /**
     * Mirrors {@code strlen(3)}.
     *
     * @param s text
     * @return how many bytes in UTF-8 stand before the first NUL; all when there is none
     */
    public static int strlen(String s) {
        return strlen(s.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Mirrors {@code memcpy(3)}; the arrays may be the same.
     *
     * @param dst where to
     * @param src where from
     * @param n bytes
     */
    public static void memcpy(byte[] dst, byte[] src, int n) {
        System.arraycopy(src, 0, dst, 0, n);
    }

    /**
     * Mirrors {@code memset(3)}.
     *
     * @param dst where to
     * @param c the byte, of which the low 8 bits count
     * @param n bytes
     */
    public static void memset(byte[] dst, int c, int n) {
        Arrays.fill(dst, 0, n, (byte) c);
    }
}
