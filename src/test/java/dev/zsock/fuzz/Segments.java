package dev.zsock.fuzz;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.file.Span;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Sockaddr;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A stream file that gives one segment a receive, then the end, and takes whatever is sent. */
public final class Segments implements FileOps {
    private final Deque<ByteBuffer> segments = new ArrayDeque<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    /** A file with these to be received. */
    public Segments(List<byte[]> pieces) {
        pieces.forEach(piece -> segments.add(ByteBuffer.wrap(piece)));
    }

    /** What was sent. */
    public byte[] sent() {
        return sent.toByteArray();
    }

    @Override
    public int sendto(Call call, Span src, int flags, @Nullable Sockaddr to, int addrlen) {
        ByteBuffer copy = ByteBuffer.allocate(src.remaining());
        src.get(copy, copy.remaining());
        sent.writeBytes(copy.array());
        return copy.position();
    }

    @Override
    public int recvfrom(
            Call call, Span dst, int flags, @Nullable Sockaddr from, @Nullable IntRef addrlen) {
        ByteBuffer next = segments.peek();
        if (next == null) {
            return 0;
        }
        int n = Math.min(next.remaining(), dst.remaining());
        dst.put(next, n);
        if (!next.hasRemaining()) {
            segments.remove();
        }
        return n;
    }

    @Override
    public int kernelFd() {
        return -1;
    }

    @Override
    public int close() {
        return 0;
    }
}
