package dev.zsock;

import dev.zsock.internal.fd.Descriptor;
import dev.zsock.internal.file.Span;
import dev.zsock.internal.websocket.Agreed;
import dev.zsock.internal.websocket.ClientHandshake;
import dev.zsock.internal.websocket.WebsocketFile;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.WebsocketAbi;
import dev.zsock.uapi.WebsocketRequest;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * {@code <zephyr/net/websocket.h>}: the websocket client API, and the registration of a server's
 * end. These functions give a negative errno and leave {@link Errno#errno()} alone.
 */
public abstract class Websocket extends Netdb implements WebsocketAbi {
    /** For programs that extend the facade instead of importing its names. */
    protected Websocket() {}

    /**
     * Opens a websocket on a connected stream socket: sends the upgrade request and checks the
     * answer.
     *
     * @param http_sock the connected socket; it stays open and the caller's, and nobody else may
     *     use it meanwhile
     * @param req host and url, further headers, callbacks
     * @param timeout milliseconds for the whole handshake; -1 waits for ever
     * @param user_data handed to the callbacks
     * @return the websocket's number, or -EINVAL http_sock negative, req, host or url null or unfit
     *     for a header, -EEXIST the socket has a websocket or is one, -ECONNABORTED refused, ended
     *     or timed out, -ENOSPC no free number, -ENOMEM, -EBADF http_sock was closed meanwhile or
     *     the connect callback closed the websocket, or what the connect callback gave
     */
    public static int websocket_connect(
            int http_sock,
            @Nullable WebsocketRequest req,
            int timeout,
            @Nullable Object user_data) {
        int rc = http_sock < 0 || req == null ? -EINVAL : ClientHandshake.check(req);
        if (rc < 0) {
            return rc;
        }
        Objects.requireNonNull(req);
        Descriptor d = OpenFiles.TABLE.get(http_sock);
        if (d == null) {
            return -ECONNABORTED; // as Zephyr's, whose first send then fails
        }
        try {
            rc = d.file.ops instanceof WebsocketFile ? -EEXIST : d.file.carry();
            if (rc < 0) {
                return rc;
            }
            ClientHandshake.Result result = new ClientHandshake.Result();
            int ws = -ECONNABORTED;
            try {
                rc = WebsocketCalls.shakeHands(d, req, timeout, user_data, result);
                ws = rc < 0 ? rc : OpenFiles.websocket(d, true, result.rest, result);
            } finally { // callbacks may throw
                if (ws < 0) {
                    d.file.uncarry();
                }
            }
            return ws < 0 ? ws : WebsocketCalls.connected(ws, req, result, user_data);
        } finally {
            d.file.release();
        }
    }

    /**
     * Sends one frame.
     *
     * @param ws_sock a websocket
     * @param payload the payload; may be null when payload_len is 0
     * @param payload_len bytes of it
     * @param opcode WEBSOCKET_OPCODE_…; CONTINUE continues the message that is open
     * @param mask true from a client, false from a registered socket
     * @param final_ the frame ends its message
     * @param timeout milliseconds to wait for room; 0 does not wait, -1 waits for ever
     * @return payload_len once the frame has begun to leave, or -EINVAL opcode, mask, control frame
     *     or sequence that RFC 6455 forbids, -EBADF no such number or its transport closed, -ENOENT
     *     not a websocket, -EFAULT payload is null, -EILSEQ text that is not UTF-8, -EPIPE after
     *     CLOSE, -ETIMEDOUT nothing left in time, -ECONNRESET, -ENOMEM; nothing is sent then
     * @throws IndexOutOfBoundsException if payload_len is negative or larger than the array
     */
    public static int websocket_send_msg(
            int ws_sock,
            byte @Nullable [] payload,
            int payload_len,
            int opcode,
            boolean mask,
            boolean final_,
            int timeout) {
        return websocket_send_msg(ws_sock, payload, 0, payload_len, opcode, mask, final_, timeout);
    }

    /**
     * {@code websocket_send_msg(ws_sock, payload + off, …)}.
     *
     * @param ws_sock a websocket
     * @param payload the payload
     * @param off index of the first
     * @param payload_len bytes of it
     * @param opcode WEBSOCKET_OPCODE_…
     * @param mask true from a client, false from a registered socket
     * @param final_ the frame ends its message
     * @param timeout milliseconds
     * @return as {@link #websocket_send_msg(int, byte[], int, int, boolean, boolean, int)}
     */
    public static int websocket_send_msg(
            int ws_sock,
            byte @Nullable [] payload,
            int off,
            int payload_len,
            int opcode,
            boolean mask,
            boolean final_,
            int timeout) {
        return WebsocketCalls.send(
                ws_sock, payload, off, payload_len, null, opcode, mask, final_, timeout);
    }

    /**
     * Sends a buffer from its position to its limit as one frame; the position moves to the limit
     * when it is accepted.
     *
     * @param ws_sock a websocket
     * @param payload the payload
     * @param opcode WEBSOCKET_OPCODE_…
     * @param mask true from a client, false from a registered socket
     * @param final_ the frame ends its message
     * @param timeout milliseconds
     * @return as {@link #websocket_send_msg(int, byte[], int, int, boolean, boolean, int)}
     */
    public static int websocket_send_msg(
            int ws_sock,
            @Nullable ByteBuffer payload,
            int opcode,
            boolean mask,
            boolean final_,
            int timeout) {
        int n = payload == null ? 1 : 0; // bytes that are not there: null is no empty buffer
        int rc = WebsocketCalls.send(ws_sock, null, 0, n, payload, opcode, mask, final_, timeout);
        if (rc > 0 && payload != null) {
            payload.position(payload.limit());
        }
        return rc;
    }

    /**
     * Receives a frame or a piece of one, PING, PONG and CLOSE too. It waits until the frame ends,
     * the buffer is full or the time is over.
     *
     * @param ws_sock a websocket
     * @param buf where the payload goes
     * @param buf_len how many bytes at most
     * @param message_type takes WEBSOCKET_FLAG_… of the frame, or null; a continuation is neither
     *     TEXT nor BINARY
     * @param remaining takes how many bytes of this frame are still to come, or null
     * @param timeout milliseconds; 0 does not wait, -1 waits for ever
     * @return bytes stored (0: an empty frame), or -EINVAL buf null or buf_len not positive, -EBADF
     *     no such number or its transport closed, -ENOENT not a websocket, -EAGAIN nothing came in
     *     time, -ENOTCONN the connection is closed, -ECONNRESET, -ETIMEDOUT the peer was given up,
     *     -ENOMEM, and once for what the peer did wrong -EPROTO, -EILSEQ or -EMSGSIZE; buffer and
     *     references are left alone then
     * @throws IndexOutOfBoundsException if buf_len is larger than the array
     */
    public static int websocket_recv_msg(
            int ws_sock,
            byte @Nullable [] buf,
            int buf_len,
            @Nullable IntRef message_type,
            @Nullable LongRef remaining,
            int timeout) {
        return websocket_recv_msg(ws_sock, buf, 0, buf_len, message_type, remaining, timeout);
    }

    /**
     * {@code websocket_recv_msg(ws_sock, buf + off, …)}.
     *
     * @param ws_sock a websocket
     * @param buf where the payload goes
     * @param off index of the first
     * @param buf_len how many bytes at most
     * @param message_type takes WEBSOCKET_FLAG_… of the frame, or null
     * @param remaining takes how many bytes of this frame are still to come, or null
     * @param timeout milliseconds
     * @return as {@link #websocket_recv_msg(int, byte[], int, IntRef, LongRef, int)}
     */
    public static int websocket_recv_msg(
            int ws_sock,
            byte @Nullable [] buf,
            int off,
            int buf_len,
            @Nullable IntRef message_type,
            @Nullable LongRef remaining,
            int timeout) {
        if (buf == null || buf_len <= 0) {
            return -EINVAL;
        }
        return WebsocketCalls.receive(
                ws_sock, buf, off, buf_len, null, message_type, remaining, timeout);
    }

    /**
     * Receives into a buffer from its position to its limit; the position moves by the count.
     *
     * @param ws_sock a websocket
     * @param buf where the payload goes
     * @param message_type takes WEBSOCKET_FLAG_… of the frame, or null
     * @param remaining takes how many bytes of this frame are still to come, or null
     * @param timeout milliseconds
     * @return as {@link #websocket_recv_msg(int, byte[], int, IntRef, LongRef, int)}
     */
    public static int websocket_recv_msg(
            int ws_sock,
            @Nullable ByteBuffer buf,
            @Nullable IntRef message_type,
            @Nullable LongRef remaining,
            int timeout) {
        if (buf == null || !buf.hasRemaining() || buf.isReadOnly() || Span.isGone(buf)) {
            return -EINVAL;
        }
        int rc = WebsocketCalls.receive(ws_sock, null, 0, 0, buf, message_type, remaining, timeout);
        if (rc > 0) {
            buf.position(buf.position() + rc);
        }
        return rc;
    }

    /**
     * Closes a websocket: {@code close(ws_sock)}, whose style of error it has.
     *
     * @param ws_sock a websocket, or another socket, which is closed
     * @return 0, or -1 with errno as {@link Unistd#close}; EBADF also for what is no socket
     */
    public static int websocket_disconnect(int ws_sock) {
        Descriptor d = OpenFiles.TABLE.peek(ws_sock);
        boolean socket = d != null && d.file.ops.isSocket();
        return Errno.ret(d != null && socket ? OpenFiles.TABLE.close(d) : -EBADF);
    }

    /**
     * Makes a websocket of a server's connection after the upgrade has been answered; frames it
     * sends are not masked.
     *
     * @param http_sock a connected stream socket; it stays open and the caller's
     * @param recv_buf for received bytes in C; not needed here, may be null
     * @param recv_buf_len bytes of it
     * @return the websocket's number, or -EINVAL http_sock negative, -EBADF no such number,
     *     -ENOTSOCK no stream socket, -EEXIST the socket has a websocket or is one, -ENOSPC no free
     *     number, -ENOMEM
     */
    public static int websocket_register(
            int http_sock, byte @Nullable [] recv_buf, int recv_buf_len) {
        if (http_sock < 0) {
            return -EINVAL;
        }
        Descriptor d = OpenFiles.TABLE.get(http_sock);
        if (d == null) {
            return -EBADF;
        }
        try {
            if (d.file.ops instanceof WebsocketFile) {
                return -EEXIST;
            }
            if (!d.file.ops.isStream()) {
                return -ENOTSOCK;
            }
            int rc = d.file.carry();
            if (rc < 0) {
                return rc;
            }
            // By websocket_upgrade, if that was called.
            Agreed agreed = d.file.agreed instanceof Agreed upgraded ? upgraded : new Agreed();
            d.file.agreed = null;
            int ws = OpenFiles.websocket(d, false, ByteBuffer.allocate(0), agreed);
            if (ws < 0) {
                d.file.uncarry();
            }
            return ws;
        } finally {
            d.file.release();
        }
    }

    /**
     * Closes a websocket and its transport.
     *
     * @param ws_sock a websocket
     * @return 0 whatever closing gave, or -EINVAL ws_sock negative, -ENOENT no websocket, -EALREADY
     *     the transport is closed already (the websocket stays open)
     */
    public static int websocket_unregister(int ws_sock) {
        if (ws_sock < 0) {
            return -EINVAL;
        }
        Descriptor d = OpenFiles.TABLE.get(ws_sock);
        if (d == null) {
            return -ENOENT;
        }
        try {
            if (!(d.file.ops instanceof WebsocketFile ws)) {
                return -ENOENT;
            }
            if (ws.ended()) {
                return -EALREADY;
            }
            OpenFiles.TABLE.close(d);
            Descriptor transport = OpenFiles.TABLE.peek(ws.transport);
            if (transport != null && transport.file == ws.owner) {
                OpenFiles.TABLE.close(transport);
            }
            return 0;
        } finally {
            d.file.release();
        }
    }

    /**
     * {@code K_MSEC}: milliseconds as a timeout.
     *
     * @param ms milliseconds
     * @return ms
     */
    public static int K_MSEC(int ms) {
        return ms;
    }

    /**
     * {@code K_SECONDS}: seconds as a timeout.
     *
     * @param s seconds
     * @return milliseconds, {@code Integer.MAX_VALUE} at most
     */
    public static int K_SECONDS(int s) {
        return (int) Math.min(Integer.MAX_VALUE, (long) s * MSEC_PER_SEC);
    }
}
