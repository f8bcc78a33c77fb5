package dev.zsock;

import dev.zsock.uapi.Addrinfo;
import dev.zsock.uapi.Cmsghdr;
import dev.zsock.uapi.FdSet;
import dev.zsock.uapi.In6Addr;
import dev.zsock.uapi.In6Pktinfo;
import dev.zsock.uapi.InAddr;
import dev.zsock.uapi.InPktinfo;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.IpMreq;
import dev.zsock.uapi.IpMreqn;
import dev.zsock.uapi.Ipv6Mreq;
import dev.zsock.uapi.Linger;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;
import dev.zsock.uapi.SockaddrStorage;
import dev.zsock.uapi.SockaddrUn;
import dev.zsock.uapi.Timeval;
import dev.zsock.uapi.WebsocketMsgInfo;

import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** C's sizes of the classes that stand for C types. */
final class Sizes {
    private static final int POINTER = 8;
    private static final Map<Class<?>, Integer> SIZES = Map.ofEntries(
            Map.entry(byte.class, Byte.BYTES),
            Map.entry(boolean.class, Byte.BYTES),
            Map.entry(int.class, Integer.BYTES),
            Map.entry(long.class, Long.BYTES),
            Map.entry(Integer.class, Integer.BYTES),
            Map.entry(Long.class, Long.BYTES),
            Map.entry(Addrinfo.class, Addrinfo.SIZE),
            Map.entry(Cmsghdr.class, Cmsghdr.SIZE),
            Map.entry(FdSet.class, FdSet.SIZE),
            Map.entry(In6Addr.class, In6Addr.SIZE),
            Map.entry(In6Pktinfo.class, In6Pktinfo.SIZE),
            Map.entry(InAddr.class, InAddr.SIZE),
            Map.entry(InPktinfo.class, InPktinfo.SIZE),
            Map.entry(IntRef.class, IntRef.SIZE),
            Map.entry(Iovec.class, Iovec.SIZE),
            Map.entry(IpMreq.class, IpMreq.SIZE),
            Map.entry(IpMreqn.class, IpMreqn.SIZE),
            Map.entry(Ipv6Mreq.class, Ipv6Mreq.SIZE),
            Map.entry(Linger.class, Linger.SIZE),
            Map.entry(LongRef.class, LongRef.SIZE),
            Map.entry(Msghdr.class, Msghdr.SIZE),
            Map.entry(Pollfd.class, Pollfd.SIZE),
            Map.entry(SockaddrIn.class, SockaddrIn.SIZE),
            Map.entry(SockaddrIn6.class, SockaddrIn6.SIZE),
            Map.entry(SockaddrStorage.class, SockaddrStorage.SIZE),
            Map.entry(SockaddrUn.class, SockaddrUn.SIZE),
            Map.entry(Timeval.class, Timeval.SIZE),
            Map.entry(WebsocketMsgInfo.class, WebsocketMsgInfo.SIZE));

    private Sizes() {}

    static int of(Object object) {
        if (object instanceof byte[] bytes) {
            return bytes.length;
        } else if (object instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8).length + 1;
        } else if (object instanceof String[] texts) {
            return texts.length * POINTER;
        } else if (object.getClass().isArray()) {
            return Array.getLength(object) * of(object.getClass().getComponentType());
        }
        return of(object.getClass());
    }

    static int of(Class<?> type) {
        Integer size = SIZES.get(type);
        if (size == null) {
            throw new IllegalArgumentException(type + " stands for no C type");
        }
        return size;
    }
}
