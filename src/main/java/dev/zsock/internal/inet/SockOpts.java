package dev.zsock.internal.inet;

import dev.zsock.internal.file.Call;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Linger;
import dev.zsock.uapi.Timeval;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Option values as the kernel has them, from and to the classes that stand for their C types. */
final class SockOpts {
    private static final int MAX = 512; // more than any option here takes

    private SockOpts() {}

    /** Bytes that the object stands for, or -EINVAL when no option is of its class. */
    static int size(Object optval) {
        if (optval instanceof Integer || optval instanceof IntRef) {
            return Integer.BYTES;
        } else if (optval instanceof Timeval) {
            return Timeval.SIZE;
        } else if (optval instanceof Linger) {
            return Linger.SIZE;
        } else if (optval instanceof int[] ints) {
            return Math.min(MAX, ints.length * Integer.BYTES);
        } else if (optval instanceof byte[] bytes) {
            return Math.min(MAX, bytes.length);
        } else if (optval instanceof String s) {
            return s.length();
        }
        return -ErrnoAbi.EINVAL;
    }

    /** Writes optval for the kernel: the length to pass, or -EINVAL. */
    static int encode(Object optval, int optlen, ByteBuffer to, int at) {
        int size = size(optval);
        if (optval instanceof String s) {
            byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
            if (bytes.length >= MAX) {
                return -ErrnoAbi.EINVAL;
            }
            to.put(at, bytes);
            return bytes.length;
        }
        if (size < 0 || optlen < 0 || optlen > size) {
            return -ErrnoAbi.EINVAL;
        }
        if (optval instanceof Integer i) {
            to.putInt(at, i);
        } else if (optval instanceof IntRef ref) {
            to.putInt(at, ref.value);
        } else if (optval instanceof Timeval t) {
            to.putLong(at, t.tv_sec).putLong(at + 8, t.tv_usec);
        } else if (optval instanceof Linger l) {
            to.putInt(at, l.l_onoff).putInt(at + 4, l.l_linger);
        } else if (optval instanceof int[] ints) {
            for (int i = 0; i < size / Integer.BYTES; i++) {
                to.putInt(at + i * Integer.BYTES, ints[i]);
            }
        } else if (optval instanceof byte[] bytes) {
            to.put(at, bytes, 0, size);
        }
        return optlen;
    }

    /** Stores length bytes of the kernel's answer. */
    static void decode(ByteBuffer from, int at, int length, Object optval) {
        if (optval instanceof IntRef ref) {
            ref.value = length >= Integer.BYTES ? from.getInt(at) : from.get(at) & 0xff;
        } else if (optval instanceof Timeval t) {
            t.tv_sec = from.getLong(at);
            t.tv_usec = from.getLong(at + 8);
        } else if (optval instanceof Linger l) {
            l.l_onoff = from.getInt(at);
            l.l_linger = from.getInt(at + 4);
        } else if (optval instanceof int[] ints) {
            for (int i = 0; i < length / Integer.BYTES; i++) {
                ints[i] = from.getInt(at + i * Integer.BYTES);
            }
        } else if (optval instanceof byte[] bytes) {
            from.get(at, bytes, 0, Math.min(length, bytes.length));
        }
    }

    /** A {@code struct timeval} as nanoseconds; zero is for ever, a negative one does not wait. */
    static long timeout(ByteBuffer from, int at) {
        long sec = from.getLong(at);
        long usec = from.getLong(at + 8);
        if (sec < 0) {
            return 0;
        }
        long limit = Long.MAX_VALUE / 4 / 1_000_000_000L;
        return sec == 0 && usec == 0 || sec >= limit
                ? Call.NEVER
                : sec * 1_000_000_000L + usec * 1000;
    }
}
