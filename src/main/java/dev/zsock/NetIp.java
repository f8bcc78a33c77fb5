package dev.zsock;

import dev.zsock.uapi.NetdbAbi;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;
import dev.zsock.uapi.SockaddrStorage;
import dev.zsock.uapi.SockaddrUn;

import org.jspecify.annotations.Nullable;

/** {@code <zephyr/net/net_ip.h>}: casts of addresses, and addresses as text in Zephyr's names. */
public abstract class NetIp extends ArpaInet implements NetdbAbi {
    /** For subclasses only: a header has no objects. */
    protected NetIp() {}

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
     * @param dst an {@code InAddr} or {@code In6Addr}, as the family asks
     * @return 0, or {@code -EINVAL} (src is no address of the family), {@code -ENOTSUP} (another
     *     family) or {@code -EFAULT} (src null, dst null or of another class); errno is not used
     */
    public static int net_addr_pton(int family, @Nullable String src, @Nullable Object dst) {
        int rc = InetText.parse(family, src, dst);
        return rc == -EAFNOSUPPORT ? -ENOTSUP : rc;
    }

    /**
     * Writes an address as text; mirrors {@code net_addr_ntop} of {@code <zephyr/net/net_ip.h>} and
     * gives the text that {@link #inet_ntop(int, Object)} gives.
     *
     * @param family {@code AF_INET} or {@code AF_INET6}
     * @param src an {@code InAddr} or {@code In6Addr}, as the family asks
     * @param dst where to put the text and a NUL
     * @param size bytes of dst that may be used
     * @return the text, or null for another family, a null, a src of another class or a size too
     *     small; errno is not used
     * @throws IndexOutOfBoundsException if dst is shorter than size
     */
    public static @Nullable String net_addr_ntop(
            int family, @Nullable Object src, byte @Nullable [] dst, int size) {
        String text = InetText.format(family, src);
        return text == null || dst == null || InetText.store(text, dst, size) < 0 ? null : text;
    }
}
