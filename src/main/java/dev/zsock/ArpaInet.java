package dev.zsock;

import dev.zsock.uapi.In6Addr;
import dev.zsock.uapi.InAddr;
import dev.zsock.uapi.InetAbi;

import org.jspecify.annotations.Nullable;

/**
 * {@code <arpa/inet.h>} and {@code <netinet/in.h>}: byte order and addresses.
 *
 * <p>Network byte order is Java's own: {@code htons} and its kin change nothing, and a 127.0.0.1
 * reads {@code 0x7f000001} in every field.
 */
public abstract class ArpaInet extends Errno implements InetAbi {
    /** The IPv6 address {@code ::}; copy it with {@code set}, never write to it. */
    public static final In6Addr in6addr_any = new In6Addr();

    /** The IPv6 address {@code ::1}; copy it with {@code set}, never write to it. */
    public static final In6Addr in6addr_loopback =
            new In6Addr(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

    /** For subclasses only: a header has no objects. */
    protected ArpaInet() {}

    /**
     * Mirrors {@code htons(3)}.
     *
     * @param hostshort a number
     * @return its low 16 bits
     */
    public static int htons(int hostshort) {
        return hostshort & 0xffff;
    }

    /**
     * Mirrors {@code ntohs(3)}.
     *
     * @param netshort a number
     * @return its low 16 bits
     */
    public static int ntohs(int netshort) {
        return netshort & 0xffff;
    }

    /**
     * Mirrors {@code htonl(3)}.
     *
     * @param hostlong a number
     * @return the same
     */
    public static int htonl(int hostlong) {
        return hostlong;
    }

    /**
     * Mirrors {@code ntohl(3)}.
     *
     * @param netlong a number
     * @return the same
     */
    public static int ntohl(int netlong) {
        return netlong;
    }

    /**
     * Mirrors Zephyr's {@code htonll}.
     *
     * @param hostlonglong a number
     * @return the same
     */
    public static long htonll(long hostlonglong) {
        return hostlonglong;
    }

    /**
     * Mirrors Zephyr's {@code ntohll}.
     *
     * @param netlonglong a number
     * @return the same
     */
    public static long ntohll(long netlonglong) {
        return netlonglong;
    }

    /**
     * Reads an address; mirrors {@code inet_pton(3)}.
     *
     * @param family {@code AF_INET} or {@code AF_INET6}
     * @param src text
     * @param dst an {@link InAddr} or {@link In6Addr}, as the family asks
     * @return 1; 0 when src is no address of the family, dst being left alone; or -1 with errno
     *     {@code EAFNOSUPPORT} (another family) or {@code EFAULT} (src null, dst null or of another
     *     class)
     */
    public static int inet_pton(int family, @Nullable String src, @Nullable Object dst) {
        int rc = InetText.parse(family, src, dst);
        return rc == -EINVAL ? 0 : rc < 0 ? ret(rc) : 1;
    }

    /**
     * Writes an address as text; mirrors {@code inet_ntop(3)} without a buffer.
     *
     * @param family {@code AF_INET} or {@code AF_INET6}
     * @param src an {@link InAddr} or {@link In6Addr}, as the family asks
     * @return the text, or null with errno {@code EAFNOSUPPORT} (another family) or {@code EFAULT}
     *     (src null or of another class)
     */
    public static @Nullable String inet_ntop(int family, @Nullable Object src) {
        String text = InetText.format(family, src);
        if (text == null) {
            ret(InetText.formatError(family));
        }
        return text;
    }

    /**
     * Writes an address as text; mirrors {@code inet_ntop(3)}.
     *
     * @param family {@code AF_INET} or {@code AF_INET6}
     * @param src an {@link InAddr} or {@link In6Addr}, as the family asks
     * @param dst where to put the text and a NUL
     * @param size bytes of dst that may be used
     * @return the text, or null with errno {@code EAFNOSUPPORT} (another family), {@code EFAULT}
     *     (src null or of another class, dst null) or {@code ENOSPC} (size too small), dst being
     *     left alone
     * @throws IndexOutOfBoundsException if dst is shorter than size
     */
    public static @Nullable String inet_ntop(
            int family, @Nullable Object src, byte @Nullable [] dst, int size) {
        String text = inet_ntop(family, src);
        if (text == null) {
            return null;
        }
        int rc = dst == null ? -EFAULT : InetText.store(text, dst, size);
        return ret(rc) < 0 ? null : text;
    }

    /**
     * Reads an IPv4 address in any form BSD ever took (1 to 4 parts, decimal, octal or
     * hexadecimal); mirrors {@code inet_aton(3)}.
     *
     * @param cp text; white space and all behind it is ignored
     * @param inp where to put it, or null; left alone on failure
     * @return 1, or 0 when cp is no address; errno is not used
     */
    public static int inet_aton(@Nullable String cp, @Nullable InAddr inp) {
        long addr = cp == null ? -1 : InetText.parseLegacy(cp);
        if (addr < 0) {
            return 0;
        }
        if (inp != null) {
            inp.s_addr = (int) addr;
        }
        return 1;
    }

    /**
     * Reads an IPv4 address as {@link #inet_aton} does; mirrors {@code inet_addr(3)}.
     *
     * @param cp text
     * @return the address, or {@code INADDR_NONE} when cp is no address (or is 255.255.255.255);
     *     errno is not used
     */
    public static int inet_addr(@Nullable String cp) {
        return cp == null ? -1 : (int) InetText.parseLegacy(cp);
    }

    /**
     * Writes an IPv4 address as text; mirrors {@code inet_ntoa(3)}.
     *
     * @param in address
     * @return the text, a new string at every call
     */
    public static String inet_ntoa(InAddr in) {
        return InetText.formatV4(in.s_addr);
    }

    /**
     * Mirrors {@code IN6_IS_ADDR_UNSPECIFIED} of {@code <netinet/in.h>}.
     *
     * @param a an address
     * @return whether it is {@code ::}
     */
    public static boolean IN6_IS_ADDR_UNSPECIFIED(In6Addr a) {
        return isZero(a, 16);
    }

    /**
     * Mirrors {@code IN6_IS_ADDR_LOOPBACK} of {@code <netinet/in.h>}.
     *
     * @param a an address
     * @return whether it is {@code ::1}
     */
    public static boolean IN6_IS_ADDR_LOOPBACK(In6Addr a) {
        return isZero(a, 15) && a.s6_addr[15] == 1;
    }

    /**
     * Mirrors {@code IN6_IS_ADDR_MULTICAST} of {@code <netinet/in.h>}.
     *
     * @param a an address
     * @return whether it is a group, {@code ff00::/8}
     */
    public static boolean IN6_IS_ADDR_MULTICAST(In6Addr a) {
        return a.s6_addr[0] == -1;
    }

    /**
     * Mirrors {@code IN6_IS_ADDR_LINKLOCAL} of {@code <netinet/in.h>}.
     *
     * @param a an address
     * @return whether it is of link scope, {@code fe80::/10}
     */
    public static boolean IN6_IS_ADDR_LINKLOCAL(In6Addr a) {
        return (a.s6_addr[0] & 0xff) == 0xfe && (a.s6_addr[1] & 0xc0) == 0x80;
    }

    /**
     * Mirrors {@code IN6_IS_ADDR_SITELOCAL} of {@code <netinet/in.h>}.
     *
     * @param a an address
     * @return whether it is of site scope, {@code fec0::/10}
     */
    public static boolean IN6_IS_ADDR_SITELOCAL(In6Addr a) {
        return (a.s6_addr[0] & 0xff) == 0xfe && (a.s6_addr[1] & 0xc0) == 0xc0;
    }

    /**
     * Mirrors {@code IN6_IS_ADDR_V4MAPPED} of {@code <netinet/in.h>}.
     *
     * @param a an address
     * @return whether it is an IPv4 address, {@code ::ffff:0:0/96}
     */
    public static boolean IN6_IS_ADDR_V4MAPPED(In6Addr a) {
        return isZero(a, 10) && a.s6_addr[10] == -1 && a.s6_addr[11] == -1;
    }

    /**
     * Mirrors {@code IN6_IS_ADDR_V4COMPAT} of {@code <netinet/in.h>}.
     *
     * @param a an address
     * @return whether it is {@code ::/96} but neither {@code ::} nor {@code ::1}
     */
    public static boolean IN6_IS_ADDR_V4COMPAT(In6Addr a) {
        return isZero(a, 12) && !IN6_IS_ADDR_UNSPECIFIED(a) && !IN6_IS_ADDR_LOOPBACK(a);
    }

    /**
     * Mirrors {@code IN_MULTICAST} of {@code <netinet/in.h>}.
     *
     * @param addr an IPv4 address
     * @return whether it is a group, 224.0.0.0/4
     */
    public static boolean IN_MULTICAST(int addr) {
        return addr >>> 28 == 0xe;
    }

    private static boolean isZero(In6Addr a, int bytes) {
        for (int i = 0; i < bytes; i++) {
            if (a.s6_addr[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
