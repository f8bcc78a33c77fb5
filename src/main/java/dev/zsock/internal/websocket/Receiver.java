package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.file.Span;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.PollAbi;
import dev.zsock.uapi.WebsocketAbi;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The receiving half: frames from the transport to callers, the answers that the protocol asks for,
 * and the end.
 *
 * <p>What came before an end or a violation is delivered first. A violation is then told once;
 * afterwards, as after CLOSE and the end of the stream, every receive says that the connection is
 * over.
 */
final class Receiver implements ErrnoAbi, WebsocketAbi {
    private static final int LAST = 1; // of a loop's results: the caller has what it wants

    private final FileOps below;
    private final boolean client;
    private final Sender sender;

    /** One reader at a time; held while a receive blocks below. */
    private final ReentrantLock rx = new ReentrantLock();

    /** The call that holds rx, for whoever wants it to look again. */
    private volatile @Nullable Call reader;

    // guarded by rx
    private final InputBuffer in;
    private final FrameDecoder decoder = new FrameDecoder();
    private final FrameRules rules = new FrameRules();
    private final Utf8Checker utf8 = new Utf8Checker();
    private final byte[] control = new byte[FrameRules.MAX_CONTROL]; // payload of the control frame
    private boolean inFrame;
    private int controlLength; // bytes of it that have come
    private int shown; // bytes of it that the application has
    private int failure; // -errno to tell once
    private int over; // what every receive gives from now on

    private volatile @Nullable Thread polled; // the thread that was told POLLIN
    private volatile byte[] closeInfo = {};
    private volatile boolean raw;
    volatile boolean autoPong;

    Receiver(FileOps below, boolean client, Sender sender, ByteBuffer leftover) {
        this.below = below;
        this.client = client;
        this.sender = sender;
        in = new InputBuffer(leftover);
    }

    /** Unchecked and unanswered, or by the rules. */
    void raw(boolean on) {
        raw = on; // takes effect with the next frame
    }

    /** Payload of the peer's CLOSE. */
    byte[] closeInfo() {
        return closeInfo;
    }

    /** True once nothing more will be received. */
    boolean isOver() {
        return over != 0;
    }

    /** Makes the reader, if one waits, look at the sender again. */
    void wake() {
        Call waiting = reader;
        if (waiting != null) {
            waiting.wake();
        }
    }

    /** Like Zephyr's {@code websocket_recv_msg}: one frame or a piece of it, control frames too. */
    int message(Call call, Span dst, @Nullable IntRef type, @Nullable LongRef remaining) {
        int rc = Locks.lock(rx, call);
        if (rc < 0) {
            return rc;
        }
        reader = call;
        try {
            return nextPiece(call, dst, type, remaining);
        } finally {
            reader = null;
            rx.unlock();
        }
    }

    private int nextPiece(Call call, Span dst, @Nullable IntRef type, @Nullable LongRef remaining) {
        int got = 0;
        while (true) {
            int rc = frame();
            if (rc > 0 && isClose()) {
                rc = collect() ? closeReceived() : 0;
            }
            if (rc > 0) {
                got += isClose() ? show(dst) : deliver(dst);
                if (failure == 0 && (left() == 0 || dst.remaining() == 0)) {
                    report(type, remaining);
                    return got;
                }
                rc = failure; // text that is not UTF-8
            }
            rc = rc == 0 ? fill(call) : rc;
            if (rc < 0 && got > 0) {
                report(type, remaining);
                return got;
            }
            if (rc < 0) {
                return told(rc);
            }
        }
    }

    /** Writes what the frame in hand is and what is left of it; nothing left ends it. */
    private void report(@Nullable IntRef type, @Nullable LongRef remaining) {
        if (type != null) {
            type.value = flags(decoder.b0);
        }
        if (remaining != null) {
            remaining.value = left();
        }
        if (left() == 0) {
            if (autoPong && isControl() && opcode() == WEBSOCKET_OPCODE_PING) {
                sender.owed().pong(control, controlLength);
                flush();
            }
            frameEnds();
        }
    }

    /** Like {@code recv(2)}: application data only. */
    int stream(Call call, Span dst, boolean all, boolean peek) {
        if (raw) {
            int rc = message(call, dst, null, null);
            return rc == -ENOTCONN ? 0 : rc;
        }
        Thread me = Thread.currentThread();
        if (polled == me) { // told that something can be delivered: then this call does not block
            polled = null;
            call.deadline = Call.NOW;
        }
        int rc = Locks.lock(rx, call);
        if (rc < 0) {
            return rc;
        }
        reader = call;
        try {
            return nextData(call, dst, all, peek);
        } finally {
            reader = null;
            rx.unlock();
        }
    }

    private int nextData(Call call, Span dst, boolean all, boolean peek) {
        int got = 0;
        while (true) {
            int rc = frame();
            if (rc > 0 && isControl()) {
                rc = collect() ? answer() : 0;
            } else if (rc > 0) {
                got += peek ? peek(dst) : deliver(dst);
                if (got > 0 && (!all || peek || dst.remaining() == 0)) {
                    rc = LAST;
                } else {
                    rc = failure;
                }
            }
            boolean ended = rc >= 0 && inFrame && left() == 0;
            if (ended) {
                frameEnds();
            }
            if (rc == LAST) {
                return got;
            }
            if (rc == 0 && !ended) {
                rc = fill(call);
            }
            if (rc < 0) {
                return got > 0 ? got : endOfData(told(rc));
            }
        }
    }

    private static int endOfData(int rc) {
        return rc == -ENOTCONN ? 0 : rc;
    }

    /** Brings a frame to hand: 1, 0 when more bytes are needed, else what to tell. */
    private int frame() {
        if (failure != 0) {
            return failure;
        }
        if (inFrame) {
            return 1;
        }
        if (over != 0) {
            return over;
        }
        decoder.strict = !raw;
        int rc = decoder.header(in.bytes());
        if (rc == FrameDecoder.NEED_MORE) {
            return 0;
        }
        int code = rc < 0 ? CloseCodes.PROTOCOL_ERROR : FrameRules.OK;
        if (code == FrameRules.OK && !raw) {
            code = rules.next(decoder.b0, decoder.length, decoder.masked, !client, false);
        }
        if (code != FrameRules.OK) {
            return fail(code);
        }
        inFrame = true;
        controlLength = 0;
        shown = 0;
        if (opcode() == WEBSOCKET_OPCODE_DATA_TEXT) {
            utf8.reset();
        }
        return 1;
    }

    /**
     * The peer broke a rule: it is told the code, the caller an errno, and nothing more is
     * received.
     */
    private int fail(int code) {
        failure = switch (code) {
            case CloseCodes.INVALID_PAYLOAD -> -EILSEQ;
            case CloseCodes.TOO_BIG -> -EMSGSIZE;
            default -> -EPROTO;
        };
        sender.owed().close(code);
        flush();
        return failure;
    }

    /** What the caller is told of rc: a failure once, later that the connection is over. */
    private int told(int rc) {
        if (failure == 0) {
            return rc;
        }
        int once = failure;
        failure = 0;
        inFrame = false;
        over = -ENOTCONN;
        return once;
    }

    private void flush() {
        Call call = reader;
        if (call != null) {
            sender.flush(call);
        }
    }

    private int opcode() {
        return decoder.b0 & 0x0f;
    }

    private boolean isControl() {
        return !raw && SendRules.control(opcode());
    }

    private boolean isClose() {
        return !raw && opcode() == WEBSOCKET_OPCODE_CLOSE;
    }

    private boolean isText() {
        return !raw
                && (opcode() == WEBSOCKET_OPCODE_DATA_TEXT
                        || opcode() == WEBSOCKET_OPCODE_CONTINUE
                                && rules.messageOpcode() == WEBSOCKET_OPCODE_DATA_TEXT);
    }

    /** Payload of the frame in hand that the application has not got. */
    private long left() {
        return isClose() ? controlLength - shown : decoder.remaining;
    }

    /** Moves payload to the caller, text only as far as it is UTF-8. */
    private int deliver(Span dst) {
        int n = in.available(decoder, dst.remaining());
        if (isText()) {
            n = checked(n);
        } else if (isControl()) { // for the answer
            in.copy(decoder, n, control, controlLength);
            controlLength += n;
        }
        in.take(decoder, n, dst);
        return n;
    }

    /** Shows payload to the caller and keeps it; what is not UTF-8 only deliver may find. */
    private int peek(Span dst) {
        int n = in.available(decoder, dst.remaining());
        if (isText()) {
            in.unmask(decoder, n);
            int before = utf8.state();
            int good = utf8.check(in.bytes(), in.bytes().position(), n);
            utf8.state(before);
            n = good == 0 ? checked(n) : good;
        }
        in.peek(decoder, n, dst);
        return n;
    }

    /**
     * How many of the next n bytes may be delivered. A last code point that the message's end cuts
     * off is held back, so that nobody takes the message for whole.
     */
    private int checked(int n) {
        in.unmask(decoder, n);
        int good = utf8.check(in.bytes(), in.bytes().position(), n);
        boolean ends = decoder.remaining == n && (decoder.b0 & FrameRules.FIN) != 0;
        if (good == n && (!ends || utf8.complete())) {
            return n;
        }
        fail(CloseCodes.INVALID_PAYLOAD);
        return good < n ? good : in.wholeCodePoints(n);
    }

    /** Gathers a control frame's payload; true when all is there. */
    private boolean collect() {
        int n = in.available(decoder, control.length);
        in.copy(decoder, n, control, controlLength);
        in.skip(decoder, n);
        controlLength += n;
        return decoder.remaining == 0;
    }

    /** 5.5.1: checks a CLOSE and echoes its code once: 1, or what to tell. */
    private int closeReceived() {
        if (over != 0) {
            return 1; // shown in part already
        }
        int code = CloseCodes.checkPayload(control, 0, controlLength);
        if (code != FrameRules.OK) {
            return fail(code);
        }
        closeInfo = Arrays.copyOf(control, controlLength);
        sender.owed().close(control, Math.min(2, controlLength), false);
        flush();
        over = -ENOTCONN;
        return 1;
    }

    private int show(Span dst) {
        int n = Math.min(dst.remaining(), controlLength - shown);
        dst.put(ByteBuffer.wrap(control, shown, n), n);
        shown += n;
        return n;
    }

    /** A whole control frame that the application does not see: 0, or what to tell. */
    private int answer() {
        if (isClose()) {
            shown = controlLength;
            return Math.min(0, closeReceived());
        }
        if (opcode() == WEBSOCKET_OPCODE_PING) { // 5.5.2
            sender.owed().pong(control, controlLength);
            flush();
        }
        return 0;
    }

    private void frameEnds() {
        inFrame = false;
        decoder.frameDone();
    }

    /** Reads from the transport: bytes that came, or -errno. */
    private int fill(Call call) {
        if (over != 0) {
            return over;
        }
        Span room = in.room(inFrame ? decoder.remaining : 0);
        while (true) {
            int rc = below.ended() ? -EBADF : receive(call, room);
            if (rc > 0) {
                in.filled(rc);
                return rc;
            }
            if (rc == 0) {
                rc = below.ended() ? -EBADF : -ENOTCONN;
            }
            if (rc == -ENOTCONN || rc == -ECONNRESET) {
                over = rc;
            }
            if (rc != -EINTR) {
                return rc;
            }
        }
    }

    /** While a frame is stuck, waiting for bytes also waits for room to send it. */
    private int receive(Call call, Span room) {
        sender.flush(call);
        if (!sender.stuck()) {
            return below.recvfrom(call, room, 0, null, null);
        }
        long deadline = call.deadline;
        call.deadline = Call.NOW;
        int rc = below.recvfrom(call, room, 0, null, null);
        call.deadline = deadline;
        if (rc == -EAGAIN && deadline != Call.NOW) {
            rc = below.await(call, PollAbi.POLLIN | PollAbi.POLLOUT);
            return rc < 0 ? rc : -EINTR; // look again
        }
        return rc;
    }

    /**
     * POLLIN when a receive would deliver something now, POLLNVAL when the transport has gone, or
     * 0. ask: the transport has bytes or has ended.
     */
    int poll(Call call, boolean ask) {
        try {
            if (!rx.tryLock() && !(ask && rx.tryLock(1, TimeUnit.MILLISECONDS))) {
                return 0; // somebody receives: what comes is theirs
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
        long deadline = call.deadline;
        call.deadline = Call.NOW;
        reader = call;
        try {
            int rc = 1;
            while (!deliverable() && rc > 0) {
                rc = ask ? fill(call) : -EAGAIN;
            }
            if (rc == -EBADF || rc == -EAGAIN) {
                return rc == -EBADF ? PollAbi.POLLNVAL : 0;
            }
            polled = Thread.currentThread();
            return PollAbi.POLLIN;
        } finally {
            reader = null;
            call.deadline = deadline;
            rx.unlock();
        }
    }

    /** True when a receive gives something other than -EAGAIN without asking the transport. */
    private boolean deliverable() {
        int rc = frame();
        if (rc <= 0) {
            return rc < 0;
        }
        if (isControl()) {
            return decoder.remaining <= in.bytes().remaining();
        }
        return decoder.remaining == 0 || in.bytes().hasRemaining();
    }

    /** What {@code websocket_recv_msg} says of a frame. */
    private static int flags(int b0) {
        int fin = (b0 & FrameRules.FIN) == 0 ? 0 : WEBSOCKET_FLAG_FINAL;
        return fin
                | switch (b0 & 0x0f) {
                    case WEBSOCKET_OPCODE_DATA_TEXT -> WEBSOCKET_FLAG_TEXT;
                    case WEBSOCKET_OPCODE_DATA_BINARY -> WEBSOCKET_FLAG_BINARY;
                    case WEBSOCKET_OPCODE_CLOSE -> WEBSOCKET_FLAG_CLOSE;
                    case WEBSOCKET_OPCODE_PING -> WEBSOCKET_FLAG_PING;
                    case WEBSOCKET_OPCODE_PONG -> WEBSOCKET_FLAG_PONG;
                    default -> 0;
                };
    }
}
