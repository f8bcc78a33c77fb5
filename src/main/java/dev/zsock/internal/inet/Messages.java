package dev.zsock.internal.inet;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.Pieces;
import dev.zsock.internal.inet.SocketData.Op;
import dev.zsock.internal.kernel.Kernel;
import dev.zsock.internal.kernel.MsghdrBlock;
import dev.zsock.internal.kernel.Scratch;
import dev.zsock.internal.kernel.SockaddrCodec;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.SocketAbi;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Messages with their control data between the Java heap and the kernel. The pieces cross as one
 * block; it lies in the thread's scratch, the control data behind it.
 */
final class Messages implements ErrnoAbi {
    private Messages() {}

    static int send(SocketData socket, Call call, @Nullable Msghdr msg, int flags) {
        int total = check(msg);
        if (msg == null || total < 0 && total != Pieces.NO_MEMORY) {
            return total;
        }
        if (msg.msg_controllen < 0) {
            return -ENOBUFS;
        }
        int rc = socket.takeHeld();
        int control = msg.msg_control == null ? msg.msg_controllen : controlLength(msg);
        return rc < 0 ? rc : transfer(socket, call, msg, msg.msg_iov, total, control, flags, true);
    }

    static int receive(SocketData socket, Call call, @Nullable Msghdr msg, int flags) {
        int total = check(msg);
        if (msg == null || total < 0 && total != Pieces.NO_MEMORY) {
            return total;
        }
        return transfer(socket, call, msg, msg.msg_iov, total, controlLength(msg), flags, false);
    }

    /** {@code readv} and {@code writev}: a message of nothing but its pieces. */
    static int vector(SocketData socket, Call call, Iovec @Nullable [] iov, int n, boolean out) {
        int total = n < 0 || n > Pieces.MAX ? -EINVAL : Pieces.total(iov, n);
        if (total < 0 && total != Pieces.NO_MEMORY) {
            return total;
        }
        int rc = out ? socket.takeHeld() : 0;
        return rc < 0 ? rc : transfer(socket, call, null, iov, total, 0, 0, out);
    }

    /** What the kernel checks before it looks at the socket; then bytes of the pieces. */
    private static int check(@Nullable Msghdr msg) {
        if (msg != null && msg.msg_name != null && msg.msg_namelen < 0) {
            return -EINVAL;
        }
        return Pieces.total(msg);
    }

    private static int controlLength(Msghdr msg) {
        byte[] control = msg.msg_control;
        return control == null ? 0 : Math.max(0, Math.min(msg.msg_controllen, control.length));
    }

    private static int transfer(
            SocketData socket,
            Call call,
            @Nullable Msghdr msg,
            Iovec @Nullable [] iov,
            int total,
            int controlLength,
            int flags,
            boolean out) {
        Scratch scratch = Scratch.get();
        long timeout = out ? socket.sendTimeout : socket.recvTimeout;
        long deadline = socket.deadline(call, flags, timeout);
        boolean block = socket.blocks(call, flags);
        boolean all = out ? block && socket.isStream() : socket.all(flags);
        int bytes = total >= 0 ? total : out || msg == null ? 1 : Pieces.announced(msg);
        int done = 0;
        Msghdr first = msg;
        while (true) {
            int left = bytes - done;
            int n = out ? socket.sendChunk(left) : socket.chunk(left, flags);
            int control = first == null ? 0 : controlLength;
            ByteBuffer data = scratch.data(align(n) + control);
            // With MSG_TRUNC a stream stores nothing and counts all the same.
            if (total >= 0 && (out || (flags & SocketAbi.MSG_TRUNC) != 0)) {
                Pieces.gather(iov, done, n, data);
            }
            stage(scratch, first, total < 0 ? 0 : scratch.dataAddress(), n, control, out);
            boolean wait =
                    block && (done == 0 || deadline == Call.AS_SET || deadline == Call.NEVER);
            Op op = out ? Op.SENDMSG : Op.RECVMSG;
            int rc = socket.run(call, op, scratch, 0, n, flags, wait, deadline);
            rc = out || n == 0 ? rc : socket.heldAtEnd(rc);
            if (rc < 0) {
                return done > 0 ? socket.partial(done, rc) : rc;
            }
            if (!out) {
                Pieces.scatter(scratch.data(), total < 0 ? 0 : Math.min(rc, n), iov, done);
                unstage(scratch, first, n, flags);
            }
            first = null; // name and control data go with the first bytes
            done += rc;
            if (done >= bytes || rc == 0 || rc < n && !(all && block)) {
                return done;
            }
            if (!out && !all) { // a full chunk: what else is there already belongs to this call
                if (!socket.readsOn(flags)) {
                    return done;
                }
                block = false;
                deadline = Call.NOW;
            }
        }
    }

    /** Writes the struct msghdr, its one iovec, the name and the control data. */
    private static void stage(
            Scratch scratch, @Nullable Msghdr msg, long base, int n, int control, boolean out) {
        boolean named = msg != null && msg.msg_name != null;
        int room = 0;
        if (msg != null && msg.msg_name != null) {
            room = Math.min(msg.msg_namelen, Kernel.ADDR_MAX);
            if (out) {
                SockaddrCodec.encode(msg.msg_name, scratch.meta, Kernel.ADDR);
            } else {
                SockaddrCodec.expect(msg.msg_name, room, scratch.meta, Kernel.ADDR);
            }
        }
        byte[] bytes = msg == null ? null : msg.msg_control;
        if (bytes != null) {
            scratch.data().position((int) align(n)).put(bytes, 0, control);
        }
        long controlAt = bytes == null ? 0 : scratch.dataAddress() + align(n);
        MsghdrBlock.put(scratch, named, room, base, n, controlAt, control);
    }

    /** Tells what the kernel wrote besides the bytes. */
    private static void unstage(Scratch scratch, @Nullable Msghdr msg, int n, int flags) {
        if (msg == null) {
            return;
        }
        int namelen = MsghdrBlock.namelen(scratch);
        if (msg.msg_name != null) {
            SockaddrCodec.decode(scratch.meta, Kernel.ADDR, namelen, msg.msg_name);
            msg.msg_namelen = namelen;
        }
        int control = MsghdrBlock.controllen(scratch);
        if (control > 0) {
            scratch.data()
                    .position((int) align(n))
                    .get(Objects.requireNonNull(msg.msg_control), 0, control);
        }
        msg.msg_controllen = control;
        int asked = flags & SocketAbi.MSG_CMSG_CLOEXEC;
        msg.msg_flags = MsghdrBlock.flags(scratch) & ~SocketAbi.MSG_CMSG_CLOEXEC | asked;
    }

    private static long align(int n) {
        return (n + 7L) & ~7L;
    }
}
