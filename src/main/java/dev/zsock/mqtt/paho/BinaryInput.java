package dev.zsock.mqtt.paho;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.IntRef;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.Objects;

/** The bytes of BINARY messages, whatever their frames; CLOSE is the end (MQTT 6). */
final class BinaryInput extends InputStream {
    private final WebsocketModule module;
    private final IntRef type = new IntRef();

    BinaryInput(WebsocketModule module) {
        this.module = module;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buf, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, buf.length);
        while (len > 0) {
            int rc = module.receive(buf, off, len, type);
            if (rc == -ENOTCONN || rc >= 0 && (type.value & WEBSOCKET_FLAG_CLOSE) != 0) {
                return -1;
            }
            if (rc < 0) {
                throw new SocketException("websocket: " + strerrorname(-rc));
            }
            if ((type.value & WEBSOCKET_FLAG_TEXT) != 0) {
                throw new IOException("a TEXT message in MQTT"); // 6.0.0-1
            }
            if (rc > 0 && (type.value & (WEBSOCKET_FLAG_PING | WEBSOCKET_FLAG_PONG)) == 0) {
                return rc;
            }
        }
        return 0;
    }

    /** 1 when a read would not wait. */
    @Override
    public int available() {
        return module.isReadable() ? 1 : 0;
    }

    @Override
    public void close() {
        module.stop();
    }
}
