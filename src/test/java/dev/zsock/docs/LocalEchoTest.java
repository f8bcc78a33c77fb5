package dev.zsock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The pages' echo server against the JDK's own websocket client. */
class LocalEchoTest {
    @Test
    void echoesMessagesOfEachLengthForm() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (LocalEcho server = new LocalEcho()) {
            URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/echo");
            WebSocket ws = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(uri, new Collector(seen))
                    .get(10, TimeUnit.SECONDS);
            for (int length : new int[] {0, 125, 126, 70_000}) {
                ws.sendText("x".repeat(length), true).get(10, TimeUnit.SECONDS);
                assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("text " + length);
            }
            ws.sendPing(ByteBuffer.wrap(new byte[3])).get(10, TimeUnit.SECONDS);
            assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("pong 3");
            ws.sendClose(1001, "bye").get(10, TimeUnit.SECONDS);
            assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("close 1001 bye");
        }
    }

    @Test
    void echoesPlainBytes() throws IOException {
        try (LocalEcho server = new LocalEcho();
                Socket tcp = new Socket("127.0.0.1", server.port())) {
            tcp.getOutputStream().write(new byte[] {1, 2, 3});
            assertThat(tcp.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
        }
    }

    private static final class Collector implements WebSocket.Listener {
        private final BlockingQueue<String> seen;
        private final StringBuilder text = new StringBuilder();

        Collector(BlockingQueue<String> seen) {
            this.seen = seen;
        }

        @Override
        public CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                seen.add("text " + text.length());
                text.setLength(0);
            }
            ws.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket ws, ByteBuffer message) {
            seen.add("pong " + message.remaining());
            ws.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
            seen.add("close " + code + " " + reason);
            return null;
        }
    }
}
