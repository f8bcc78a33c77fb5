package dev.zsock.vectors;

import static dev.zsock.Sockets.*;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;

/**
 * Makes one call of a scenario through the public API and writes its result as the vector files do.
 */
final class ApiCalls {
    static final int FIRST_FD = 3;
    static final int LAST_FD = 15;
    static final int CONNECT_TIMEOUT = 1000;

    private static final int UNTOUCHED = 0x5eadbeef;
    private static final byte FILLER = (byte) 0xa5;
    private static final int LOOPBACK = 0x7f000001;

    /** True sets WEBSOCKET_RAW on each new websocket. */
    private final boolean raw;

    ApiCalls(boolean raw) {
        this.raw = raw;
    }

    /** Calls name; an unknown call or argument is Unsupported. */
    void call(String name, JsonNode args, ObjectNode result) {
        switch (name) {
            case "websocket_connect" -> connect(args, result);
            case "websocket_register" -> register(args, result);
            case "websocket_unregister" -> {
                only(args, "ws_sock");
                negative(result, websocket_unregister(args.path("ws_sock").asInt()));
            }
            case "websocket_disconnect" -> {
                only(args, "ws_sock");
                plain(result, websocket_disconnect(args.path("ws_sock").asInt()));
            }
            case "websocket_send_msg" -> sendMsg(args, result);
            case "websocket_recv_msg" -> recvMsg(args, result);
            case "zsock_close", "close" -> {
                only(args, "fd");
                plain(result, close(args.path("fd").asInt()));
            }
            case "zsock_send", "send", "zsock_write", "write" -> sendBytes(name, args, result);
            case "zsock_recv", "recv", "zsock_read", "read" -> recvBytes(name, args, result);
            case "zsock_poll", "poll" -> pollFds(args, result);
            default -> inspect(name, args, result);
        }
    }

    /** The calls of the files that prepare or look. */
    private void inspect(String name, JsonNode args, ObjectNode result) {
        switch (name) {
            case "fd_table" -> table(result);
            case "set_nonblock" -> {
                only(args, "fd", "on");
                int flags = args.path("on").asInt(1) == 0 ? 0 : O_NONBLOCK;
                plain(result, fcntl(args.path("fd").asInt(), F_SETFL, flags));
            }
            case "get_nonblock" -> {
                only(args, "fd");
                int flags = fcntl(args.path("fd").asInt(), F_GETFL);
                plain(result, flags < 0 ? flags : (flags & O_NONBLOCK) == 0 ? 0 : 1);
            }
            case "fill_tcp_send_buffer" -> fill(args, result);
            case "reserve_all_fds" -> reserveAll(result);
            default -> throw new Unsupported("call " + name);
        }
    }

    /** Refuses arguments that would be ignored. */
    static void only(JsonNode args, String... known) {
        Set<String> names = Set.of(known);
        for (Iterator<String> it = args.fieldNames(); it.hasNext(); ) {
            String name = it.next();
            if (!names.contains(name)) {
                throw new Unsupported("argument " + name);
            }
        }
    }

    private static void plain(ObjectNode result, int ret) {
        result.put("ret", ret);
        if (ret < 0) {
            result.put("errno", Numbers.errnoName(errno()));
        }
    }

    private static void negative(ObjectNode result, int ret) {
        result.put("ret", ret);
        if (ret < 0) {
            result.put("ret_name", "-" + Numbers.errnoName(-ret));
        }
    }

    private void opened(ObjectNode result, int ws) {
        negative(result, ws);
        if (raw && ws >= 0 && setsockopt(ws, SOL_WEBSOCKET, WEBSOCKET_RAW, 1) != 0) {
            result.put("raw_mode", "refused: " + Numbers.errnoName(errno()));
        }
    }

    private void connect(JsonNode args, ObjectNode result) {
        only(args, ConnectArgs.KNOWN);
        ConnectArgs request = new ConnectArgs(args);
        Object token = new Object();
        int ws = websocket_connect(
                args.path("sock").asInt(),
                request.build(token),
                args.path("timeout").asInt(CONNECT_TIMEOUT),
                token);
        request.report(result);
        opened(result, ws);
    }

    private void register(JsonNode args, ObjectNode result) {
        only(args, "sock", "recv_buf_len", "recv_buf");
        int n = args.path("recv_buf_len").asInt();
        byte[] buf = isNull(args, "recv_buf") ? null : new byte[n];
        opened(result, websocket_register(args.path("sock").asInt(), buf, n));
    }

    static boolean isNull(JsonNode args, String name) {
        return args.has(name)
                && (args.get(name).isNull() || args.get(name).asText().equals("NULL"));
    }

    private static void sendMsg(JsonNode args, ObjectNode result) {
        only(args, "ws_sock", "payload", "opcode", "mask", "final", "timeout");
        Payload payload = Payload.parse(args.path("payload").asText());
        negative(
                result,
                websocket_send_msg(
                        args.path("ws_sock").asInt(),
                        payload.bytes(),
                        payload.length(),
                        args.path("opcode").asInt(),
                        args.path("mask").asBoolean(),
                        args.path("final").asBoolean(),
                        args.path("timeout").asInt()));
    }

    private static void recvMsg(JsonNode args, ObjectNode result) {
        only(args, "ws_sock", "buf", "buf_len", "message_type", "remaining", "timeout");
        int n = args.path("buf_len").asInt();
        byte[] buf = isNull(args, "buf") ? null : filled(n);
        IntRef type = isNull(args, "message_type") ? null : new IntRef(UNTOUCHED);
        LongRef remaining = isNull(args, "remaining") ? null : new LongRef(UNTOUCHED);
        int ret = websocket_recv_msg(
                args.path("ws_sock").asInt(),
                buf,
                n,
                type,
                remaining,
                args.path("timeout").asInt());
        negative(result, ret);
        if (type != null && type.value != UNTOUCHED) {
            result.put("message_type", type.value);
        } else {
            result.put("message_type", "untouched");
        }
        if (remaining != null && remaining.value != UNTOUCHED) {
            result.put("remaining", Numbers.unsigned(remaining.value));
        } else {
            result.put("remaining", "untouched");
        }
        data(result, buf, n, ret);
    }

    private static byte[] filled(int n) {
        byte[] buf = new byte[Math.max(0, n) + 16];
        Arrays.fill(buf, FILLER);
        return buf;
    }

    /** What was received, and whether a byte beyond it was written. */
    private static void data(ObjectNode result, byte[] buf, int n, int ret) {
        int count = Math.max(0, ret);
        byte[] got = buf == null ? new byte[0] : Arrays.copyOf(buf, Math.min(count, buf.length));
        blob(result, got);
        for (int i = count; buf != null && i < buf.length; i++) {
            if (buf[i] != FILLER) {
                result.put("written_beyond", (i < n ? "in" : "behind") + " the buffer at " + i);
                return;
            }
        }
    }

    static void blob(ObjectNode result, byte[] bytes) {
        result.putObject("data").put("len", bytes.length).put("hex", Payload.hex(bytes));
    }

    private static void sendBytes(String name, JsonNode args, ObjectNode result) {
        only(args, "fd", "data", "flags");
        Payload data = Payload.parse(args.path("data").asText());
        int fd = args.path("fd").asInt();
        int ret = name.endsWith("write")
                ? write(fd, data.bytes(), data.length())
                : send(fd, data.bytes(), data.length(), flags(args));
        plain(result, ret);
    }

    private static void recvBytes(String name, JsonNode args, ObjectNode result) {
        only(args, "fd", "len", "flags", "buf");
        int n = args.path("len").asInt();
        byte[] buf = isNull(args, "buf") ? null : filled(n);
        int fd = args.path("fd").asInt();
        int ret = name.endsWith("read") ? read(fd, buf, n) : recv(fd, buf, n, flags(args));
        plain(result, ret);
        data(result, buf, n, ret);
    }

    /** A number, or names joined by a bar. */
    static int flags(JsonNode args) {
        JsonNode flags = args.path("flags");
        if (flags.isNumber() || flags.isMissingNode()) {
            return flags.asInt();
        }
        int bits = 0;
        for (String name : flags.asText().split("\\|")) {
            bits |= switch (name.trim().replace("ZSOCK_", "")) {
                case "0" -> 0;
                case "MSG_DONTWAIT" -> MSG_DONTWAIT;
                case "MSG_PEEK" -> MSG_PEEK;
                case "MSG_WAITALL" -> MSG_WAITALL;
                default -> throw new Unsupported("flag " + name);
            };
        }
        return bits;
    }

    private static void pollFds(JsonNode args, ObjectNode result) {
        only(args, "fds", "events", "timeout");
        int n = args.path("fds").size();
        Pollfd[] fds = Pollfd.array(n);
        for (int i = 0; i < n; i++) {
            fds[i].fd = args.path("fds").get(i).asInt();
            JsonNode events = args.path("events");
            fds[i].events = (events.isArray() ? events.get(i) : events).asInt();
        }
        plain(result, poll(fds, n, args.path("timeout").asInt()));
        ArrayNode revents = result.putArray("revents");
        for (Pollfd fd : fds) {
            revents.add(fd.revents);
        }
    }

    private static void table(ObjectNode result) {
        ArrayNode table = result.put("ret", 0).putArray("table");
        for (int fd = FIRST_FD; fd <= LAST_FD; fd++) {
            table.add(isOpen(fd) ? "used" : "free");
        }
    }

    /**
     * F_GETFL acts on a websocket's transport; when that has been closed the number is still taken.
     */
    static boolean isOpen(int fd) {
        return fcntl(fd, F_GETFL) >= 0
                || getsockopt(fd, SOL_WEBSOCKET, WEBSOCKET_PENDING, new IntRef()) == 0;
    }

    private static void fill(JsonNode args, ObjectNode result) {
        only(args, "fd");
        byte[] zeros = new byte[4096];
        int fd = args.path("fd").asInt();
        int total = 0;
        for (int size = zeros.length; size > 0; ) {
            int n = send(fd, zeros, size, MSG_DONTWAIT);
            total += Math.max(0, n);
            if (n < 0) {
                size /= 2;
            }
        }
        result.put("ret", 0).put("filled", total);
    }

    /** Takes every free number. */
    private static void reserveAll(ObjectNode result) {
        int taken = 0;
        while (socket(AF_INET, SOCK_DGRAM, 0) >= 0) {
            taken++;
        }
        result.put("ret", taken).put("errno", Numbers.errnoName(errno()));
    }

    /** A TCP connection to a port on 127.0.0.1. */
    static void tcpConnect(JsonNode args, int port, ObjectNode result) {
        only(args, "sndbuf", "peer_rcvbuf", "nonblock");
        int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
        int ret = sock;
        if (sock >= 0 && args.has("sndbuf")) {
            setsockopt(sock, SOL_SOCKET, SO_SNDBUF, args.path("sndbuf").asInt());
        }
        SockaddrIn addr = new SockaddrIn(LOOPBACK, htons(port));
        if (sock >= 0 && dev.zsock.Sockets.connect(sock, addr, SockaddrIn.SIZE) < 0) {
            ret = -1;
        }
        if (ret >= 0 && args.path("nonblock").asBoolean()) {
            fcntl(sock, F_SETFL, O_NONBLOCK);
        }
        plain(result, ret);
    }

    /**
     * Closes what a scenario left open, the newest first: what is still taken afterwards, or "".
     */
    static String closeAll() {
        for (int fd = LAST_FD; fd >= FIRST_FD; fd--) {
            if (isOpen(fd)) {
                close(fd);
            }
        }
        StringBuilder left = new StringBuilder();
        for (int fd = FIRST_FD; fd <= LAST_FD; fd++) {
            if (isOpen(fd)) {
                left.append(' ').append(fd);
            }
        }
        return left.toString();
    }
}
