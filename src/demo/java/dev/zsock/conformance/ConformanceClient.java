package dev.zsock.conformance;

import static dev.zsock.Sockets.*;

import dev.zsock.demo.DemoFailure;
import dev.zsock.demo.Target;
import dev.zsock.uapi.Addrinfo;
import dev.zsock.uapi.HttpParserSettings;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.WebsocketRequest;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * {@code make conformance}: the client of a fuzzing server. It asks for the number of cases, opens
 * one connection for each and echoes until the server closes, then has the reports written.
 */
public final class ConformanceClient {
    private static final int TIMEOUT = K_SECONDS(10);

    /** A busy server answers when they are written. */
    private static final int REPORTS = K_SECONDS(600);

    private static final int MAX_WINDOW_BITS = 15;

    private final Target server;
    private final String agent;
    private final boolean bsd;
    private final PrintStream out;
    private int without; // cases that had no websocket

    private ConformanceClient(Target server, String agent, boolean bsd, PrintStream out) {
        this.server = server;
        this.agent = agent;
        this.bsd = bsd;
        this.out = out;
    }

    /** Arguments: the server's URL, the agent's name, and {@code bsd} for recv and send of text. */
    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    /** 0 when every case was run, 1 when there is no such server. */
    static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            if (args.length < 2) {
                throw new DemoFailure("URL and agent are needed");
            }
            String api = args.length > 2 ? args[2] : "";
            boolean bsd = api.equals("bsd");
            if (!bsd && !api.isEmpty()) {
                throw new DemoFailure("API=" + api + ": bsd, or nothing");
            }
            new ConformanceClient(Target.of(args[0]), args[1], bsd, out).run();
            return 0;
        } catch (DemoFailure e) {
            out.flush();
            err.println("conformance: FAILED: " + e.getMessage());
            return 1;
        }
    }

    private void run() throws DemoFailure {
        int cases = caseCount();
        out.println("conformance: " + cases + " cases from " + server
                + ", permessage-deflate offered" + (bsd ? ", text by recv and send" : ""));
        String as = "agent=" + URLEncoder.encode(agent, StandardCharsets.UTF_8);
        for (int n = 1; n <= cases; n++) {
            runCase(n, "/runCase?case=" + n + "&" + as);
        }
        try (Connection c = Connection.open(server, "/updateReports?" + as, null, REPORTS)) {
            c.echo(false); // until the server closes
        }
        out.println("conformance: " + cases + " cases run"
                + (without == 0 ? "" : ", " + without + " without a websocket"));
    }

    private int caseCount() throws DemoFailure {
        try (Connection c = Connection.open(server, "/getCaseCount", null, TIMEOUT)) {
            String text = c.message();
            c.echo(false);
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new DemoFailure("/getCaseCount gave no number");
        }
    }

    private void runCase(int n, String path) {
        try (Connection c = Connection.open(server, path, deflate(), TIMEOUT)) {
            int rc = c.echo(bsd);
            String how = rc == 0 || rc == -ENOTCONN ? "closed" : strerrorname(-rc);
            out.println("case " + n + ": " + c.messages + " echoed, " + how);
        } catch (DemoFailure e) { // the case's own fault, and the server's to judge
            without++;
            out.println("case " + n + ": " + e.getMessage());
        }
    }

    /** Every parameter of RFC 7692, so that a server may answer with any. */
    private static WebsocketRequest deflate() {
        WebsocketRequest req = new WebsocketRequest();
        req.deflate = true;
        req.deflate_client_max_window_bits = MAX_WINDOW_BITS;
        req.deflate_server_max_window_bits = MAX_WINDOW_BITS;
        req.deflate_client_no_context_takeover = true;
        req.deflate_server_no_context_takeover = true;
        return req;
    }

    /** One websocket and its transport. */
    private static final class Connection implements AutoCloseable {
        private final int sock;
        private final int ws;
        private final boolean compression;
        int messages;

        private Connection(int sock, int ws, boolean compression) {
            this.sock = sock;
            this.ws = ws;
            this.compression = compression;
        }

        static Connection open(
                Target server, String path, @Nullable WebsocketRequest offer, int timeout)
                throws DemoFailure {
            int sock = connected(server);
            WebsocketRequest req = offer == null ? new WebsocketRequest() : offer;
            req.host = server.authority();
            req.url = path;
            StringBuilder answer = new StringBuilder(); // the values of all its headers
            req.http_cb = new HttpParserSettings();
            req.http_cb.on_header_value = (parser, at, length) -> {
                answer.append(new String(at, 0, length, StandardCharsets.ISO_8859_1));
                return 0;
            };
            int ws = websocket_connect(sock, req, timeout, null);
            if (ws < 0) {
                dev.zsock.Sockets.close(sock);
                throw new DemoFailure("no websocket: " + strerror(-ws));
            }
            return new Connection(sock, ws, answer.indexOf("permessage-deflate") >= 0);
        }

        private static int connected(Target server) throws DemoFailure {
            Addrinfo hints = new Addrinfo();
            hints.ai_socktype = SOCK_STREAM;
            Addrinfo[] found = new Addrinfo[1];
            int rc = getaddrinfo(server.host(), Integer.toString(server.port()), hints, found);
            if (rc != 0) {
                throw new DemoFailure(server.host() + ": " + gai_strerror(rc));
            }
            for (Addrinfo ai = found[0]; ai != null; ai = ai.ai_next) {
                int sock = socket(ai.ai_family, ai.ai_socktype, ai.ai_protocol);
                if (sock >= 0 && connect(sock, ai.ai_addr, ai.ai_addrlen) == 0) {
                    setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, 1);
                    return sock;
                }
                rc = errno();
                dev.zsock.Sockets.close(sock);
            }
            throw new DemoFailure(server + ": " + strerror(rc));
        }

        int echo(boolean bsd) {
            Echo echo = new Echo(ws, true, bsd, compression);
            int rc = echo.run();
            messages = echo.messages();
            return rc;
        }

        /** A short message. */
        String message() throws DemoFailure {
            byte[] buf = new byte[64];
            IntRef type = new IntRef();
            LongRef remaining = new LongRef();
            int length = 0;
            int n;
            do {
                n = websocket_recv_msg(
                        ws, buf, length, buf.length - length, type, remaining, TIMEOUT);
                length += Math.max(0, n);
            } while (n >= 0 && (remaining.value != 0 || (type.value & WEBSOCKET_FLAG_FINAL) == 0));
            if (n < 0) {
                throw new DemoFailure("no message: " + strerror(-n));
            }
            return new String(buf, 0, length, StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            Ending.of(ws, sock, false);
        }
    }
}
