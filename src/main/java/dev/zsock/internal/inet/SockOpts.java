package dev.zsock.internal.inet;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.kernel.Scratch;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.In6Addr;
import dev.zsock.uapi.In6Pktinfo;
import dev.zsock.uapi.InAddr;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.IpMreq;
import dev.zsock.uapi.IpMreqn;
import dev.zsock.uapi.Ipv6Mreq;
import dev.zsock.uapi.Linger;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.Timeval;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Option values as the kernel has them, from and to the classes that stand for their C types. */
final class SockOpts {
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private SockOpts() {}

    /**
     * Writes optval to the start of the scratch's data: the length to tell the kernel, or -EINVAL
     * when no option is of its class or it has fewer bytes than optlen.
     */
    static int stage(Scratch scratch, Object optval, int optlen) {
        if (optval instanceof String s) { // its own length counts
            byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
            scratch.data(bytes.length).put(bytes);
            return bytes.length;
        }
        int size = size(optval);
        if (optlen < 0 || optlen > size) {
            return -ErrnoAbi.EINVAL;
        }
        ByteBuffer to = scratch.data(optval instanceof byte[] ? optlen : size);
        if (optval instanceof byte[] bytes) {
            to.put(bytes, 0, optlen);
        } else if (optval instanceof int[] ints) {
            to.asIntBuffer().put(ints);
        } else {
            encode(optval, to);
        }
        return optlen;
    }

    /** Bytes of what the object stands for, or -1. */
    private static int size(Object optval) {
        if (optval instanceof Integer || optval instanceof IntRef) {
            return Integer.BYTES;
        } else if (optval instanceof LongRef) {
            return Long.BYTES;
        } else if (optval instanceof Timeval) {
            return Timeval.SIZE;
        } else if (optval instanceof Linger) {
            return Linger.SIZE;
        } else if (optval instanceof int[] ints) {
            return ints.length * Integer.BYTES;
        } else if (optval instanceof byte[] bytes) {
            return bytes.length;
        } else if (optval instanceof InAddr) {
            return InAddr.SIZE;
        } else if (optval instanceof In6Addr) {
            return In6Addr.SIZE;
        } else if (optval instanceof IpMreqn) {
            return IpMreqn.SIZE;
        } else if (optval instanceof IpMreq) {
            return IpMreq.SIZE;
        } else if (optval instanceof Ipv6Mreq) {
            return Ipv6Mreq.SIZE;
        } else if (optval instanceof In6Pktinfo) {
            return In6Pktinfo.SIZE;
        }
        return -1;
    }

    private static void encode(Object optval, ByteBuffer to) {
        if (optval instanceof Integer i) {
            to.putInt(0, i);
        } else if (optval instanceof IntRef ref) {
            to.putInt(0, ref.value);
        } else if (optval instanceof LongRef ref) {
            to.putLong(0, ref.value);
        } else if (optval instanceof Timeval t) {
            to.putLong(0, t.tv_sec).putLong(8, t.tv_usec);
        } else if (optval instanceof Linger l) {
            to.putInt(0, l.l_onoff).putInt(4, l.l_linger);
        } else if (optval instanceof InAddr a) {
            to.putInt(0, swap(a.s_addr));
        } else if (optval instanceof In6Addr a) {
            to.put(0, a.s6_addr);
        } else if (optval instanceof IpMreqn m) {
            to.putInt(0, swap(m.imr_multiaddr.s_addr)).putInt(4, swap(m.imr_address.s_addr));
            to.putInt(8, m.imr_ifindex);
        } else if (optval instanceof IpMreq m) {
            to.putInt(0, swap(m.imr_multiaddr.s_addr)).putInt(4, swap(m.imr_interface.s_addr));
        } else if (optval instanceof Ipv6Mreq m) {
            to.put(0, m.ipv6mr_multiaddr.s6_addr).putInt(16, m.ipv6mr_interface);
        } else if (optval instanceof In6Pktinfo p) {
            to.put(0, p.ipi6_addr.s6_addr).putInt(16, p.ipi6_ifindex);
        }
    }

    /** Reads back what {@link #stage} wrote and the kernel may have written over. */
    static void decode(ByteBuffer from, int length, Object optval) {
        if (optval instanceof IntRef ref) {
            ref.value = from.getInt(0);
        } else if (optval instanceof LongRef ref) {
            ref.value = from.getLong(0);
        } else if (optval instanceof Timeval t) {
            t.tv_sec = from.getLong(0);
            t.tv_usec = from.getLong(8);
        } else if (optval instanceof Linger l) {
            l.l_onoff = from.getInt(0);
            l.l_linger = from.getInt(4);
        } else if (optval instanceof int[] ints) {
            from.asIntBuffer().get(ints);
        } else if (optval instanceof byte[] bytes) {
            from.get(0, bytes, 0, length);
        } else if (optval instanceof InAddr a) {
            a.s_addr = swap(from.getInt(0));
        } else if (optval instanceof In6Addr a) {
            from.get(0, a.s6_addr);
        } else if (optval instanceof IpMreqn m) {
            m.imr_multiaddr.s_addr = swap(from.getInt(0));
            m.imr_address.s_addr = swap(from.getInt(4));
            m.imr_ifindex = from.getInt(8);
        }
    }

    private static int swap(int address) { // network order is the order of Java
        return LITTLE ? Integer.reverseBytes(address) : address;
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
