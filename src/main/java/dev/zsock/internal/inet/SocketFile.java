package dev.zsock.internal.inet;

import static dev.zsock.internal.file.Call.AS_SET;
import static dev.zsock.internal.file.Call.NEVER;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.Span;
import dev.zsock.internal.kernel.Kernel;
import dev.zsock.internal.kernel.Scratch;
import dev.zsock.internal.kernel.SockaddrCodec;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.PollAbi;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SocketAbi;

import org.jspecify.annotations.Nullable;

import java.lang.ref.Reference;

/**
 * A socket of the kernel, of any family and type. A call with a deadline of its own never blocks in
 * a transfer: it tries, polls and tries again. A call without one blocks in the transfer itself, as
 * the socket is set.
 */
public final class SocketFile extends KernelFile {
    /** Room for one datagram whose size nobody knows: more than any protocol here carries. */
    private static final int DATAGRAM = 1 << 20;

    private final int type;
    private volatile long recvTimeout = NEVER;
    private volatile long sendTimeout = NEVER;
    private volatile boolean ended;

    /**
     * A socket over the kernel's number, of SOCK_STREAM or another type, which starts in blocking
     * mode or not.
     */
    public SocketFile(int fd, int type, boolean nonblocking) {
        super(fd, true);
        this.type = type;
        this.nonblocking = nonblocking;
    }

    @Override
    public boolean isSocket() {
        return true;
    }

    @Override
    public boolean isStream() {
        return type == SocketAbi.SOCK_STREAM;
    }

    @Override
    public int write(Call call, Span src) {
        return sendto(call, src, 0, null, 0);
    }

    @Override
    public int read(Call call, Span dst) {
        return recvfrom(call, dst, 0, null, null);
    }

    @Override
    public int sendto(Call call, Span src, int flags, @Nullable Sockaddr to, int addrlen) {
        long deadline = deadline(call, flags, sendTimeout);
        int total = 0;
        while (true) {
            int n = chunk(src, src.remaining(), false);
            int rc = send(call, src, n, flags, to, addrlen, deadline);
            if (rc < 0) {
                return total > 0 ? total : rc;
            }
            total += rc;
            // A heap buffer of a stream crosses in chunks: one call of the caller's, several of
            // ours.
            if (rc < n || src.remaining() == 0) {
                return total;
            }
        }
    }

    private int send(
            Call call,
            Span src,
            int n,
            int flags,
            @Nullable Sockaddr to,
            int addrlen,
            long deadline) {
        Scratch scratch = Scratch.get();
        while (true) {
            long buf = stage(scratch, src, n);
            boolean block = blocks(call, flags);
            int rc = block && !call.block() ? -EINTR : 0;
            if (rc == 0) {
                int how = block ? flags : flags | SocketAbi.MSG_DONTWAIT;
                if (to == null) {
                    rc = Kernel.send(fd, buf, n, how);
                } else {
                    SockaddrCodec.encode(to, scratch.meta, Kernel.ADDR);
                    rc = Kernel.sendto(fd, buf, n, how, scratch.metaAddress, addrlen);
                }
                if (block) {
                    call.unblock();
                }
                Reference.reachabilityFence(src.buffer());
            }
            if (rc >= 0) {
                return sent(src, rc);
            }
            rc = again(call, rc, PollAbi.POLLOUT, deadline);
            if (rc != 0) {
                return rc;
            }
        }
    }

    @Override
    public int recvfrom(
            Call call, Span dst, int flags, @Nullable Sockaddr from, @Nullable IntRef addrlen) {
        long deadline = deadline(call, flags, recvTimeout);
        boolean whole = (flags & SocketAbi.MSG_WAITALL) != 0 && isStream();
        int total = 0;
        while (true) {
            int n = chunk(dst, dst.remaining(), (flags & SocketAbi.MSG_PEEK) != 0);
            int rc = recv(call, dst, n, flags, from, addrlen, deadline);
            if (rc < 0) {
                return total > 0 ? total : rc;
            }
            total += rc;
            if (!whole || rc < n || dst.remaining() == 0) {
                return total;
            }
        }
    }

    private int recv(
            Call call,
            Span dst,
            int n,
            int flags,
            @Nullable Sockaddr from,
            @Nullable IntRef addrlen,
            long deadline) {
        Scratch scratch = Scratch.get();
        while (true) {
            long buf = room(scratch, dst, n);
            boolean block = blocks(call, flags);
            int rc = block && !call.block() ? -EINTR : 0;
            if (rc == 0) {
                int how = block ? flags : flags | SocketAbi.MSG_DONTWAIT;
                if (from == null) {
                    rc = Kernel.recv(fd, buf, n, how);
                } else {
                    scratch.meta.putInt(Kernel.LENGTH, SockaddrCodec.room(addrlen));
                    long at = scratch.metaAddress;
                    rc = Kernel.recvfrom(fd, buf, n, how, at + Kernel.ADDR, at + Kernel.LENGTH);
                }
                if (block) {
                    call.unblock();
                }
                Reference.reachabilityFence(dst.buffer());
            }
            if (rc >= 0) {
                stored(scratch, dst, Math.min(rc, n)); // MSG_TRUNC gives more than was stored
                if (from != null) {
                    tell(scratch, from, addrlen);
                }
                return rc;
            }
            rc = again(call, rc, PollAbi.POLLIN, deadline);
            if (rc != 0) {
                return rc;
            }
        }
    }

    /** True when the transfer itself may block: nothing but the kernel limits the wait. */
    private boolean blocks(Call call, int flags) {
        return (call.deadline == AS_SET && !nonblocking || call.deadline == NEVER)
                && (flags & SocketAbi.MSG_DONTWAIT) == 0;
    }

    /** The deadline that holds when a transfer was interrupted or did not block. */
    private long deadline(Call call, int flags, long timeout) {
        if (call.deadline != AS_SET) {
            return call.deadline;
        }
        boolean waits = !nonblocking && (flags & SocketAbi.MSG_DONTWAIT) == 0;
        return waits && timeout != NEVER ? Call.afterNanos(timeout) : AS_SET;
    }

    /** How much of a span crosses in one system call. */
    private int chunk(Span span, int n, boolean whole) {
        return span.isDirect() || whole || n <= Scratch.CHUNK
                ? n
                : isStream() ? Scratch.CHUNK : Math.min(n, DATAGRAM);
    }

    private static void tell(Scratch scratch, Sockaddr addr, @Nullable IntRef addrlen) {
        int length = scratch.meta.getInt(Kernel.LENGTH);
        SockaddrCodec.decode(scratch.meta, Kernel.ADDR, length, addr);
        if (addrlen != null) {
            addrlen.value = length;
        }
    }

    @Override
    public int bind(Sockaddr addr, int addrlen) {
        Scratch scratch = Scratch.get();
        SockaddrCodec.encode(addr, scratch.meta, Kernel.ADDR);
        return Kernel.bind(fd, scratch.metaAddress, addrlen);
    }

    @Override
    public int connect(Call call, Sockaddr addr, int addrlen) {
        Scratch scratch = Scratch.get();
        SockaddrCodec.encode(addr, scratch.meta, Kernel.ADDR);
        long deadline = Call.afterNanos(sendTimeout);
        if (!call.block()) {
            return -EBADF;
        }
        int rc = Kernel.connect(fd, scratch.metaAddress, addrlen);
        call.unblock();
        if (rc != -EINTR) {
            return rc;
        }
        // The attempt goes on without us: a second connect(2) would say EALREADY.
        do {
            rc = await(call, PollAbi.POLLOUT, deadline);
        } while (rc == -EINTR);
        if (rc == -EAGAIN) {
            return -EINPROGRESS;
        }
        return rc < 0 ? rc : pendingError(scratch);
    }

    private int pendingError(Scratch scratch) {
        scratch.meta.putInt(Kernel.LENGTH, Integer.BYTES);
        int rc = Kernel.getsockopt(
                fd,
                SocketAbi.SOL_SOCKET,
                SocketAbi.SO_ERROR,
                scratch.metaAddress + Kernel.OPTION,
                scratch.metaAddress + Kernel.LENGTH);
        return rc < 0 ? rc : -scratch.meta.getInt(Kernel.OPTION);
    }

    @Override
    public int listen(int backlog) {
        return Kernel.listen(fd, backlog);
    }

    @Override
    public int accept(Call call, @Nullable Sockaddr from, @Nullable IntRef addrlen, int flags) {
        Scratch scratch = Scratch.get();
        long deadline = nonblocking ? AS_SET : Call.afterNanos(recvTimeout);
        int rc;
        do {
            rc = call.block() ? 0 : -EINTR;
            if (rc == 0) {
                scratch.meta.putInt(Kernel.LENGTH, SockaddrCodec.room(addrlen));
                long at = from == null ? 0 : scratch.metaAddress;
                rc = Kernel.accept(fd, at, at == 0 ? 0 : at + Kernel.LENGTH, flags);
                call.unblock();
            }
            if (rc >= 0) {
                if (from != null) {
                    tell(scratch, from, addrlen);
                }
                call.accepted = accepted(rc, flags);
                return 0;
            }
            // Without O_NONBLOCK the kernel's EAGAIN is the end of its own wait.
            rc = rc == -EAGAIN ? rc : again(call, rc, PollAbi.POLLIN, deadline);
        } while (rc == 0 || rc == -EINTR);
        return rc;
    }

    private SocketFile accepted(int kernelFd, int flags) {
        SocketFile file = new SocketFile(kernelFd, type, (flags & SocketAbi.SOCK_NONBLOCK) != 0);
        file.recvTimeout = recvTimeout; // Linux hands both on
        file.sendTimeout = sendTimeout;
        return file;
    }

    @Override
    public int shutdown(int how) {
        return Kernel.shutdown(fd, how);
    }

    @Override
    public int getsockname(Sockaddr addr, IntRef addrlen) {
        Scratch scratch = Scratch.get();
        scratch.meta.putInt(Kernel.LENGTH, SockaddrCodec.room(addrlen));
        int rc = Kernel.getsockname(fd, scratch.metaAddress, scratch.metaAddress + Kernel.LENGTH);
        if (rc == 0) {
            tell(scratch, addr, addrlen);
        }
        return rc;
    }

    @Override
    public int getpeername(Sockaddr addr, IntRef addrlen) {
        Scratch scratch = Scratch.get();
        scratch.meta.putInt(Kernel.LENGTH, SockaddrCodec.room(addrlen));
        int rc = Kernel.getpeername(fd, scratch.metaAddress, scratch.metaAddress + Kernel.LENGTH);
        if (rc == 0) {
            tell(scratch, addr, addrlen);
        }
        return rc;
    }

    @Override
    public int setsockopt(int level, int name, @Nullable Object optval, int optlen) {
        if (optval == null) {
            return -EFAULT;
        }
        Scratch scratch = Scratch.get();
        int length = SockOpts.encode(optval, optlen, scratch.meta, Kernel.OPTION);
        if (length < 0) {
            return length;
        }
        long at = scratch.metaAddress + Kernel.OPTION;
        int rc = Kernel.setsockopt(fd, level, name, at, length);
        if (rc == 0 && level == SocketAbi.SOL_SOCKET && name == SocketAbi.SO_RCVTIMEO) {
            recvTimeout = SockOpts.timeout(scratch.meta, Kernel.OPTION);
        } else if (rc == 0 && level == SocketAbi.SOL_SOCKET && name == SocketAbi.SO_SNDTIMEO) {
            sendTimeout = SockOpts.timeout(scratch.meta, Kernel.OPTION);
        }
        return rc;
    }

    @Override
    public int getsockopt(int level, int name, @Nullable Object optval, @Nullable IntRef optlen) {
        if (optval == null || optlen == null) {
            return -EFAULT;
        }
        int room = SockOpts.size(optval);
        if (room < 0 || optlen.value < 0 || optlen.value > room) {
            return -EINVAL;
        }
        Scratch scratch = Scratch.get();
        scratch.meta.putInt(Kernel.LENGTH, optlen.value);
        int rc = Kernel.getsockopt(
                fd,
                level,
                name,
                scratch.metaAddress + Kernel.OPTION,
                scratch.metaAddress + Kernel.LENGTH);
        if (rc == 0) {
            optlen.value = scratch.meta.getInt(Kernel.LENGTH);
            SockOpts.decode(scratch.meta, Kernel.OPTION, optlen.value, optval);
        }
        return rc;
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
