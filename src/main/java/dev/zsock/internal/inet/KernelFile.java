package dev.zsock.internal.inet;

import static dev.zsock.internal.file.Call.AS_SET;
import static dev.zsock.internal.file.Call.NEVER;
import static dev.zsock.internal.file.Call.NOW;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.file.LentThreads;
import dev.zsock.internal.file.Span;
import dev.zsock.internal.kernel.Kernel;
import dev.zsock.internal.kernel.Memory;
import dev.zsock.internal.kernel.Scratch;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.PollAbi;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SocketAbi;

import org.jspecify.annotations.Nullable;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A file of the kernel: pipes, terminals, eventfds. It keeps no lock: the kernel orders the calls.
 */
public class KernelFile implements FileOps {
    private static final int POLLFD_FD = Kernel.POLLFD;
    private static final int POLLFD_EVENTS = Kernel.POLLFD + 4;
    private static final int POLLFD_REVENTS = Kernel.POLLFD + 6;

    /** The kernel's number. */
    protected final int fd;

    private final boolean owned;

    /** O_NONBLOCK as this file last set it. */
    protected volatile boolean nonblocking;

    /** A file over the kernel's number, which is closed with it when owned. */
    public KernelFile(int fd, boolean owned) {
        this.fd = fd;
        this.owned = owned;
    }

    @Override
    public final int kernelFd() {
        return fd;
    }

    @Override
    public int read(Call call, Span dst) {
        return transfer(call, dst, PollAbi.POLLIN);
    }

    @Override
    public int write(Call call, Span src) {
        return transfer(call, src, PollAbi.POLLOUT);
    }

    private int transfer(Call call, Span span, int event) {
        int total = 0;
        while (true) {
            int n = span.isDirect() ? span.remaining() : Math.min(span.remaining(), Scratch.CHUNK);
            int rc = transfer(call, span, n, event);
            if (rc < 0) {
                return total > 0 ? total : rc;
            }
            total += rc;
            // What is read comes as it comes. A write is one for the caller, several for us, and a
            // signal may have cut it short: if it would block instead, the next one says so.
            if (rc == 0 || span.remaining() == 0 || event == PollAbi.POLLIN) {
                return total;
            }
        }
    }

    private int transfer(Call call, Span span, int n, int event) {
        boolean in = event == PollAbi.POLLIN;
        Scratch scratch = Scratch.get();
        while (true) {
            long buf = in ? room(scratch, span, n) : stage(scratch, span, n);
            int rc = LentThreads.needed()
                    ? LentThreads.run(() -> issue(call, span, buf, n, in))
                    : issue(call, span, buf, n, in);
            if (rc >= 0) {
                return in ? stored(scratch, span, rc) : sent(span, rc);
            }
            if (rc != -EINTR || call.cancelled()) {
                return rc == -EINTR ? -EBADF : rc;
            }
            call.takeWake();
        }
    }

    private int issue(Call call, Span span, long buf, int n, boolean in) {
        if (!call.block()) {
            return -EINTR;
        }
        try {
            return in ? Kernel.read(fd, buf, n) : Kernel.write(fd, buf, n);
        } finally {
            Reference.reachabilityFence(span.buffer());
            call.unblock();
        }
    }

    /** Where the kernel may store n bytes of dst: in place, or in the thread's scratch. */
    protected static long room(Scratch scratch, Span dst, int n) {
        if (dst.isDirect()) {
            return address(dst) + dst.at();
        }
        if (dst.isNull()) {
            return 0;
        }
        scratch.data(n);
        return scratch.dataAddress();
    }

    /** Where the kernel finds n bytes of src, which does not move yet. */
    protected static long stage(Scratch scratch, Span src, int n) {
        if (src.isDirect()) {
            return address(src) + src.at();
        }
        if (src.isNull()) {
            return 0;
        }
        src.get(scratch.data(n), n);
        src.advance(-n);
        return scratch.dataAddress();
    }

    /** The kernel has stored n bytes where {@link #room} said. */
    protected static int stored(Scratch scratch, Span dst, int n) {
        if (dst.isDirect() || dst.isNull()) { // MSG_TRUNC counts and stores nothing
            dst.advance(n);
        } else {
            dst.put(scratch.data(), n);
        }
        return n;
    }

    /** The kernel has taken n bytes. */
    protected static int sent(Span src, int n) {
        src.advance(n);
        return n;
    }

    private static long address(Span direct) {
        if (direct.address() == 0) {
            direct.address(Memory.address(Objects.requireNonNull(direct.buffer())));
        }
        return direct.address();
    }

    /**
     * What to do about a system call that gave rc: 0 to make it again, else the caller's result.
     *
     * @param deadline the call's, never {@link Call#AS_SET} once the kernel's own wait is over
     */
    protected final int again(Call call, int rc, int event, long deadline) {
        if (rc == -EINTR) {
            return call.cancelled() ? -EBADF : call.takeWake() ? -EINTR : 0;
        }
        if (rc != -EAGAIN || deadline == AS_SET || deadline == NOW) {
            return rc;
        }
        return Math.min(0, await(call, event, deadline));
    }

    @Override
    public final int await(Call call, int events) {
        return await(call, events, call.deadline);
    }

    /** Waits for the event until a deadline that is not the call's. */
    protected final int await(Call call, int event, long deadline) {
        Scratch scratch = Scratch.get();
        ByteBuffer meta = scratch.meta;
        while (true) {
            meta.putInt(POLLFD_FD, fd).putShort(POLLFD_EVENTS, (short) event);
            meta.putShort(POLLFD_REVENTS, (short) 0);
            long at = scratch.metaAddress + POLLFD_FD;
            int ms = Call.msLeft(deadline);
            int rc = LentThreads.needed()
                    ? LentThreads.run(() -> poll(call, at, ms))
                    : poll(call, at, ms);
            if (rc > 0) {
                return meta.getShort(POLLFD_REVENTS);
            }
            if (rc == -EINTR) {
                boolean again = call.takeWake() || call.stale();
                rc = call.cancelled() ? -EBADF : again ? -EINTR : 0;
            } else if (rc == 0 && deadline != NEVER && Call.nanosLeft(deadline) == 0) {
                rc = -EAGAIN;
            }
            if (rc != 0) {
                return rc;
            }
        }
    }

    private static int poll(Call call, long pollfd, int ms) {
        if (!call.block()) {
            return -EINTR;
        }
        try {
            return Kernel.poll(pollfd, 1, ms);
        } finally {
            call.unblock();
        }
    }

    @Override
    public int fcntl(int cmd, int arg) {
        if (cmd != SocketAbi.F_GETFL && cmd != SocketAbi.F_SETFL) {
            return -EINVAL;
        }
        int rc = Kernel.fcntl(fd, cmd, arg);
        if (rc >= 0 && cmd == SocketAbi.F_SETFL) {
            nonblocking = (arg & SocketAbi.O_NONBLOCK) != 0;
        }
        return rc;
    }

    /** Requests whose argument is an int; no other may be handed to the kernel unseen. */
    @Override
    public int ioctl(Call call, int request, @Nullable IntRef arg) {
        boolean known = switch (request) {
            case SocketAbi.FIONREAD,
                    SocketAbi.FIONBIO,
                    SocketAbi.FIOASYNC,
                    SocketAbi.SIOCATMARK,
                    SocketAbi.TIOCOUTQ -> true;
            default -> false;
        };
        if (!known) {
            return -ENOTTY;
        }
        Scratch scratch = Scratch.get();
        scratch.meta.putInt(Kernel.OPTION, arg == null ? 0 : arg.value);
        int rc = Kernel.ioctl(fd, request, arg == null ? 0 : scratch.metaAddress + Kernel.OPTION);
        if (rc >= 0 && arg != null) {
            arg.value = scratch.meta.getInt(Kernel.OPTION); // those that only read leave it
            if (request == SocketAbi.FIONBIO) {
                nonblocking = arg.value != 0;
            }
        }
        return rc;
    }

    // What only sockets can do; SocketFile does it.

    @Override
    public int sendto(Call call, Span src, int flags, @Nullable Sockaddr to, int addrlen) {
        return -ENOTSOCK;
    }

    @Override
    public int recvfrom(
            Call call, Span dst, int flags, @Nullable Sockaddr from, @Nullable IntRef addrlen) {
        return -ENOTSOCK;
    }

    @Override
    public int sendmsg(Call call, @Nullable Msghdr msg, int flags) {
        return -ENOTSOCK;
    }

    @Override
    public int recvmsg(Call call, @Nullable Msghdr msg, int flags) {
        return -ENOTSOCK;
    }

    @Override
    public int bind(@Nullable Sockaddr addr, int addrlen) {
        return -ENOTSOCK;
    }

    @Override
    public int connect(Call call, @Nullable Sockaddr addr, int addrlen) {
        if (addrlen < 0 || addrlen > Kernel.ADDR_MAX) { // the one call that looks here first
            return -EINVAL;
        }
        return addr == null && addrlen > 0 ? -EFAULT : -ENOTSOCK;
    }

    @Override
    public int listen(int backlog) {
        return -ENOTSOCK;
    }

    @Override
    public int accept(Call call, @Nullable Sockaddr from, @Nullable IntRef addrlen, int flags) {
        return -ENOTSOCK;
    }

    @Override
    public int shutdown(int how) {
        return -ENOTSOCK;
    }

    @Override
    public int getsockname(@Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        return -ENOTSOCK;
    }

    @Override
    public int getpeername(@Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        return -ENOTSOCK;
    }

    @Override
    public int setsockopt(Call call, int level, int name, @Nullable Object optval, int optlen) {
        return -ENOTSOCK;
    }

    @Override
    public int getsockopt(int level, int name, @Nullable Object optval, @Nullable IntRef optlen) {
        return -ENOTSOCK;
    }

    @Override
    public int close() {
        return owned ? Kernel.close(fd) : 0;
    }
}
