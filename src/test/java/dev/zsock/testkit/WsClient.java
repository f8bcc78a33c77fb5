package dev.zsock.testkit;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;
import dev.zsock.uapi.WebsocketConnectCb;
import dev.zsock.uapi.WebsocketRequest;

import java.util.Arrays;

/** A websocket of this library that is connected to a real server. */
public final class WsClient implements AutoCloseable {
    /** How long anything may take that a peer answers. */
    public static final int LIMIT = 60_000;

    private static final int FIRST_ROOM = 4096;

    /** The TCP socket. */
    public final int sock;

    /** The websocket on it. */
    public final int ws;

    private WsClient(int sock, int ws) {
        this.sock = sock;
        this.ws = ws;
    }

    /** Connects to a path of the peer. */
    public static WsClient open(Peer peer, String path) {
        return open(peer, path, new WebsocketRequest());
    }

    /** The same with a connect callback. */
    public static WsClient open(Peer peer, String path, WebsocketConnectCb cb) {
        WebsocketRequest req = new WebsocketRequest();
        req.cb = cb;
        return open(peer, path, req);
    }

    /** The same with a request, to which host and path are added. */
    public static WsClient open(Peer peer, String path, WebsocketRequest req) {
        int sock = tcp(peer.host(), peer.wsPort());
        req.host = peer.host();
        req.url = path;
        int ws = websocket_connect(sock, req, LIMIT, null);
        assertThat(ws).as("websocket_connect to " + peer.url(path)).isGreaterThan(2);
        return new WsClient(sock, ws);
    }

    /** A connected TCP socket. */
    public static int tcp(String host, int port) {
        boolean six = host.indexOf(':') >= 0;
        Sockaddr addr = six ? new SockaddrIn6() : new SockaddrIn();
        int parsed;
        if (six) {
            net_sin6(addr).sin6_family = AF_INET6;
            net_sin6(addr).sin6_port = htons(port);
            parsed = inet_pton(AF_INET6, host, net_sin6(addr).sin6_addr);
        } else {
            net_sin(addr).sin_family = AF_INET;
            net_sin(addr).sin_port = htons(port);
            parsed = inet_pton(AF_INET, host, net_sin(addr).sin_addr);
        }
        assertThat(parsed).isEqualTo(1);
        int sock = socket(six ? AF_INET6 : AF_INET, SOCK_STREAM, IPPROTO_TCP);
        assertThat(connect(sock, addr, six ? SockaddrIn6.SIZE : SockaddrIn.SIZE))
                .as(() -> "connect: " + strerror(errno()))
                .isZero();
        return sock;
    }

    /** Sends one final masked frame without a time limit. */
    public void send(int opcode, byte[] payload) {
        int rc = websocket_send_msg(ws, payload, payload.length, opcode, true, true, K_FOREVER);
        assertThat(rc).isEqualTo(payload.length);
    }

    /**
     * A message, however many frames it has, or a control frame.
     *
     * @param flags WEBSOCKET_FLAG_… of its first frame, and FINAL
     * @param payload all of it
     */
    public record Message(int flags, byte[] payload) {
        /** True for these flags beside FINAL. */
        public boolean is(int kind) {
            return flags == (kind | WEBSOCKET_FLAG_FINAL);
        }
    }

    /** The next message or control frame, read with websocket_recv_msg. */
    public Message receive() {
        return receive(ws, LIMIT);
    }

    /** The same on any websocket; -EAGAIN, after this many milliseconds, fails. */
    public static Message receive(int ws, int timeout) {
        byte[] all = new byte[FIRST_ROOM];
        IntRef type = new IntRef();
        LongRef remaining = new LongRef();
        int kind = 0;
        int n = 0;
        do {
            if (n == all.length) {
                all = Arrays.copyOf(all, 2 * n);
            }
            int rc = websocket_recv_msg(ws, all, n, all.length - n, type, remaining, timeout);
            assertThat(rc).as("websocket_recv_msg").isGreaterThanOrEqualTo(0);
            kind = n == 0 ? type.value : kind;
            n += rc;
        } while (remaining.value > 0 || (type.value & WEBSOCKET_FLAG_FINAL) == 0);
        return new Message(kind | WEBSOCKET_FLAG_FINAL, Arrays.copyOf(all, n));
    }

    @Override
    public void close() {
        dev.zsock.Sockets.close(ws);
        dev.zsock.Sockets.close(sock);
    }
}
