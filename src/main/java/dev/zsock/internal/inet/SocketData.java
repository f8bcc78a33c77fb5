package dev.zsock.internal.inet;

import static dev.zsock.internal.file.Call.AS_SET;
import static dev.zsock.internal.file.Call.NEVER;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.LentThreads;
import dev.zsock.internal.file.Span;
import dev.zsock.internal.kernel.Kernel;
import dev.zsock.internal.kernel.MsghdrBlock;
import dev.zsock.internal.kernel.Scratch;
import dev.zsock.internal.kernel.SockaddrCodec;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.PollAbi;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SocketAbi;

import org.jspecify.annotations.Nullable;

import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The data half of a socket. A call with a deadline of its own never blocks in a transfer: it
 * tries, polls and tries again. A call without one blocks in the transfer itself, as the socket is
 * set; only after an interruption what is left of its time is waited here.
 *
 * <p>Bytes of the Java heap cross in chunks, so one call of a stream may be several of the
 * kernel's. When a later one fails, the bytes are the caller's result, and the error is kept for
 * its next call, as the kernel itself would have done.
 */
public abstract class SocketData extends KernelFile {
    /** What a transfer asks of the kernel. */
    enum Op {
        SEND(PollAbi.POLLOUT),
        SENDMSG(PollAbi.POLLOUT),
        RECV(PollAbi.POLLIN),
        RECVMSG(PollAbi.POLLIN);

        final int event;

        Op(int event) {
            this.event = event;
        }
    }

    private final int type;
    private final AtomicInteger held = new AtomicInteger(); // -errno for the next call, or 0
    volatile long recvTimeout = NEVER;
    volatile long sendTimeout = NEVER;

    /** Others may change its O_NONBLOCK: only the kernel knows it. */
    private volatile boolean shared;

    SocketData(int fd, int type, boolean nonblocking) {
        super(fd, true);
        this.type = type;
        this.nonblocking = nonblocking;
    }

    final int type() {
        return type;
    }

    @Override
    public final boolean isSocket() {
        return true;
    }

    @Override
    public final boolean isStream() {
        return type == SocketAbi.SOCK_STREAM;
    }

    /** The kernel's file has left this process or come from another. */
    public final void share() {
        shared = true;
    }

    /** Takes the error that a partial transfer left behind: -errno or 0. */
    final int takeHeld() {
        return held.getPlain() == 0 ? 0 : held.getAndSet(0);
    }

    /** What a receive gives that found no more data: an error that came before goes first. */
    final int heldAtEnd(int rc) {
        int error = rc == 0 || rc == -EAGAIN ? takeHeld() : 0;
        return error < 0 ? error : rc;
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
        int rc = takeHeld();
        if (rc < 0) {
            return rc;
        }
        if (to != null && (addrlen < 0 || addrlen > Kernel.ADDR_MAX)) {
            return -EINVAL;
        }
        Scratch scratch = Scratch.get();
        if (to != null) {
            SockaddrCodec.encode(to, scratch.meta, Kernel.ADDR);
        }
        long deadline = deadline(call, flags, sendTimeout);
        boolean block = blocks(call, flags);
        boolean whole = block && isStream();
        int total = 0;
        while (true) {
            int n = chunk(src);
            long buf = stage(scratch, src, n);
            boolean wait = block && (total == 0 || deadline == AS_SET || deadline == NEVER);
            if (to == null) {
                rc = run(call, Op.SEND, scratch, buf, n, flags, wait, deadline);
            } else {
                MsghdrBlock.put(scratch, true, namelen(to, addrlen), buf, n, 0, 0);
                rc = run(call, Op.SENDMSG, scratch, buf, n, flags, wait, deadline);
            }
            if (rc < 0) {
                return total > 0 ? partial(total, rc) : rc;
            }
            total += sent(src, rc);
            if (src.remaining() == 0 || rc < n && !whole) {
                return total;
            }
        }
    }

    /** To sendmsg an empty name is none, to sendto one that is too short, but of UNIX sockets. */
    private static int namelen(Sockaddr to, int addrlen) {
        return addrlen == 0 && to.sa_family() != SocketAbi.AF_UNIX ? 1 : addrlen;
    }

    @Override
    public int recvfrom(
            Call call, Span dst, int flags, @Nullable Sockaddr from, @Nullable IntRef addrlen) {
        Scratch scratch = Scratch.get();
        long deadline = deadline(call, flags, recvTimeout);
        boolean block = blocks(call, flags);
        boolean all = all(flags);
        int total = 0;
        while (true) {
            int n = chunk(dst, flags);
            long buf = room(scratch, dst, n, flags);
            boolean wait = block && (total == 0 || deadline == AS_SET || deadline == NEVER);
            int rc;
            if (from == null) {
                rc = run(call, Op.RECV, scratch, buf, n, flags, wait, deadline);
            } else {
                MsghdrBlock.put(scratch, true, Kernel.ADDR_MAX, buf, n, 0, 0);
                rc = run(call, Op.RECVMSG, scratch, buf, n, flags, wait, deadline);
            }
            rc = n > 0 ? heldAtEnd(rc) : rc;
            if (rc < 0) {
                return total > 0 ? partial(total, rc) : rc;
            }
            int told = from == null ? 0 : tellSender(scratch, from, addrlen);
            if (told < 0) {
                return told;
            }
            stored(scratch, dst, Math.min(rc, n)); // MSG_TRUNC gives more than was stored
            total += rc;
            if (rc == 0 || rc < n && !(all && block) || dst.remaining() == 0) {
                return total;
            }
            if (!all) { // a full chunk: what else is there already belongs to this call
                if (!readsOn(flags)) {
                    return total;
                }
                block = false;
                deadline = Call.NOW;
            }
        }
    }

    /** As {@code recvfrom(2)}, which looks at addrlen only now. */
    private static int tellSender(Scratch scratch, Sockaddr from, @Nullable IntRef addrlen) {
        if (addrlen == null || addrlen.value < 0) {
            return addrlen == null ? -EFAULT : -EINVAL;
        }
        int length = MsghdrBlock.namelen(scratch);
        int room = addrlen.value;
        SockaddrCodec.decode(scratch.meta, Kernel.ADDR, length, room, from, Kernel.OPTION);
        addrlen.value = length;
        return 0;
    }

    /**
     * Makes the system call until it has a result; interruptions do not count. Once the call's
     * number is closed it takes nothing more, whatever a peer still sends.
     */
    final int run(
            Call call,
            Op op,
            Scratch scratch,
            long buf,
            int n,
            int flags,
            boolean mayBlock,
            long deadline) {
        boolean block = mayBlock;
        while (true) {
            int rc;
            if (op.event == PollAbi.POLLIN && call.cancelled()) {
                rc = -EBADF;
            } else if (!block || LentThreads.needed()) {
                rc = issue(op, scratch, buf, n, flags | SocketAbi.MSG_DONTWAIT);
                Reference.reachabilityFence(call); // which holds the caller's buffer
                if (block && rc == -EAGAIN) {
                    rc = LentThreads.run(() -> issueBlocking(call, op, scratch, buf, n, flags));
                }
            } else {
                rc = issueBlocking(call, op, scratch, buf, n, flags);
            }
            if (rc >= 0) {
                return rc;
            }
            rc = again(call, rc, op.event, deadline);
            if (rc != 0) {
                return rc;
            }
            block = block && (deadline == AS_SET || deadline == NEVER);
        }
    }

    /** True where a receive may take bytes by several system calls. */
    final boolean readsOn(int flags) {
        return isStream() && (flags & SocketAbi.MSG_PEEK) == 0;
    }

    private int issueBlocking(Call call, Op op, Scratch scratch, long buf, int n, int flags) {
        if (!call.block()) {
            return -EINTR;
        }
        try {
            return issue(op, scratch, buf, n, flags);
        } finally {
            Reference.reachabilityFence(call);
            call.unblock();
        }
    }

    private int issue(Op op, Scratch scratch, long buf, int n, int how) {
        return switch (op) {
            case SEND -> Kernel.send(fd, buf, n, how);
            case SENDMSG -> Kernel.sendmsg(fd, MsghdrBlock.address(scratch), how);
            case RECV -> Kernel.recv(fd, buf, n, how);
            case RECVMSG -> Kernel.recvmsg(fd, MsghdrBlock.address(scratch), how);
        };
    }

    /** The count, which hides an error from the caller that the kernel has already forgotten. */
    final int partial(int total, int rc) {
        if (!passes(rc) && rc != -EBADF && rc != -EINTR) {
            held.set(rc);
        }
        return total;
    }

    /** True for what the next call finds by itself; EPIPE no receive must ever find. */
    private static boolean passes(int rc) {
        return rc == -EAGAIN || rc == -ENOBUFS || rc == -ENOMEM || rc == -EPIPE;
    }

    /** True when the transfer itself may block: nothing but the kernel limits the wait. */
    final boolean blocks(Call call, int flags) {
        return call.deadline == NEVER && (flags & SocketAbi.MSG_DONTWAIT) == 0
                || call.deadline == AS_SET && waits(flags);
    }

    /** The deadline that holds when a transfer was interrupted or did not block. */
    final long deadline(Call call, int flags, long timeout) {
        if (call.deadline != AS_SET) {
            return call.deadline;
        }
        return timeout != NEVER && waits(flags) ? Call.afterNanos(timeout) : AS_SET;
    }

    private boolean waits(int flags) {
        return (!nonblocking || shared) && (flags & SocketAbi.MSG_DONTWAIT) == 0;
    }

    /** True when a receive goes on until its buffer is full. */
    final boolean all(int flags) {
        return isStream()
                && (flags & (SocketAbi.MSG_WAITALL | SocketAbi.MSG_PEEK)) == SocketAbi.MSG_WAITALL;
    }

    /** How much of what is to be sent crosses in one system call: of a datagram all. */
    private int chunk(Span src) {
        int n = src.remaining();
        return src.isDirect() || src.isNull() ? n : sendChunk(n);
    }

    /** The same of n bytes of the heap. */
    final int sendChunk(int n) {
        return isStream() ? Math.min(n, Scratch.CHUNK) : n;
    }

    private int chunk(Span dst, int flags) {
        int n = dst.remaining();
        return dst.isDirect() || dst.isNull() ? n : chunk(n, flags);
    }

    /** How much of a heap buffer of n bytes is worth filling in one system call. */
    final int chunk(int n, int flags) {
        boolean peeks = (flags & SocketAbi.MSG_PEEK) != 0;
        int enough = isStream() ? Scratch.CHUNK : Scratch.KEPT;
        if (n <= enough || peeks && (flags & SocketAbi.MSG_WAITALL) != 0) {
            return n;
        }
        return isStream() && !peeks ? enough : Math.min(n, Math.max(queued(), enough));
    }

    /** Bytes that a receive would find, or of the next datagram; 0 when nobody knows. */
    private int queued() {
        Scratch scratch = Scratch.get();
        scratch.meta.putInt(Kernel.OPTION, 0);
        Kernel.ioctl(fd, SocketAbi.FIONREAD, scratch.metaAddress + Kernel.OPTION);
        return scratch.meta.getInt(Kernel.OPTION);
    }

    /**
     * Where the kernel may store; with MSG_TRUNC a stream stores nothing and counts all the same.
     */
    private long room(Scratch scratch, Span dst, int n, int flags) {
        boolean keeps = (flags & SocketAbi.MSG_TRUNC) != 0 && isStream();
        return keeps ? stage(scratch, dst, n) : room(scratch, dst, n);
    }

    /** Prepares where the kernel finds and leaves the length of an address, and the address. */
    static int expect(Scratch scratch, @Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        int room = SockaddrCodec.room(addrlen);
        if (addr != null) {
            SockaddrCodec.expect(addr, room, scratch.meta, Kernel.ADDR);
        }
        scratch.meta.putInt(Kernel.LENGTH, room);
        return room;
    }

    /** What the kernel left there. */
    static void tell(Scratch scratch, @Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        int length = scratch.meta.getInt(Kernel.LENGTH);
        SockaddrCodec.decode(scratch.meta, Kernel.ADDR, length, addr);
        if (addrlen != null) {
            addrlen.value = length;
        }
    }
}
