package dev.zsock;

import dev.zsock.internal.fd.Descriptor;
import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.inet.SocketFile;
import dev.zsock.internal.kernel.Kernel;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Sockaddr;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * BSD sockets and Zephyr's websocket API by their C names: {@code import static
 * dev.zsock.Sockets.*;} gives everything of {@code <sys/socket.h>}, {@code <poll.h>},
 * {@code <fcntl.h>}, {@code <unistd.h>}, {@code <netdb.h>}, {@code <arpa/inet.h>},
 * {@code <errno.h>}, {@code <zephyr/net/socket.h>} and {@code <zephyr/net/websocket.h>} that a
 * network program needs.
 *
 * <p>Calls give 0 or more, or -1 with {@link Errno#errno()}; {@code websocket_} calls give a
 * negative errno. Any thread may make any call. {@link #close(int)} ends calls of other threads
 * that are blocked on the number.
 */
public abstract class Sockets extends PollSelect {
    /** For programs that extend the facade instead of importing its names. */
    protected Sockets() {}

    /**
     * {@code socket(2)}.
     *
     * @param family AF_INET, AF_INET6, AF_UNIX
     * @param type SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET, with SOCK_NONBLOCK or not
     * @param protocol 0, IPPROTO_TCP, IPPROTO_UDP, …
     * @return the lowest free number, or -1 with errno: EAFNOSUPPORT, EINVAL, EPROTONOSUPPORT,
     *     ESOCKTNOSUPPORT, EACCES, ENFILE no free number, EMFILE, ENOBUFS, ENOMEM
     */
    public static int socket(int family, int type, int protocol) {
        int number = OpenFiles.TABLE.reserve(0);
        if (number < 0) {
            return ret(number);
        }
        int fd = Kernel.socket(family, type, protocol);
        if (fd < 0) {
            OpenFiles.TABLE.cancel(number);
            return ret(fd);
        }
        int kind = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
        SocketFile file = new SocketFile(fd, kind, (type & SOCK_NONBLOCK) != 0);
        return OpenFiles.publish(number, file, OpenFiles.descriptorFlags(type));
    }

    /**
     * {@code socketpair(2)}: two sockets connected to each other.
     *
     * @param family AF_UNIX
     * @param type SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET, with SOCK_NONBLOCK or not
     * @param protocol 0
     * @param sv takes the two lowest free numbers
     * @return 0, or -1 with errno: EFAULT sv is null, EAFNOSUPPORT, EINVAL, EOPNOTSUPP,
     *     EPROTONOSUPPORT, ESOCKTNOSUPPORT, ENFILE no two free numbers, EMFILE, ENOBUFS, ENOMEM
     * @throws IndexOutOfBoundsException if sv has no room for two
     */
    public static int socketpair(int family, int type, int protocol, int @Nullable [] sv) {
        int kind = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
        boolean nonblocking = (type & SOCK_NONBLOCK) != 0;
        return ret(OpenFiles.pair(
                sv,
                type,
                fds -> Kernel.socketpair(family, type, protocol, fds),
                fd -> new SocketFile(fd, kind, nonblocking)));
    }

    /**
     * {@code bind(2)}.
     *
     * @param sock a socket
     * @param addr the local address; port 0 lets the kernel choose, {@link #getsockname} tells
     * @param addrlen bytes of addr, {@code sizeof(addr)}
     * @return 0, or -1 with errno: EBADF, ENOTSOCK, EFAULT addr is null, EADDRINUSE, EADDRNOTAVAIL,
     *     EINVAL bound already or addrlen too short, EACCES, EAFNOSUPPORT; for AF_UNIX also ENOENT,
     *     ENOTDIR, ELOOP, ENAMETOOLONG, EROFS; ENOMEM
     */
    public static int bind(int sock, @Nullable Sockaddr addr, int addrlen) {
        return ret(OpenFiles.on(sock, (ops, call) -> ops.bind(addr, addrlen)));
    }

    /**
     * {@code connect(2)}. It waits as long as the kernel does, or until SO_SNDTIMEO.
     *
     * @param sock a socket
     * @param addr the peer; AF_UNSPEC takes a datagram socket's peer away
     * @param addrlen bytes of addr, {@code sizeof(addr)}
     * @return 0, or -1 with errno: EBADF no such number or closed meanwhile, ENOTSOCK, EFAULT addr
     *     is null, EINPROGRESS non-blocking (wait for POLLOUT, read SO_ERROR), EALREADY, EISCONN,
     *     ECONNREFUSED, ETIMEDOUT, ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT, EINVAL,
     *     EACCES, EAGAIN, ENOMEM; for AF_UNIX also ENOENT, EPROTOTYPE
     */
    public static int connect(int sock, @Nullable Sockaddr addr, int addrlen) {
        return ret(OpenFiles.on(sock, (ops, call) -> ops.connect(call, addr, addrlen)));
    }

    /**
     * {@code listen(2)}.
     *
     * @param sock a bound stream socket
     * @param backlog how many connections may wait to be accepted
     * @return 0, or -1 with errno: EBADF, ENOTSOCK, EOPNOTSUPP no stream socket, EADDRINUSE, EINVAL
     */
    public static int listen(int sock, int backlog) {
        return ret(OpenFiles.on(sock, (ops, call) -> ops.listen(backlog)));
    }

    /**
     * {@code accept(2)}. The new socket is a blocking one.
     *
     * @param sock a listening socket
     * @param addr takes the peer's address, or null
     * @param addrlen in: bytes of addr, {@code sizeof(addr)}; out: bytes of the address
     * @return the lowest free number, or -1 with errno: EBADF no such number or closed meanwhile,
     *     ENOTSOCK, EINVAL not listening, EFAULT addrlen is null while addr is not, EAGAIN
     *     non-blocking or SO_RCVTIMEO is over, ECONNABORTED, ENFILE no free number (the connection
     *     stays in the queue), EMFILE, ENOBUFS, ENOMEM, EOPNOTSUPP
     */
    public static int accept(int sock, @Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        return accept4(sock, addr, addrlen, 0);
    }

    /**
     * {@code accept4(2)}.
     *
     * @param sock a listening socket
     * @param addr takes the peer's address, or null
     * @param addrlen in and out: bytes of addr
     * @param flags SOCK_NONBLOCK, SOCK_CLOEXEC
     * @return as {@link #accept}, and EINVAL unknown flags
     */
    public static int accept4(
            int sock, @Nullable Sockaddr addr, @Nullable IntRef addrlen, int flags) {
        Descriptor d = OpenFiles.TABLE.get(sock);
        if (d == null) {
            return ret(-EBADF);
        }
        Call call = Call.begin(d, Call.AS_SET);
        try {
            if ((flags & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)) != 0) {
                return ret(-EINVAL);
            }
            int number = OpenFiles.TABLE.reserve(0);
            if (number < 0) {
                return ret(number);
            }
            int rc;
            try {
                rc = d.file.ops.accept(call, addr, addrlen, flags);
            } catch (OutOfMemoryError e) {
                rc = -ENOMEM;
            }
            if (rc < 0) {
                OpenFiles.TABLE.cancel(number);
                return ret(rc);
            }
            FileOps file = Objects.requireNonNull(call.accepted);
            return OpenFiles.publish(number, file, OpenFiles.descriptorFlags(flags));
        } finally {
            call.end();
            d.file.release();
        }
    }

    /**
     * {@code shutdown(2)}.
     *
     * @param sock a connected socket
     * @param how SHUT_RD, SHUT_WR or SHUT_RDWR
     * @return 0, or -1 with errno: EBADF, ENOTSOCK, ENOTCONN, EINVAL
     */
    public static int shutdown(int sock, int how) {
        return ret(OpenFiles.on(sock, (ops, call) -> ops.shutdown(how)));
    }

    /**
     * {@code getsockname(2)}.
     *
     * @param sock a socket
     * @param addr takes the local address
     * @param addrlen in: bytes of addr, {@code sizeof(addr)}; out: bytes of the address
     * @return 0, or -1 with errno: EBADF, ENOTSOCK, EFAULT addr or addrlen is null, EINVAL, ENOMEM
     */
    public static int getsockname(int sock, @Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        return ret(OpenFiles.on(sock, (ops, call) -> ops.getsockname(addr, addrlen)));
    }

    /**
     * {@code getpeername(2)}.
     *
     * @param sock a socket
     * @param addr takes the peer's address
     * @param addrlen in: bytes of addr, {@code sizeof(addr)}; out: bytes of the address
     * @return 0, or -1 with errno: EBADF, ENOTSOCK, EFAULT addr or addrlen is null, EINVAL,
     *     ENOTCONN, ENOMEM
     */
    public static int getpeername(int sock, @Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        return ret(OpenFiles.on(sock, (ops, call) -> ops.getpeername(addr, addrlen)));
    }
}
