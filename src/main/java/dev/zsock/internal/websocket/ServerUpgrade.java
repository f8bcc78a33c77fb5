package dev.zsock.internal.websocket;

import static dev.zsock.uapi.ErrnoAbi.EAGAIN;
import static dev.zsock.uapi.ErrnoAbi.EBADF;
import static dev.zsock.uapi.ErrnoAbi.ECONNABORTED;
import static dev.zsock.uapi.ErrnoAbi.ECONNRESET;
import static dev.zsock.uapi.ErrnoAbi.ETIMEDOUT;
import static dev.zsock.uapi.SocketAbi.MSG_PEEK;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.internal.http.HttpExchange;
import dev.zsock.internal.http.HttpText;
import dev.zsock.internal.trace.Trace;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Serves an opening handshake on a stream file. Takes the head of the request and not one byte
 * more: frames may follow it at once, and whoever registers the websocket reads them.
 */
public final class ServerUpgrade {
    private static final int PIECE = 4096;

    private final FileOps below;
    private final Call call;
    private final long deadline;
    private final byte[] piece = new byte[PIECE];

    private ServerUpgrade(FileOps below, Call call) {
        this.below = below;
        this.call = call;
        deadline = call.deadline;
    }

    /** False when a name is null or no token. */
    public static boolean areTokens(@Nullable String[] names) {
        for (String name : names) {
            if (name == null || !HttpText.isToken(name)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads the request and answers it, by the call's deadline; what was chosen goes to agreed.
     * sock is for the trace.
     *
     * @return 0; -EBADF when the number was closed meanwhile; -ECONNABORTED for anything else that
     *     went wrong, a refused request too, which has got its answer then
     */
    public static int run(
            FileOps below,
            Call call,
            int sock,
            String[] subprotocols,
            boolean deflate,
            Agreed agreed) {
        ServerHandshake handshake = new ServerHandshake(subprotocols, deflate, agreed);
        int rc = new ServerUpgrade(below, call).serve(handshake);
        if (rc < 0) {
            if (Trace.HTTP) {
                Trace.http(sock, "upgrade failed", "errno", -rc);
            }
            return call.cancelled() ? -EBADF : -ECONNABORTED;
        }
        String reason = handshake.reason();
        if (reason != null) {
            if (Trace.HTTP) {
                Trace.http(sock, "upgrade refused", "reason", reason);
            }
            return -ECONNABORTED;
        }
        return 0;
    }

    private int serve(ServerHandshake handshake) {
        boolean whole = false;
        while (!whole) {
            int rc = receive(PIECE, MSG_PEEK);
            if (rc < 0) {
                return rc;
            }
            ByteBuffer in = ByteBuffer.wrap(piece, 0, rc);
            whole = handshake.read(in);
            rc = consume(in.position());
            if (rc < 0) {
                return rc;
            }
        }
        byte[] answer = handshake.answer();
        return HttpExchange.sendAll(below, call, answer, answer.length, deadline);
    }

    private int consume(int n) {
        int left = n;
        while (left > 0) {
            int rc = receive(left, 0);
            if (rc < 0) {
                return rc;
            }
            left -= rc;
        }
        return 0;
    }

    private int receive(int n, int flags) {
        call.deadline = deadline;
        int rc = below.recvfrom(call, call.data.set(piece, 0, n), flags, null, null);
        if (rc == 0) {
            return -ECONNRESET;
        }
        return rc == -EAGAIN ? -ETIMEDOUT : rc;
    }
}
