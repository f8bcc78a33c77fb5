package dev.zsock.demo;

import static dev.zsock.Sockets.*;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.Timeval;
import dev.zsock.uapi.WebsocketRequest;

import java.util.Arrays;
import java.util.List;

/**
 * The statements of Zephyr's page "Websocket Client API", on the variables that the page names.
 * What each gave and what crossed the wire is compared with what the page and the RFC say.
 */
final class DocumentExample {
    private static final int WIRE_MS = 10_000;

    private final Transcript log;
    private final Tap tap;
    private final int family = AF_INET;
    private final SockaddrIn addr;
    private final int addr_len = sizeof(SockaddrIn.class);
    private final WebsocketRequest config = new WebsocketRequest();
    private final int timeout = K_SECONDS(10);
    private final Object user_data = "anything";
    private final byte[] buf_to_send = "hello".getBytes(UTF_8);
    private final int buf_len = buf_to_send.length;

    private final byte[] buf = new byte[512];
    private final IntRef message_type = new IntRef();
    private final LongRef remaining = new LongRef();
    private int sock = -1;
    private int ws_sock = -1;
    private int ret;

    DocumentExample(Transcript log, Tap tap, Target target) {
        this.log = log;
        this.tap = tap;
        addr = new SockaddrIn(INADDR_LOOPBACK, tap.port());
        config.host = target.authority();
        config.url = target.path();
        config.tmp_buf = new byte[512];
        config.tmp_buf_len = config.tmp_buf.length;
    }

    /** The variables before the first statement. */
    void given() {
        String limits = ", timeout = " + timeout + " ms, user_data = \"" + user_data + '"';
        String buffers = "buf_len = " + buf_len + ", buf of " + buf.length + " bytes";
        log.lines("given", "config = " + config + limits);
        log.lines("", "buf_to_send = \"hello\", " + buffers);
    }

    void run(boolean first) throws DemoFailure {
        try {
            connectSocket();
            connectWebsocket(first);
            if (first) {
                sameApiBothWays();
                closeWebsocket();
            } else {
                oneApiAndTheOther();
                disconnectWebsocket();
            }
            transportIsStillThere();
        } finally {
            close(ws_sock);
            close(sock);
        }
    }

    private void connectSocket() throws DemoFailure {
        log.step(
                "sock = socket(family, SOCK_STREAM, IPPROTO_TCP);",
                "sock = socket(family, SOCK_STREAM, IPPROTO_TCP);",
                () -> sock = socket(family, SOCK_STREAM, IPPROTO_TCP),
                value -> value > 2,
                "the lowest free number; below it are the standard streams and the demo's own");
        // not in the document: a silent server shall end the demo, not hang it
        Timeval limit = new Timeval(WIRE_MS / MSEC_PER_SEC, 0);
        setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, limit);
        log.step(
                "ret = connect(sock, addr, addr_len);",
                "ret = connect(sock, addr, addr_len);",
                () -> ret = connect(sock, addr, addr_len),
                value -> value == 0,
                "connected");
    }

    private void connectWebsocket(boolean showHeads) throws DemoFailure {
        try {
            log.step(
                    "ws_sock = websocket_connect(sock, &config, timeout, user_data);",
                    "ws_sock = websocket_connect(sock, config, timeout, user_data);",
                    () -> ws_sock = websocket_connect(sock, config, timeout, user_data),
                    value -> value > 2 && value != sock,
                    "a number of its own, beside that of sock");
        } catch (DemoFailure e) {
            List<String> answer = tap.head(false, WIRE_MS); // it forwards first, then looks
            throw new DemoFailure(e.getMessage() + "; the server "
                    + (answer.isEmpty() ? "gave no answer" : "answered " + answer.get(0)));
        }
        List<String> request = tap.head(true, WIRE_MS);
        List<String> response = tap.head(false, WIRE_MS);
        if (showHeads) {
            log.lines("wire", "--> " + String.join("\n    ", request));
            log.lines("", "<-- " + String.join("\n    ", response));
        } else {
            log.lines("wire", "--> " + request.get(0) + " ...\n<-- " + response.get(0) + " ...");
        }
    }

    private void sameApiBothWays() throws DemoFailure {
        log.part("BINARY goes by websocket_send_msg(); the echo is read with websocket_recv_msg()");
        sendBinary();
        receiveMessage("BINARY", WEBSOCKET_FLAG_BINARY);
        log.part("TEXT goes by the BSD calls, too; the echo is read with recv()");
        sendText();
        receiveBytes("TEXT");
    }

    private void oneApiAndTheOther() throws DemoFailure {
        log.part("What one API has sent the other may receive");
        sendText();
        receiveMessage("TEXT", WEBSOCKET_FLAG_TEXT);
        sendBinary();
        receiveBytes("BINARY");
    }

    private void sendBinary() throws DemoFailure {
        log.step(
                """
                ret = websocket_send_msg(ws_sock, buf_to_send, buf_len,
                                         WEBSOCKET_OPCODE_DATA_BINARY, true, true, K_FOREVER);""",
                """
                ret = websocket_send_msg(ws_sock, buf_to_send, buf_len,
                                         WEBSOCKET_OPCODE_DATA_BINARY, true, true, K_FOREVER);""",
                () -> ret = websocket_send_msg(
                        ws_sock,
                        buf_to_send,
                        buf_len,
                        WEBSOCKET_OPCODE_DATA_BINARY,
                        true,
                        true,
                        K_FOREVER),
                value -> value == buf_len,
                "bytes of the payload; the header's do not count");
        sent("BINARY", buf_to_send);
    }

    private void sendText() throws DemoFailure {
        log.step(
                "ret = send(ws_sock, buf_to_send, buf_len, 0);",
                "ret = send(ws_sock, buf_to_send, buf_len, 0);",
                () -> ret = send(ws_sock, buf_to_send, buf_len, 0),
                value -> value == buf_len,
                "bytes of the payload, in one TEXT frame");
        sent("TEXT", buf_to_send);
    }

    private void receiveMessage(String kind, int flag) throws DemoFailure {
        log.step(
                """
                ret = websocket_recv_msg(ws_sock, buf, sizeof(buf),
                                         &message_type, &remaining, timeout);""",
                """
                ret = websocket_recv_msg(ws_sock, buf, sizeof(buf),
                                         message_type, remaining, timeout);""",
                () -> ret = websocket_recv_msg(
                        ws_sock, buf, sizeof(buf), message_type, remaining, timeout),
                value -> value >= 0,
                "bytes of the payload, now in buf");
        boolean whole = message_type.value == (flag | WEBSOCKET_FLAG_FINAL);
        log.lines(
                "",
                "message_type = 0x%02x%s, remaining = %d"
                        .formatted(
                                message_type.value,
                                whole ? " (" + kind + " | FINAL)" : "",
                                remaining.value));
        received(kind);
        if (!whole || remaining.value != 0) {
            throw new DemoFailure("message_type or remaining is not that of a whole " + kind);
        }
    }

    private void receiveBytes(String kind) throws DemoFailure {
        log.step(
                "ret = recv(ws_sock, buf, sizeof(buf), 0);",
                "ret = recv(ws_sock, buf, sizeof(buf), 0);",
                () -> ret = recv(ws_sock, buf, sizeof(buf), 0),
                value -> value >= 0,
                "bytes of the payload, now in buf");
        received(kind);
    }

    private void closeWebsocket() throws DemoFailure {
        log.part("When done, the websocket is closed: by close() ...");
        log.step(
                "ret = close(ws_sock);",
                "ret = close(ws_sock);",
                () -> ret = close(ws_sock),
                value -> value == 0,
                "CLOSE is on its way and the number is free");
        sent("CLOSE", new byte[0]);
    }

    private void disconnectWebsocket() throws DemoFailure {
        log.part("... or by websocket_disconnect(), which is the same");
        log.step(
                "ret = websocket_disconnect(ws_sock);",
                "ret = websocket_disconnect(ws_sock);",
                () -> ret = websocket_disconnect(ws_sock),
                value -> value == 0,
                "CLOSE is on its way and the number is free");
        sent("CLOSE", new byte[0]);
    }

    private void transportIsStillThere() throws DemoFailure {
        ws_sock = -1;
        log.say("");
        log.say("The TCP socket is still open and its owner's: what it gives now are plain bytes.");
        log.step(
                "ret = recv(sock, buf, sizeof(buf), 0);",
                "ret = recv(sock, buf, sizeof(buf), 0);",
                () -> ret = recv(sock, buf, sizeof(buf), 0),
                value -> value == 0 || value > 0 && buf[0] == (byte) 0x88,
                "bytes of TCP: a CLOSE frame, or 0, the end");
        if (ret > 0) {
            frame(false);
        }
        log.step(
                "ret = close(sock);",
                "ret = close(sock);",
                () -> ret = close(sock),
                value -> value == 0,
                "the connection is closed");
        sock = -1;
    }

    private WireFrame frame(boolean fromClient) throws DemoFailure {
        String who = fromClient ? "client" : "server";
        WireFrame frame = tap.frame(fromClient, WIRE_MS)
                .orElseThrow(() -> new DemoFailure("no whole frame of the " + who
                        + " crossed the wire: the server has gone or is silent"));
        log.frame(fromClient, frame);
        return frame;
    }

    private void sent(String kind, byte[] payload) throws DemoFailure {
        WireFrame frame = frame(true);
        if (!frame.name().equals(kind)
                || !frame.fin()
                || !frame.masked() // 5.1: a client masks
                || !Arrays.equals(frame.payload(), payload)) {
            throw new DemoFailure("that is not one masked final frame of " + kind);
        }
    }

    private void received(String kind) throws DemoFailure {
        WireFrame frame = frame(false);
        byte[] got = Arrays.copyOf(buf, ret);
        if (!Arrays.equals(frame.payload(), got)) {
            throw new DemoFailure("buf does not hold what crossed the wire");
        }
        if (!frame.name().equals(kind) || !Arrays.equals(got, buf_to_send)) {
            throw new DemoFailure("the echo differs: sent " + kind + " \"hello\", got " + frame);
        }
    }
}
