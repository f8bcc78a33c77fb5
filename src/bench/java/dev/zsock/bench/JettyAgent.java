package dev.zsock.bench;

import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.WebSocketClient;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Jetty's client. */
final class JettyAgent extends CallbackAgent {
    private static final int QUEUED_MESSAGES = 64;
    private static final int MOST = 1 << 21;

    private final WebSocketClient client = new WebSocketClient();

    public static void main(String[] args) throws Exception {
        JettyAgent agent = new JettyAgent();
        agent.client.setMaxBinaryMessageSize(MOST);
        agent.client.setMaxFrameSize(MOST);
        agent.client.setIdleTimeout(Duration.ZERO);
        agent.client.start();
        agent.run(args[0]);
    }

    @Override
    Connection open(String uri, Runnable whole) throws Exception {
        Session session = client.connect(new Listener(whole), URI.create(uri)).get();
        Semaphore queue = new Semaphore(QUEUED_MESSAGES);
        Callback sent = Callback.from(queue::release, e -> {
            throw new IllegalStateException(e);
        });
        return new Connection() {
            @Override
            public void binary(byte[] payload) {
                queue.acquireUninterruptibly();
                session.sendBinary(ByteBuffer.wrap(payload), sent);
            }

            @Override
            public void text(String message) {
                queue.acquireUninterruptibly();
                session.sendText(message, sent);
            }
        };
    }

    /** Whole messages. */
    public static final class Listener implements Session.Listener.AutoDemanding {
        private final Runnable whole;

        Listener(Runnable whole) {
            this.whole = whole;
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            callback.succeed();
            whole.run();
        }

        @Override
        public void onWebSocketText(String message) {
            whole.run();
        }
    }
}
