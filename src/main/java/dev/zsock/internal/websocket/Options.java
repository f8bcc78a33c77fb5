package dev.zsock.internal.websocket;

import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.WebsocketAbi;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** What can be set on a websocket, and asked of it, at level SOL_WEBSOCKET. */
final class Options implements ErrnoAbi, WebsocketAbi {
    private static final long WRONG = Long.MIN_VALUE;

    private final Sender sender;
    private final FrameReader frames;
    private final Heartbeat heartbeat;
    private final byte[] subprotocol;

    Options(Sender sender, FrameReader frames, Heartbeat heartbeat, @Nullable String subprotocol) {
        this.sender = sender;
        this.frames = frames;
        this.heartbeat = heartbeat;
        String name = subprotocol == null ? "" : subprotocol;
        this.subprotocol = name.getBytes(StandardCharsets.US_ASCII);
    }

    /** 0; -EFAULT, -EINVAL for a value that it cannot have, -ENOPROTOOPT. */
    int set(int name, @Nullable Object optval, int optlen) {
        if (optval == null) {
            return -EFAULT;
        }
        long value = number(optval, optlen);
        switch (name) {
            case WEBSOCKET_RAW, WEBSOCKET_AUTO_PONG, WEBSOCKET_PING_INTERVAL, WEBSOCKET_CORK:
                return optlen == Integer.BYTES ? setInt(name, value) : -EINVAL;
            case WEBSOCKET_MAX_FRAME, WEBSOCKET_MAX_MESSAGE:
                break;
            default:
                return -ENOPROTOOPT;
        }
        if (value < 0) {
            return -EINVAL;
        }
        if (name == WEBSOCKET_MAX_FRAME) {
            frames.limits.frame = value;
        } else {
            frames.limits.message(value);
        }
        return 0;
    }

    private int setInt(int name, long value) {
        if (value == WRONG || name == WEBSOCKET_PING_INTERVAL && value < 0) {
            return -EINVAL;
        }
        switch (name) {
            case WEBSOCKET_RAW -> {
                sender.raw = value != 0;
                frames.raw = value != 0;
            }
            case WEBSOCKET_AUTO_PONG -> frames.autoPong = value != 0;
            case WEBSOCKET_CORK -> sender.corked = value != 0;
            default -> heartbeat.every((int) value);
        }
        return 0;
    }

    private static long number(Object optval, int optlen) {
        if (optlen == Integer.BYTES && optval instanceof Integer i) {
            return i;
        } else if (optlen == Integer.BYTES && optval instanceof IntRef ref) {
            return ref.value;
        } else if (optlen == Long.BYTES && optval instanceof Long l) {
            return l;
        } else if (optlen == Long.BYTES && optval instanceof LongRef ref) {
            return ref.value;
        }
        return WRONG;
    }

    /** 0 with the value in optval and its length in optlen; -EFAULT, -EINVAL, -ENOPROTOOPT. */
    int get(int name, @Nullable Object optval, @Nullable IntRef optlen) {
        if (optval == null || optlen == null) {
            return -EFAULT;
        }
        switch (name) {
            case WEBSOCKET_CLOSE_INFO:
                return putBytes(frames.closeInfo(), optval, optlen);
            case WEBSOCKET_SUBPROTOCOL:
                return putBytes(subprotocol, optval, optlen);
            case WEBSOCKET_MAX_FRAME:
                return putLong(frames.limits.frame, optval, optlen);
            case WEBSOCKET_MAX_MESSAGE:
                return putLong(frames.limits.message(), optval, optlen);
            case WEBSOCKET_PENDING:
                return putInt(sender.pending() + sender.gathered(), optval, optlen);
            case WEBSOCKET_CORK:
                return putInt(sender.corked ? 1 : 0, optval, optlen);
            case WEBSOCKET_RAW:
                return putInt(sender.raw ? 1 : 0, optval, optlen);
            case WEBSOCKET_AUTO_PONG:
                return putInt(frames.autoPong ? 1 : 0, optval, optlen);
            case WEBSOCKET_PING_INTERVAL:
                return putInt(heartbeat.every(), optval, optlen);
            default:
                return -ENOPROTOOPT;
        }
    }

    /** As much as there is room for, as the kernel does. */
    private static int putBytes(byte[] value, Object optval, IntRef optlen) {
        if (!(optval instanceof byte[] to) || optlen.value < 0 || optlen.value > to.length) {
            return -EINVAL;
        }
        int n = Math.min(value.length, optlen.value);
        System.arraycopy(value, 0, to, 0, n);
        optlen.value = n;
        return 0;
    }

    private static int putLong(long value, Object optval, IntRef optlen) {
        if (optval instanceof LongRef to && optlen.value == Long.BYTES) {
            to.value = value;
            return 0;
        }
        return putInt((int) Math.min(Integer.MAX_VALUE, value), optval, optlen);
    }

    private static int putInt(int value, Object optval, IntRef optlen) {
        if (!(optval instanceof IntRef to) || optlen.value != Integer.BYTES) {
            return -EINVAL;
        }
        to.value = value;
        return 0;
    }
}
