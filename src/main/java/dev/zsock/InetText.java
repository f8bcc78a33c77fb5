package dev.zsock;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.In6Addr;
import dev.zsock.uapi.InAddr;
import dev.zsock.uapi.SocketAbi;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Addresses as text, read and written exactly as glibc does. */
final class InetText {
    private static final int GROUPS = 8;

    /** The largest last part of an address of 1 to 4 parts. */
    private static final long[] LAST_PART = {0xffffffffL, 0xffffff, 0xffff, 0xff};

    private InetText() {}

    /** Reads src into dst: 0, -EAFNOSUPPORT, -EFAULT (null or another class) or -EINVAL. */
    static int parse(int family, @Nullable String src, @Nullable Object dst) {
        if (family != SocketAbi.AF_INET && family != SocketAbi.AF_INET6) {
            return -ErrnoAbi.EAFNOSUPPORT;
        }
        if (src == null) {
            return -ErrnoAbi.EFAULT;
        }
        if (family == SocketAbi.AF_INET && dst instanceof InAddr to) {
            byte[] addr = parseV4(src, 0);
            if (addr == null) {
                return -ErrnoAbi.EINVAL;
            }
            to.s_addr =
                    addr[0] << 24 | (addr[1] & 0xff) << 16 | (addr[2] & 0xff) << 8 | addr[3] & 0xff;
            return 0;
        }
        if (family == SocketAbi.AF_INET6 && dst instanceof In6Addr to) {
            byte[] addr = parseV6(src);
            if (addr == null) {
                return -ErrnoAbi.EINVAL;
            }
            System.arraycopy(addr, 0, to.s6_addr, 0, addr.length);
            return 0;
        }
        return -ErrnoAbi.EFAULT;
    }

    /** The text of src, null for another family or class. */
    static @Nullable String format(int family, @Nullable Object src) {
        if (family == SocketAbi.AF_INET && src instanceof InAddr from) {
            return formatV4(from.s_addr);
        }
        if (family == SocketAbi.AF_INET6 && src instanceof In6Addr from) {
            return formatV6(from.s6_addr);
        }
        return null;
    }

    /** Why {@link #format} gave null. */
    static int formatError(int family) {
        boolean known = family == SocketAbi.AF_INET || family == SocketAbi.AF_INET6;
        return known ? -ErrnoAbi.EFAULT : -ErrnoAbi.EAFNOSUPPORT;
    }

    /** Puts the text and a NUL into size bytes of dst: 0 or -ENOSPC, dst being left alone. */
    static int store(String text, byte[] dst, int size) {
        Objects.checkFromIndexSize(0, size, dst.length);
        if (text.length() >= size) {
            return -ErrnoAbi.ENOSPC;
        }
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, dst, 0, bytes.length);
        dst[bytes.length] = 0;
        return 0;
    }

    /** Four decimal numbers without leading zeros: the bytes, or null. */
    static byte @Nullable [] parseV4(String text, int from) {
        byte[] addr = new byte[4];
        int at = from;
        for (int part = 0; part < addr.length; part++) {
            if (part > 0 && (at == text.length() || text.charAt(at++) != '.')) {
                return null;
            }
            int start = at;
            int value = 0;
            while (at < text.length() && isDigit(text.charAt(at)) && at - start < 3) {
                value = value * 10 + text.charAt(at++) - '0';
            }
            boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
            if (at == start || leadingZero || value > 255) {
                return null;
            }
            addr[part] = (byte) value;
        }
        return at == text.length() ? addr : null;
    }

    /** RFC 4291 2.2, all three forms, without a zone: the bytes, or null. */
    static byte @Nullable [] parseV6(String text) {
        byte[] addr = new byte[2 * GROUPS];
        int filled = 0;
        int gap = text.startsWith("::") ? 0 : -1;
        int at = gap == 0 ? 2 : 0;
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 ? text.length() : colon;
            int dot = text.indexOf('.', at);
            int size = dot >= 0 && dot < end ? 4 : 2;
            byte[] part = size == 4 ? parseV4(text, at) : parseGroup(text, at, end);
            if (part == null || filled + size > addr.length) {
                return null;
            }
            System.arraycopy(part, 0, addr, filled, size);
            filled += size;
            at = end;
            if (at < text.length() && ++at == text.length()) {
                return null; // one colon at the end
            }
            if (at < text.length() && text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null; // a second ::
                }
                gap = filled;
                at++;
            }
        }
        return spread(addr, filled, gap);
    }

    /** Moves what stands behind the gap to the end; :: stands for one group at least. */
    private static byte @Nullable [] spread(byte[] addr, int filled, int gap) {
        if ((gap < 0) != (filled == addr.length)) {
            return null;
        }
        if (gap >= 0) {
            int behind = filled - gap;
            System.arraycopy(addr, gap, addr, addr.length - behind, behind);
            Arrays.fill(addr, gap, addr.length - behind, (byte) 0);
        }
        return addr;
    }

    private static byte @Nullable [] parseGroup(String text, int from, int to) {
        if (from == to || to - from > 4) {
            return null;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return null;
            }
            value = (value << 4) | digit;
        }
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    /**
     * {@code inet_aton(3)}: one to four parts, each decimal, octal (0) or hexadecimal (0x), the
     * last one filling the rest; white space and anything behind it is ignored.
     *
     * @return the address in the low 32 bits, or -1
     */
    static long parseLegacy(String text) {
        long addr = 0;
        int at = 0;
        for (int part = 0; part < 4; part++) {
            int end = numberEnd(text, at);
            long value = number(text, at, end);
            if (value < 0) {
                return -1;
            }
            if (end < text.length() && text.charAt(end) == '.') {
                if (value > 0xff) {
                    return -1;
                }
                addr |= value << (24 - 8 * part);
                at = end + 1;
                continue;
            }
            boolean ended = end == text.length() || isSpace(text.charAt(end));
            return ended && value <= LAST_PART[part] ? addr | value : -1;
        }
        return -1;
    }

    private static int numberEnd(String text, int from) {
        int radix = radix(text, from);
        int at = radix == 16 ? from + 2 : from;
        while (at < text.length() && digit(text.charAt(at), radix) >= 0) {
            at++;
        }
        return at;
    }

    /** The number, or -1 when there is none or it takes more than 32 bits. */
    private static long number(String text, int from, int to) {
        if (from == to) {
            return -1;
        }
        int radix = radix(text, from);
        long value = 0;
        for (int i = radix == 16 ? from + 2 : from; i < to; i++) {
            value = value * radix + digit(text.charAt(i), radix);
            if (value > 0xffffffffL) {
                return -1;
            }
        }
        return value;
    }

    private static int radix(String text, int from) {
        if (!text.startsWith("0", from)) {
            return 10;
        }
        boolean hex = text.startsWith("x", from + 1) || text.startsWith("X", from + 1);
        return hex && from + 2 < text.length() && digit(text.charAt(from + 2), 16) >= 0 ? 16 : 8;
    }

    private static int digit(char c, int radix) {
        return c < 128 ? Character.digit(c, radix) : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Dotted decimal. */
    static String formatV4(int addr) {
        return new InAddr(addr).toString();
    }

    /**
     * The shortest form: the first of the longest runs of two or more zero groups becomes ::, and
     * the last 32 bits are dotted behind ::ffff: or when exactly six zero groups lead.
     */
    static String formatV6(byte[] addr) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = ((addr[2 * i] & 0xff) << 8) | (addr[2 * i + 1] & 0xff);
        }
        int run = longestZeroRun(groups);
        int runEnd = run;
        while (run >= 0 && runEnd < GROUPS && groups[runEnd] == 0) {
            runEnd++;
        }
        boolean dotted = run == 0 && (runEnd == 6 || (runEnd == 5 && groups[5] == 0xffff));
        StringBuilder text = new StringBuilder(45);
        for (int i = 0; i < (dotted ? 6 : GROUPS); i++) {
            if (i == run) {
                text.append("::");
                i = runEnd - 1;
                continue;
            }
            text.append(i == 0 || i == runEnd ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        if (dotted) {
            text.append(runEnd == 6 ? "" : ":").append(formatV4((groups[6] << 16) | groups[7]));
        }
        return text.toString();
    }

    /** Where the first of the longest runs of zero groups begins, -1 if none has two. */
    private static int longestZeroRun(int[] groups) {
        int best = -1;
        int bestLength = 1;
        int length = 0;
        for (int i = 0; i < GROUPS; i++) {
            length = groups[i] == 0 ? length + 1 : 0;
            if (length > bestLength) {
                bestLength = length;
                best = i - length + 1;
            }
        }
        return best;
    }
}
