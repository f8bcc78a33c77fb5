package dev.zsock;

import dev.zsock.OpenFiles.Transfer;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Sockaddr;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** {@code <sys/socket.h>}: the calls that move data. */
public abstract class SocketIo extends Unistd {
    /** For programs that extend the facade instead of importing its names. */
    protected SocketIo() {}

    /**
     * {@code send(2)}. On a websocket it sends one final TEXT frame, masked from a client.
     *
     * @param sock a connected socket
     * @param buf the bytes
     * @param len how many
     * @param flags MSG_ flags; SIGPIPE never comes, whether MSG_NOSIGNAL is there or not; on a
     *     websocket MSG_DONTWAIT, and MSG_MORE, with which the frame may wait for the next one, as
     *     under WEBSOCKET_CORK
     * @return bytes taken, fewer than len only from a non-blocking stream or at SO_SNDTIMEO, or -1
     *     with errno: EBADF no such number, ENOTSOCK no socket, EFAULT buf is null, EAGAIN it would
     *     block, ENOTCONN, EPIPE, ECONNRESET, ETIMEDOUT TCP has given the peer up, ECONNREFUSED an
     *     earlier datagram was, EDESTADDRREQ, EMSGSIZE, ENOBUFS, ENOMEM, EOPNOTSUPP; on a websocket
     *     EILSEQ the text is not UTF-8, EINVAL this thread's fragmented message is open
     * @throws IndexOutOfBoundsException if len is negative or larger than the array
     */
    public static int send(int sock, byte @Nullable [] buf, int len, int flags) {
        return send(sock, buf, 0, len, flags);
    }

    /**
     * {@code send(sock, buf + off, len, flags)}.
     *
     * @param sock a connected socket
     * @param buf the bytes
     * @param off index of the first
     * @param len how many
     * @param flags MSG_ flags
     * @return as {@link #send(int, byte[], int, int)}
     */
    public static int send(int sock, byte @Nullable [] buf, int off, int len, int flags) {
        return ret(OpenFiles.transfer(Transfer.SEND, sock, buf, off, len, flags, null, 0, null));
    }

    /**
     * {@code send(2)} of a buffer from its position to its limit; the position moves by the count.
     *
     * @param sock a connected socket
     * @param buf the bytes; a direct buffer crosses without a copy
     * @param flags MSG_ flags
     * @return as {@link #send(int, byte[], int, int)}
     */
    public static int send(int sock, @Nullable ByteBuffer buf, int flags) {
        return ret(OpenFiles.transfer(Transfer.SEND, sock, buf, flags, null, 0, null));
    }

    /**
     * {@code recv(2)}. On a websocket it gives application data only: PING is answered, PONG
     * swallowed, CLOSE answered and then 0 for ever; it never crosses the end of a frame unless
     * MSG_WAITALL is set.
     *
     * @param sock a socket
     * @param buf where the bytes go
     * @param len how many at most
     * @param flags MSG_PEEK, MSG_WAITALL, MSG_DONTWAIT, MSG_TRUNC and what else the kernel knows
     * @return bytes stored, 0 at the end of the stream, or -1 with errno: EBADF no such number or
     *     closed meanwhile, ENOTSOCK no socket, EFAULT buf is null, EAGAIN it would block or
     *     SO_RCVTIMEO is over, ENOTCONN, ECONNREFUSED, ECONNRESET, ETIMEDOUT TCP, or
     *     WEBSOCKET_PING_INTERVAL, has given the peer up, ENOMEM, EOPNOTSUPP MSG_OOB where there is
     *     none; on a websocket EINVAL len is 0, EPROTO, EILSEQ and EMSGSIZE for what the peer did
     *     wrong
     * @throws IndexOutOfBoundsException if len is negative or larger than the array
     */
    public static int recv(int sock, byte @Nullable [] buf, int len, int flags) {
        return recv(sock, buf, 0, len, flags);
    }

    /**
     * {@code recv(sock, buf + off, len, flags)}.
     *
     * @param sock a socket
     * @param buf where the bytes go
     * @param off index of the first
     * @param len how many at most
     * @param flags MSG_ flags
     * @return as {@link #recv(int, byte[], int, int)}
     */
    public static int recv(int sock, byte @Nullable [] buf, int off, int len, int flags) {
        return ret(OpenFiles.transfer(Transfer.RECV, sock, buf, off, len, flags, null, 0, null));
    }

    /**
     * {@code recv(2)} into a buffer from its position to its limit; the position moves by the
     * count.
     *
     * @param sock a socket
     * @param buf where the bytes go; EFAULT when it is read-only; a direct buffer is filled without
     *     a copy
     * @param flags MSG_ flags
     * @return as {@link #recv(int, byte[], int, int)}
     */
    public static int recv(int sock, @Nullable ByteBuffer buf, int flags) {
        return ret(OpenFiles.transfer(Transfer.RECV, sock, buf, flags, null, 0, null));
    }

    /**
     * {@code sendto(2)}.
     *
     * @param sock a socket
     * @param buf the bytes
     * @param len how many
     * @param flags MSG_ flags
     * @param dest where to, or null for the connected peer
     * @param addrlen bytes of dest, {@code sizeof(dest)}
     * @return as {@link #send(int, byte[], int, int)}, and EAFNOSUPPORT, EINVAL, EISCONN, EACCES,
     *     ENETUNREACH, EHOSTUNREACH, ENOENT no such path
     */
    public static int sendto(
            int sock,
            byte @Nullable [] buf,
            int len,
            int flags,
            @Nullable Sockaddr dest,
            int addrlen) {
        return sendto(sock, buf, 0, len, flags, dest, addrlen);
    }

    /**
     * {@code sendto(sock, buf + off, len, flags, dest, addrlen)}.
     *
     * @param sock a socket
     * @param buf the bytes
     * @param off index of the first
     * @param len how many
     * @param flags MSG_ flags
     * @param dest where to, or null for the connected peer
     * @param addrlen bytes of dest
     * @return as {@link #sendto(int, byte[], int, int, Sockaddr, int)}
     */
    public static int sendto(
            int sock,
            byte @Nullable [] buf,
            int off,
            int len,
            int flags,
            @Nullable Sockaddr dest,
            int addrlen) {
        return ret(
                OpenFiles.transfer(Transfer.SEND, sock, buf, off, len, flags, dest, addrlen, null));
    }

    /**
     * {@code sendto(2)} of a buffer from its position to its limit; the position moves by the
     * count.
     *
     * @param sock a socket
     * @param buf the bytes
     * @param flags MSG_ flags
     * @param dest where to, or null for the connected peer
     * @param addrlen bytes of dest
     * @return as {@link #sendto(int, byte[], int, int, Sockaddr, int)}
     */
    public static int sendto(
            int sock, @Nullable ByteBuffer buf, int flags, @Nullable Sockaddr dest, int addrlen) {
        return ret(OpenFiles.transfer(Transfer.SEND, sock, buf, flags, dest, addrlen, null));
    }

    /**
     * {@code recvfrom(2)}.
     *
     * @param sock a socket
     * @param buf where the bytes go
     * @param len how many at most
     * @param flags MSG_ flags
     * @param src takes the sender's address, or null
     * @param addrlen in: bytes of src, {@code sizeof(src)}; out: bytes of the address; may be null
     *     with src
     * @return as {@link #recv(int, byte[], int, int)}
     */
    public static int recvfrom(
            int sock,
            byte @Nullable [] buf,
            int len,
            int flags,
            @Nullable Sockaddr src,
            @Nullable IntRef addrlen) {
        return recvfrom(sock, buf, 0, len, flags, src, addrlen);
    }

    /**
     * {@code recvfrom(sock, buf + off, len, flags, src, addrlen)}.
     *
     * @param sock a socket
     * @param buf where the bytes go
     * @param off index of the first
     * @param len how many at most
     * @param flags MSG_ flags
     * @param src takes the sender's address, or null
     * @param addrlen in and out: bytes of src
     * @return as {@link #recvfrom(int, byte[], int, int, Sockaddr, IntRef)}
     */
    public static int recvfrom(
            int sock,
            byte @Nullable [] buf,
            int off,
            int len,
            int flags,
            @Nullable Sockaddr src,
            @Nullable IntRef addrlen) {
        return ret(OpenFiles.transfer(Transfer.RECV, sock, buf, off, len, flags, src, 0, addrlen));
    }

    /**
     * {@code recvfrom(2)} into a buffer from its position to its limit; the position moves by the
     * count.
     *
     * @param sock a socket
     * @param buf where the bytes go
     * @param flags MSG_ flags
     * @param src takes the sender's address, or null
     * @param addrlen in and out: bytes of src
     * @return as {@link #recvfrom(int, byte[], int, int, Sockaddr, IntRef)}
     */
    public static int recvfrom(
            int sock,
            @Nullable ByteBuffer buf,
            int flags,
            @Nullable Sockaddr src,
            @Nullable IntRef addrlen) {
        return ret(OpenFiles.transfer(Transfer.RECV, sock, buf, flags, src, 0, addrlen));
    }
}
