package dev.zsock.docs;

import dev.zsock.Sockets;

import java.io.IOException;

/** The echo server, sock connected to it, and ws_sock: a websocket on sock. */
public class WebsocketPrelude extends ConnectedPrelude {
    protected int ws_sock = Sockets.websocket_connect(sock, config, timeout, user_data);

    public WebsocketPrelude() throws IOException {
        if (ws_sock < 0) {
            throw new IOException("websocket_connect: " + Sockets.strerror(-ws_sock));
        }
    }

    @Override
    public void preludeEnd() throws Exception {
        Sockets.close(ws_sock); // the fence may have closed it
        super.preludeEnd();
    }
}
