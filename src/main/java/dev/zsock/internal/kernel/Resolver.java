package dev.zsock.internal.kernel;

import com.kenai.jffi.MemoryIO;

import dev.zsock.uapi.Addrinfo;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.NetdbAbi;
import dev.zsock.uapi.Sockaddr;

import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.types.intptr_t;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@code <netdb.h>} of libc. Results are its EAI_ codes; with EAI_SYSTEM {@link #errno} tells more.
 * Loaded at the first of these calls.
 */
public final class Resolver {
    private static final int NODES = 64; // in meta: where getaddrinfo leaves its list
    private static final int HINTS = 0; // in data: a struct addrinfo, the texts behind it
    private static final int MOST = 8 << 10; // longer than any name
    private static final MemoryIO MEMORY = MemoryIO.getInstance();
    private static final NetdbC NETDB =
            LibraryLoader.create(NetdbC.class).library("c").load();
    private static final Runtime RUNTIME = Runtime.getRuntime(NETDB);

    private Resolver() {}

    /** {@code <netdb.h>}. */
    public interface NetdbC {
        int getaddrinfo(
                @intptr_t long node,
                @intptr_t long service,
                @intptr_t long hints,
                @intptr_t long res);

        void freeaddrinfo(@intptr_t long res);

        int getnameinfo(
                @intptr_t long addr,
                int addrlen,
                @intptr_t long host,
                int hostlen,
                @intptr_t long serv,
                int servlen,
                int flags);

        String gai_strerror(int code);
    }

    /** The errno of the calling thread's last call here. */
    public static int errno() {
        return LastError.getLastError(RUNTIME);
    }

    /** {@code getaddrinfo(3)}: 0 and the head of the list in res[0], or an EAI_ code. */
    public static int getaddrinfo(
            @Nullable String node,
            @Nullable String service,
            @Nullable Addrinfo hints,
            @Nullable Addrinfo[] res) {
        byte[] nodeBytes = bytes(node);
        byte[] serviceBytes = bytes(service);
        Scratch scratch = Scratch.get();
        int serviceAt = Addrinfo.SIZE + nodeBytes.length;
        ByteBuffer data = scratch.data(serviceAt + serviceBytes.length);
        data.put(Addrinfo.SIZE, nodeBytes).put(serviceAt, serviceBytes);
        for (int i = 0; i < Addrinfo.SIZE; i += Long.BYTES) {
            data.putLong(HINTS + i, 0);
        }
        if (hints != null) {
            data.putInt(HINTS, hints.ai_flags).putInt(HINTS + 4, hints.ai_family);
            data.putInt(HINTS + 8, hints.ai_socktype).putInt(HINTS + 12, hints.ai_protocol);
        }
        long at = scratch.dataAddress();
        int rc;
        do {
            rc = NETDB.getaddrinfo(
                    node == null ? 0 : at + Addrinfo.SIZE,
                    service == null ? 0 : at + serviceAt,
                    hints == null ? 0 : at + HINTS,
                    scratch.metaAddress + NODES);
        } while (rc == NetdbAbi.EAI_SYSTEM && errno() == ErrnoAbi.EINTR);
        if (rc == 0) {
            long list = scratch.meta.getLong(NODES);
            res[0] = copy(list);
            NETDB.freeaddrinfo(list);
        }
        return rc;
    }

    private static @Nullable Addrinfo copy(long list) {
        Addrinfo head = null;
        Addrinfo last = null;
        for (long node = list; node != 0; node = MEMORY.getAddress(node + 40)) {
            Addrinfo info = new Addrinfo();
            info.ai_flags = MEMORY.getInt(node);
            info.ai_family = MEMORY.getInt(node + 4);
            info.ai_socktype = MEMORY.getInt(node + 8);
            info.ai_protocol = MEMORY.getInt(node + 12);
            info.ai_addrlen = MEMORY.getInt(node + 16);
            long addr = MEMORY.getAddress(node + 24);
            if (addr != 0) {
                ByteBuffer bytes = MEMORY.newDirectByteBuffer(addr, info.ai_addrlen);
                info.ai_addr = SockaddrCodec.decode(
                        bytes.order(ByteOrder.nativeOrder()), 0, info.ai_addrlen);
            }
            long name = MEMORY.getAddress(node + 32);
            if (name != 0) {
                byte[] bytes = MEMORY.getZeroTerminatedByteArray(name);
                info.ai_canonname = new String(bytes, StandardCharsets.UTF_8);
            }
            if (last == null) {
                head = info;
            } else {
                last.ai_next = info;
            }
            last = info;
        }
        return head;
    }

    /** {@code getnameinfo(3)}: 0 and texts with a NUL in host and serv, or an EAI_ code. */
    public static int getnameinfo(
            Sockaddr addr,
            int addrlen,
            byte @Nullable [] host,
            int hostlen,
            byte @Nullable [] serv,
            int servlen,
            int flags) {
        Scratch scratch = Scratch.get();
        SockaddrCodec.encode(addr, scratch.meta, Kernel.ADDR);
        int hostRoom = host == null ? 0 : Math.min(hostlen, MOST);
        int servRoom = serv == null ? 0 : Math.min(servlen, MOST);
        ByteBuffer data = scratch.data(hostRoom + servRoom);
        long at = scratch.dataAddress();
        int rc;
        do {
            rc = NETDB.getnameinfo(
                    scratch.metaAddress + Kernel.ADDR,
                    addrlen,
                    hostRoom == 0 ? 0 : at,
                    hostRoom,
                    servRoom == 0 ? 0 : at + hostRoom,
                    servRoom,
                    flags);
        } while (rc == NetdbAbi.EAI_SYSTEM && errno() == ErrnoAbi.EINTR);
        if (rc == 0) {
            copyText(data, 0, host, hostRoom);
            copyText(data, hostRoom, serv, servRoom);
        }
        return rc;
    }

    private static void copyText(ByteBuffer from, int at, byte @Nullable [] to, int room) {
        for (int i = 0; to != null && i < room; i++) {
            to[i] = from.get(at + i);
            if (to[i] == 0) {
                return;
            }
        }
    }

    /** {@code gai_strerror(3)}. */
    public static String strerror(int code) {
        return NETDB.gai_strerror(code);
    }

    private static byte[] bytes(@Nullable String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + 1); // with its NUL
    }
}
