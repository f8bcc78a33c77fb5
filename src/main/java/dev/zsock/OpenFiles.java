package dev.zsock;

import dev.zsock.internal.fd.Descriptor;
import dev.zsock.internal.fd.FdTable;
import dev.zsock.internal.fd.OpenFile;
import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.file.Signals;
import dev.zsock.internal.file.Span;
import dev.zsock.internal.inet.KernelFile;
import dev.zsock.internal.kernel.WakeSignal;
import dev.zsock.internal.websocket.Agreed;
import dev.zsock.internal.websocket.WebsocketFile;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SocketAbi;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * The wiring: the process's one table, and the bodies that several facades share. They give -errno.
 */
final class OpenFiles implements ErrnoAbi {
    /** How many numbers there are, unless the system property says otherwise. */
    private static final int DEFAULT_SIZE = 65_536;

    private static final int STANDARD_STREAMS = 3;

    static final FdTable TABLE = new FdTable(
            Math.max(STANDARD_STREAMS, Integer.getInteger("zsock.open.max", DEFAULT_SIZE)),
            new Wake());

    static {
        for (int fd = 0; fd < STANDARD_STREAMS; fd++) { // theirs: close frees only the number
            TABLE.publish(TABLE.reserve(fd), new OpenFile(new KernelFile(fd, false)));
        }
    }

    private OpenFiles() {}

    /** Loads the native side at the first call that may block, not with the table. */
    private static final class Wake implements Signals {
        @Override
        public long self() {
            return WakeSignal.self();
        }

        @Override
        public void interrupt(long thread) {
            WakeSignal.interrupt(thread);
        }
    }

    /** The plain transfers, which differ in nothing but the file's method. */
    enum Transfer {
        READ(true) {
            @Override
            int run(FileOps ops, Call call, int flags, @Nullable Sockaddr a, @Nullable IntRef n) {
                return ops.read(call, call.data);
            }
        },
        WRITE(false) {
            @Override
            int run(FileOps ops, Call call, int flags, @Nullable Sockaddr a, @Nullable IntRef n) {
                return ops.write(call, call.data);
            }
        },
        RECV(true) {
            @Override
            int run(FileOps ops, Call call, int flags, @Nullable Sockaddr a, @Nullable IntRef n) {
                return ops.recvfrom(call, call.data, flags, a, n);
            }
        },
        SEND(false) {
            @Override
            int run(FileOps ops, Call call, int flags, @Nullable Sockaddr a, @Nullable IntRef n) {
                return ops.sendto(call, call.data, flags, a, call.addrlen);
            }
        };

        final boolean fills; // the caller's memory

        Transfer(boolean fills) {
            this.fills = fills;
        }

        abstract int run(
                FileOps ops, Call call, int flags, @Nullable Sockaddr a, @Nullable IntRef n);
    }

    /** Lets a reserved number lead to a new file: the number. Of the flags FD_CLOEXEC counts. */
    static int publish(int number, FileOps ops, int flags) {
        Descriptor d = TABLE.publish(number, new OpenFile(ops));
        if (flags != 0) {
            d.flags = flags;
        }
        return number;
    }

    /** FD_CLOEXEC when SOCK_CLOEXEC, or its like, is among the flags. */
    static int descriptorFlags(int flags) {
        return (flags & SocketAbi.SOCK_CLOEXEC) != 0 ? SocketAbi.FD_CLOEXEC : 0;
    }

    /** Makes two kernel files: writes their numbers to fds and gives 0, or -errno. */
    interface Maker {
        int make(int[] fds);
    }

    private static int make(Maker maker, int[] fds) {
        try {
            return maker.make(fds);
        } catch (OutOfMemoryError e) {
            return -ENOMEM;
        }
    }

    /** Two files and their numbers, the lowest free ones, into fds; nothing remains on failure. */
    static int pair(int @Nullable [] fds, int flags, Maker maker, IntFunction<FileOps> file) {
        if (fds != null) {
            Objects.checkFromIndexSize(0, 2, fds.length);
        }
        int first = TABLE.reserve(0);
        int second = first < 0 ? first : TABLE.reserve(0);
        int[] made = new int[2];
        int rc = second < 0 ? second : fds == null ? -EFAULT : make(maker, made);
        if (rc < 0 || fds == null) {
            if (first >= 0) {
                TABLE.cancel(first);
            }
            if (second >= 0) {
                TABLE.cancel(second);
            }
            return rc;
        }
        fds[0] = publish(first, file.apply(made[0]), descriptorFlags(flags));
        fds[1] = publish(second, file.apply(made[1]), descriptorFlags(flags));
        return 0;
    }

    /**
     * A websocket over what d leads to, which carries it, with the bytes that came behind the
     * handshake: its number, -ENOSPC or -ENOMEM.
     */
    static int websocket(Descriptor d, boolean client, ByteBuffer leftover, Agreed agreed) {
        int number = TABLE.reserve(0);
        if (number < 0) {
            return -ENOSPC;
        }
        OpenFile below = d.file;
        try {
            WebsocketFile file = new WebsocketFile(
                    below.ops,
                    client,
                    leftover,
                    d.number,
                    below,
                    agreed,
                    below::release,
                    TABLE.pollers);
            TABLE.publish(number, new OpenFile(file, below));
            return number;
        } catch (OutOfMemoryError e) {
            TABLE.cancel(number);
            return -ENOMEM;
        }
    }

    /** One more number, not below least, for what d leads to. */
    static int dup(Descriptor d, int least, int flags) {
        if (least < 0 || least >= TABLE.size()) {
            return -EINVAL;
        }
        int number = TABLE.reserve(least);
        if (number < 0) {
            return number;
        }
        boolean held = d.file.retain();
        if (held && TABLE.share(number, d.file, flags)) {
            return number;
        }
        if (held) {
            d.file.release();
        }
        TABLE.cancel(number);
        return -EBADF;
    }

    /**
     * What a call does to the file that its number leads to. Calls that move data are written out
     * instead: each would allocate one of these.
     */
    interface Body {
        int run(FileOps ops, Call call);
    }

    /** A call on what a number leads to: its result, -EBADF or -ENOMEM. */
    static int on(int fd, Body body) {
        Descriptor d = TABLE.get(fd);
        if (d == null) {
            return -EBADF;
        }
        Call call = Call.begin(d, Call.AS_SET);
        try {
            return body.run(d.file.ops, call);
        } catch (OutOfMemoryError e) {
            return -ENOMEM;
        } finally {
            call.end();
            d.file.release();
        }
    }

    /** One transfer of an array's bytes. */
    static int transfer(
            Transfer transfer,
            int fd,
            byte @Nullable [] buf,
            int off,
            int len,
            int flags,
            @Nullable Sockaddr addr,
            int addrlen,
            @Nullable IntRef addrlenRef) {
        Descriptor d = TABLE.get(fd);
        if (d == null) {
            return -EBADF;
        }
        Call call = Call.begin(d, Call.AS_SET);
        try {
            // Of the kernel's files the kernel says it, in its order of checks.
            if (buf == null && (len < 0 || len > 0 && d.file.ops.layered())) {
                return -EFAULT;
            }
            call.data.set(buf, off, len);
            call.addrlen = addrlen;
            return transfer.run(d.file.ops, call, flags, addr, addrlenRef);
        } catch (OutOfMemoryError e) {
            return -ENOMEM;
        } finally {
            call.end();
            d.file.release();
        }
    }

    /**
     * One transfer of a buffer's bytes from its position to its limit; the position moves by the
     * count.
     */
    static int transfer(
            Transfer transfer,
            int fd,
            @Nullable ByteBuffer buf,
            int flags,
            @Nullable Sockaddr addr,
            int addrlen,
            @Nullable IntRef addrlenRef) {
        Descriptor d = TABLE.get(fd);
        if (d == null) {
            return -EBADF;
        }
        Call call = Call.begin(d, Call.AS_SET);
        try {
            if (buf == null || transfer.fills && buf.isReadOnly() || Span.isGone(buf)) {
                return -EFAULT;
            }
            Span span = call.data.set(buf);
            int before = span.at();
            call.addrlen = addrlen;
            int rc = transfer.run(d.file.ops, call, flags, addr, addrlenRef);
            buf.position(buf.position() + span.at() - before);
            return rc;
        } catch (OutOfMemoryError e) {
            return -ENOMEM;
        } finally {
            call.end();
            d.file.release();
        }
    }
}
