package dev.zsock.bench;

import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;

import java.net.URI;
import java.nio.ByteBuffer;

/** Java-WebSocket of TooTallNate. */
final class JavaWebSocketAgent extends CallbackAgent {

    public static void main(String[] args) throws Exception {
        new JavaWebSocketAgent().run(args[0]);
    }

    @Override
    Connection open(String uri, Runnable whole) throws InterruptedException {
        Client client = new Client(URI.create(uri), whole);
        client.setTcpNoDelay(true);
        client.setConnectionLostTimeout(0);
        client.connectBlocking();
        return client;
    }

    private static final class Client extends WebSocketClient implements Connection {
        private static final int QUEUE = 1 << 23;

        private final Runnable whole;
        private long unqueued;

        Client(URI uri, Runnable whole) {
            super(uri);
            this.whole = whole;
        }

        @Override
        public void binary(byte[] payload) {
            unqueued += payload.length;
            if (unqueued > QUEUE) { // looked at now and then: its queue has no bound of its own
                while (hasBufferedData()) {
                    Thread.onSpinWait();
                }
                unqueued = 0;
            }
            send(payload);
        }

        @Override
        public void text(String message) {
            send(message);
        }

        @Override
        public void onOpen(ServerHandshake handshake) {}

        @Override
        public void onMessage(String message) {
            whole.run();
        }

        @Override
        public void onMessage(ByteBuffer message) {
            whole.run();
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {}

        @Override
        public void onError(Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
