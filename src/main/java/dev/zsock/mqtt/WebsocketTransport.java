package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.WebsocketRequest;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * {@code MQTT_TRANSPORT_NON_SECURE_WEBSOCKET} and {@code MQTT_TRANSPORT_SECURE_WEBSOCKET} (3.1.1
 * and 5.0, 6): the packets are a stream of bytes in BINARY messages, whose borders mean nothing.
 */
final class WebsocketTransport extends Transport {
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol:";
    private static final int DEFAULT_TIMEOUT = 10_000;

    /** Control and empty frames passed over before the caller gets to look around. */
    private static final int FRAMES_AT_A_TIME = 64;

    private static final int UNSUPPORTED_DATA = 1003;

    private final StreamTransport below;
    private final IntRef type = new IntRef();
    private final Pollfd[] readable = Pollfd.array(1);
    private volatile int ws = -1;

    WebsocketTransport(MqttClient client, StreamTransport below) {
        super(client);
        this.below = below;
    }

    @Override
    int fd() {
        return ws;
    }

    @Override
    int connect() {
        int rc = below.connect();
        if (rc < 0) {
            return rc;
        }
        try {
            rc = upgrade(client.transport.websocket);
        } finally {
            if (ws < 0) {
                below.disconnect(); // also when a callback throws
            }
        }
        return rc;
    }

    private int upgrade(MqttTransport.Websocket config) {
        int timeout = config.timeout == 0 ? DEFAULT_TIMEOUT : config.timeout;
        int rc = websocket_connect(below.fd(), request(config.config), timeout, null);
        if (rc < 0) {
            return rc;
        }
        ws = rc;
        config.sock = rc;
        int saved = errno();
        setsockopt(rc, SOL_WEBSOCKET, WEBSOCKET_AUTO_PONG, 1);
        set_errno(saved);
        return 0;
    }

    /** The application's request with what MQTT needs; its struct stays as it is. */
    private static WebsocketRequest request(WebsocketRequest config) {
        WebsocketRequest request = new WebsocketRequest(config);
        if (request.url == null) {
            request.url = "/mqtt";
        }
        if (request.host == null) {
            request.host = "localhost";
        }
        if (request.optional_headers_cb == null && request.subprotocols == null) {
            request.optional_headers = withSubprotocol(request.optional_headers);
        }
        return request;
    }

    private static @Nullable String @Nullable [] withSubprotocol(
            @Nullable String @Nullable [] headers) {
        int n = 0;
        while (headers != null && n < headers.length && headers[n] != null) {
            if (String.valueOf(headers[n])
                    .toLowerCase(Locale.ROOT)
                    .contains(SUBPROTOCOL.toLowerCase(Locale.ROOT))) {
                return headers;
            }
            n++;
        }
        @Nullable String[] more = new @Nullable String[n + 1];
        if (headers != null) {
            System.arraycopy(headers, 0, more, 0, n);
        }
        more[n] = SUBPROTOCOL + " mqtt\r\n";
        return more;
    }

    @Override
    int write(byte[] buf, int off, int len) {
        return frame(WEBSOCKET_OPCODE_DATA_BINARY, buf, off, len, true);
    }

    /** One frame when the payload fits behind the head, else two of one message. */
    @Override
    int writeMessage(PacketOutput head, MqttBinstr payload) {
        boolean whole = head.append(payload);
        int rc = frame(WEBSOCKET_OPCODE_DATA_BINARY, head.buf, head.start, head.size(), whole);
        return whole || rc < 0
                ? rc
                : frame(
                        WEBSOCKET_OPCODE_CONTINUE,
                        payload.data,
                        payload.data_off,
                        payload.len,
                        true);
    }

    private int frame(int opcode, byte @Nullable [] buf, int off, int len, boolean last) {
        return websocket_send_msg(ws, buf, off, len, opcode, true, last, K_FOREVER);
    }

    @Override
    void tryWrite(byte[] buf, int len) {
        websocket_send_msg(ws, buf, len, WEBSOCKET_OPCODE_DATA_BINARY, true, true, K_NO_WAIT);
    }

    @Override
    int read(byte[] buf, int off, int len, boolean block) {
        int rc = readNow(buf, off, len);
        while (rc == -EAGAIN && block) {
            int saved = errno();
            boolean waited = StreamTransport.await(readable, ws, POLLIN);
            int failed = errno();
            set_errno(saved);
            rc = waited ? readNow(buf, off, len) : -failed;
        }
        return rc;
    }

    private int readNow(byte[] buf, int off, int len) {
        for (int i = 0; i < FRAMES_AT_A_TIME; i++) {
            int rc = websocket_recv_msg(ws, buf, off, len, type, null, K_NO_WAIT);
            if (rc < 0) {
                return rc == -ENOTCONN ? 0 : rc;
            }
            if ((type.value & WEBSOCKET_FLAG_CLOSE) != 0) {
                return 0;
            }
            if ((type.value & WEBSOCKET_FLAG_TEXT) != 0) {
                return refuse();
            }
            boolean control = (type.value & (WEBSOCKET_FLAG_PING | WEBSOCKET_FLAG_PONG)) != 0;
            if (rc > 0 && !control) {
                return rc;
            }
        }
        return -EAGAIN;
    }

    /** 3.1.1 and 5.0 6.0.0-1: data that is not binary ends the connection. */
    private int refuse() {
        byte[] code = {(byte) (UNSUPPORTED_DATA >> 8), (byte) UNSUPPORTED_DATA};
        websocket_send_msg(ws, code, code.length, WEBSOCKET_OPCODE_CLOSE, true, true, K_NO_WAIT);
        return -EPROTO;
    }

    @Override
    boolean wake() {
        return below.wake();
    }

    @Override
    void disconnect() {
        int fd = ws;
        if (fd >= 0) {
            int saved = errno();
            ws = -1;
            client.transport.websocket.sock = -1;
            websocket_disconnect(fd);
            set_errno(saved);
        }
        below.disconnect();
    }
}
