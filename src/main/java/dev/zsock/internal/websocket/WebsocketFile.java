package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.file.Pieces;
import dev.zsock.internal.file.Span;
import dev.zsock.internal.file.Waiters;
import dev.zsock.uapi.Cmsghdr;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.PollAbi;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SocketAbi;
import dev.zsock.uapi.WebsocketAbi;
import dev.zsock.uapi.WebsocketMsgInfo;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;

/** A websocket: frames over any stream file, which it holds a reference to and never closes. */
public final class WebsocketFile implements FileOps, WebsocketAbi {
    /** How long closing waits for the peer to take CLOSE when SO_SNDTIMEO is unset. */
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int NO_DATA = SocketAbi.MSG_OOB | SocketAbi.MSG_ERRQUEUE; // in frames
    private static final int NO_FRAME = -1; // in place of a type

    private static final int INPUT = PollAbi.POLLIN | PollAbi.POLLRDNORM;
    private static final int OUTPUT = PollAbi.POLLOUT | PollAbi.POLLWRNORM | PollAbi.POLLWRBAND;
    private static final int AS_BELOW = OUTPUT | PollAbi.POLLPRI | PollAbi.POLLRDHUP;

    /** The number its transport had, and what that led to: for {@code websocket_unregister}. */
    public final int transport;

    public final Object owner;

    private final FileOps below;
    private final Runnable dropBelow;
    private final boolean client;
    private final Sender sender;
    private final Receiver receiver;
    private final Watchers watchers;
    private final Heartbeat heartbeat;
    private final Options options;
    private final @Nullable MessageDeflater deflater;
    private final @Nullable MessageInflater inflater;

    /**
     * A websocket over below, with the bytes that came behind the handshake.
     *
     * @param transport the number of below
     * @param owner what that number leads to
     * @param agreed what the handshake has agreed on
     * @param dropBelow drops the reference to below
     * @param pollers the calls that block in poll
     */
    public WebsocketFile(
            FileOps below,
            boolean client,
            ByteBuffer leftover,
            int transport,
            Object owner,
            Agreed agreed,
            Runnable dropBelow,
            Waiters pollers) {
        this.below = below;
        this.client = client;
        this.transport = transport;
        this.owner = owner;
        this.dropBelow = dropBelow;
        watchers = new Watchers(pollers);
        DeflateParams deflate = agreed.deflate;
        deflater = deflate == null ? null : deflate.deflater(client);
        inflater = deflate == null ? null : deflate.inflater(client);
        sender = new Sender(below, transport, client, deflater, this::tellStuck);
        heartbeat = new Heartbeat(below, this::ping, this::expire);
        InputBuffer in = new InputBuffer(leftover);
        FrameReader frames = new FrameReader(transport, client, sender.owed(), in, inflater);
        receiver = new Receiver(below, sender, in, frames, heartbeat, watchers);
        options = new Options(sender, frames, heartbeat, agreed.subprotocol);
    }

    /** True for an opcode that may be asked for: one of RFC 6455, or in raw mode any that fits. */
    public static boolean legal(int opcode, @Nullable WebsocketFile file) {
        boolean raw = file != null && file.sender.raw;
        return raw ? opcode >= 0 && opcode <= 0x0f : SendRules.legalOpcode(opcode);
    }

    @Override
    public boolean isSocket() {
        return true;
    }

    /**
     * {@code websocket_send_msg} behind its checks of opcode and number; -EAGAIN when nothing began
     * in time.
     */
    public int sendMessage(Call call, int opcode, boolean mask, boolean fin) {
        return sender.send(call, call.data, opcode, mask, fin, false);
    }

    /** {@code websocket_recv_msg} behind its checks of buffer and number. */
    public int receiveMessage(Call call, @Nullable IntRef type, @Nullable LongRef remaining) {
        return receiver.message(call, call.data, type, remaining);
    }

    /** Those who wait on this file for bytes alone must now wait for room to send, too. */
    private void tellStuck() {
        receiver.wake();
        watchers.tellStuck();
    }

    private void ping() {
        sender.owed().ping();
        flush();
    }

    /** The peer has been silent for too long: everything ends. */
    private void expire() {
        receiver.expire();
        sender.owed().close(CloseCodes.INTERNAL_ERROR);
        flush();
        if (sender.midFrame()) { // whoever sends gets out, and nothing can follow inside the frame
            below.shutdown(SocketAbi.SHUT_RDWR);
        }
        receiver.wake();
        watchers.tellInput();
    }

    private void flush() {
        Call call = Call.begin(null, Call.NOW);
        try {
            sender.flush(call);
        } finally {
            call.end();
        }
    }

    @Override
    public int sendto(Call call, Span src, int flags, @Nullable Sockaddr to, int addrlen) {
        if ((flags & SocketAbi.MSG_OOB) != 0) {
            return -EOPNOTSUPP;
        }
        if (call.deadline == Call.AS_SET) {
            call.deadline = deadline(flags, below.sendTimeout());
        }
        boolean more = (flags & SocketAbi.MSG_MORE) != 0;
        return sender.send(call, src, WEBSOCKET_OPCODE_DATA_TEXT, client, true, more);
    }

    @Override
    public int recvfrom(
            Call call, Span dst, int flags, @Nullable Sockaddr from, @Nullable IntRef addrlen) {
        int rc = receive(call, dst, flags, null, null);
        if (rc >= 0 && from != null && addrlen != null) {
            addrlen.value = 0; // as of any stream
        }
        return rc;
    }

    private int receive(
            Call call, Span dst, int flags, @Nullable IntRef type, @Nullable LongRef remaining) {
        if (dst.remaining() == 0) {
            return -EINVAL;
        }
        if ((flags & NO_DATA) != 0) {
            return -EOPNOTSUPP;
        }
        if (call.deadline == Call.AS_SET) {
            call.deadline = deadline(flags, below.recvTimeout());
        }
        boolean all = (flags & SocketAbi.MSG_WAITALL) != 0;
        boolean peek = (flags & SocketAbi.MSG_PEEK) != 0;
        return receiver.stream(call, dst, all, peek, type, remaining);
    }

    @Override
    public int recvmsg(Call call, @Nullable Msghdr msg, int flags) {
        int room = msg == null ? 0 : msg.msg_controllen;
        IntRef type = new IntRef(NO_FRAME);
        LongRef remaining = new LongRef();
        int rc = Pieces.recvmsg(call, msg, span -> receive(call, span, flags, type, remaining));
        if (rc >= 0 && msg != null && type.value != NO_FRAME) {
            putInfo(msg, room, type.value, remaining.value);
        }
        return rc;
    }

    /** Adds the control message to a message with so much room for it, as the kernel does. */
    private static void putInfo(Msghdr msg, int room, int type, long remaining) {
        byte[] control = msg.msg_control;
        int length = Cmsghdr.SIZE + WebsocketMsgInfo.SIZE;
        if (control == null || Math.min(room, control.length) < length) {
            msg.msg_flags |= control == null || room <= 0 ? 0 : SocketAbi.MSG_CTRUNC;
            return;
        }
        WebsocketMsgInfo info = new WebsocketMsgInfo();
        info.message_type = type;
        info.remaining = remaining;
        ByteBuffer to = ByteBuffer.wrap(control).order(ByteOrder.nativeOrder());
        info.put(to.putLong(length).putInt(SOL_WEBSOCKET).putInt(WEBSOCKET_MSG_INFO));
        msg.msg_controllen = length;
    }

    private static long deadline(int flags, long timeout) {
        return (flags & SocketAbi.MSG_DONTWAIT) != 0 ? Call.NOW : Call.afterNanos(timeout);
    }

    @Override
    public int shutdown(int how) {
        return below.shutdown(how);
    }

    @Override
    public int getsockname(@Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        return below.getsockname(addr, addrlen);
    }

    @Override
    public int getpeername(@Nullable Sockaddr addr, @Nullable IntRef addrlen) {
        return below.getpeername(addr, addrlen);
    }

    @Override
    public int setsockopt(Call call, int level, int name, @Nullable Object optval, int optlen) {
        if (level != SOL_WEBSOCKET) {
            return below.setsockopt(call, level, name, optval, optlen);
        }
        int rc = options.set(name, optval, optlen);
        if (rc < 0 || name != WEBSOCKET_CORK || sender.corked) {
            return rc;
        }
        call.deadline = Call.afterNanos(below.sendTimeout());
        return sender.uncork(call);
    }

    @Override
    public int getsockopt(int level, int name, @Nullable Object optval, @Nullable IntRef optlen) {
        return level == SOL_WEBSOCKET
                ? options.get(name, optval, optlen)
                : below.getsockopt(level, name, optval, optlen);
    }

    @Override
    public int fcntl(int cmd, int arg) {
        return below.fcntl(cmd, arg);
    }

    @Override
    public int ioctl(Call call, int request, @Nullable IntRef arg) {
        return request == SocketAbi.FIONREAD && arg != null
                ? receiver.readable(call, arg)
                : below.ioctl(call, request, arg);
    }

    @Override
    public long recvTimeout() {
        return below.recvTimeout();
    }

    @Override
    public long sendTimeout() {
        return below.sendTimeout();
    }

    @Override
    public int kernelFd() {
        return below.kernelFd();
    }

    @Override
    public boolean layered() {
        return true;
    }

    @Override
    public int pollReady(Call call, int events) {
        watchers.add();
        if (sender.gathered() > 0) { // a tail waits for POLLOUT instead
            sender.push(call);
        }
        int ready = closed() ? PollAbi.POLLHUP : 0;
        return ready | ((events & INPUT) == 0 ? 0 : receiver.poll(call, false));
    }

    @Override
    public int pollEvents(int events) {
        int kernels = events & ~PollAbi.POLLRDBAND; // no frame is of another priority
        if (sender.stuck()) {
            return kernels | PollAbi.POLLOUT;
        }
        watchers.waitForInput();
        return sender.stuck() ? kernels | PollAbi.POLLOUT : kernels;
    }

    @Override
    public int pollResult(Call call, int events, int revents) {
        if ((revents & PollAbi.POLLOUT) != 0) {
            sender.flush(call);
        }
        int result = revents & (PollAbi.POLLERR | PollAbi.POLLHUP | events & AS_BELOW);
        if (sender.pending() > 0) {
            result &= ~OUTPUT;
        }
        int input = 0;
        if ((events & INPUT) != 0) {
            input = receiver.poll(call, (revents & ~OUTPUT) != 0);
            result |= input == PollAbi.POLLIN ? events & INPUT : input;
        }
        if (below.ended() && input != PollAbi.POLLIN) {
            return PollAbi.POLLNVAL;
        }
        int over = receiver.frames().over();
        if (over == -ECONNRESET || over == -ETIMEDOUT) {
            result |= PollAbi.POLLERR; // the kernel has told it and forgotten, or never knew
        }
        return closed() ? result | PollAbi.POLLHUP : result;
    }

    /** True when nothing more comes and nothing may be sent. */
    private boolean closed() {
        return receiver.frames().over() != 0 && sender.owed().closeClaimed();
    }

    @Override
    public int lastNumberClosed(Call call, boolean carries) {
        long timeout = below.sendTimeout();
        call.deadline = Call.afterNanos(timeout == Call.NEVER ? CLOSE_NANOS : timeout);
        heartbeat.stop();
        int rc = sender.hangUp(call);
        receiver.quit(call);
        return rc;
    }

    @Override
    public boolean ended() {
        return below.ended();
    }

    @Override
    public int close() {
        if (deflater != null) {
            deflater.close();
        }
        if (inflater != null) {
            inflater.close();
        }
        dropBelow.run();
        return 0;
    }
}
