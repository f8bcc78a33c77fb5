package dev.zsock.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The server twin, driven by the JDK's own websocket client. */
class ConformanceServerTest {
    private final ConformanceServer server = ConformanceServer.start(0);
    private final Heard heard = new Heard();
    private Thread serving;
    private WebSocket ws;

    /** What the client is told, one entry a message. */
    private static final class Heard implements WebSocket.Listener {
        final BlockingQueue<Object> messages = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(from, data, last);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            binary.writeBytes(bytes);
            if (last) {
                messages.add(binary.toByteArray());
                binary.reset();
            }
            return WebSocket.Listener.super.onBinary(from, data, last);
        }

        @Override
        public CompletionStage<?> onPong(WebSocket from, ByteBuffer data) {
            messages.add("pong " + data.remaining());
            return WebSocket.Listener.super.onPong(from, data);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            messages.add("close " + code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            messages.add(error);
        }

        Object next() throws InterruptedException {
            return messages.poll(30, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void connect() {
        serving = new Thread(server::acceptAll, "conformance server");
        serving.start();
        ws = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/"), heard)
                .join();
    }

    @AfterEach
    void stop() throws InterruptedException {
        ws.abort();
        server.stop();
        serving.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(serving.isAlive()).isFalse();
    }

    @Test
    void echoesMessagesWholeWithTheirOpcode() throws Exception {
        ws.sendText("", true).join();
        assertThat(heard.next()).isEqualTo("");
        ws.sendText("frag", false).join();
        ws.sendPing(ByteBuffer.allocate(7)).join();
        ws.sendText("ments \u20ac", true).join();
        assertThat(heard.next()).isEqualTo("pong 7");
        assertThat(heard.next()).isEqualTo("fragments \u20ac");

        byte[] large = new byte[3_000_001];
        new Random(1).nextBytes(large);
        ws.sendBinary(ByteBuffer.wrap(large), true).join();
        assertThat(heard.next()).isEqualTo(large);
    }

    @Test
    void closesAfterTheClient() throws Exception {
        ws.sendClose(4000, "done").join();
        assertThat(heard.next()).isEqualTo("close 4000");
    }

    @Test
    void servesMoreThanOne() throws Exception {
        Heard second = new Heard();
        WebSocket other = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/"), second)
                .join();
        other.sendText("second", true).join();
        assertThat(second.next()).isEqualTo("second");
        ws.sendText("first", true).join();
        assertThat(heard.next()).isEqualTo("first");
        other.abort();
    }

    @Test
    void saysWhyItCannotListen() {
        for (String port : new String[] {"x", "-1", "65536", "", String.valueOf(server.port())}) {
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            PrintStream print = new PrintStream(err, true, UTF_8);
            assertThat(ConformanceServer.run(new String[] {port}, print, print)).isEqualTo(1);
            assertThat(err.toString(UTF_8))
                    .startsWith("conformance-server: FAILED: ")
                    .contains(port)
                    .hasLineCount(1);
        }
    }
}
