package dev.zsock.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** What the contract expects of the calls that open, close and inspect numbers. */
final class ModelNumbers {
    private final Model model;
    private final Outcome o;

    ModelNumbers(Model model, Outcome o) {
        this.model = model;
        this.o = o;
    }

    void register(JsonNode args) {
        int sock = args.path("sock").asInt();
        Object file = model.file(sock);
        if (sock < 0) {
            o.fail("EINVAL");
        } else if (file == null) {
            o.rule(Rule.REGISTER_CHECKS);
            o.fail("EBADF");
        } else if (file instanceof ModelWs) {
            o.rule(Rule.CONNECT_OVER_WEBSOCKET);
            o.fail("EEXIST");
        } else if (!(file instanceof ModelConn conn)) {
            o.rule(Rule.REGISTER_CHECKS);
            o.fail("ENOTSOCK");
        } else if (conn.ws != null) {
            o.fail("EEXIST");
        } else {
            registered(conn, args);
        }
    }

    private void registered(ModelConn conn, JsonNode args) {
        if (model.poolEmpty()) {
            o.rule(Rule.CONNECT_CONTEXTS);
        }
        ModelWs ws = new ModelWs(conn, false, model.raw);
        int number = model.open(ws);
        if (number < 0) {
            o.fail("ENOSPC");
            return;
        }
        conn.ws = ws;
        conn.smallBuffer = args.path("recv_buf_len").asInt() == 0;
        o.ret(number, o.start);
    }

    void unregister(int fd) {
        if (fd < 0) {
            o.fail("EINVAL");
            return;
        }
        if (!(model.file(fd) instanceof ModelWs ws)) {
            o.fail("ENOENT");
            return;
        }
        if (ws.transportClosed) {
            o.rule(Rule.UNREGISTER_TRANSPORT);
            o.fail("EALREADY");
            return;
        }
        ModelConn conn = ws.conn;
        new ModelSend(o, ws).close();
        model.free(fd);
        model.freeConn(conn);
        conn.end();
        o.result.removeAll();
        o.ret(0, o.ends);
    }

    void close(int fd) {
        Object file = model.file(fd);
        if (file instanceof ModelWs ws) {
            new ModelSend(o, ws).close();
            model.free(fd);
        } else if (file instanceof ModelConn conn) {
            model.free(fd);
            conn.end();
            if (conn.ws != null) {
                conn.ws.transportClosed = true;
                conn.leaveReadAhead();
            }
            o.ret(0, o.start);
        } else {
            o.fail("EBADF");
        }
    }

    /** The calls of the files that prepare or look. */
    void inspect(String call, JsonNode args, CallObs obs) {
        Object file = model.file(args.path("fd").asInt());
        ModelConn conn =
                file instanceof ModelWs ws ? ws.conn : file instanceof ModelConn c ? c : null;
        switch (call) {
            case "fd_table" -> table();
            case "set_nonblock" -> {
                if (conn == null) {
                    o.fail("EBADF");
                } else {
                    conn.nonblock = args.path("on").asInt(1) != 0;
                    o.ret(0, o.start);
                }
            }
            case "get_nonblock" -> {
                if (conn == null) {
                    o.fail("EBADF");
                } else {
                    o.ret(conn.nonblock ? 1 : 0, o.start);
                }
            }
            case "fill_tcp_send_buffer" -> {
                o.ret(0, o.start);
                if (conn != null) {
                    conn.filled = true;
                    conn.unknownOut |= obs.result.path("filled").asInt() > 0;
                }
            }
            case "reserve_all_fds" -> o.ret(model.reserveAll(), o.start);
            default -> throw new Unsupported("call " + call);
        }
    }

    private void table() {
        o.ret(0, o.start);
        ArrayNode table = o.result.putArray("table");
        for (int fd = ApiCalls.FIRST_FD; fd <= ApiCalls.LAST_FD; fd++) {
            Object file = model.file(fd);
            String kind =
                    file instanceof ModelWs ? "ws" : file instanceof ModelConn ? "tcp" : "used";
            table.add(file == null ? "free" : kind);
        }
    }
}
