package dev.zsock.mqtt.paho;

import static dev.zsock.Sockets.*;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;

/** Each write as one BINARY message. */
final class BinaryOutput extends OutputStream {
    private final WebsocketModule module;

    BinaryOutput(WebsocketModule module) {
        this.module = module;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buf, int off, int len) throws IOException {
        int rc = module.transmit(buf, off, len);
        if (rc < 0) {
            throw new SocketException("websocket: " + strerrorname(-rc));
        }
    }

    @Override
    public void close() {
        module.stop();
    }
}
