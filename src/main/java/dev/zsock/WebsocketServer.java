package dev.zsock;

import dev.zsock.internal.fd.Descriptor;
import dev.zsock.internal.file.Call;
import dev.zsock.internal.websocket.Agreed;
import dev.zsock.internal.websocket.ServerUpgrade;
import dev.zsock.uapi.ErrnoAbi;

import org.jspecify.annotations.Nullable;

/**
 * Serves the opening handshake of RFC 6455 4.2 on an accepted connection, so that
 * {@code websocket_register} can follow. This library's own: in Zephyr it is the HTTP server's
 * part.
 */
public final class WebsocketServer {
    private WebsocketServer() {}

    /**
     * Reads the upgrade request and answers it: with 101, or with 400 or 426 when it is none. Takes
     * no byte behind the request; {@code websocket_register(sock, null, 0)} comes next.
     *
     * @param sock an accepted stream socket from which nothing has been read
     * @param subprotocols to choose from, the preferred one first; null for none
     * @param deflate accept permessage-deflate (RFC 7692) when the client offers it
     * @param timeout milliseconds for everything; SYS_FOREVER_MS for no limit, 0 does not wait
     * @return 0, or a negative errno (errno() is not touched): -EINVAL sock is negative or a
     *     subprotocol is null or no token; -EBADF no such number, or closed meanwhile;
     *     -ECONNABORTED the request was refused, the connection ended, or the time is over; -ENOMEM
     */
    public static int websocket_upgrade(
            int sock, String @Nullable [] subprotocols, boolean deflate, int timeout) {
        String[] names = subprotocols == null ? new String[0] : subprotocols;
        if (sock < 0 || !ServerUpgrade.areTokens(names)) {
            return -ErrnoAbi.EINVAL;
        }
        Descriptor d = OpenFiles.TABLE.get(sock);
        if (d == null) {
            return -ErrnoAbi.EBADF;
        }
        Call call = Call.begin(d, Call.afterMs(timeout));
        try {
            Agreed agreed = new Agreed();
            int rc = ServerUpgrade.run(d.file.ops, call, sock, names, deflate, agreed);
            d.file.agreed = rc < 0 ? null : agreed;
            return rc;
        } catch (OutOfMemoryError e) {
            return -ErrnoAbi.ENOMEM;
        } finally {
            call.end();
            d.file.release();
        }
    }
}
