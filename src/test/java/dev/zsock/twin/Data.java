package dev.zsock.twin;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Sockaddr;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Calls that move data: see native-tests/twin.h. */
abstract class Data extends Calls {
    /** Which of the API's shapes of a buffer the calls are made with. */
    enum Shape {
        ARRAY,
        OFFSET,
        HEAP,
        DIRECT
    }

    private static final int SKIPPED = 3; // with OFFSET: bytes before the buffer

    private final Shape shape;
    private byte[] in = {};

    Data(String folder, Shape shape) {
        super(folder);
        this.shape = shape;
    }

    private void showOut(String name, int fd, byte[] buf, int n) {
        printf("%s(%d, ", name, fd);
        if (buf == null) {
            printf("NULL");
        } else {
            showBytes(buf, 0, n);
        }
        printf(", %d", n);
    }

    /** The bytes in the shape's buffer, or room for them. */
    private ByteBuffer wrapped(byte[] bytes, int n) {
        ByteBuffer buffer = shape == Shape.DIRECT
                ? ByteBuffer.allocateDirect(n + SKIPPED)
                : ByteBuffer.allocate(n + SKIPPED);
        return buffer.position(SKIPPED).put(bytes, 0, n).position(SKIPPED);
    }

    private byte[] shifted(byte[] bytes, int n) {
        byte[] copy = new byte[n + SKIPPED];
        System.arraycopy(bytes, 0, copy, SKIPPED, n);
        return copy;
    }

    private int checked(ByteBuffer buffer, int rc, int room) {
        int moved = buffer.position() - SKIPPED;
        if (moved != Math.min(Math.max(rc, 0), room)) {
            throw new AssertionError("position moved by " + moved + " for " + rc);
        }
        return rc;
    }

    final int t_send(int fd, String text, int n, int flags) {
        return t_send(fd, bytes(text), n, flags);
    }

    final int t_send(int fd, byte[] buf, int n, int flags) {
        showOut("send", fd, buf, n);
        printf(", %s", hex(flags));
        if (buf == null || shape == Shape.ARRAY) {
            return end(done(send(fd, buf, n, flags)));
        } else if (shape == Shape.OFFSET) {
            return end(done(send(fd, shifted(buf, n), SKIPPED, n, flags)));
        }
        ByteBuffer wrapped = wrapped(buf, n);
        return end(done(checked(wrapped, send(fd, wrapped, flags), n)));
    }

    final int t_write(int fd, String text, int n) {
        return t_write(fd, bytes(text), n);
    }

    final int t_write(int fd, byte[] buf, int n) {
        showOut("write", fd, buf, n);
        if (buf == null || shape == Shape.ARRAY) {
            return end(done(write(fd, buf, n)));
        } else if (shape == Shape.OFFSET) {
            return end(done(write(fd, shifted(buf, n), SKIPPED, n)));
        }
        ByteBuffer wrapped = wrapped(buf, n);
        return end(done(checked(wrapped, write(fd, wrapped), n)));
    }

    final int t_sendto(int fd, String text, int n, int flags, Sockaddr sa, int len) {
        return t_sendto(fd, bytes(text), n, flags, sa, len);
    }

    final int t_sendto(int fd, byte[] buf, int n, int flags, Sockaddr sa, int len) {
        showOut("sendto", fd, buf, n);
        printf(", %s, ", hex(flags));
        showAddr(sa, len);
        printf(", %d", len);
        if (buf == null || shape == Shape.ARRAY) {
            return end(done(sendto(fd, buf, n, flags, sa, len)));
        } else if (shape == Shape.OFFSET) {
            return end(done(sendto(fd, shifted(buf, n), SKIPPED, n, flags, sa, len)));
        }
        ByteBuffer wrapped = wrapped(buf, n);
        return end(done(checked(wrapped, sendto(fd, wrapped, flags, sa, len), n)));
    }

    static byte[] dots(int room) {
        byte[] buffer = new byte[room];
        Arrays.fill(buffer, (byte) '.');
        return buffer;
    }

    /** One receive in the shape: over is made with an array and an offset, or with a buffer. */
    private int fill(int room, ArrayCall array, BufferCall buffer) {
        in = dots(room);
        if (shape == Shape.ARRAY || shape == Shape.OFFSET) {
            int off = shape == Shape.ARRAY ? 0 : SKIPPED;
            byte[] shifted = shape == Shape.ARRAY ? in : shifted(in, room);
            int rc = array.call(shifted, off);
            in = Arrays.copyOfRange(shifted, off, off + room);
            return filled(rc, room);
        }
        ByteBuffer wrapped = wrapped(in, room);
        int rc = checked(wrapped, buffer.call(wrapped), room);
        wrapped.position(SKIPPED).get(in);
        return filled(rc, room);
    }

    private interface ArrayCall {
        int call(byte[] buffer, int off);
    }

    private interface BufferCall {
        int call(ByteBuffer buffer);
    }

    private int filled(int rc, int room) {
        done(rc);
        if (rc >= 0) {
            printf(" ");
            showBytes(in, 0, room);
        }
        return rc;
    }

    final int t_recv(int fd, int room, int flags) {
        printf("recv(%d, buf, %d, %s", fd, room, hex(flags));
        return end(fill(
                room,
                (b, off) -> off == 0 ? recv(fd, b, room, flags) : recv(fd, b, off, room, flags),
                b -> recv(fd, b, flags)));
    }

    final int t_recv_null(int fd, int room, int flags) {
        printf("recv(%d, NULL, %d, %s", fd, room, hex(flags));
        return end(done(recv(fd, (byte[]) null, room, flags)));
    }

    final int t_read(int fd, int room) {
        printf("read(%d, buf, %d", fd, room);
        return end(fill(
                room,
                (b, off) -> off == 0 ? read(fd, b, room) : read(fd, b, off, room),
                b -> read(fd, b)));
    }

    final int t_read_null(int fd, int room) {
        printf("read(%d, NULL, %d", fd, room);
        return end(done(read(fd, (byte[]) null, room)));
    }

    final int t_recvfrom(int fd, int room, int flags, int kind, int addrRoom) {
        Sockaddr sa = empty(kind);
        IntRef len = addrRoom == -2 ? null : new IntRef(addrRoom);
        String name = sa == null ? "NULL" : "addr";
        printf("recvfrom(%d, buf, %d, %s, %s, %d", fd, room, hex(flags), name, addrRoom);
        int rc = fill(
                room,
                (b, off) -> off == 0
                        ? recvfrom(fd, b, room, flags, sa, len)
                        : recvfrom(fd, b, off, room, flags, sa, len),
                b -> recvfrom(fd, b, flags, sa, len));
        if (rc >= 0 && sa != null && len != null && len.value > 0) {
            printf(" ");
            showAddr(sa, len.value);
        }
        if (len != null) {
            printf(" len %d", len.value);
        }
        return end(rc);
    }

    // ---- vectors ----

    final Iovec piece(byte[] bytes, int n) {
        Iovec piece = new Iovec();
        piece.iov_len = n;
        if (bytes != null && shape == Shape.OFFSET) {
            piece.iov_base = shifted(bytes, n);
            piece.iov_off = SKIPPED;
        } else {
            piece.iov_base = bytes;
        }
        return piece;
    }

    final void showPiece(Iovec piece) {
        if (piece.iov_base == null) {
            printf("NULL");
        } else {
            showBytes(piece.iov_base, piece.iov_off, piece.iov_len);
        }
    }

    final int t_writev(int fd, int n, String... texts) {
        Iovec[] iov = new Iovec[n];
        printf("writev(%d, {", fd);
        for (int i = 0; i < n; i++) {
            iov[i] = piece(bytes(texts[i]), texts[i] == null ? 3 : texts[i].length());
            printf(i > 0 ? ", " : "");
            showPiece(iov[i]);
        }
        printf("}, %d", n);
        return end(done(writev(fd, iov, n)));
    }

    final int t_readv(int fd, int n, int... rooms) {
        Iovec[] iov = new Iovec[n];
        for (int i = 0; i < n; i++) {
            iov[i] = piece(dots(rooms[i]), rooms[i]);
        }
        printf("readv(%d, iov, %d", fd, n);
        int rc = done(readv(fd, iov, n));
        for (int i = 0; rc >= 0 && i < n; i++) {
            printf(" ");
            showPiece(iov[i]);
        }
        return end(rc);
    }

    final int t_readv_bad(int fd, int none, int n) {
        printf("readv(%d, %s, %d", fd, none != 0 ? "NULL" : "iov", n);
        return end(done(readv(fd, none != 0 ? null : Iovec.array(1100), n)));
    }

    final int t_writev_bad(int fd, int none, int n) {
        printf("writev(%d, %s, %d", fd, none != 0 ? "NULL" : "iov", n);
        return end(done(writev(fd, none != 0 ? null : Iovec.array(1100), n)));
    }
}
