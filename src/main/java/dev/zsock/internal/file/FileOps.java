package dev.zsock.internal.file;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.Sockaddr;

import org.jspecify.annotations.Nullable;

/**
 * What an open file can do. Each call gives 0 or more, or a negative errno; what a type of file
 * does not mean stays refused.
 */
public interface FileOps extends ErrnoAbi {
    /** Sends bytes of src, which moves by what was accepted. Any number of threads may send. */
    default int sendto(Call call, Span src, int flags, @Nullable Sockaddr to, int addrlen) {
        return -EOPNOTSUPP;
    }

    /** Stores bytes into dst, which moves by the count; 0 is the end of the stream. */
    default int recvfrom(
            Call call, Span dst, int flags, @Nullable Sockaddr from, @Nullable IntRef addrlen) {
        return -EOPNOTSUPP;
    }

    /** {@code read(2)}: like recvfrom without flags, but any file can do it. */
    default int read(Call call, Span dst) {
        return recvfrom(call, dst, 0, null, null);
    }

    /** {@code write(2)}. */
    default int write(Call call, Span src) {
        return sendto(call, src, 0, null, 0);
    }

    /** {@code readv(2)} into the first n pieces. */
    default int readv(Call call, Iovec @Nullable [] iov, int n) {
        return Pieces.readv(this, call, iov, n);
    }

    /** {@code writev(2)} of the first n pieces. */
    default int writev(Call call, Iovec @Nullable [] iov, int n) {
        return Pieces.writev(this, call, iov, n);
    }

    /** {@code sendmsg(2)}: the pieces joined, unless the type of file knows more. */
    default int sendmsg(Call call, @Nullable Msghdr msg, int flags) {
        return Pieces.sendmsg(this, call, msg, flags);
    }

    /** {@code recvmsg(2)}: the pieces filled by one receive, unless the type of file knows more. */
    default int recvmsg(Call call, @Nullable Msghdr msg, int flags) {
        return Pieces.recvmsg(call, msg, span -> recvfrom(call, span, flags, null, null));
    }

    /** {@code bind(2)}. */
    default int bind(@Nullable Sockaddr addr, int addrlen) {
        return -EOPNOTSUPP;
    }

    /** {@code connect(2)}. */
    default int connect(Call call, @Nullable Sockaddr addr, int addrlen) {
        return -EOPNOTSUPP;
    }

    /** {@code listen(2)}. */
    default int listen(int backlog) {
        return -EOPNOTSUPP;
    }

    /** {@code accept4(2)}: 0, and the new file in {@link Call#accepted}. */
    default int accept(Call call, @Nullable Sockaddr from, @Nullable IntRef addrlen, int flags) {
        return -EOPNOTSUPP;
    }

    /** {@code shutdown(2)}. */
    default int shutdown(int how) {
        return -EOPNOTSUPP;
    }

    /** {@code getsockname(2)}. */
    default int getsockname(@Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        return -EOPNOTSUPP;
    }

    /** {@code getpeername(2)}. */
    default int getpeername(@Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        return -EOPNOTSUPP;
    }

    /** {@code setsockopt(2)}; optlen counts bytes of what optval stands for. */
    default int setsockopt(Call call, int level, int name, @Nullable Object optval, int optlen) {
        return -EOPNOTSUPP;
    }

    /** {@code getsockopt(2)}. */
    default int getsockopt(int level, int name, @Nullable Object optval, @Nullable IntRef optlen) {
        return -EOPNOTSUPP;
    }

    /** {@code fcntl(2)}: F_GETFL and F_SETFL; what concerns numbers the facade does itself. */
    default int fcntl(int cmd, int arg) {
        return -EINVAL;
    }

    /** {@code ioctl(2)}. */
    default int ioctl(Call call, int request, @Nullable IntRef arg) {
        return -EOPNOTSUPP;
    }

    /**
     * Nanoseconds a BSD receive waits: 0 with O_NONBLOCK, {@link Call#NEVER} without SO_RCVTIMEO.
     */
    default long recvTimeout() {
        return Call.NEVER;
    }

    /** Nanoseconds a BSD send waits: 0 with O_NONBLOCK, {@link Call#NEVER} without SO_SNDTIMEO. */
    default long sendTimeout() {
        return Call.NEVER;
    }

    /** The kernel's number, for poll(2). */
    int kernelFd();

    /**
     * True for a file that keeps data in user space, so that the kernel alone cannot tell what is
     * ready.
     */
    default boolean layered() {
        return false;
    }

    /**
     * Waits for poll bits until the call's deadline: those that came, or -EAGAIN at the deadline,
     * -EBADF when the call's number was closed, -EINTR when the call was woken.
     */
    default int await(Call call, int events) {
        return -EOPNOTSUPP;
    }

    /** The poll bits that hold now without asking the kernel; what sits in user space counts. */
    default int pollReady(Call call, int events) {
        return 0;
    }

    /** What to ask the kernel for in place of events. */
    default int pollEvents(int events) {
        return events;
    }

    /** The kernel's answer in this file's terms; 0 waits on. */
    default int pollResult(Call call, int events, int revents) {
        return revents;
    }

    /**
     * The last number of this file has been closed. It lives on while calls run on it or, when it
     * carries one, under the file above. What is done here is bounded in time.
     */
    default int lastNumberClosed(Call call, boolean carries) {
        return 0;
    }

    /** True for a socket of any kind. */
    default boolean isSocket() {
        return false;
    }

    /** True for a stream socket, which a websocket may lie on. */
    default boolean isStream() {
        return false;
    }

    /** True once a file that others lie on has lost its last number: nothing more passes. */
    default boolean ended() {
        return false;
    }

    /** The last reference has gone. */
    int close();
}
