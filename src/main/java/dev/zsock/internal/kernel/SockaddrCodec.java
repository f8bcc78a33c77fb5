package dev.zsock.internal.kernel;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;
import dev.zsock.uapi.SockaddrStorage;
import dev.zsock.uapi.SockaddrUn;
import dev.zsock.uapi.SocketAbi;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Socket addresses as the kernel has them: family in host order, the rest in network order. */
public final class SockaddrCodec {
    private static final int FAMILY = 2; // bytes of sa_family
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private SockaddrCodec() {}

    /** Writes the address at the index where the kernel looks for it; unused bytes are zero. */
    public static void encode(Sockaddr addr, ByteBuffer to, int at) {
        for (int i = 0; i < Kernel.ADDR_MAX; i += Long.BYTES) {
            to.putLong(at + i, 0);
        }
        Sockaddr a = addr instanceof SockaddrStorage s ? view(s, s.sa_family()) : addr;
        to.putShort(at, (short) addr.sa_family());
        if (a instanceof SockaddrIn in) {
            putPort(to, at, in.sin_port);
            putInt(to, at + 4, in.sin_addr.s_addr);
        } else if (a instanceof SockaddrIn6 in6) {
            putPort(to, at, in6.sin6_port);
            putInt(to, at + 4, in6.sin6_flowinfo);
            to.put(at + 8, in6.sin6_addr.s6_addr);
            to.putInt(at + 24, in6.sin6_scope_id);
        } else if (a instanceof SockaddrUn un) {
            to.put(at + FAMILY, un.sun_path);
        }
    }

    /**
     * Prepares the place where the kernel is to store an address, for which it has room: what a
     * short room keeps it from writing stays as the object has it, as in C.
     */
    public static void expect(Sockaddr into, int room, ByteBuffer to, int at) {
        if (room < size(into)) {
            encode(into, to, at);
        }
    }

    /** How many bytes of an address the caller has room for: addrlen, but never more than ours. */
    public static int room(@Nullable IntRef addrlen) {
        return addrlen == null ? 0 : Math.min(addrlen.value, Kernel.ADDR_MAX);
    }

    /**
     * Stores the address of this length that the kernel left after {@link #expect}.
     *
     * <p>An object of another family gets only the family, the rest zero. A length of 0 means that
     * there is no address: the object stays as it is.
     */
    public static void decode(ByteBuffer from, int at, int length, @Nullable Sockaddr into) {
        if (into == null || length <= 0) {
            return;
        }
        int family = from.getShort(at) & 0xffff;
        if (into instanceof SockaddrStorage s) {
            s.ss_family = family;
            Sockaddr view = view(s, family);
            if (view != s) {
                decode(from, at, length, view);
            }
        } else if (into instanceof SockaddrIn in) {
            boolean same = family == SocketAbi.AF_INET;
            in.sin_family = family;
            in.sin_port = same ? getPort(from, at) : 0;
            in.sin_addr.s_addr = same ? getInt(from, at + 4) : 0;
        } else if (into instanceof SockaddrIn6 in6) {
            decode6(from, at, family, in6);
        } else if (into instanceof SockaddrUn un) {
            boolean same = family == SocketAbi.AF_UNIX;
            un.sun_family = family;
            for (int i = 0; i < un.sun_path.length; i++) {
                un.sun_path[i] = same && FAMILY + i < length ? from.get(at + FAMILY + i) : 0;
            }
        }
    }

    /**
     * The same when the caller's struct has room for only the first bytes: what lies behind them
     * stays as the object has it. The bytes at index spare are used.
     */
    public static void decode(
            ByteBuffer from, int at, int length, int room, Sockaddr into, int spare) {
        if (room >= Math.min(length, size(into))) {
            decode(from, at, length, into);
            return;
        }
        encode(into, from, spare);
        for (int i = 0; i < room; i++) {
            from.put(spare + i, from.get(at + i));
        }
        decode(from, spare, length, into);
    }

    /** A new object with the address that stands there, or null for a family without a class. */
    public static @Nullable Sockaddr decode(ByteBuffer from, int at, int length) {
        Sockaddr addr = switch (from.getShort(at) & 0xffff) {
            case SocketAbi.AF_INET -> new SockaddrIn();
            case SocketAbi.AF_INET6 -> new SockaddrIn6();
            case SocketAbi.AF_UNIX -> new SockaddrUn();
            default -> null;
        };
        decode(from, at, length, addr);
        return addr;
    }

    private static int size(Sockaddr addr) {
        return addr instanceof SockaddrIn
                ? SockaddrIn.SIZE
                : addr instanceof SockaddrIn6 ? SockaddrIn6.SIZE : Kernel.ADDR_MAX;
    }

    private static void decode6(ByteBuffer from, int at, int family, SockaddrIn6 in6) {
        boolean same = family == SocketAbi.AF_INET6;
        in6.sin6_family = family;
        in6.sin6_port = same ? getPort(from, at) : 0;
        in6.sin6_flowinfo = same ? getInt(from, at + 4) : 0;
        for (int i = 0; i < in6.sin6_addr.s6_addr.length; i++) {
            in6.sin6_addr.s6_addr[i] = same ? from.get(at + 8 + i) : 0;
        }
        in6.sin6_scope_id = same ? from.getInt(at + 24) : 0;
    }

    private static Sockaddr view(SockaddrStorage s, int family) {
        return switch (family) {
            case SocketAbi.AF_INET -> s.sin();
            case SocketAbi.AF_INET6 -> s.sin6();
            case SocketAbi.AF_UNIX -> s.sun();
            default -> s;
        };
    }

    private static void putPort(ByteBuffer to, int at, int port) {
        to.put(at + FAMILY, (byte) (port >> 8)).put(at + FAMILY + 1, (byte) port);
    }

    private static int getPort(ByteBuffer from, int at) {
        return (from.get(at + FAMILY) & 0xff) << 8 | from.get(at + FAMILY + 1) & 0xff;
    }

    private static void putInt(ByteBuffer to, int at, int value) {
        to.putInt(at, LITTLE ? Integer.reverseBytes(value) : value);
    }

    private static int getInt(ByteBuffer from, int at) {
        int value = from.getInt(at);
        return LITTLE ? Integer.reverseBytes(value) : value;
    }
}
