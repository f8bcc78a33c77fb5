package dev.zsock;

import dev.zsock.internal.fd.Descriptor;
import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.file.Pieces;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** The bodies of {@code zsock_send_all} and {@code zsock_sendmsg_all}: 0 or -errno. */
final class SendAll implements ErrnoAbi {
    private SendAll() {}

    static int bytes(
            int sock,
            byte @Nullable [] buf,
            int len,
            int flags,
            int timeout,
            @Nullable IntRef sent) {
        Descriptor d = begin(sock, sent);
        if (d == null) {
            return -EBADF;
        }
        Call call = Call.begin(d, Call.afterMs(timeout));
        try {
            FileOps ops = d.file.ops;
            if (!ops.isStream()) {
                return -EOPNOTSUPP;
            }
            if (buf == null && len != 0) {
                return -EFAULT;
            }
            call.data.set(buf, 0, len);
            int rc;
            do {
                rc = ops.sendto(call, call.data, flags, null, 0);
                count(sent, rc);
            } while (rc >= 0 && call.data.remaining() > 0);
            return result(rc);
        } catch (OutOfMemoryError e) {
            return -ENOMEM;
        } finally {
            call.end();
            d.file.release();
        }
    }

    static int message(
            int sock, @Nullable Msghdr msg, int flags, int timeout, @Nullable IntRef sent) {
        Descriptor d = begin(sock, sent);
        if (d == null) {
            return -EBADF;
        }
        Call call = Call.begin(d, Call.afterMs(timeout));
        try {
            FileOps ops = d.file.ops;
            if (!ops.isStream()) {
                return -EOPNOTSUPP;
            }
            int left = Pieces.total(msg);
            if (msg == null || left < 0) {
                return Pieces.error(left);
            }
            Msghdr rest = msg;
            int rc;
            do {
                rc = Rights.send(ops, call, rest, flags);
                count(sent, rc);
                take(msg, rc);
                left -= Math.max(rc, 0);
                rest = new Msghdr(msg);
                rest.msg_control = null; // it has gone with the first bytes
                rest.msg_controllen = 0;
            } while (rc >= 0 && left > 0);
            return result(rc);
        } catch (OutOfMemoryError e) {
            return -ENOMEM;
        } finally {
            call.end();
            d.file.release();
        }
    }

    private static @Nullable Descriptor begin(int sock, @Nullable IntRef sent) {
        if (sent != null) {
            sent.value = 0;
        }
        return OpenFiles.TABLE.get(sock);
    }

    private static void count(@Nullable IntRef sent, int rc) {
        if (sent != null && rc > 0) {
            sent.value += rc;
        }
    }

    private static int result(int rc) {
        return rc == -EAGAIN ? -ETIMEDOUT : Math.min(rc, 0);
    }

    /** Moves the caller's pieces on by count bytes, as Zephyr does. */
    private static void take(Msghdr msg, int count) {
        int left = count;
        for (int i = 0; left > 0; i++) {
            Iovec piece = Objects.requireNonNull(msg.msg_iov)[i];
            int n = Math.min(left, piece.iov_len);
            piece.iov_off += n;
            piece.iov_len -= n;
            left -= n;
        }
    }
}
