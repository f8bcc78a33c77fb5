package dev.zsock.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A websocket client that hands messages to a callback, under the commands of {@link Agent}, used
 * as it is fastest: the next message of a ping-pong leaves from inside the callback.
 */
abstract class CallbackAgent {
    /** An open connection; its sends wait while the client has more than enough to write. */
    interface Connection {
        void binary(byte[] payload);

        void text(String message);
    }

    private final Semaphore done = new Semaphore(0);
    private final AtomicInteger left = new AtomicInteger();
    private volatile byte[] message = new byte[0];
    private Connection echo;

    /** Connects; the callback is to be run for each whole message. */
    abstract Connection open(String uri, Runnable whole) throws Exception;

    final void run(String port) throws Exception {
        String uri = "ws://127.0.0.1:" + port;
        echo = open(uri + "/echo", this::echoed);
        Connection sink = open(uri + "/sink", this::counted);
        Connection flood = open(uri + "/flood", this::counted);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            message = new byte[Integer.parseInt(words[1])];
            int count = Integer.parseInt(words[2]);
            long start = System.nanoTime();
            switch (words[0]) {
                case "pp" -> {
                    left.set(count);
                    echo.binary(message);
                }
                case "tx" -> {
                    left.set(1);
                    for (int i = 0; i < count; i++) {
                        sink.binary(message);
                    }
                    sink.text("?");
                }
                case "rx" -> {
                    left.set(count);
                    flood.text(count + " " + message.length);
                }
                default -> throw new IllegalArgumentException(line);
            }
            done.acquire();
            System.out.println(System.nanoTime() - start);
            System.out.flush();
        }
        System.exit(0); // the client's threads go on
    }

    private void echoed() {
        if (left.decrementAndGet() == 0) {
            done.release();
        } else {
            echo.binary(message);
        }
    }

    private void counted() {
        if (left.decrementAndGet() == 0) {
            done.release();
        }
    }
}
