package dev.zsock;

import dev.zsock.internal.fd.Descriptor;
import dev.zsock.internal.file.Call;
import dev.zsock.uapi.Cmsghdr;
import dev.zsock.uapi.Msghdr;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** {@code <sys/socket.h>}: messages of several pieces with control data. */
public abstract class SocketMsg extends SocketIo {
    /** For programs that extend the facade instead of importing its names. */
    protected SocketMsg() {}

    /**
     * {@code sendmsg(2)}. Descriptors in an SCM_RIGHTS message are this library's; the receiver
     * gets the kernel's files behind them. On a websocket the pieces make one final TEXT frame.
     *
     * @param sock a socket
     * @param msg destination, pieces and control messages; not written
     * @param flags MSG_ flags
     * @return bytes taken, or -1 with errno: EBADF no such number, or a bad one in SCM_RIGHTS,
     *     ENOTSOCK, EFAULT msg, a piece or its buffer is null, EMSGSIZE more than 1024 pieces or
     *     too long for a datagram, EINVAL a bad control message or a file in SCM_RIGHTS that is
     *     more than the kernel's (a websocket), ENOBUFS too much control data, ETOOMANYREFS, EPERM;
     *     and what {@link #sendto(int, byte[], int, int, dev.zsock.uapi.Sockaddr, int)} gives
     * @throws IndexOutOfBoundsException if a piece reaches beyond its array
     */
    public static int sendmsg(int sock, @Nullable Msghdr msg, int flags) {
        Descriptor d = OpenFiles.TABLE.get(sock);
        if (d == null) {
            return ret(-EBADF);
        }
        Call call = Call.begin(d, Call.AS_SET);
        try {
            return ret(Rights.send(d.file.ops, call, msg, flags));
        } catch (OutOfMemoryError e) {
            return ret(-ENOMEM);
        } finally {
            call.end();
            d.file.release();
        }
    }

    /**
     * {@code recvmsg(2)}. Descriptors that come in an SCM_RIGHTS message get the lowest free
     * numbers; those for which there is none are closed and MSG_CTRUNC is set. On a websocket the
     * one control message is WEBSOCKET_MSG_INFO with a {@code WebsocketMsgInfo}: the frame that the
     * last bytes are of; what MSG_PEEK leaves counts as still to come.
     *
     * @param sock a socket
     * @param msg pieces to fill; {@code msg_name}, {@code msg_namelen}, {@code msg_control},
     *     {@code msg_controllen} and {@code msg_flags} are written, {@code msg_iov} is not
     * @param flags MSG_ flags
     * @return bytes stored (with MSG_TRUNC the datagram's length), 0 at the end of the stream, or
     *     -1 with errno: EBADF no such number, ENOTSOCK, EFAULT msg, a piece or its buffer is null,
     *     EMSGSIZE more than 1024 pieces, EINVAL; and what {@link #recv(int, byte[], int, int)}
     *     gives
     * @throws IndexOutOfBoundsException if a piece reaches beyond its array
     */
    public static int recvmsg(int sock, @Nullable Msghdr msg, int flags) {
        Descriptor d = OpenFiles.TABLE.get(sock);
        if (d == null) {
            return ret(-EBADF);
        }
        Call call = Call.begin(d, Call.AS_SET);
        try {
            return ret(Rights.receive(d.file.ops, call, msg, flags));
        } catch (OutOfMemoryError e) {
            return ret(-ENOMEM);
        } finally {
            call.end();
            d.file.release();
        }
    }

    /**
     * {@code CMSG_FIRSTHDR} of {@code cmsg(3)}.
     *
     * @param msg a message
     * @return the first header in its control data, or null when there is no room for one
     */
    public static @Nullable Cmsghdr CMSG_FIRSTHDR(Msghdr msg) {
        return msg.firstCmsg();
    }

    /**
     * {@code CMSG_NXTHDR} of {@code cmsg(3)}.
     *
     * @param msg a message
     * @param cmsg a header of it
     * @return the header behind it, or null when there is none or no room for one
     */
    public static @Nullable Cmsghdr CMSG_NXTHDR(Msghdr msg, Cmsghdr cmsg) {
        return msg.nextCmsg(cmsg);
    }

    /**
     * {@code CMSG_DATA} of {@code cmsg(3)}.
     *
     * @param cmsg a header
     * @return the bytes behind it, in native order, up to its {@code cmsg_len}
     */
    public static ByteBuffer CMSG_DATA(Cmsghdr cmsg) {
        return cmsg.data();
    }

    /**
     * {@code CMSG_LEN} of {@code cmsg(3)}.
     *
     * @param length bytes of data
     * @return what {@code cmsg_len} is for them
     */
    public static int CMSG_LEN(int length) {
        return Cmsghdr.SIZE + length;
    }

    /**
     * {@code CMSG_SPACE} of {@code cmsg(3)}.
     *
     * @param length bytes of data
     * @return what they take of the control data, header and padding included
     */
    public static int CMSG_SPACE(int length) {
        return Cmsghdr.SIZE + Cmsghdr.align(length);
    }
}
