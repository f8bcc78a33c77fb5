package dev.zsock.bench;

import com.neovisionaries.ws.client.WebSocket;
import com.neovisionaries.ws.client.WebSocketAdapter;
import com.neovisionaries.ws.client.WebSocketException;
import com.neovisionaries.ws.client.WebSocketFactory;

import java.io.IOException;

/** nv-websocket-client. */
final class NvAgent extends CallbackAgent {
    private static final int QUEUED_FRAMES = 64;

    public static void main(String[] args) throws Exception {
        new NvAgent().run(args[0]);
    }

    @Override
    Connection open(String uri, Runnable whole) throws IOException, WebSocketException {
        WebSocket socket = new WebSocketFactory().createSocket(uri);
        socket.setFrameQueueSize(QUEUED_FRAMES);
        socket.addListener(new WebSocketAdapter() {
            @Override
            public void onBinaryMessage(WebSocket from, byte[] message) {
                whole.run();
            }

            @Override
            public void onTextMessage(WebSocket from, String message) {
                whole.run();
            }
        });
        socket.connect();
        socket.getSocket().setTcpNoDelay(true);
        return new Connection() {
            @Override
            public void binary(byte[] payload) {
                socket.sendBinary(payload);
            }

            @Override
            public void text(String message) {
                socket.sendText(message);
            }
        };
    }
}
