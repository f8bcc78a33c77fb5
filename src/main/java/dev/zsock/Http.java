package dev.zsock;

import dev.zsock.internal.fd.Descriptor;
import dev.zsock.internal.file.Call;
import dev.zsock.internal.http.HttpExchange;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.HttpAbi;
import dev.zsock.uapi.HttpRequest;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** {@code <zephyr/net/http/client.h>}: a small HTTP/1.1 client over a connected socket. */
public abstract class Http implements HttpAbi {
    /** For programs that extend the facade instead of importing its names. */
    protected Http() {}

    /**
     * Sends a request and receives the response, whose pieces go to {@link HttpRequest#response};
     * mirrors {@code http_client_req} of {@code <zephyr/net/http/client.h>}.
     *
     * <p>A connection that ends before the first byte of a response is Zephyr's null response: the
     * callback is called once, with status 0, and the call succeeds. Interim responses (1xx but
     * 101) are skipped. Differs from Zephyr: the response must be well-formed HTTP/1.0 or 1.1, an
     * IPv6 host is sent in brackets, and strings that would break the request are refused.
     *
     * @param sock a connected stream socket
     * @param req the request; its recv_buf is used until the call returns, its data_len then tells
     *     how many bytes behind the response are at the start of it
     * @param timeout milliseconds for everything; SYS_FOREVER_MS for no limit, 0 does not wait
     * @param user_data handed to the callbacks
     * @return bytes sent, or a negative errno (errno() is not touched): -EINVAL sock is negative,
     *     req, its response, recv_buf, host, url or protocol is null, the method is none, or a
     *     string holds what it must not; -EBADF no such number, or closed meanwhile; -ETIMEDOUT;
     *     -ECONNRESET the connection ended inside the response; -EBADMSG the response is malformed
     *     or its head larger than 16 KiB or 100 fields; -ECONNABORTED the response callback
     *     returned a negative value before the last piece; that of a header or payload callback;
     *     -ENOMEM; what send and recv give
     * @throws IndexOutOfBoundsException if a length in req is larger than its array
     */
    public static int http_client_req(
            int sock, @Nullable HttpRequest req, int timeout, @Nullable Object user_data) {
        if (sock < 0 || req == null || req.response == null || req.recv_buf == null) {
            return -ErrnoAbi.EINVAL;
        }
        if (req.recv_buf_len <= 0 || HttpExchange.check(req) < 0) {
            return -ErrnoAbi.EINVAL;
        }
        Descriptor d = OpenFiles.TABLE.get(sock);
        if (d == null) {
            return -ErrnoAbi.EBADF;
        }
        Call call = Call.begin(d, Call.afterMs(timeout));
        try {
            Objects.checkFromIndexSize(0, req.recv_buf_len, req.recv_buf.length);
            if (req.payload != null && req.payload_cb == null) {
                Objects.checkFromIndexSize(0, req.payload_len, req.payload.length);
            }
            return HttpExchange.run(d.file.ops, call, sock, req, user_data);
        } catch (OutOfMemoryError e) {
            return -ErrnoAbi.ENOMEM;
        } finally {
            call.end();
            d.file.release();
        }
    }
}
