package dev.zsock;

import dev.zsock.internal.fd.Descriptor;
import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.Span;
import dev.zsock.internal.trace.Trace;
import dev.zsock.internal.websocket.ClientHandshake;
import dev.zsock.internal.websocket.WebsocketFile;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.WebsocketConnectCb;
import dev.zsock.uapi.WebsocketRequest;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** The bodies of the websocket functions that are longer than a look-up and a call. */
final class WebsocketCalls implements ErrnoAbi {
    private WebsocketCalls() {}

    /**
     * Asks the callback about a new websocket: its number, or what the callback refused it with.
     */
    static int connected(
            int ws,
            WebsocketRequest req,
            ClientHandshake.Result result,
            @Nullable Object user_data) {
        WebsocketConnectCb cb = req.cb;
        if (cb == null) {
            return ws;
        }
        Descriptor before = OpenFiles.TABLE.peek(ws);
        int rc = -EBADF;
        boolean open = false;
        try {
            rc = cb.call(ws, result.request, user_data);
        } finally { // it may throw
            open = before != null && OpenFiles.TABLE.peek(ws) == before;
            if (rc < 0 && before != null) {
                OpenFiles.TABLE.close(before); // not what the number leads to by now
            }
        }
        return rc < 0 ? rc : open ? ws : -EBADF;
    }

    static int shakeHands(
            Descriptor d,
            WebsocketRequest req,
            int timeout,
            @Nullable Object user_data,
            ClientHandshake.Result result) {
        Call call = Call.begin(d, Call.NOW);
        try {
            int rc = ClientHandshake.run(
                    d.file.ops, call, d.number, req, timeout, user_data, result);
            return rc >= 0 && call.cancelled() ? -EBADF : rc;
        } catch (OutOfMemoryError e) {
            return -ENOMEM;
        } finally {
            call.end();
        }
    }

    static int send(
            int ws_sock,
            byte @Nullable [] payload,
            int off,
            int payload_len,
            @Nullable ByteBuffer buffer,
            int opcode,
            boolean mask,
            boolean final_,
            int timeout) {
        Descriptor d = OpenFiles.TABLE.get(ws_sock);
        try {
            WebsocketFile ws = d != null && d.file.ops instanceof WebsocketFile w ? w : null;
            if (!WebsocketFile.legal(opcode, ws)) {
                if (Trace.WS) {
                    int fd = ws == null ? ws_sock : ws.transport;
                    String reason = "reserved opcode (5.2)";
                    Trace.ws(fd, "not sent", "opcode", opcode, "reason", reason);
                }
                return -EINVAL;
            }
            if (d == null || ws == null) {
                return d == null ? -EBADF : -ENOENT;
            }
            if (buffer != null && Span.isGone(buffer)) {
                return -EFAULT;
            }
            Call call = Call.begin(d, Call.afterMs(timeout));
            try {
                if (buffer != null) {
                    call.data.set(buffer);
                } else {
                    call.data.claim(payload, off, payload_len);
                }
                int rc = ws.sendMessage(call, opcode, mask, final_);
                return rc == -EAGAIN ? -ETIMEDOUT : rc;
            } finally {
                call.end();
            }
        } finally {
            if (d != null) {
                d.file.release();
            }
        }
    }

    static int receive(
            int ws_sock,
            byte @Nullable [] buf,
            int off,
            int buf_len,
            @Nullable ByteBuffer buffer,
            @Nullable IntRef message_type,
            @Nullable LongRef remaining,
            int timeout) {
        Descriptor d = OpenFiles.TABLE.get(ws_sock);
        if (d == null) {
            return -EBADF;
        }
        Call call = Call.begin(d, Call.afterMs(timeout));
        try {
            if (!(d.file.ops instanceof WebsocketFile ws)) {
                return -ENOENT;
            }
            if (buffer != null) {
                call.data.set(buffer);
            } else {
                call.data.set(buf, off, buf_len);
            }
            return ws.receiveMessage(call, message_type, remaining);
        } finally {
            call.end();
            d.file.release();
        }
    }
}
