package dev.zsock.internal.kernel;

import dev.zsock.internal.kernel.JnrLibC.LibC;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.SocketAbi;

/**
 * The one native door: system calls that give 0 or more, or a negative errno.
 *
 * <p>Calls that may block give -EINTR to their caller, who knows the deadline and whether somebody
 * wants it out; all others are repeated here. {@code close} is never repeated: Linux has freed the
 * number by then.
 */
public final class Kernel {
    /** Calls whose address argument is a block of {@link Scratch#meta}: where in it they look. */
    public static final int ADDR = 0;

    /** Bytes that a socket address may take. */
    public static final int ADDR_MAX = 128;

    /** Where the length of the address, or of the option value, stands in {@link Scratch#meta}. */
    public static final int LENGTH = 128;

    /** Where an option value stands in {@link Scratch#meta}. */
    public static final int OPTION = 192;

    /** Where a {@code struct pollfd} for one descriptor stands in {@link Scratch#meta}. */
    public static final int POLLFD = 704;

    private static final LibC LIBC = JnrLibC.LIBC;
    private static final int EINTR = -ErrnoAbi.EINTR;

    private Kernel() {}

    private static int result(int rc) {
        return rc >= 0 ? rc : -JnrLibC.errno();
    }

    private static int result(long rc) {
        return rc >= 0 ? (int) rc : -JnrLibC.errno();
    }

    /** {@code socket(2)}, never inherited by child processes. */
    public static int socket(int family, int type, int protocol) {
        return result(LIBC.socket(family, type | SocketAbi.SOCK_CLOEXEC, protocol));
    }

    /** {@code socketpair(2)}: two numbers in sv. */
    public static int socketpair(int family, int type, int protocol, int[] sv) {
        Scratch scratch = Scratch.get();
        long at = scratch.metaAddress + OPTION;
        int rc = result(LIBC.socketpair(family, type | SocketAbi.SOCK_CLOEXEC, protocol, at));
        if (rc == 0) {
            sv[0] = scratch.meta.getInt(OPTION);
            sv[1] = scratch.meta.getInt(OPTION + Integer.BYTES);
        }
        return rc;
    }

    /** {@code bind(2)}. */
    public static int bind(int fd, long addr, int addrlen) {
        int rc;
        do {
            rc = result(LIBC.bind(fd, addr, addrlen));
        } while (rc == EINTR);
        return rc;
    }

    /** {@code connect(2)}; -EINTR leaves the attempt going on. */
    public static int connect(int fd, long addr, int addrlen) {
        return result(LIBC.connect(fd, addr, addrlen));
    }

    /** {@code listen(2)}. */
    public static int listen(int fd, int backlog) {
        return result(LIBC.listen(fd, backlog));
    }

    /** {@code accept4(2)}; addr may be 0. */
    public static int accept(int fd, long addr, long addrlen, int flags) {
        return result(LIBC.accept4(fd, addr, addrlen, flags | SocketAbi.SOCK_CLOEXEC));
    }

    /** {@code shutdown(2)}. */
    public static int shutdown(int fd, int how) {
        return result(LIBC.shutdown(fd, how));
    }

    /** {@code close(2)}. */
    public static int close(int fd) {
        return result(LIBC.close(fd));
    }

    /** {@code send(2)}. */
    public static int send(int fd, long buf, int n, int flags) {
        return result(LIBC.send(fd, buf, n, flags | SocketAbi.MSG_NOSIGNAL));
    }

    /** {@code recv(2)}. */
    public static int recv(int fd, long buf, int n, int flags) {
        return result(LIBC.recv(fd, buf, n, flags));
    }

    /** {@code sendmsg(2)} of the struct at msg. */
    public static int sendmsg(int fd, long msg, int flags) {
        return result(LIBC.sendmsg(fd, msg, flags | SocketAbi.MSG_NOSIGNAL));
    }

    /** {@code recvmsg(2)} into the struct at msg; received descriptors are never inherited. */
    public static int recvmsg(int fd, long msg, int flags) {
        return result(LIBC.recvmsg(fd, msg, flags | SocketAbi.MSG_CMSG_CLOEXEC));
    }

    /** {@code read(2)}. */
    public static int read(int fd, long buf, int n) {
        return result(LIBC.read(fd, buf, n));
    }

    /** {@code write(2)}. */
    public static int write(int fd, long buf, int n) {
        return result(LIBC.write(fd, buf, n));
    }

    /** {@code getsockname(2)}. */
    public static int getsockname(int fd, long addr, long addrlen) {
        return result(LIBC.getsockname(fd, addr, addrlen));
    }

    /** {@code getpeername(2)}. */
    public static int getpeername(int fd, long addr, long addrlen) {
        return result(LIBC.getpeername(fd, addr, addrlen));
    }

    /** {@code setsockopt(2)}. */
    public static int setsockopt(int fd, int level, int name, long value, int length) {
        int rc;
        do {
            rc = result(LIBC.setsockopt(fd, level, name, value, length));
        } while (rc == EINTR);
        return rc;
    }

    /** {@code getsockopt(2)}. */
    public static int getsockopt(int fd, int level, int name, long value, long length) {
        return result(LIBC.getsockopt(fd, level, name, value, length));
    }

    /** {@code poll(2)} on n structs at fds. */
    public static int poll(long fds, int n, int ms) {
        return result(LIBC.poll(fds, n, ms));
    }

    /** {@code ppoll(2)} on n structs at fds, with a {@code struct timespec} or 0 for ever. */
    public static int ppoll(long fds, int n, long timeout) {
        return result(LIBC.ppoll(fds, n, timeout, 0));
    }

    /** {@code eventfd(2)}, never inherited by child processes. */
    public static int eventfd(int initval, int flags) {
        return result(LIBC.eventfd(initval, flags | SocketAbi.EFD_CLOEXEC));
    }

    /** {@code fcntl(2)} with an int argument. */
    public static int fcntl(int fd, int cmd, int arg) {
        int rc;
        do {
            rc = result(LIBC.fcntl(fd, cmd, arg));
        } while (rc == EINTR);
        return rc;
    }

    /** {@code ioctl(2)} with a pointer argument. */
    public static int ioctl(int fd, int request, long arg) {
        int rc;
        do {
            rc = result(LIBC.ioctl(fd, Integer.toUnsignedLong(request), arg));
        } while (rc == EINTR);
        return rc;
    }
}
