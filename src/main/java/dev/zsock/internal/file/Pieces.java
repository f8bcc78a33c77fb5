package dev.zsock.internal.file;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.ToIntFunction;

/** Scattered buffers: their checks, and the calls with several pieces over those with one. */
public final class Pieces implements ErrnoAbi {
    /** {@code UIO_MAXIOV}: most pieces of one call. */
    public static final int MAX = 1024;

    /** {@link #total} of pieces one of which has no memory: the kernel says EFAULT only later. */
    public static final int NO_MEMORY = Integer.MIN_VALUE;

    private Pieces() {}

    /**
     * Bytes of the first n pieces, or -errno: EFAULT a piece is null, EINVAL a negative length or
     * more than an int holds, {@link #NO_MEMORY} a piece has no buffer.
     *
     * @throws IndexOutOfBoundsException if a piece reaches beyond its array
     */
    public static int total(Iovec @Nullable [] iov, int n) {
        if (n == 0) {
            return 0;
        }
        if (iov == null) {
            return -EFAULT;
        }
        Objects.checkFromIndexSize(0, n, iov.length);
        long total = 0;
        boolean fault = false;
        for (int i = 0; i < n; i++) {
            Iovec piece = iov[i];
            if (piece == null) {
                return -EFAULT;
            }
            if (piece.iov_len < 0) {
                return -EINVAL;
            }
            byte[] base = piece.iov_base;
            if (base != null) {
                Objects.checkFromIndexSize(piece.iov_off, piece.iov_len, base.length);
            } else {
                fault |= piece.iov_len > 0;
            }
            total += piece.iov_len;
        }
        return fault ? NO_MEMORY : total > Integer.MAX_VALUE ? -EINVAL : (int) total;
    }

    /** Copies count bytes of the pieces, from the skip-th on, to where to stands. */
    public static void gather(Iovec @Nullable [] iov, int skip, int count, ByteBuffer to) {
        move(iov, skip, count, to, true);
    }

    /** Copies count bytes from where from stands into the pieces, from their skip-th byte on. */
    public static void scatter(ByteBuffer from, int count, Iovec @Nullable [] iov, int skip) {
        move(iov, skip, count, from, false);
    }

    private static void move(
            Iovec @Nullable [] iov, int skip, int count, ByteBuffer joined, boolean gather) {
        int left = count;
        int off = skip;
        for (int i = 0; left > 0; i++) {
            Iovec piece = Objects.requireNonNull(iov)[i];
            int n = Math.min(left, piece.iov_len - off);
            if (n <= 0) {
                off -= piece.iov_len;
                continue;
            }
            byte[] base = Objects.requireNonNull(piece.iov_base);
            if (gather) {
                joined.put(base, piece.iov_off + off, n);
            } else {
                joined.get(base, piece.iov_off + off, n);
            }
            off = 0;
            left -= n;
        }
    }

    static int readv(FileOps file, Call call, Iovec @Nullable [] iov, int n) {
        int total = n < 0 || n > MAX ? -EINVAL : total(iov, n);
        if (total < 0) {
            return error(total);
        }
        byte[] joined = new byte[total];
        return spread(file.read(call, call.data.set(joined, 0, total)), joined, iov);
    }

    static int writev(FileOps file, Call call, Iovec @Nullable [] iov, int n) {
        int total = n < 0 || n > MAX ? -EINVAL : total(iov, n);
        return total < 0 ? error(total) : file.write(call, join(call, iov, total));
    }

    static int sendmsg(FileOps file, Call call, @Nullable Msghdr msg, int flags) {
        int total = total(msg);
        if (msg == null || total < 0) {
            return error(total);
        }
        call.addrlen = msg.msg_namelen;
        Span joined = join(call, msg.msg_iov, total);
        return file.sendto(call, joined, flags, msg.msg_name, msg.msg_namelen);
    }

    /** {@code recvmsg(2)} by one receive into one block, which gives its count or -errno. */
    public static int recvmsg(Call call, @Nullable Msghdr msg, ToIntFunction<Span> receive) {
        int total = total(msg);
        if (msg == null || total < 0) {
            return error(total);
        }
        byte[] joined = new byte[total];
        Span span = call.data.set(joined, 0, total);
        int rc = spread(receive.applyAsInt(span), joined, msg.msg_iov);
        if (rc >= 0) {
            msg.msg_namelen = 0;
            msg.msg_controllen = 0;
            msg.msg_flags = 0;
        }
        return rc;
    }

    /** Bytes of a message's pieces, or -errno: EFAULT no message, EMSGSIZE too many pieces. */
    public static int total(@Nullable Msghdr msg) {
        if (msg == null) {
            return -EFAULT;
        }
        boolean countable = msg.msg_iovlen >= 0 && msg.msg_iovlen <= MAX;
        return countable ? total(msg.msg_iov, msg.msg_iovlen) : -EMSGSIZE;
    }

    /** Bytes of a message's pieces as it says, whether there is memory for them or not. */
    public static int announced(Msghdr msg) {
        long bytes = 0;
        for (int i = 0; msg.msg_iov != null && i < msg.msg_iovlen; i++) {
            bytes += msg.msg_iov[i].iov_len;
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /** A negative {@link #total} for whoever need not keep the kernel's order of checks. */
    public static int error(int total) {
        return total == NO_MEMORY ? -EFAULT : total;
    }

    private static Span join(Call call, Iovec @Nullable [] iov, int total) {
        byte[] joined = new byte[total];
        gather(iov, 0, total, ByteBuffer.wrap(joined));
        return call.data.set(joined, 0, total);
    }

    private static int spread(int rc, byte[] joined, Iovec @Nullable [] iov) {
        if (rc > 0) {
            scatter(ByteBuffer.wrap(joined), Math.min(rc, joined.length), iov, 0);
        }
        return rc;
    }
}
