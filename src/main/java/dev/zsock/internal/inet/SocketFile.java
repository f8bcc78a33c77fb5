package dev.zsock.internal.inet;

import static dev.zsock.internal.file.Call.AS_SET;
import static dev.zsock.internal.file.Call.NEVER;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.LentThreads;
import dev.zsock.internal.kernel.Kernel;
import dev.zsock.internal.kernel.Scratch;
import dev.zsock.internal.kernel.SockaddrCodec;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.PollAbi;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SocketAbi;
import dev.zsock.uapi.Timeval;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * A socket of the kernel, of any family and type. Null arguments go to the kernel as null pointers:
 * it knows which of several faults to tell.
 */
public final class SocketFile extends SocketData {
    private volatile boolean ended;

    /**
     * A socket over the kernel's number, of SOCK_STREAM or another type, which starts in blocking
     * mode or not.
     */
    public SocketFile(int fd, int type, boolean nonblocking) {
        super(fd, type, nonblocking);
    }

    /**
     * A file over a kernel's number that came from elsewhere: a socket if it is one. The kernel is
     * asked what it is and how it is set.
     */
    public static KernelFile received(int fd) {
        Scratch scratch = Scratch.get();
        if (option(scratch, fd, SocketAbi.SO_TYPE, Integer.BYTES) < 0) {
            return new KernelFile(fd, true);
        }
        SocketFile file = new SocketFile(fd, scratch.meta.getInt(Kernel.OPTION), false);
        int flags = Kernel.fcntl(fd, SocketAbi.F_GETFL, 0);
        file.nonblocking = (flags & SocketAbi.O_NONBLOCK) != 0;
        if (option(scratch, fd, SocketAbi.SO_RCVTIMEO, Timeval.SIZE) == 0) {
            file.recvTimeout = SockOpts.timeout(scratch.meta, Kernel.OPTION);
        }
        if (option(scratch, fd, SocketAbi.SO_SNDTIMEO, Timeval.SIZE) == 0) {
            file.sendTimeout = SockOpts.timeout(scratch.meta, Kernel.OPTION);
        }
        file.share();
        return file;
    }

    /** An option of level SOL_SOCKET into the scratch: 0 or -errno. */
    private static int option(Scratch scratch, int fd, int name, int size) {
        long at = scratch.metaAddress;
        scratch.meta.putInt(Kernel.LENGTH, size);
        return Kernel.getsockopt(
                fd, SocketAbi.SOL_SOCKET, name, at + Kernel.OPTION, at + Kernel.LENGTH);
    }

    @Override
    public int readv(Call call, Iovec @Nullable [] iov, int n) {
        return Messages.vector(this, call, iov, n, false);
    }

    @Override
    public int writev(Call call, Iovec @Nullable [] iov, int n) {
        return Messages.vector(this, call, iov, n, true);
    }

    @Override
    public int sendmsg(Call call, @Nullable Msghdr msg, int flags) {
        return Messages.send(this, call, msg, flags);
    }

    @Override
    public int recvmsg(Call call, @Nullable Msghdr msg, int flags) {
        return Messages.receive(this, call, msg, flags);
    }

    @Override
    public int bind(@Nullable Sockaddr addr, int addrlen) {
        Scratch scratch = Scratch.get();
        return Kernel.bind(fd, stage(scratch, addr), addrlen);
    }

    private static long stage(Scratch scratch, @Nullable Sockaddr addr) {
        if (addr == null) {
            return 0;
        }
        SockaddrCodec.encode(addr, scratch.meta, Kernel.ADDR);
        return scratch.metaAddress + Kernel.ADDR;
    }

    @Override
    public int connect(Call call, @Nullable Sockaddr addr, int addrlen) {
        Scratch scratch = Scratch.get();
        long deadline = Call.afterNanos(sendTimeout);
        int rc;
        do {
            long at = stage(scratch, addr);
            rc = LentThreads.needed()
                    ? LentThreads.run(() -> connect(call, at, addrlen))
                    : connect(call, at, addrlen);
            if (rc != -EINTR) {
                return rc;
            }
            rc = call.cancelled() ? -EBADF : Call.nanosLeft(deadline) == 0 ? -EAGAIN : 0;
            call.takeWake();
            // A UNIX socket was waiting for room in the listener's queue and has to ask again.
        } while (rc == 0 && addr != null && addr.sa_family() == SocketAbi.AF_UNIX);
        if (rc < 0) {
            return rc == -EAGAIN ? interrupted(addr) : rc;
        }
        // Elsewhere the attempt goes on without us: a second connect(2) would say EALREADY.
        do {
            rc = await(call, PollAbi.POLLOUT, deadline);
        } while (rc == -EINTR);
        if (rc == -EAGAIN) {
            return -EINPROGRESS;
        }
        return rc < 0 ? rc : pendingError(scratch);
    }

    private int connect(Call call, long addr, int addrlen) {
        if (!call.block()) {
            return -EINTR;
        }
        try {
            return Kernel.connect(fd, addr, addrlen);
        } finally {
            call.unblock();
        }
    }

    /** What a connect says whose time is over: as the kernel does. */
    private static int interrupted(@Nullable Sockaddr addr) {
        boolean local = addr != null && addr.sa_family() == SocketAbi.AF_UNIX;
        return local ? -EAGAIN : -EINPROGRESS;
    }

    private int pendingError(Scratch scratch) {
        int rc = option(scratch, fd, SocketAbi.SO_ERROR, Integer.BYTES);
        return rc < 0 ? rc : -scratch.meta.getInt(Kernel.OPTION);
    }

    @Override
    public int listen(int backlog) {
        return Kernel.listen(fd, backlog);
    }

    @Override
    public int accept(Call call, @Nullable Sockaddr from, @Nullable IntRef addrlen, int flags) {
        Scratch scratch = Scratch.get();
        long deadline = deadline(call, 0, recvTimeout);
        int rc;
        do {
            expect(scratch, from, addrlen);
            long at = from == null ? 0 : scratch.metaAddress + Kernel.ADDR;
            long length = addrlen == null ? 0 : scratch.metaAddress + Kernel.LENGTH;
            rc = LentThreads.needed()
                    ? LentThreads.run(() -> accept(call, at, length, flags))
                    : accept(call, at, length, flags);
            if (rc >= 0) {
                if (from != null) {
                    tell(scratch, from, addrlen);
                }
                call.accepted = accepted(rc, flags);
                return 0;
            }
            if (rc == -EINTR) {
                call.takeWake();
                rc = call.cancelled()
                        ? -EBADF
                        : deadline == AS_SET || deadline == NEVER
                                ? 0
                                : Math.min(0, await(call, PollAbi.POLLIN, deadline));
            }
        } while (rc == 0 || rc == -EINTR);
        return rc;
    }

    private int accept(Call call, long addr, long addrlen, int flags) {
        if (!call.block()) {
            return -EINTR;
        }
        try {
            return Kernel.accept(fd, addr, addrlen, flags);
        } finally {
            call.unblock();
        }
    }

    private SocketFile accepted(int kernelFd, int flags) {
        boolean starts = (flags & SocketAbi.SOCK_NONBLOCK) != 0;
        SocketFile file = new SocketFile(kernelFd, type(), starts);
        file.recvTimeout = recvTimeout; // Linux hands both on
        file.sendTimeout = sendTimeout;
        return file;
    }

    @Override
    public int shutdown(int how) {
        return Kernel.shutdown(fd, how);
    }

    @Override
    public int getsockname(@Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        return name(addr, addrlen, true);
    }

    @Override
    public int getpeername(@Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        return name(addr, addrlen, false);
    }

    private int name(@Nullable Sockaddr addr, @Nullable IntRef addrlen, boolean own) {
        Scratch scratch = Scratch.get();
        int room = expect(scratch, addr, addrlen);
        long at = addr == null ? 0 : scratch.metaAddress + Kernel.ADDR;
        long length = addrlen == null ? 0 : scratch.metaAddress + Kernel.LENGTH;
        int rc = own ? Kernel.getsockname(fd, at, length) : Kernel.getpeername(fd, at, length);
        if (rc == 0) {
            tell(scratch, addr, addrlen);
        } else if (addrlen != null && scratch.meta.getInt(Kernel.LENGTH) != room) {
            addrlen.value = scratch.meta.getInt(Kernel.LENGTH); // written before the fault
        }
        return rc;
    }

    @Override
    public int setsockopt(Call call, int level, int name, @Nullable Object optval, int optlen) {
        Scratch scratch = Scratch.get();
        int length = optlen;
        if (optval != null) {
            length = SockOpts.stage(scratch, optval, optlen);
            if (length < 0) {
                return length;
            }
        }
        long at = optval == null ? 0 : scratch.dataAddress();
        int rc = Kernel.setsockopt(fd, level, name, at, length);
        if (rc == 0 && level == SocketAbi.SOL_SOCKET && length >= Timeval.SIZE) {
            if (name == SocketAbi.SO_RCVTIMEO) {
                recvTimeout = SockOpts.timeout(scratch.data(), 0);
            } else if (name == SocketAbi.SO_SNDTIMEO) {
                sendTimeout = SockOpts.timeout(scratch.data(), 0);
            }
        }
        return rc;
    }

    @Override
    public int getsockopt(int level, int name, @Nullable Object optval, @Nullable IntRef optlen) {
        Scratch scratch = Scratch.get();
        int length = optlen == null ? 0 : optlen.value;
        if (optval != null) {
            // What the kernel does not write stays as it is, as in C.
            length = optval instanceof String ? -EINVAL : SockOpts.stage(scratch, optval, length);
            if (length < 0) {
                return length;
            }
        }
        scratch.meta.putInt(Kernel.LENGTH, length);
        long at = optval == null ? 0 : scratch.dataAddress();
        long lengthAt = optlen == null ? 0 : scratch.metaAddress + Kernel.LENGTH;
        int rc = Kernel.getsockopt(fd, level, name, at, lengthAt);
        if (rc == 0 && optlen != null) {
            optlen.value = scratch.meta.getInt(Kernel.LENGTH);
            if (optval != null) {
                if (level == SocketAbi.SOL_SOCKET && name == SocketAbi.SO_ERROR) {
                    takeError(scratch.data(), length);
                }
                SockOpts.decode(scratch.data(), length, optval);
            }
        }
        return rc;
    }

    /** Tells the error that a partial transfer left behind, when the kernel tells none. */
    private void takeError(ByteBuffer value, int length) {
        if (length >= Integer.BYTES && value.getInt(0) == 0) {
            value.putInt(0, -takeHeld());
        }
    }

    @Override
    public long recvTimeout() {
        return nonblocking ? 0 : recvTimeout;
    }

    @Override
    public long sendTimeout() {
        return nonblocking ? 0 : sendTimeout;
    }

    @Override
    public int lastNumberClosed(Call call, boolean carries) {
        if (carries) { // wakes the calls of the file above, which then find out
            ended = true;
            Kernel.shutdown(fd, SocketAbi.SHUT_RDWR);
        }
        return 0;
    }

    @Override
    public boolean ended() {
        return ended;
    }
}
