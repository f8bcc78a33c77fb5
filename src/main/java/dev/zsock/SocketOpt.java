package dev.zsock;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Linger;
import dev.zsock.uapi.Timeval;
import dev.zsock.uapi.TlsAbi;

import org.jspecify.annotations.Nullable;

/** {@code <sys/socket.h>}: options, and the sizes that many calls ask for. */
public abstract class SocketOpt extends SocketMsg implements TlsAbi {
    /** For programs that extend the facade instead of importing its names. */
    protected SocketOpt() {}

    /**
     * {@code setsockopt(2)}. The options of SOL_WEBSOCKET, this library's own, are in
     * {@link dev.zsock.uapi.WebsocketAbi#SOL_WEBSOCKET WebsocketAbi}.
     *
     * @param sock a socket
     * @param level SOL_SOCKET, IPPROTO_TCP, IPPROTO_IP, IPPROTO_IPV6, SOL_WEBSOCKET, …
     * @param optname the option
     * @param optval an Integer, IntRef, LongRef, Timeval, Linger, String, int[], byte[] or the
     *     option's struct; for limits of SOL_WEBSOCKET also a Long
     * @param optlen bytes of optval, {@code sizeof(optval)}; of a String its own length counts
     * @return 0, or -1 with errno: EBADF, ENOTSOCK, EFAULT optval is null, EINVAL wrong class or
     *     length or value, ENOPROTOOPT unknown option, EOPNOTSUPP, EDOM a bad time, EPERM, EACCES,
     *     EBUSY, EISCONN, ENOTCONN, EADDRINUSE, EADDRNOTAVAIL, ENODEV, ENOENT, ENOBUFS, ENOMEM; on
     *     a websocket EPIPE and ECONNRESET for gathered frames that cannot leave
     */
    public static int setsockopt(
            int sock, int level, int optname, @Nullable Object optval, int optlen) {
        return ret(OpenFiles.on(
                sock, (ops, call) -> ops.setsockopt(call, level, optname, optval, optlen)));
    }

    /**
     * {@code setsockopt(2)} with an int.
     *
     * @param sock a socket
     * @param level as above
     * @param optname the option
     * @param optval its value
     * @param optlen {@code sizeof(optval)}, 4
     * @return as {@link #setsockopt(int, int, int, Object, int)}
     */
    public static int setsockopt(int sock, int level, int optname, int optval, int optlen) {
        return setsockopt(sock, level, optname, (Object) optval, optlen);
    }

    /**
     * {@code setsockopt(2)} with an int, whose size goes without saying.
     *
     * @param sock a socket
     * @param level as above
     * @param optname the option
     * @param optval its value
     * @return as {@link #setsockopt(int, int, int, Object, int)}
     */
    public static int setsockopt(int sock, int level, int optname, int optval) {
        return setsockopt(sock, level, optname, (Object) optval, Integer.BYTES);
    }

    /**
     * {@code setsockopt(2)} with a time, whose size goes without saying.
     *
     * @param sock a socket
     * @param level SOL_SOCKET
     * @param optname SO_RCVTIMEO, SO_SNDTIMEO
     * @param optval its value
     * @return as {@link #setsockopt(int, int, int, Object, int)}
     */
    public static int setsockopt(int sock, int level, int optname, @Nullable Timeval optval) {
        return setsockopt(sock, level, optname, optval, Timeval.SIZE);
    }

    /**
     * {@code setsockopt(2)} with a linger, whose size goes without saying.
     *
     * @param sock a socket
     * @param level SOL_SOCKET
     * @param optname SO_LINGER
     * @param optval its value
     * @return as {@link #setsockopt(int, int, int, Object, int)}
     */
    public static int setsockopt(int sock, int level, int optname, @Nullable Linger optval) {
        return setsockopt(sock, level, optname, optval, Linger.SIZE);
    }

    /**
     * {@code setsockopt(2)} with a text: the name of an interface, a congestion control or a peer.
     *
     * @param sock a socket
     * @param level SOL_SOCKET, IPPROTO_TCP, SOL_TLS
     * @param optname SO_BINDTODEVICE, TCP_CONGESTION, TLS_HOSTNAME
     * @param optval its value
     * @return as {@link #setsockopt(int, int, int, Object, int)}
     */
    public static int setsockopt(int sock, int level, int optname, @Nullable String optval) {
        return setsockopt(sock, level, optname, optval, 0);
    }

    /**
     * {@code setsockopt(2)} with all of an array.
     *
     * @param sock a socket
     * @param level SOL_TLS, …
     * @param optname TLS_SEC_TAG_LIST, …
     * @param optval its value
     * @return as {@link #setsockopt(int, int, int, Object, int)}
     */
    public static int setsockopt(int sock, int level, int optname, int @Nullable [] optval) {
        int optlen = optval == null ? 0 : optval.length * Integer.BYTES;
        return setsockopt(sock, level, optname, optval, optlen);
    }

    /**
     * {@code setsockopt(2)} with all of an array of texts.
     *
     * @param sock a socket
     * @param level SOL_TLS
     * @param optname TLS_ALPN_LIST
     * @param optval its value
     * @return as {@link #setsockopt(int, int, int, Object, int)}
     */
    public static int setsockopt(
            int sock, int level, int optname, @Nullable String @Nullable [] optval) {
        int optlen = optval == null ? 0 : optval.length * Long.BYTES;
        return setsockopt(sock, level, optname, optval, optlen);
    }

    /**
     * {@code setsockopt(2)} with all of an array of bytes.
     *
     * @param sock a socket
     * @param level any
     * @param optname the option
     * @param optval its value
     * @return as {@link #setsockopt(int, int, int, Object, int)}
     */
    public static int setsockopt(int sock, int level, int optname, byte @Nullable [] optval) {
        int optlen = optval == null ? 0 : optval.length;
        return setsockopt(sock, level, optname, optval, optlen);
    }

    /**
     * {@code getsockopt(2)}.
     *
     * @param sock a socket
     * @param level SOL_SOCKET, …
     * @param optname the option
     * @param optval takes the value: IntRef, LongRef, Timeval, Linger, int[], byte[] or the
     *     option's struct; what the kernel does not fill keeps its value
     * @param optlen in: bytes of optval; out: bytes of the value
     * @return 0, or -1 with errno: EBADF, ENOTSOCK, EFAULT optval or optlen is null, EINVAL wrong
     *     class or length, ENOPROTOOPT unknown option, EOPNOTSUPP, ENOTCONN, ENODATA, ENOMEM
     */
    public static int getsockopt(
            int sock, int level, int optname, @Nullable Object optval, @Nullable IntRef optlen) {
        return ret(
                OpenFiles.on(sock, (ops, call) -> ops.getsockopt(level, optname, optval, optlen)));
    }

    /**
     * {@code getsockopt(2)} of an int, whose size goes without saying.
     *
     * @param sock a socket
     * @param level SOL_SOCKET, …
     * @param optname the option
     * @param optval takes the value
     * @return as {@link #getsockopt(int, int, int, Object, IntRef)}
     */
    public static int getsockopt(int sock, int level, int optname, @Nullable IntRef optval) {
        return getsockopt(sock, level, optname, optval, new IntRef(Integer.BYTES));
    }

    /**
     * {@code getsockopt(2)} of a time.
     *
     * @param sock a socket
     * @param level SOL_SOCKET
     * @param optname SO_RCVTIMEO, SO_SNDTIMEO
     * @param optval takes the value
     * @return as {@link #getsockopt(int, int, int, Object, IntRef)}
     */
    public static int getsockopt(int sock, int level, int optname, @Nullable Timeval optval) {
        return getsockopt(sock, level, optname, optval, new IntRef(Timeval.SIZE));
    }

    /**
     * {@code getsockopt(2)} of a linger.
     *
     * @param sock a socket
     * @param level SOL_SOCKET
     * @param optname SO_LINGER
     * @param optval takes the value
     * @return as {@link #getsockopt(int, int, int, Object, IntRef)}
     */
    public static int getsockopt(int sock, int level, int optname, @Nullable Linger optval) {
        return getsockopt(sock, level, optname, optval, new IntRef(Linger.SIZE));
    }

    /**
     * C's {@code sizeof} of a variable: a struct's, an array's, a text's with its NUL.
     *
     * @param object a struct of {@code dev.zsock.uapi}, an IntRef, LongRef, byte[], int[], long[],
     *     String, String[] or an array of structs
     * @return its size in C, in bytes
     * @throws IllegalArgumentException for an object of a class that stands for no C type
     */
    public static int sizeof(Object object) {
        return Sizes.of(object);
    }

    /**
     * C's {@code sizeof} of an int.
     *
     * @param value any
     * @return 4
     */
    public static int sizeof(int value) {
        return Integer.BYTES;
    }

    /**
     * C's {@code sizeof} of a 64-bit integer.
     *
     * @param value any
     * @return 8
     */
    public static int sizeof(long value) {
        return Long.BYTES;
    }

    /**
     * C's {@code sizeof} of a type.
     *
     * @param type {@code int.class}, {@code SockaddrIn.class}, …
     * @return its size in C, in bytes
     * @throws IllegalArgumentException for a class that stands for no C type
     */
    public static int sizeof(Class<?> type) {
        return Sizes.of(type);
    }
}
