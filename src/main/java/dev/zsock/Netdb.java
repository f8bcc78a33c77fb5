package dev.zsock;

import dev.zsock.internal.kernel.Posix;
import dev.zsock.internal.kernel.Resolver;
import dev.zsock.uapi.Addrinfo;
import dev.zsock.uapi.Sockaddr;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** {@code <netdb.h>}: names of hosts and services, as this host's libc resolves them. */
public abstract class Netdb extends NetIp {
    /** For programs that extend the facade instead of importing its names. */
    protected Netdb() {}

    /**
     * {@code getaddrinfo(3)}. As in Zephyr an IPv6 literal may stand in brackets. The call blocks
     * while names are looked up; nothing ends it early.
     *
     * @param host a name or literal, or null
     * @param service a name or port number, or null
     * @param hints {@code ai_flags}, {@code ai_family}, {@code ai_socktype} and {@code ai_protocol}
     *     count; or null
     * @param res takes the head of the list, null on failure; nothing has to be freed
     * @return 0, or EAI_NONAME not known, both null or a text with a NUL in it, EAI_AGAIN,
     *     EAI_FAIL, EAI_NODATA, EAI_FAMILY, EAI_SOCKTYPE, EAI_SERVICE, EAI_ADDRFAMILY,
     *     EAI_BADFLAGS, EAI_MEMORY, EAI_SYSTEM with errno (EFAULT res is null or has no element)
     */
    public static int getaddrinfo(
            @Nullable String host,
            @Nullable String service,
            @Nullable Addrinfo hints,
            @Nullable Addrinfo @Nullable [] res) {
        if (res == null || res.length == 0) {
            set_errno(EFAULT);
            return EAI_SYSTEM;
        }
        res[0] = null;
        if (hasNul(host) || hasNul(service)) {
            return EAI_NONAME;
        }
        int rc;
        try {
            rc = Resolver.getaddrinfo(unbracketed(host), service, hints, res);
        } catch (OutOfMemoryError e) {
            rc = EAI_MEMORY;
        }
        if (rc == EAI_SYSTEM) {
            set_errno(Resolver.errno());
        }
        return rc;
    }

    private static boolean hasNul(@Nullable String text) {
        return text != null && text.indexOf('\0') >= 0;
    }

    private static @Nullable String unbracketed(@Nullable String host) {
        if (host == null || !host.startsWith("[") || !host.endsWith("]")) {
            return host;
        }
        String inner = host.substring(1, host.length() - 1);
        int zone = inner.indexOf('%');
        String literal = zone < 0 ? inner : inner.substring(0, zone);
        return InetText.parseV6(literal) == null ? host : inner;
    }

    /**
     * {@code freeaddrinfo(3)}: does nothing, for the list is made of Java objects.
     *
     * @param res any list, or null
     */
    public static void freeaddrinfo(@Nullable Addrinfo res) {}

    /**
     * {@code gai_strerror(3)}.
     *
     * @param errcode an EAI_ code
     * @return its text
     */
    public static String gai_strerror(int errcode) {
        return Resolver.strerror(errcode);
    }

    /**
     * {@code getnameinfo(3)}.
     *
     * @param addr an address
     * @param addrlen bytes of addr, {@code sizeof(addr)}
     * @param host takes the host's name and a NUL, or null
     * @param hostlen bytes of host, or 0
     * @param serv takes the service's name and a NUL, or null
     * @param servlen bytes of serv, or 0
     * @param flags NI_ flags
     * @return 0, or EAI_AGAIN, EAI_BADFLAGS, EAI_FAIL, EAI_FAMILY unknown family or addrlen too
     *     short, EAI_NONAME, EAI_MEMORY, EAI_OVERFLOW host or serv is too small, EAI_SYSTEM with
     *     errno (EFAULT addr is null)
     * @throws IndexOutOfBoundsException if a length is larger than its array
     */
    public static int getnameinfo(
            @Nullable Sockaddr addr,
            int addrlen,
            byte @Nullable [] host,
            int hostlen,
            byte @Nullable [] serv,
            int servlen,
            int flags) {
        if (host != null) {
            Objects.checkFromIndexSize(0, hostlen, host.length);
        }
        if (serv != null) {
            Objects.checkFromIndexSize(0, servlen, serv.length);
        }
        if (addr == null) {
            set_errno(EFAULT);
            return EAI_SYSTEM;
        }
        int rc;
        try {
            rc = Resolver.getnameinfo(addr, addrlen, host, hostlen, serv, servlen, flags);
        } catch (OutOfMemoryError e) {
            rc = EAI_MEMORY;
        }
        if (rc == EAI_SYSTEM) {
            set_errno(Resolver.errno());
        }
        return rc;
    }

    /**
     * {@code gethostname(2)}.
     *
     * @param name takes this host's name and a NUL
     * @param len bytes of name that may be used
     * @return 0, or -1 with errno: EFAULT name is null, EINVAL len is negative, ENAMETOOLONG the
     *     name was cut and has no NUL
     * @throws IndexOutOfBoundsException if len is larger than the array
     */
    public static int gethostname(byte @Nullable [] name, int len) {
        if (len < 0) {
            return ret(-EINVAL);
        }
        if (name == null) {
            return ret(-EFAULT);
        }
        Objects.checkFromIndexSize(0, len, name.length);
        byte[] all = (Posix.gethostname() + '\0').getBytes(StandardCharsets.UTF_8);
        System.arraycopy(all, 0, name, 0, Math.min(len, all.length));
        return ret(all.length > len ? -ENAMETOOLONG : 0);
    }
}
