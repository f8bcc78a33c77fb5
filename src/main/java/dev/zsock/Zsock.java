package dev.zsock;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Linger;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.Timeval;
import dev.zsock.uapi.ZsockAbi;

import org.jspecify.annotations.Nullable;

/**
 * Everything of {@link Sockets} and Zephyr's own spellings beside it: {@code zsock_} calls,
 * {@code net_} helpers, {@code NET_} and {@code ZSOCK_} constants. {@code import static
 * dev.zsock.Zsock.*;} in place of {@link Sockets}.
 */
public abstract class Zsock extends ZsockFds implements ZsockAbi {
    /** For programs that extend the facade instead of importing its names. */
    protected Zsock() {}

    /**
     * {@link SocketOpt#setsockopt(int, int, int, Object, int)}.
     *
     * @param sock as there
     * @param level as there
     * @param optname as there
     * @param optval as there
     * @param optlen as there
     * @return as there
     */
    public static int zsock_setsockopt(
            int sock, int level, int optname, @Nullable Object optval, int optlen) {
        return setsockopt(sock, level, optname, optval, optlen);
    }

    /**
     * {@link SocketOpt#setsockopt(int, int, int, int, int)}.
     *
     * @param sock as there
     * @param level as there
     * @param optname as there
     * @param optval as there
     * @param optlen as there
     * @return as there
     */
    public static int zsock_setsockopt(int sock, int level, int optname, int optval, int optlen) {
        return setsockopt(sock, level, optname, optval, optlen);
    }

    /**
     * {@link SocketOpt#setsockopt(int, int, int, int)}.
     *
     * @param sock as there
     * @param level as there
     * @param optname as there
     * @param optval as there
     * @return as there
     */
    public static int zsock_setsockopt(int sock, int level, int optname, int optval) {
        return setsockopt(sock, level, optname, optval);
    }

    /**
     * {@link SocketOpt#setsockopt(int, int, int, Timeval)}.
     *
     * @param sock as there
     * @param level as there
     * @param optname as there
     * @param optval as there
     * @return as there
     */
    public static int zsock_setsockopt(int sock, int level, int optname, @Nullable Timeval optval) {
        return setsockopt(sock, level, optname, optval);
    }

    /**
     * {@link SocketOpt#setsockopt(int, int, int, Linger)}.
     *
     * @param sock as there
     * @param level as there
     * @param optname as there
     * @param optval as there
     * @return as there
     */
    public static int zsock_setsockopt(int sock, int level, int optname, @Nullable Linger optval) {
        return setsockopt(sock, level, optname, optval);
    }

    /**
     * {@link SocketOpt#setsockopt(int, int, int, String)}.
     *
     * @param sock as there
     * @param level as there
     * @param optname as there
     * @param optval as there
     * @return as there
     */
    public static int zsock_setsockopt(int sock, int level, int optname, @Nullable String optval) {
        return setsockopt(sock, level, optname, optval);
    }

    /**
     * {@link SocketOpt#setsockopt(int, int, int, int[])}.
     *
     * @param sock as there
     * @param level as there
     * @param optname as there
     * @param optval as there
     * @return as there
     */
    public static int zsock_setsockopt(int sock, int level, int optname, int @Nullable [] optval) {
        return setsockopt(sock, level, optname, optval);
    }

    /**
     * {@link SocketOpt#setsockopt(int, int, int, String[])}.
     *
     * @param sock as there
     * @param level as there
     * @param optname as there
     * @param optval as there
     * @return as there
     */
    public static int zsock_setsockopt(
            int sock, int level, int optname, @Nullable String @Nullable [] optval) {
        return setsockopt(sock, level, optname, optval);
    }

    /**
     * {@link SocketOpt#setsockopt(int, int, int, byte[])}.
     *
     * @param sock as there
     * @param level as there
     * @param optname as there
     * @param optval as there
     * @return as there
     */
    public static int zsock_setsockopt(int sock, int level, int optname, byte @Nullable [] optval) {
        return setsockopt(sock, level, optname, optval);
    }

    /**
     * {@link SocketOpt#getsockopt(int, int, int, Object, IntRef)}.
     *
     * @param sock as there
     * @param level as there
     * @param optname as there
     * @param optval as there
     * @param optlen as there
     * @return as there
     */
    public static int zsock_getsockopt(
            int sock, int level, int optname, @Nullable Object optval, @Nullable IntRef optlen) {
        return getsockopt(sock, level, optname, optval, optlen);
    }

    /**
     * {@link SocketOpt#getsockopt(int, int, int, IntRef)}.
     *
     * @param sock as there
     * @param level as there
     * @param optname as there
     * @param optval as there
     * @return as there
     */
    public static int zsock_getsockopt(int sock, int level, int optname, @Nullable IntRef optval) {
        return getsockopt(sock, level, optname, optval);
    }

    /**
     * {@link SocketOpt#getsockopt(int, int, int, Timeval)}.
     *
     * @param sock as there
     * @param level as there
     * @param optname as there
     * @param optval as there
     * @return as there
     */
    public static int zsock_getsockopt(int sock, int level, int optname, @Nullable Timeval optval) {
        return getsockopt(sock, level, optname, optval);
    }

    /**
     * {@link SocketOpt#getsockopt(int, int, int, Linger)}.
     *
     * @param sock as there
     * @param level as there
     * @param optname as there
     * @param optval as there
     * @return as there
     */
    public static int zsock_getsockopt(int sock, int level, int optname, @Nullable Linger optval) {
        return getsockopt(sock, level, optname, optval);
    }

    /**
     * {@link Sockets#socket(int, int, int)}.
     *
     * @param family as there
     * @param type as there
     * @param protocol as there
     * @return as there
     */
    public static int zsock_socket(int family, int type, int protocol) {
        return socket(family, type, protocol);
    }

    /**
     * {@link Sockets#socketpair(int, int, int, int[])}.
     *
     * @param family as there
     * @param type as there
     * @param protocol as there
     * @param sv as there
     * @return as there
     */
    public static int zsock_socketpair(int family, int type, int protocol, int @Nullable [] sv) {
        return socketpair(family, type, protocol, sv);
    }

    /**
     * {@link Sockets#bind(int, Sockaddr, int)}.
     *
     * @param sock as there
     * @param addr as there
     * @param addrlen as there
     * @return as there
     */
    public static int zsock_bind(int sock, @Nullable Sockaddr addr, int addrlen) {
        return bind(sock, addr, addrlen);
    }

    /**
     * {@link Sockets#connect(int, Sockaddr, int)}.
     *
     * @param sock as there
     * @param addr as there
     * @param addrlen as there
     * @return as there
     */
    public static int zsock_connect(int sock, @Nullable Sockaddr addr, int addrlen) {
        return connect(sock, addr, addrlen);
    }

    /**
     * {@link Sockets#listen(int, int)}.
     *
     * @param sock as there
     * @param backlog as there
     * @return as there
     */
    public static int zsock_listen(int sock, int backlog) {
        return listen(sock, backlog);
    }

    /**
     * {@link Sockets#accept(int, Sockaddr, IntRef)}.
     *
     * @param sock as there
     * @param addr as there
     * @param addrlen as there
     * @return as there
     */
    public static int zsock_accept(int sock, @Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        return accept(sock, addr, addrlen);
    }

    /**
     * {@link Sockets#accept4(int, Sockaddr, IntRef, int)}.
     *
     * @param sock as there
     * @param addr as there
     * @param addrlen as there
     * @param flags as there
     * @return as there
     */
    public static int zsock_accept4(
            int sock, @Nullable Sockaddr addr, @Nullable IntRef addrlen, int flags) {
        return accept4(sock, addr, addrlen, flags);
    }

    /**
     * {@link Sockets#shutdown(int, int)}.
     *
     * @param sock as there
     * @param how as there
     * @return as there
     */
    public static int zsock_shutdown(int sock, int how) {
        return shutdown(sock, how);
    }

    /**
     * {@link Sockets#getsockname(int, Sockaddr, IntRef)}.
     *
     * @param sock as there
     * @param addr as there
     * @param addrlen as there
     * @return as there
     */
    public static int zsock_getsockname(
            int sock, @Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        return getsockname(sock, addr, addrlen);
    }

    /**
     * {@link Sockets#getpeername(int, Sockaddr, IntRef)}.
     *
     * @param sock as there
     * @param addr as there
     * @param addrlen as there
     * @return as there
     */
    public static int zsock_getpeername(
            int sock, @Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        return getpeername(sock, addr, addrlen);
    }

    /**
     * Sends all of a buffer on a stream; mirrors {@code zsock_send_all} of
     * {@code <zephyr/net/socket.h>}. Differs from Zephyr: {@code sent} may be null.
     *
     * @param sock a connected stream socket
     * @param buf the bytes
     * @param len how many
     * @param flags MSG_ flags
     * @param timeout milliseconds for everything; SYS_FOREVER_MS for no limit, 0 does not wait
     * @param sent takes how many were taken, in every case; or null
     * @return 0, or a negative errno (errno() is not touched): -EBADF no such number or closed
     *     meanwhile, -EOPNOTSUPP no stream socket, -EFAULT buf is null, -ETIMEDOUT; and what
     *     {@link #send(int, byte[], int, int)} gives
     * @throws IndexOutOfBoundsException if len is negative or larger than the array
     */
    public static int zsock_send_all(
            int sock,
            byte @Nullable [] buf,
            int len,
            int flags,
            int timeout,
            @Nullable IntRef sent) {
        return SendAll.bytes(sock, buf, len, flags, timeout, sent);
    }

    /**
     * Sends all of a message on a stream; mirrors {@code zsock_sendmsg_all} of
     * {@code <zephyr/net/socket.h>}. The pieces of msg move on by what was sent.
     *
     * @param sock a connected stream socket
     * @param msg pieces and control messages, which go with the first bytes
     * @param flags MSG_ flags
     * @param timeout milliseconds for everything; SYS_FOREVER_MS for no limit, 0 does not wait
     * @param sent takes how many were taken, in every case; or null
     * @return 0, or a negative errno (errno() is not touched): -EBADF no such number or closed
     *     meanwhile, -EOPNOTSUPP no stream socket, -EFAULT msg or a piece is null, -EMSGSIZE too
     *     many pieces, -ETIMEDOUT; and what {@link #sendmsg} gives
     * @throws IndexOutOfBoundsException if a piece reaches beyond its array
     */
    public static int zsock_sendmsg_all(
            int sock, @Nullable Msghdr msg, int flags, int timeout, @Nullable IntRef sent) {
        return SendAll.message(sock, msg, flags, timeout, sent);
    }
}
