package dev.zsock.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/**
 * The JDK's own websocket client under the same commands: what a Java program has without this
 * library.
 */
public final class JdkAgent implements WebSocket.Listener {
    private final Semaphore messages = new Semaphore(0);

    public static void main(String[] args) throws Exception {
        JdkAgent echoed = new JdkAgent();
        JdkAgent counted = new JdkAgent();
        JdkAgent flooded = new JdkAgent();
        HttpClient http = HttpClient.newHttpClient();
        WebSocket echo = echoed.open(http, args[1], "/echo");
        WebSocket sink = counted.open(http, args[1], "/sink");
        WebSocket flood = flooded.open(http, args[1], "/flood");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            byte[] message = new byte[Integer.parseInt(words[1])];
            int count = Integer.parseInt(words[2]);
            long start = System.nanoTime();
            switch (words[0]) {
                case "pp" -> {
                    for (int i = 0; i < count; i++) {
                        echo.sendBinary(ByteBuffer.wrap(message), true).join();
                        echoed.messages.acquire();
                    }
                }
                case "tx" -> {
                    for (int i = 0; i < count; i++) {
                        sink.sendBinary(ByteBuffer.wrap(message), true).join();
                    }
                    sink.sendText("?", true).join();
                    counted.messages.acquire();
                }
                default -> {
                    flood.sendText(count + " " + message.length, true).join();
                    flooded.messages.acquire(count);
                }
            }
            System.out.println((System.nanoTime() - start) + " 0");
            System.out.flush();
        }
        System.exit(0); // the client's threads go on
    }

    private WebSocket open(HttpClient http, String port, String path) {
        URI uri = URI.create("ws://127.0.0.1:" + port + path);
        return http.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        return took(socket, last);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        return took(socket, last);
    }

    private CompletionStage<?> took(WebSocket socket, boolean last) {
        if (last) {
            messages.release();
        }
        socket.request(1);
        return null;
    }
}
