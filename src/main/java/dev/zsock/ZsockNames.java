package dev.zsock;

import dev.zsock.uapi.Addrinfo;
import dev.zsock.uapi.In6Addr;
import dev.zsock.uapi.Sockaddr;

import org.jspecify.annotations.Nullable;

/**
 * {@code <zephyr/net/net_ip.h>} and name lookups of {@code <zephyr/net/socket.h>} under
 * {@code net_} and {@code zsock_} names.
 */
public abstract class ZsockNames extends Sockets {
    /** For programs that extend the facade instead of importing its names. */
    protected ZsockNames() {}

    /**
     * {@link Netdb#getaddrinfo(String, String, Addrinfo, Addrinfo[])}.
     *
     * @param host as there
     * @param service as there
     * @param hints as there
     * @param res as there
     * @return as there
     */
    public static int zsock_getaddrinfo(
            @Nullable String host,
            @Nullable String service,
            @Nullable Addrinfo hints,
            @Nullable Addrinfo @Nullable [] res) {
        return getaddrinfo(host, service, hints, res);
    }

    /**
     * {@link Netdb#freeaddrinfo(Addrinfo)}.
     *
     * @param res as there
     */
    public static void zsock_freeaddrinfo(@Nullable Addrinfo res) {
        freeaddrinfo(res);
    }

    /**
     * {@link Netdb#gai_strerror(int)}.
     *
     * @param errcode as there
     * @return as there
     */
    public static String zsock_gai_strerror(int errcode) {
        return gai_strerror(errcode);
    }

    /**
     * {@link Netdb#getnameinfo(Sockaddr, int, byte[], int, byte[], int, int)}.
     *
     * @param addr as there
     * @param addrlen as there
     * @param host as there
     * @param hostlen as there
     * @param serv as there
     * @param servlen as there
     * @param flags as there
     * @return as there
     */
    public static int zsock_getnameinfo(
            @Nullable Sockaddr addr,
            int addrlen,
            byte @Nullable [] host,
            int hostlen,
            byte @Nullable [] serv,
            int servlen,
            int flags) {
        return getnameinfo(addr, addrlen, host, hostlen, serv, servlen, flags);
    }

    /**
     * {@link Netdb#gethostname(byte[], int)}.
     *
     * @param name as there
     * @param len as there
     * @return as there
     */
    public static int zsock_gethostname(byte @Nullable [] name, int len) {
        return gethostname(name, len);
    }

    /**
     * {@link ArpaInet#htons(int)}.
     *
     * @param hostshort as there
     * @return as there
     */
    public static int net_htons(int hostshort) {
        return htons(hostshort);
    }

    /**
     * {@link ArpaInet#ntohs(int)}.
     *
     * @param netshort as there
     * @return as there
     */
    public static int net_ntohs(int netshort) {
        return ntohs(netshort);
    }

    /**
     * {@link ArpaInet#htonl(int)}.
     *
     * @param hostlong as there
     * @return as there
     */
    public static int net_htonl(int hostlong) {
        return htonl(hostlong);
    }

    /**
     * {@link ArpaInet#ntohl(int)}.
     *
     * @param netlong as there
     * @return as there
     */
    public static int net_ntohl(int netlong) {
        return ntohl(netlong);
    }

    /**
     * {@link ArpaInet#htonll(long)}.
     *
     * @param hostlonglong as there
     * @return as there
     */
    public static long net_htonll(long hostlonglong) {
        return htonll(hostlonglong);
    }

    /**
     * {@link ArpaInet#ntohll(long)}.
     *
     * @param netlonglong as there
     * @return as there
     */
    public static long net_ntohll(long netlonglong) {
        return ntohll(netlonglong);
    }

    /**
     * {@link ArpaInet#inet_pton(int, String, Object)}.
     *
     * @param family as there
     * @param src as there
     * @param dst as there
     * @return as there
     */
    public static int zsock_inet_pton(int family, @Nullable String src, @Nullable Object dst) {
        return inet_pton(family, src, dst);
    }

    /**
     * {@link ArpaInet#inet_ntop(int, Object)}.
     *
     * @param family as there
     * @param src as there
     * @return as there
     */
    public static @Nullable String zsock_inet_ntop(int family, @Nullable Object src) {
        return inet_ntop(family, src);
    }

    /**
     * {@link ArpaInet#inet_ntop(int, Object, byte[], int)}.
     *
     * @param family as there
     * @param src as there
     * @param dst as there
     * @param size as there
     * @return as there
     */
    public static @Nullable String zsock_inet_ntop(
            int family, @Nullable Object src, byte @Nullable [] dst, int size) {
        return inet_ntop(family, src, dst, size);
    }

    /**
     * {@link ArpaInet#IN6_IS_ADDR_UNSPECIFIED(In6Addr)}.
     *
     * @param a as there
     * @return as there
     */
    public static boolean zsock_IN6_IS_ADDR_UNSPECIFIED(In6Addr a) {
        return IN6_IS_ADDR_UNSPECIFIED(a);
    }

    /**
     * {@link ArpaInet#IN6_IS_ADDR_LOOPBACK(In6Addr)}.
     *
     * @param a as there
     * @return as there
     */
    public static boolean zsock_IN6_IS_ADDR_LOOPBACK(In6Addr a) {
        return IN6_IS_ADDR_LOOPBACK(a);
    }

    /**
     * {@link ArpaInet#IN6_IS_ADDR_MULTICAST(In6Addr)}.
     *
     * @param a as there
     * @return as there
     */
    public static boolean zsock_IN6_IS_ADDR_MULTICAST(In6Addr a) {
        return IN6_IS_ADDR_MULTICAST(a);
    }

    /**
     * {@link ArpaInet#IN6_IS_ADDR_LINKLOCAL(In6Addr)}.
     *
     * @param a as there
     * @return as there
     */
    public static boolean zsock_IN6_IS_ADDR_LINKLOCAL(In6Addr a) {
        return IN6_IS_ADDR_LINKLOCAL(a);
    }

    /**
     * {@link ArpaInet#IN6_IS_ADDR_SITELOCAL(In6Addr)}.
     *
     * @param a as there
     * @return as there
     */
    public static boolean zsock_IN6_IS_ADDR_SITELOCAL(In6Addr a) {
        return IN6_IS_ADDR_SITELOCAL(a);
    }

    /**
     * {@link ArpaInet#IN6_IS_ADDR_V4MAPPED(In6Addr)}.
     *
     * @param a as there
     * @return as there
     */
    public static boolean zsock_IN6_IS_ADDR_V4MAPPED(In6Addr a) {
        return IN6_IS_ADDR_V4MAPPED(a);
    }

    /**
     * {@link ArpaInet#IN6_IS_ADDR_V4COMPAT(In6Addr)}.
     *
     * @param a as there
     * @return as there
     */
    public static boolean zsock_IN6_IS_ADDR_V4COMPAT(In6Addr a) {
        return IN6_IS_ADDR_V4COMPAT(a);
    }

    /**
     * {@link ArpaInet#IN_MULTICAST(int)}.
     *
     * @param addr as there
     * @return as there
     */
    public static boolean zsock_IN_MULTICAST(int addr) {
        return IN_MULTICAST(addr);
    }
}
