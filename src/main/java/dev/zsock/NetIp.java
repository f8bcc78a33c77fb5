package dev.zsock;

import dev.zsock.uapi.In6Addr;
import dev.zsock.uapi.InAddr;
import dev.zsock.uapi.InetAbi;
import dev.zsock.uapi.NetdbAbi;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;
import dev.zsock.uapi.SockaddrStorage;
import dev.zsock.uapi.SockaddrUn;
import dev.zsock.uapi.SocketAbi;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * {@code <arpa/inet.h>}, {@code <netinet/in.h>} and {@code <zephyr/net/net_ip.h>}: byte order and
 * addresses.
 *
 * <p>Network byte order is Java's own: {@code htons} and its kin change nothing, and a 127.0.0.1
 * reads {@code 0x7f000001} in every field.
 */
public abstract class NetIp extends Errno implements InetAbi, NetdbAbi {
    /** The IPv6 address {@code ::}; copy it with {@code set}, never write to it. */
    public static final In6Addr in6addr_any = new In6Addr();

    /** The IPv6 address {@code ::1}; copy it with {@code set}, never write to it. */
    public static final In6Addr in6addr_loopback =
            new In6Addr(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

    /** For subclasses only: a header has no objects. */
    protected NetIp() {}

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
        int rc = parse(family, src, dst);
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
        String text = format(family, src);
        if (text == null) {
            ret(formatError(family));
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
        int rc = dst == null ? -EFAULT : store(text, dst, size);
        return ret(rc) < 0 ? null : text;
    }

    /**
     * Reads an IPv4 address in any form BSD ever took (1 to 4 parts, decimal, octal or
     * hexadecimal); mirrors {@code inet_aton(3)}.
     *
     * @param cp text; white space and all behind it is ignored
     * @param inp where to put it; left alone on failure
     * @return 1, or 0 when cp is no address; errno is not used
     */
    public static int inet_aton(String cp, InAddr inp) {
        long addr = InetText.parseLegacy(cp);
        if (addr < 0) {
            return 0;
        }
        inp.s_addr = (int) addr;
        return 1;
    }

    /**
     * Reads an IPv4 address as {@link #inet_aton} does; mirrors {@code inet_addr(3)}.
     *
     * @param cp text
     * @return the address, or {@code INADDR_NONE} when cp is no address (or is 255.255.255.255);
     *     errno is not used
     */
    public static int inet_addr(String cp) {
        return (int) InetText.parseLegacy(cp);
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
     * C's {@code (struct sockaddr_in *)sa}; mirrors {@code net_sin} of
     * {@code <zephyr/net/net_ip.h>}.
     *
     * @param sa a {@link SockaddrIn}, or a {@link SockaddrStorage}, which takes {@code AF_INET}
     *     when it is empty
     * @return sa itself, or the view inside it
     * @throws ClassCastException if sa is an address of another type
     */
    public static SockaddrIn net_sin(Sockaddr sa) {
        return sa instanceof SockaddrStorage storage ? storage.sin() : (SockaddrIn) sa;
    }

    /**
     * C's {@code (struct sockaddr_in6 *)sa}; mirrors {@code net_sin6} of
     * {@code <zephyr/net/net_ip.h>}.
     *
     * @param sa a {@link SockaddrIn6}, or a {@link SockaddrStorage}, which takes {@code AF_INET6}
     *     when it is empty
     * @return sa itself, or the view inside it
     * @throws ClassCastException if sa is an address of another type
     */
    public static SockaddrIn6 net_sin6(Sockaddr sa) {
        return sa instanceof SockaddrStorage storage ? storage.sin6() : (SockaddrIn6) sa;
    }

    /**
     * C's {@code (struct sockaddr_un *)sa}; there is no {@code net_sun} in Zephyr.
     *
     * @param sa a {@link SockaddrUn}, or a {@link SockaddrStorage}, which takes {@code AF_UNIX}
     *     when it is empty
     * @return sa itself, or the view inside it
     * @throws ClassCastException if sa is an address of another type
     */
    public static SockaddrUn net_sun(Sockaddr sa) {
        return sa instanceof SockaddrStorage storage ? storage.sun() : (SockaddrUn) sa;
    }

    /**
     * Reads an address; mirrors {@code net_addr_pton} of {@code <zephyr/net/net_ip.h>} and takes
     * the text that {@link #inet_pton} takes.
     *
     * @param family {@code AF_INET} or {@code AF_INET6}
     * @param src text
     * @param dst an {@link InAddr} or {@link In6Addr}, as the family asks
     * @return 0, or {@code -EINVAL} (src is no address of the family), {@code -ENOTSUP} (another
     *     family) or {@code -EFAULT} (src null, dst null or of another class); errno is not used
     */
    public static int net_addr_pton(int family, @Nullable String src, @Nullable Object dst) {
        int rc = parse(family, src, dst);
        return rc == -EAFNOSUPPORT ? -ENOTSUP : rc;
    }

    /**
     * Writes an address as text; mirrors {@code net_addr_ntop} of {@code <zephyr/net/net_ip.h>} and
     * gives the text that {@link #inet_ntop(int, Object)} gives.
     *
     * @param family {@code AF_INET} or {@code AF_INET6}
     * @param src an {@link InAddr} or {@link In6Addr}, as the family asks
     * @param dst where to put the text and a NUL
     * @param size bytes of dst that may be used
     * @return the text, or null for another family, a null, a src of another class or a size too
     *     small; errno is not used
     * @throws IndexOutOfBoundsException if dst is shorter than size
     */
    public static @Nullable String net_addr_ntop(
            int family, @Nullable Object src, byte @Nullable [] dst, int size) {
        String text = format(family, src);
        return text == null || dst == null || store(text, dst, size) < 0 ? null : text;
    }

    private static int parse(int family, @Nullable String src, @Nullable Object dst) {
        if (family != SocketAbi.AF_INET && family != SocketAbi.AF_INET6) {
            return -EAFNOSUPPORT;
        }
        if (src == null) {
            return -EFAULT;
        }
        if (family == SocketAbi.AF_INET && dst instanceof InAddr to) {
            byte[] addr = InetText.parseV4(src, 0);
            if (addr == null) {
                return -EINVAL;
            }
            to.s_addr =
                    addr[0] << 24 | (addr[1] & 0xff) << 16 | (addr[2] & 0xff) << 8 | addr[3] & 0xff;
            return 0;
        }
        if (family == SocketAbi.AF_INET6 && dst instanceof In6Addr to) {
            byte[] addr = InetText.parseV6(src);
            if (addr == null) {
                return -EINVAL;
            }
            System.arraycopy(addr, 0, to.s6_addr, 0, addr.length);
            return 0;
        }
        return -EFAULT;
    }

    private static @Nullable String format(int family, @Nullable Object src) {
        if (family == SocketAbi.AF_INET && src instanceof InAddr from) {
            return InetText.formatV4(from.s_addr);
        }
        if (family == SocketAbi.AF_INET6 && src instanceof In6Addr from) {
            return InetText.formatV6(from.s6_addr);
        }
        return null;
    }

    private static int formatError(int family) {
        boolean known = family == SocketAbi.AF_INET || family == SocketAbi.AF_INET6;
        return known ? -EFAULT : -EAFNOSUPPORT;
    }

    private static int store(String text, byte[] dst, int size) {
        Objects.checkFromIndexSize(0, size, dst.length);
        if (text.length() >= size) {
            return -ENOSPC;
        }
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, dst, 0, bytes.length);
        dst[bytes.length] = 0;
        return 0;
    }
}
