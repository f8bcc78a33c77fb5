package dev.zsock;

import dev.zsock.OpenFiles.Transfer;
import dev.zsock.internal.fd.Descriptor;
import dev.zsock.internal.file.Call;
import dev.zsock.internal.inet.KernelFile;
import dev.zsock.internal.kernel.Kernel;
import dev.zsock.internal.kernel.Posix;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.SocketAbi;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * {@code <unistd.h>}, {@code <fcntl.h>}, {@code <sys/ioctl.h>}: what any file descriptor can do.
 */
public abstract class Unistd extends Websocket implements SocketAbi {
    /** For programs that extend the facade instead of importing its names. */
    protected Unistd() {}

    /**
     * {@code close(2)}: frees the number and ends every call that is blocked on it with EBADF. On a
     * websocket it sends CLOSE when none has gone, does not wait for the answer and leaves the
     * transport open.
     *
     * @param fd the number, free in every case afterwards
     * @return 0, or -1 with errno: EBADF no such number; on a websocket also ETIMEDOUT when its
     *     last frame could not leave within SO_SNDTIMEO (2 s when unset), ECONNRESET, EPIPE, ENOMEM
     */
    public static int close(int fd) {
        return ret(OpenFiles.TABLE.close(fd));
    }

    /**
     * {@code read(2)}: {@link SocketIo#recv} without flags.
     *
     * @param fd any file descriptor
     * @param buf where the bytes go
     * @param len how many at most
     * @return bytes stored, 0 at the end of the stream, or -1 with errno as there; EINVAL less than
     *     8 bytes of an eventfd
     */
    public static int read(int fd, byte @Nullable [] buf, int len) {
        return read(fd, buf, 0, len);
    }

    /**
     * {@code read(fd, buf + off, len)}.
     *
     * @param fd any file descriptor
     * @param buf where the bytes go
     * @param off index of the first
     * @param len how many at most
     * @return as {@link #read(int, byte[], int)}
     */
    public static int read(int fd, byte @Nullable [] buf, int off, int len) {
        return ret(OpenFiles.transfer(Transfer.READ, fd, buf, off, len, 0, null, 0, null));
    }

    /**
     * {@code read(2)} into a buffer from its position to its limit; the position moves by the
     * count.
     *
     * @param fd any file descriptor
     * @param buf where the bytes go; EFAULT when it is read-only
     * @return as {@link #read(int, byte[], int)}
     */
    public static int read(int fd, @Nullable ByteBuffer buf) {
        return ret(OpenFiles.transfer(Transfer.READ, fd, buf, 0, null, 0, null));
    }

    /**
     * {@code write(2)}: {@link SocketIo#send} without flags; on a websocket one final TEXT frame.
     *
     * @param fd any file descriptor
     * @param buf the bytes
     * @param len how many
     * @return bytes taken, or -1 with errno as there; EINVAL less than 8 bytes, or the largest
     *     number, to an eventfd
     */
    public static int write(int fd, byte @Nullable [] buf, int len) {
        return write(fd, buf, 0, len);
    }

    /**
     * {@code write(fd, buf + off, len)}.
     *
     * @param fd any file descriptor
     * @param buf the bytes
     * @param off index of the first
     * @param len how many
     * @return as {@link #write(int, byte[], int)}
     */
    public static int write(int fd, byte @Nullable [] buf, int off, int len) {
        return ret(OpenFiles.transfer(Transfer.WRITE, fd, buf, off, len, 0, null, 0, null));
    }

    /**
     * {@code write(2)} of a buffer from its position to its limit; the position moves by the count.
     *
     * @param fd any file descriptor
     * @param buf the bytes
     * @return as {@link #write(int, byte[], int)}
     */
    public static int write(int fd, @Nullable ByteBuffer buf) {
        return ret(OpenFiles.transfer(Transfer.WRITE, fd, buf, 0, null, 0, null));
    }

    /**
     * {@code readv(2)}: one read into several pieces.
     *
     * @param fd any file descriptor
     * @param iov the pieces, filled in order; not written themselves
     * @param n how many of them
     * @return bytes stored, 0 at the end of the stream, or -1 with errno: EBADF, EFAULT iov, a
     *     piece or its buffer is null, EINVAL n is negative or above 1024 or a length is negative;
     *     and what {@link #read(int, byte[], int)} gives
     * @throws IndexOutOfBoundsException if a piece reaches beyond its array
     */
    public static int readv(int fd, Iovec @Nullable [] iov, int n) {
        Descriptor d = OpenFiles.TABLE.get(fd);
        if (d == null) {
            return ret(-EBADF);
        }
        Call call = Call.begin(d, Call.AS_SET);
        try {
            return ret(d.file.ops.readv(call, iov, n));
        } catch (OutOfMemoryError e) {
            return ret(-ENOMEM);
        } finally {
            call.end();
            d.file.release();
        }
    }

    /**
     * {@code writev(2)}: one write of several pieces; on a websocket they make one final TEXT
     * frame.
     *
     * @param fd any file descriptor
     * @param iov the pieces
     * @param n how many of them
     * @return bytes taken, or -1 with errno: EBADF, EFAULT iov, a piece or its buffer is null,
     *     EINVAL n is negative or above 1024 or a length is negative; and what {@link #write(int,
     *     byte[], int)} gives
     * @throws IndexOutOfBoundsException if a piece reaches beyond its array
     */
    public static int writev(int fd, Iovec @Nullable [] iov, int n) {
        Descriptor d = OpenFiles.TABLE.get(fd);
        if (d == null) {
            return ret(-EBADF);
        }
        Call call = Call.begin(d, Call.AS_SET);
        try {
            return ret(d.file.ops.writev(call, iov, n));
        } catch (OutOfMemoryError e) {
            return ret(-ENOMEM);
        } finally {
            call.end();
            d.file.release();
        }
    }

    /**
     * {@code dup(2)}: one more number for the same file. A websocket or socket ends when the last
     * of its numbers is closed.
     *
     * @param fd any file descriptor
     * @return the lowest free number, or -1 with errno: EBADF no such number, ENFILE no free one
     */
    public static int dup(int fd) {
        return fcntl(fd, F_DUPFD, 0);
    }

    /**
     * {@code pipe(2)}.
     *
     * @param fds takes the two lowest free numbers: the end to read and the end to write
     * @return 0, or -1 with errno: EFAULT fds is null, ENFILE no two free numbers, EMFILE, ENOMEM
     * @throws IndexOutOfBoundsException if fds has no room for two
     */
    public static int pipe(int @Nullable [] fds) {
        return ret(OpenFiles.pair(fds, 0, Posix::pipe, fd -> new KernelFile(fd, true)));
    }

    /**
     * {@code eventfd(2)}: a counter of 64 bits, read and written as 8 bytes in native order.
     *
     * @param initval what it begins with
     * @param flags EFD_NONBLOCK, EFD_SEMAPHORE, EFD_CLOEXEC
     * @return the lowest free number, or -1 with errno: EINVAL unknown flags, ENFILE no free
     *     number, EMFILE, ENODEV, ENOMEM
     */
    public static int eventfd(int initval, int flags) {
        int number = OpenFiles.TABLE.reserve(0);
        if (number < 0) {
            return ret(number);
        }
        int fd = Kernel.eventfd(initval, flags);
        if (fd < 0) {
            OpenFiles.TABLE.cancel(number);
            return ret(fd);
        }
        return OpenFiles.publish(
                number, new KernelFile(fd, true), OpenFiles.descriptorFlags(flags));
    }

    /**
     * {@code fcntl(2)} without an argument: F_GETFL, F_GETFD.
     *
     * @param fd any file descriptor
     * @param cmd the command
     * @return as {@link #fcntl(int, int, int)}
     */
    public static int fcntl(int fd, int cmd) {
        return fcntl(fd, cmd, 0);
    }

    /**
     * {@code fcntl(2)}. On a websocket F_GETFL and F_SETFL act on its transport.
     *
     * @param fd any file descriptor
     * @param cmd F_GETFL, F_SETFL, F_GETFD, F_SETFD, F_DUPFD or F_DUPFD_CLOEXEC
     * @param arg flags, or the least number to give out
     * @return what the command gives, or -1 with errno: EBADF no such number, EINVAL unknown
     *     command or a number out of range, EMFILE or ENFILE no free number
     */
    public static int fcntl(int fd, int cmd, int arg) {
        Descriptor d = OpenFiles.TABLE.get(fd);
        if (d == null) {
            return ret(-EBADF);
        }
        try {
            return ret(
                    switch (cmd) {
                        case F_GETFD -> d.flags;
                        case F_SETFD -> {
                            d.flags = arg & FD_CLOEXEC;
                            yield 0;
                        }
                        case F_DUPFD -> OpenFiles.dup(d, arg, 0);
                        case F_DUPFD_CLOEXEC -> OpenFiles.dup(d, arg, FD_CLOEXEC);
                        default -> d.file.ops.fcntl(cmd, arg);
                    });
        } finally {
            d.file.release();
        }
    }

    /**
     * {@code ioctl(2)}. On a websocket FIONREAD tells how much of the frame at hand has come for
     * {@link SocketIo#recv}; the other requests act on its transport.
     *
     * @param fd any file descriptor
     * @param request FIONREAD (bytes that a receive would find), FIONBIO (non-blocking on or off),
     *     FIOASYNC, SIOCATMARK or TIOCOUTQ (bytes not sent yet)
     * @param arg in or out
     * @return 0, or -1 with errno: EBADF no such number, EFAULT arg is null, ENOTTY unknown
     *     request, or one that the file does not know, EINVAL a listening socket, ENOMEM
     */
    public static int ioctl(int fd, int request, @Nullable IntRef arg) {
        return ret(OpenFiles.on(fd, (ops, call) -> ops.ioctl(call, request, arg)));
    }
}
