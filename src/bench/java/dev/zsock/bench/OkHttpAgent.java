package dev.zsock.bench;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

import okio.ByteString;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import javax.net.SocketFactory;

/** OkHttp. */
final class OkHttpAgent extends CallbackAgent {
    private static final long QUEUE = 1 << 23;

    private final OkHttpClient client =
            new OkHttpClient.Builder().socketFactory(new NoDelay()).build();

    public static void main(String[] args) throws Exception {
        new OkHttpAgent().run(args[0]);
    }

    @Override
    Connection open(String uri, Runnable whole) {
        Request request = new Request.Builder().url(uri).build();
        WebSocket socket = client.newWebSocket(request, new Listener(whole));
        return new Connection() {
            @Override
            public void binary(byte[] payload) {
                while (socket.queueSize() > QUEUE) {
                    Thread.onSpinWait(); // at 16 MiB it would close
                }
                socket.send(ByteString.of(payload));
            }

            @Override
            public void text(String message) {
                socket.send(message);
            }
        };
    }

    private static final class Listener extends WebSocketListener {
        private final Runnable whole;

        Listener(Runnable whole) {
            this.whole = whole;
        }

        @Override
        public void onMessage(WebSocket socket, String message) {
            whole.run();
        }

        @Override
        public void onMessage(WebSocket socket, ByteString message) {
            whole.run();
        }

        @Override
        public void onFailure(WebSocket socket, Throwable e, Response response) {
            throw new IllegalStateException(e);
        }
    }

    private static final class NoDelay extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }
    }
}
