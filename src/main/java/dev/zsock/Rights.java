package dev.zsock;

import dev.zsock.internal.fd.Descriptor;
import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.inet.SocketData;
import dev.zsock.internal.inet.SocketFile;
import dev.zsock.internal.kernel.Kernel;
import dev.zsock.uapi.Cmsghdr;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.SocketAbi;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Descriptors in messages: the program has this library's numbers, the kernel its own. A message
 * without any passes through.
 */
final class Rights implements ErrnoAbi {
    private static final int INT = Integer.BYTES;

    private Rights() {}

    /** One SCM_RIGHTS message found in control data. */
    private interface Found {
        /** Its numbers lie at index at, count of them; a negative result ends the walk. */
        int numbers(ByteBuffer control, int at, int count);
    }

    static int send(FileOps ops, Call call, @Nullable Msghdr msg, int flags) {
        if (msg == null || msg.msg_control == null) {
            return ops.sendmsg(call, msg, flags);
        }
        msg.syncControl();
        int length = Math.max(0, Math.min(msg.msg_controllen, msg.msg_control.length));
        boolean some = walk(ByteBuffer.wrap(msg.msg_control, 0, length), (c, at, n) -> -1) < 0;
        if (!some) {
            return ops.sendmsg(call, msg, flags);
        }
        List<Descriptor> held = new ArrayList<>(); // none is recycled before the kernel has it
        try {
            Msghdr translated = new Msghdr(msg);
            byte[] control = msg.msg_control.clone();
            translated.msg_control = control;
            ByteBuffer bytes = ByteBuffer.wrap(control, 0, length);
            int rc = walk(bytes, (c, at, n) -> toKernel(c, at, n, held));
            return rc < 0 ? rc : ops.sendmsg(call, translated, flags);
        } finally {
            held.forEach(d -> d.file.release());
        }
    }

    private static int toKernel(ByteBuffer control, int at, int count, List<Descriptor> held) {
        for (int i = 0; i < count; i++) {
            Descriptor d = OpenFiles.TABLE.get(control.getInt(at + i * INT));
            if (d == null) {
                return -EBADF;
            }
            held.add(d);
            FileOps ops = d.file.ops;
            if (ops.layered()) {
                return -EINVAL; // what it keeps in user space cannot go along
            }
            if (ops instanceof SocketData socket) {
                socket.share();
            }
            control.putInt(at + i * INT, ops.kernelFd());
        }
        return 0;
    }

    static int receive(FileOps ops, Call call, @Nullable Msghdr msg, int flags) {
        if (msg != null) {
            msg.syncControl(); // what the program wrote into headers is older than what comes
        }
        int rc = ops.recvmsg(call, msg, flags);
        if (rc < 0 || msg == null || msg.msg_control == null) {
            return rc;
        }
        if (msg.msg_controllen > 0 && !ops.layered()) {
            ByteBuffer control = ByteBuffer.wrap(msg.msg_control, 0, msg.msg_controllen);
            boolean cloexec = (flags & SocketAbi.MSG_CMSG_CLOEXEC) != 0;
            walk(control, (c, at, n) -> fromKernel(c, at, n, msg, cloexec));
        }
        msg.syncControl();
        return rc;
    }

    private static int fromKernel(
            ByteBuffer control, int at, int count, Msghdr msg, boolean cloexec) {
        int fitted = 0;
        for (int i = 0; i < count; i++) {
            int fd = control.getInt(at + i * INT);
            int number = fitted < i ? -ENFILE : OpenFiles.TABLE.reserve(0);
            if (number < 0) {
                Kernel.close(fd);
                continue;
            }
            int descriptorFlags = cloexec ? SocketAbi.FD_CLOEXEC : 0;
            OpenFiles.publish(number, SocketFile.received(fd), descriptorFlags);
            control.putInt(at + i * INT, number);
            fitted++;
        }
        if (fitted < count) { // as the kernel does when its own table is full
            msg.msg_flags |= SocketAbi.MSG_CTRUNC;
            int header = at - Cmsghdr.SIZE;
            int end = header + (fitted == 0 ? 0 : Cmsghdr.SIZE + Cmsghdr.align(fitted * INT));
            control.putLong(header, Cmsghdr.SIZE + fitted * INT);
            msg.msg_controllen = end; // descriptors come last
        }
        return 0;
    }

    /** Shows each SCM_RIGHTS message: 0, or the first negative result. */
    private static int walk(ByteBuffer control, Found found) {
        control.order(ByteOrder.nativeOrder());
        int at = 0;
        while (control.limit() - at >= Cmsghdr.SIZE) {
            long length = control.getLong(at);
            if (length < Cmsghdr.SIZE || length > control.limit() - at) {
                return 0; // the kernel says what it thinks of it
            }
            boolean rights = control.getInt(at + 8) == SocketAbi.SOL_SOCKET
                    && control.getInt(at + 12) == SocketAbi.SCM_RIGHTS;
            int data = (int) length - Cmsghdr.SIZE;
            int rc = rights ? found.numbers(control, at + Cmsghdr.SIZE, data / INT) : 0;
            if (rc < 0) {
                return rc;
            }
            at += Cmsghdr.align((int) length);
        }
        return 0;
    }
}
