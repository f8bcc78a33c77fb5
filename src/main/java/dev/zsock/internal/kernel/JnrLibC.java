package dev.zsock.internal.kernel;

import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.Variadic;
import jnr.ffi.types.intptr_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/**
 * The C prototypes that we call, and their loading. Loaded at the first system call, not before.
 *
 * <p>Memory crosses as an address: a ByteBuffer costs three times the call, an array is copied
 * whole in both directions, and {@code @Out byte[]} writes garbage behind the bytes received.
 */
final class JnrLibC {
    /** Where a library that stands before libc is named, for fault injection. */
    private static final String PRELOAD = "zsock.libc.preload";

    static final LibC LIBC = load();
    private static final Runtime RUNTIME = Runtime.getRuntime(LIBC);

    private JnrLibC() {}

    /**
     * {@code <sys/socket.h>}, {@code <poll.h>}, {@code <fcntl.h>}, {@code <unistd.h>},
     * {@code <signal.h>}. No function here has six parameters: of exactly six, JNR's stubs for
     * x86-64 hand over garbage as the last.
     */
    public interface LibC {
        int socket(int family, int type, int protocol);

        int socketpair(int family, int type, int protocol, @intptr_t long sv);

        int bind(int fd, @intptr_t long addr, int addrlen);

        int connect(int fd, @intptr_t long addr, int addrlen);

        int listen(int fd, int backlog);

        int accept4(int fd, @intptr_t long addr, @intptr_t long addrlen, int flags);

        int shutdown(int fd, int how);

        int close(int fd);

        @ssize_t
        long send(int fd, @intptr_t long buf, @size_t long n, int flags);

        @ssize_t
        long recv(int fd, @intptr_t long buf, @size_t long n, int flags);

        @ssize_t
        long read(int fd, @intptr_t long buf, @size_t long n);

        @ssize_t
        long write(int fd, @intptr_t long buf, @size_t long n);

        @ssize_t
        long sendmsg(int fd, @intptr_t long msg, int flags);

        @ssize_t
        long recvmsg(int fd, @intptr_t long msg, int flags);

        int getsockname(int fd, @intptr_t long addr, @intptr_t long addrlen);

        int getpeername(int fd, @intptr_t long addr, @intptr_t long addrlen);

        int setsockopt(int fd, int level, int name, @intptr_t long value, int length);

        int getsockopt(int fd, int level, int name, @intptr_t long value, @intptr_t long length);

        int poll(@intptr_t long fds, @size_t long n, int ms);

        int ppoll(@intptr_t long fds, @size_t long n, @intptr_t long timeout, @intptr_t long mask);

        int eventfd(int initval, int flags);

        @Variadic(fixedCount = 2)
        int fcntl(int fd, int cmd, int arg);

        @Variadic(fixedCount = 2)
        int ioctl(int fd, @size_t long request, @intptr_t long arg);

        int sigaction(int signal, @intptr_t long action, @intptr_t long old);

        @intptr_t
        long pthread_self();

        int pthread_kill(@intptr_t long thread, int signal);
    }

    /** errno of the calling thread's last call, saved by JNR right after it. */
    static int errno() {
        return LastError.getLastError(RUNTIME);
    }

    private static LibC load() {
        LibraryLoader<LibC> loader = LibraryLoader.create(LibC.class);
        String preload = System.getProperty(PRELOAD);
        if (preload != null) {
            loader.library(preload);
        }
        return loader.library("c").load();
    }
}
