package dev.zsock;

import dev.zsock.uapi.Cmsghdr;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.Sockaddr;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** {@code <zephyr/net/socket.h>}: the calls that move data, under {@code zsock_} names. */
public abstract class ZsockData extends ZsockNames {
    /** For programs that extend the facade instead of importing its names. */
    protected ZsockData() {}

    /**
     * {@link SocketIo#send(int, byte[], int, int)}.
     *
     * @param sock as there
     * @param buf as there
     * @param len as there
     * @param flags as there
     * @return as there
     */
    public static int zsock_send(int sock, byte @Nullable [] buf, int len, int flags) {
        return send(sock, buf, len, flags);
    }

    /**
     * {@link SocketIo#send(int, byte[], int, int, int)}.
     *
     * @param sock as there
     * @param buf as there
     * @param off as there
     * @param len as there
     * @param flags as there
     * @return as there
     */
    public static int zsock_send(int sock, byte @Nullable [] buf, int off, int len, int flags) {
        return send(sock, buf, off, len, flags);
    }

    /**
     * {@link SocketIo#send(int, ByteBuffer, int)}.
     *
     * @param sock as there
     * @param buf as there
     * @param flags as there
     * @return as there
     */
    public static int zsock_send(int sock, @Nullable ByteBuffer buf, int flags) {
        return send(sock, buf, flags);
    }

    /**
     * {@link SocketIo#recv(int, byte[], int, int)}.
     *
     * @param sock as there
     * @param buf as there
     * @param len as there
     * @param flags as there
     * @return as there
     */
    public static int zsock_recv(int sock, byte @Nullable [] buf, int len, int flags) {
        return recv(sock, buf, len, flags);
    }

    /**
     * {@link SocketIo#recv(int, byte[], int, int, int)}.
     *
     * @param sock as there
     * @param buf as there
     * @param off as there
     * @param len as there
     * @param flags as there
     * @return as there
     */
    public static int zsock_recv(int sock, byte @Nullable [] buf, int off, int len, int flags) {
        return recv(sock, buf, off, len, flags);
    }

    /**
     * {@link SocketIo#recv(int, ByteBuffer, int)}.
     *
     * @param sock as there
     * @param buf as there
     * @param flags as there
     * @return as there
     */
    public static int zsock_recv(int sock, @Nullable ByteBuffer buf, int flags) {
        return recv(sock, buf, flags);
    }

    /**
     * {@link SocketIo#sendto(int, byte[], int, int, Sockaddr, int)}.
     *
     * @param sock as there
     * @param buf as there
     * @param len as there
     * @param flags as there
     * @param dest as there
     * @param addrlen as there
     * @return as there
     */
    public static int zsock_sendto(
            int sock,
            byte @Nullable [] buf,
            int len,
            int flags,
            @Nullable Sockaddr dest,
            int addrlen) {
        return sendto(sock, buf, len, flags, dest, addrlen);
    }

    /**
     * {@link SocketIo#sendto(int, byte[], int, int, int, Sockaddr, int)}.
     *
     * @param sock as there
     * @param buf as there
     * @param off as there
     * @param len as there
     * @param flags as there
     * @param dest as there
     * @param addrlen as there
     * @return as there
     */
    public static int zsock_sendto(
            int sock,
            byte @Nullable [] buf,
            int off,
            int len,
            int flags,
            @Nullable Sockaddr dest,
            int addrlen) {
        return sendto(sock, buf, off, len, flags, dest, addrlen);
    }

    /**
     * {@link SocketIo#sendto(int, ByteBuffer, int, Sockaddr, int)}.
     *
     * @param sock as there
     * @param buf as there
     * @param flags as there
     * @param dest as there
     * @param addrlen as there
     * @return as there
     */
    public static int zsock_sendto(
            int sock, @Nullable ByteBuffer buf, int flags, @Nullable Sockaddr dest, int addrlen) {
        return sendto(sock, buf, flags, dest, addrlen);
    }

    /**
     * {@link SocketIo#recvfrom(int, byte[], int, int, Sockaddr, IntRef)}.
     *
     * @param sock as there
     * @param buf as there
     * @param len as there
     * @param flags as there
     * @param src as there
     * @param addrlen as there
     * @return as there
     */
    public static int zsock_recvfrom(
            int sock,
            byte @Nullable [] buf,
            int len,
            int flags,
            @Nullable Sockaddr src,
            @Nullable IntRef addrlen) {
        return recvfrom(sock, buf, len, flags, src, addrlen);
    }

    /**
     * {@link SocketIo#recvfrom(int, byte[], int, int, int, Sockaddr, IntRef)}.
     *
     * @param sock as there
     * @param buf as there
     * @param off as there
     * @param len as there
     * @param flags as there
     * @param src as there
     * @param addrlen as there
     * @return as there
     */
    public static int zsock_recvfrom(
            int sock,
            byte @Nullable [] buf,
            int off,
            int len,
            int flags,
            @Nullable Sockaddr src,
            @Nullable IntRef addrlen) {
        return recvfrom(sock, buf, off, len, flags, src, addrlen);
    }

    /**
     * {@link SocketIo#recvfrom(int, ByteBuffer, int, Sockaddr, IntRef)}.
     *
     * @param sock as there
     * @param buf as there
     * @param flags as there
     * @param src as there
     * @param addrlen as there
     * @return as there
     */
    public static int zsock_recvfrom(
            int sock,
            @Nullable ByteBuffer buf,
            int flags,
            @Nullable Sockaddr src,
            @Nullable IntRef addrlen) {
        return recvfrom(sock, buf, flags, src, addrlen);
    }

    /**
     * {@link SocketMsg#sendmsg(int, Msghdr, int)}.
     *
     * @param sock as there
     * @param msg as there
     * @param flags as there
     * @return as there
     */
    public static int zsock_sendmsg(int sock, @Nullable Msghdr msg, int flags) {
        return sendmsg(sock, msg, flags);
    }

    /**
     * {@link SocketMsg#recvmsg(int, Msghdr, int)}.
     *
     * @param sock as there
     * @param msg as there
     * @param flags as there
     * @return as there
     */
    public static int zsock_recvmsg(int sock, @Nullable Msghdr msg, int flags) {
        return recvmsg(sock, msg, flags);
    }

    /**
     * {@link SocketMsg#CMSG_FIRSTHDR(Msghdr)}.
     *
     * @param msg as there
     * @return as there
     */
    public static @Nullable Cmsghdr NET_CMSG_FIRSTHDR(Msghdr msg) {
        return CMSG_FIRSTHDR(msg);
    }

    /**
     * {@link SocketMsg#CMSG_NXTHDR(Msghdr, Cmsghdr)}.
     *
     * @param msg as there
     * @param cmsg as there
     * @return as there
     */
    public static @Nullable Cmsghdr NET_CMSG_NXTHDR(Msghdr msg, Cmsghdr cmsg) {
        return CMSG_NXTHDR(msg, cmsg);
    }

    /**
     * {@link SocketMsg#CMSG_DATA(Cmsghdr)}.
     *
     * @param cmsg as there
     * @return as there
     */
    public static ByteBuffer NET_CMSG_DATA(Cmsghdr cmsg) {
        return CMSG_DATA(cmsg);
    }

    /**
     * {@link SocketMsg#CMSG_LEN(int)}.
     *
     * @param length as there
     * @return as there
     */
    public static int NET_CMSG_LEN(int length) {
        return CMSG_LEN(length);
    }

    /**
     * {@link SocketMsg#CMSG_SPACE(int)}.
     *
     * @param length as there
     * @return as there
     */
    public static int NET_CMSG_SPACE(int length) {
        return CMSG_SPACE(length);
    }
}
