package dev.zsock;

import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Timeval;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * {@code <zephyr/net/socket.h>}, {@code <zephyr/net/socket_select.h>}: what any descriptor can do
 * and waiting for several, under {@code zsock_} names.
 */
public abstract class ZsockFds extends ZsockData {
    /** For programs that extend the facade instead of importing its names. */
    protected ZsockFds() {}

    /**
     * {@link Unistd#close(int)}.
     *
     * @param fd as there
     * @return as there
     */
    public static int zsock_close(int fd) {
        return close(fd);
    }

    /**
     * {@link Unistd#read(int, byte[], int)}.
     *
     * @param fd as there
     * @param buf as there
     * @param len as there
     * @return as there
     */
    public static int zsock_read(int fd, byte @Nullable [] buf, int len) {
        return read(fd, buf, len);
    }

    /**
     * {@link Unistd#read(int, byte[], int, int)}.
     *
     * @param fd as there
     * @param buf as there
     * @param off as there
     * @param len as there
     * @return as there
     */
    public static int zsock_read(int fd, byte @Nullable [] buf, int off, int len) {
        return read(fd, buf, off, len);
    }

    /**
     * {@link Unistd#read(int, ByteBuffer)}.
     *
     * @param fd as there
     * @param buf as there
     * @return as there
     */
    public static int zsock_read(int fd, @Nullable ByteBuffer buf) {
        return read(fd, buf);
    }

    /**
     * {@link Unistd#write(int, byte[], int)}.
     *
     * @param fd as there
     * @param buf as there
     * @param len as there
     * @return as there
     */
    public static int zsock_write(int fd, byte @Nullable [] buf, int len) {
        return write(fd, buf, len);
    }

    /**
     * {@link Unistd#write(int, byte[], int, int)}.
     *
     * @param fd as there
     * @param buf as there
     * @param off as there
     * @param len as there
     * @return as there
     */
    public static int zsock_write(int fd, byte @Nullable [] buf, int off, int len) {
        return write(fd, buf, off, len);
    }

    /**
     * {@link Unistd#write(int, ByteBuffer)}.
     *
     * @param fd as there
     * @param buf as there
     * @return as there
     */
    public static int zsock_write(int fd, @Nullable ByteBuffer buf) {
        return write(fd, buf);
    }

    /**
     * {@link Unistd#readv(int, Iovec[], int)}.
     *
     * @param fd as there
     * @param iov as there
     * @param n as there
     * @return as there
     */
    public static int zsock_readv(int fd, Iovec @Nullable [] iov, int n) {
        return readv(fd, iov, n);
    }

    /**
     * {@link Unistd#writev(int, Iovec[], int)}.
     *
     * @param fd as there
     * @param iov as there
     * @param n as there
     * @return as there
     */
    public static int zsock_writev(int fd, Iovec @Nullable [] iov, int n) {
        return writev(fd, iov, n);
    }

    /**
     * {@link Unistd#dup(int)}.
     *
     * @param fd as there
     * @return as there
     */
    public static int zsock_dup(int fd) {
        return dup(fd);
    }

    /**
     * {@link Unistd#pipe(int[])}.
     *
     * @param fds as there
     * @return as there
     */
    public static int zsock_pipe(int @Nullable [] fds) {
        return pipe(fds);
    }

    /**
     * {@link Unistd#eventfd(int, int)}.
     *
     * @param initval as there
     * @param flags as there
     * @return as there
     */
    public static int zsock_eventfd(int initval, int flags) {
        return eventfd(initval, flags);
    }

    /**
     * {@link Unistd#fcntl(int, int)}.
     *
     * @param fd as there
     * @param cmd as there
     * @return as there
     */
    public static int zsock_fcntl(int fd, int cmd) {
        return fcntl(fd, cmd);
    }

    /**
     * {@link Unistd#fcntl(int, int, int)}.
     *
     * @param fd as there
     * @param cmd as there
     * @param arg as there
     * @return as there
     */
    public static int zsock_fcntl(int fd, int cmd, int arg) {
        return fcntl(fd, cmd, arg);
    }

    /**
     * {@link Unistd#ioctl(int, int, IntRef)}.
     *
     * @param fd as there
     * @param request as there
     * @param arg as there
     * @return as there
     */
    public static int zsock_ioctl(int fd, int request, @Nullable IntRef arg) {
        return ioctl(fd, request, arg);
    }

    /**
     * {@link PollSelect#poll(Pollfd[], int, int)}.
     *
     * @param fds as there
     * @param nfds as there
     * @param timeout as there
     * @return as there
     */
    public static int zsock_poll(Pollfd @Nullable [] fds, int nfds, int timeout) {
        return poll(fds, nfds, timeout);
    }

    /**
     * {@link PollSelect#select(int, FdSet, FdSet, FdSet, Timeval)}.
     *
     * @param nfds as there
     * @param readfds as there
     * @param writefds as there
     * @param exceptfds as there
     * @param timeout as there
     * @return as there
     */
    public static int zsock_select(
            int nfds,
            @Nullable FdSet readfds,
            @Nullable FdSet writefds,
            @Nullable FdSet exceptfds,
            @Nullable Timeval timeout) {
        return select(nfds, readfds, writefds, exceptfds, timeout);
    }

    /**
     * {@link PollSelect#FD_ZERO(FdSet)}.
     *
     * @param set as there
     */
    public static void ZSOCK_FD_ZERO(FdSet set) {
        FD_ZERO(set);
    }

    /**
     * {@link PollSelect#FD_SET(int, FdSet)}.
     *
     * @param fd as there
     * @param set as there
     */
    public static void ZSOCK_FD_SET(int fd, FdSet set) {
        FD_SET(fd, set);
    }

    /**
     * {@link PollSelect#FD_CLR(int, FdSet)}.
     *
     * @param fd as there
     * @param set as there
     */
    public static void ZSOCK_FD_CLR(int fd, FdSet set) {
        FD_CLR(fd, set);
    }

    /**
     * {@link PollSelect#FD_ISSET(int, FdSet)}.
     *
     * @param fd as there
     * @param set as there
     * @return as there
     */
    public static boolean ZSOCK_FD_ISSET(int fd, FdSet set) {
        return FD_ISSET(fd, set);
    }

    /**
     * {@link PollSelect#FD_COPY(FdSet, FdSet)}.
     *
     * @param from as there
     * @param to as there
     */
    public static void ZSOCK_FD_COPY(FdSet from, FdSet to) {
        FD_COPY(from, to);
    }
}
