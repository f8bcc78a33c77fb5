package dev.zsock.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The JDK's {@code java.net.http.WebSocket}. */
final class JdkAgent extends CallbackAgent {
    private final HttpClient http = HttpClient.newHttpClient();

    public static void main(String[] args) throws Exception {
        new JdkAgent().run(args[0]);
    }

    @Override
    Connection open(String uri, Runnable whole) {
        Listener listener = new Listener(whole);
        WebSocket socket =
                http.newWebSocketBuilder().buildAsync(URI.create(uri), listener).join();
        return new Queue(socket);
    }

    /** It takes one message at a time, and a callback must not wait for the one before. */
    private static final class Queue implements Connection {
        private static final int MOST = 64;

        private final WebSocket socket;
        private final Semaphore room = new Semaphore(MOST);
        private CompletableFuture<WebSocket> sent;

        Queue(WebSocket socket) {
            this.socket = socket;
            sent = CompletableFuture.completedFuture(socket);
        }

        @Override
        public void binary(byte[] payload) {
            then(() -> socket.sendBinary(ByteBuffer.wrap(payload), true));
        }

        @Override
        public void text(String message) {
            then(() -> socket.sendText(message, true));
        }

        private void then(Supplier<CompletableFuture<WebSocket>> send) {
            room.acquireUninterruptibly();
            synchronized (this) {
                sent = sent.thenCompose(before -> send.get());
                sent.thenRun(room::release);
            }
        }
    }

    private record Listener(Runnable whole) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            return took(socket, last);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            return took(socket, last);
        }

        private CompletionStage<?> took(WebSocket socket, boolean last) {
            socket.request(1);
            if (last) {
                whole.run();
            }
            return null;
        }
    }
}
