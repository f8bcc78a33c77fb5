package dev.zsock.testkit;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.file.Span;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.PollAbi;
import dev.zsock.uapi.Sockaddr;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A stream file in memory whose kernel takes exactly as many bytes as the test gives room for. It
 * counts the calls that would be system calls. For one thread.
 */
public final class TricklingFile implements FileOps, PollAbi {
    /** Bytes that are still taken before sends would block. */
    public int room;

    /** What makes room when a call that may wait finds none; null leaves it waiting in vain. */
    public @Nullable Runnable drain;

    /** What sends give instead, when it is not 0. */
    public int sendFails;

    /** What receives give behind the last segment: 0 or -errno. */
    public int end = -EAGAIN;

    /** As O_NONBLOCK, SO_SNDTIMEO and SO_RCVTIMEO would set them. */
    public long sendTimeout = Call.NEVER;

    public long recvTimeout = Call.NEVER;

    /** How many calls there were. */
    public int sends;

    public int receives;
    public int awaits;

    /** What the last wait was for. */
    public int awaited;

    /** Both directions are shut down. */
    public boolean shut;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Deque<byte[]> segments = new ArrayDeque<>();

    /** Adds what one receive gives at most. */
    public TricklingFile then(byte[] segment) {
        segments.add(segment);
        return this;
    }

    /** True when a receive gives something, or the end. */
    public boolean readable() {
        return !segments.isEmpty() || end != -EAGAIN;
    }

    /** What has been sent since the last look. */
    public byte[] sent() {
        byte[] all = sent.toByteArray();
        sent.reset();
        return all;
    }

    @Override
    public int sendto(Call call, Span src, int flags, @Nullable Sockaddr to, int addrlen) {
        sends++;
        if (sendFails != 0) {
            return sendFails;
        }
        if (room == 0 && call.deadline != Call.NOW && drain != null) {
            drain.run();
        }
        int n = Math.min(room, src.remaining());
        if (n == 0) {
            return -EAGAIN;
        }
        ByteBuffer copy = ByteBuffer.allocate(n);
        src.get(copy, n);
        sent.writeBytes(copy.array());
        room -= n;
        return n;
    }

    @Override
    public int recvfrom(
            Call call, Span dst, int flags, @Nullable Sockaddr from, @Nullable IntRef addrlen) {
        receives++;
        byte[] segment = segments.poll();
        if (segment == null) {
            return end;
        }
        int n = Math.min(dst.remaining(), segment.length);
        dst.put(ByteBuffer.wrap(segment, 0, n), n);
        if (n < segment.length) {
            segments.addFirst(java.util.Arrays.copyOfRange(segment, n, segment.length));
        }
        return n;
    }

    @Override
    public int await(Call call, int events) {
        awaits++;
        awaited = events;
        if ((events & POLLOUT) != 0 && room == 0 && drain != null) {
            drain.run();
        }
        int ready = (room > 0 ? POLLOUT : 0) | (segments.isEmpty() ? 0 : POLLIN);
        return (ready & events) == 0 ? -EAGAIN : ready & events;
    }

    @Override
    public int shutdown(int how) {
        shut = true;
        return 0;
    }

    @Override
    public long sendTimeout() {
        return sendTimeout;
    }

    @Override
    public long recvTimeout() {
        return recvTimeout;
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
