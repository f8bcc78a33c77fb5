package dev.zsock.internal.websocket;

import dev.zsock.internal.file.Span;
import dev.zsock.internal.trace.Trace;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.WebsocketAbi;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The frame in hand and the rules it has to keep. What came before an end or a violation is
 * delivered first; a violation is then told once; afterwards, as after CLOSE, everything says that
 * the connection is over. Guarded by its owner's lock.
 */
final class FrameReader implements ErrnoAbi, WebsocketAbi {
    private final int fd; // for the trace
    private final boolean client;
    private final Owed owed;
    private final InputBuffer in;
    private final @Nullable MessageInflater inflater;
    private final FrameDecoder decoder = new FrameDecoder();
    private final FrameRules rules = new FrameRules();
    private final Utf8Checker utf8 = new Utf8Checker();
    private final byte[] control = new byte[FrameRules.MAX_CONTROL]; // payload of the control frame
    final Limits limits;
    private boolean inFrame;
    private boolean byRules; // it came outside raw mode
    private boolean compressed; // the message
    private @Nullable MessageInflater inflating; // the frame in hand
    private int controlLength; // bytes of it that have come
    private int shown; // bytes of it that the application has
    private int failure; // -errno to tell once

    private volatile int over; // what every receive gives from now on
    private volatile byte[] closeInfo = {};
    volatile boolean raw; // takes effect with the next frame
    volatile boolean autoPong;

    /** inflater: for compressed messages, or null when nobody may send any. */
    FrameReader(
            int fd, boolean client, Owed owed, InputBuffer in, @Nullable MessageInflater inflater) {
        this.fd = fd;
        this.client = client;
        this.owed = owed;
        this.in = in;
        this.inflater = inflater;
        limits = new Limits(inflater != null);
    }

    /** Payload of the peer's CLOSE. */
    byte[] closeInfo() {
        return closeInfo;
    }

    /**
     * Nothing more comes from the transport: what every receive says when all that came is
     * delivered.
     */
    int over(int rc) {
        over = rc;
        return rc;
    }

    /** What is over, or 0. */
    int over() {
        return over;
    }

    /** The errno of the violation that is still to be told, negative, or 0. */
    int failure() {
        return failure;
    }

    /** True with a header whole and payload of it still to be taken; false between frames. */
    boolean inFrame() {
        return inFrame;
    }

    /** Payload of the frame in hand that has not come, for sizing what is read next. */
    long coming() {
        return inFrame ? decoder.remaining : 0;
    }

    /** What {@code websocket_recv_msg} says of the frame in hand. */
    int type() {
        return FrameRules.flags(decoder.b0);
    }

    /** The same with what a continuation continues. */
    int messageType() {
        return type() | FrameRules.flags(rules.messageOpcode());
    }

    /** The application has seen a PING whole: with the option, it is answered as well. */
    void seen() {
        if (autoPong && isControl() && opcode() == WEBSOCKET_OPCODE_PING) {
            owed.pong(control, controlLength);
        }
        frameEnds();
    }

    /** Brings a frame to hand: 1, 0 when more bytes are needed, else what to tell. */
    int frame() {
        if (failure != 0) {
            return failure;
        }
        if (inFrame) {
            return 1;
        }
        if (over != 0) {
            return over;
        }
        boolean strict = !raw;
        decoder.strict = strict;
        int rc = decoder.header(in.bytes());
        if (rc == FrameDecoder.NEED_MORE) {
            return 0;
        }
        if (Trace.WS) {
            Trace.ws(fd, "<", decoder.b0, decoder.length);
        }
        int code = rc < 0 ? CloseCodes.PROTOCOL_ERROR : FrameRules.OK;
        if (code == FrameRules.OK && strict) {
            boolean rsv1 = inflater != null;
            code = rules.next(decoder.b0, decoder.length, decoder.masked, !client, rsv1);
        }
        inflating = null;
        if (code == FrameRules.OK && strict && !SendRules.control(opcode())) {
            code = data();
        }
        if (code != FrameRules.OK) {
            return fail(code);
        }
        inFrame = true;
        byRules = strict;
        controlLength = 0;
        shown = 0;
        return 1;
    }

    /** A data frame begins: {@link FrameRules#OK}, or the close code to send. */
    private int data() {
        if (opcode() != WEBSOCKET_OPCODE_CONTINUE) {
            compressed = (decoder.b0 & FrameRules.RSV1) != 0;
            limits.begin();
            utf8.reset();
            if (compressed && inflater != null) {
                inflater.begin();
            }
        }
        inflating = compressed ? inflater : null;
        return limits.exceededBy(decoder.length, compressed) ? CloseCodes.TOO_BIG : FrameRules.OK;
    }

    /**
     * The peer broke a rule: it is told the code, the caller an errno, and nothing more is
     * received.
     */
    private int fail(int code) {
        if (Trace.WS) {
            String why = Reasons.received(code, decoder, client, inflater != null, inFrame);
            Trace.ws(fd, "refused", "code", code, "reason", why);
        }
        failure = CloseCodes.errno(code);
        owed.close(code);
        return failure;
    }

    /** What the caller is told of rc: a failure once, later that the connection is over. */
    int told(int rc) {
        if (failure == 0) {
            return rc;
        }
        int once = failure;
        failure = 0;
        inFrame = false;
        over = -ENOTCONN;
        return once;
    }

    private int opcode() {
        return decoder.b0 & 0x0f;
    }

    boolean isControl() {
        return byRules && SendRules.control(opcode());
    }

    boolean isClose() {
        return byRules && opcode() == WEBSOCKET_OPCODE_CLOSE;
    }

    private boolean isText() {
        return byRules
                && (opcode() == WEBSOCKET_OPCODE_DATA_TEXT
                        || opcode() == WEBSOCKET_OPCODE_CONTINUE
                                && rules.messageOpcode() == WEBSOCKET_OPCODE_DATA_TEXT);
    }

    private boolean isFinal() {
        return (decoder.b0 & FrameRules.FIN) != 0;
    }

    /**
     * Payload of the frame in hand that the application has not got; of a compressed frame a guess
     * that is 0 only at its end.
     */
    long left() {
        MessageInflater z = inflating;
        if (z != null) {
            return Math.max(failure == 0 ? 0 : 1, z.waiting() + decoder.remaining);
        }
        return isClose() ? controlLength - shown : decoder.remaining;
    }

    /** How many of max bytes can be had now. */
    private int available(int max) {
        MessageInflater z = inflating;
        if (z == null) {
            return in.available(decoder, max);
        }
        z.pump(in, decoder, isFinal(), limits.message());
        return Math.min(max, z.waiting());
    }

    /** How much of the data frame in hand has come, when so many bytes more can be read. */
    int come(int more) {
        int most = in.bytes().remaining() + more;
        return inflating == null
                ? (int) Math.min(left() & Long.MAX_VALUE, most)
                : available(Integer.MAX_VALUE);
    }

    /** Moves payload to the caller, text only as far as it is UTF-8. */
    int deliver(Span dst) {
        if (inflating != null) {
            return deliver(dst, inflating);
        }
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

    private int deliver(Span dst, MessageInflater z) {
        int got = 0;
        do {
            int n = available(dst.remaining());
            if (isText()) {
                n = checked(n);
            }
            z.take(n, dst);
            got += n;
            lookAhead(z);
        } while (failure == 0 && z.waiting() > 0 && dst.remaining() > 0);
        return got;
    }

    /** Only what comes next tells whether a compressed frame has ended, and how. */
    private void lookAhead(MessageInflater z) {
        z.pump(in, decoder, isFinal(), limits.message());
        if (z.waiting() > 0 || failure != 0) {
            return;
        }
        if (z.broken() != 0) {
            fail(z.broken());
        } else if (isText() && z.endsAfter(0) && !utf8.complete()) {
            fail(CloseCodes.INVALID_PAYLOAD);
        }
    }

    /** Shows payload to the caller and keeps it; what is not UTF-8 only deliver may find. */
    int peek(Span dst) {
        int n = available(dst.remaining());
        if (isText()) {
            int before = utf8.state();
            int good = good(n);
            utf8.state(before);
            n = good == 0 ? checked(n) : good;
        }
        if (inflating == null) {
            in.peek(decoder, n, dst);
        } else if (n > 0) {
            inflating.peek(n, dst);
        } else {
            lookAhead(inflating);
        }
        return n;
    }

    /** How many of the next n bytes are UTF-8. */
    private int check(int n) {
        if (inflating != null) {
            return utf8.check(inflating.bytes(), inflating.at(), n);
        }
        in.unmask(decoder, n);
        return utf8.check(in.bytes(), in.bytes().position(), n);
    }

    /** How many of the next n bytes may be delivered; what then is left of them is a violation. */
    private int checked(int n) {
        int good = good(n);
        if (good < n || endsInside(n)) {
            fail(CloseCodes.INVALID_PAYLOAD);
        }
        return good;
    }

    /**
     * How many of the next n bytes are UTF-8. A last code point that the message's end cuts off is
     * held back, so that nobody takes the message for whole.
     */
    private int good(int n) {
        int good = check(n);
        if (good < n || !endsInside(n)) {
            return good;
        }
        MessageInflater z = inflating;
        return z == null
                ? Utf8Checker.whole(in.bytes(), in.bytes().position(), n)
                : Utf8Checker.whole(z.bytes(), z.at(), n);
    }

    /** True when the message ends behind n bytes that were checked, and inside a code point. */
    private boolean endsInside(int n) {
        boolean last = inflating == null ? decoder.remaining == n : inflating.endsAfter(n);
        return last && isFinal() && !utf8.complete();
    }

    /** Gathers a control frame's payload; true when all is there. */
    boolean collect() {
        int n = in.available(decoder, control.length);
        in.copy(decoder, n, control, controlLength);
        in.skip(decoder, n);
        controlLength += n;
        return decoder.remaining == 0;
    }

    /** 5.5.1: checks a CLOSE and echoes its code once: 1, or what to tell. */
    int closeReceived() {
        if (over != 0) {
            return 1; // shown in part already
        }
        int code = CloseCodes.checkPayload(control, 0, controlLength);
        if (code != FrameRules.OK) {
            return fail(code);
        }
        closeInfo = Arrays.copyOf(control, controlLength);
        owed.close(control, Math.min(2, controlLength), false);
        over = -ENOTCONN;
        return 1;
    }

    int show(Span dst) {
        int n = Math.min(dst.remaining(), controlLength - shown);
        dst.put(ByteBuffer.wrap(control, shown, n), n);
        shown += n;
        return n;
    }

    /** A whole control frame that the application does not see: 0, or what to tell. */
    int answer() {
        if (isClose()) {
            shown = controlLength;
            return Math.min(0, closeReceived());
        }
        if (opcode() == WEBSOCKET_OPCODE_PING) { // 5.5.2
            owed.pong(control, controlLength);
        }
        return 0;
    }

    void frameEnds() {
        inFrame = false;
        decoder.frameDone();
    }

    /** True when a receive gives something other than -EAGAIN without asking the transport. */
    boolean deliverable() {
        int rc = frame();
        if (rc <= 0) {
            return rc < 0;
        }
        if (over != 0) {
            return true; // the rest of the frame never comes
        }
        if (isControl()) {
            return decoder.remaining <= in.bytes().remaining();
        }
        return available(1) > 0 || left() == 0 || inflating != null && inflating.broken() != 0;
    }
}
