package dev.zsock;

import dev.zsock.internal.fd.Descriptor;
import dev.zsock.internal.websocket.ClientHandshake;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.WebsocketConnectCb;
import dev.zsock.uapi.WebsocketRequest;

import org.jspecify.annotations.Nullable;

/** What a user's connect callback decides. */
final class WebsocketCallbacks {
    private WebsocketCallbacks() {}

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
        int rc = cb.call(ws, result.request, user_data);
        if (rc >= 0) {
            return OpenFiles.TABLE.peek(ws) == before ? ws : -ErrnoAbi.EBADF;
        }
        if (OpenFiles.TABLE.peek(ws) == before) {
            OpenFiles.TABLE.close(ws);
        }
        return rc;
    }
}
