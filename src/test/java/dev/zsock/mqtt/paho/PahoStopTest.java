package dev.zsock.mqtt.paho;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zsock.testkit.Background;

import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.internal.NetworkModuleService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A connection that Paho gives up while it is being made. */
@Timeout(60)
class PahoStopTest {
    /** Not even the kernel answers: the listener's queue is full. */
    private static final class Full implements AutoCloseable {
        private final ServerSocket listener =
                new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        private final List<Socket> queued = new ArrayList<>();

        Full() throws IOException {
            for (int i = 0; i < 2; i++) {
                queued.add(new Socket("127.0.0.1", listener.getLocalPort()));
            }
        }

        NetworkModule module(int seconds) throws Exception {
            return PahoStopTest.module(listener.getLocalPort(), seconds);
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : queued) {
                socket.close();
            }
            listener.close();
        }
    }

    private static NetworkModule module(int port, int seconds) throws Exception {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setConnectionTimeout(seconds);
        return NetworkModuleService.createInstance("zws://127.0.0.1:" + port, options, "x");
    }

    private static CompletableFuture<Void> starting(NetworkModule module) {
        return Background.run(() -> start(module));
    }

    private static void start(NetworkModule module) {
        assertThatThrownBy(module::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1");
    }

    /** Two tasks at a time: which is first is open. */
    private static List<CompletableFuture<Void>> together(Runnable... tasks) {
        CyclicBarrier all = new CyclicBarrier(tasks.length);
        return Stream.of(tasks)
                .map(task -> Background.run(() -> {
                    try {
                        all.await(20, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    task.run();
                }))
                .toList();
    }

    private static void join(CompletableFuture<?> task) throws Exception {
        task.get(20, TimeUnit.SECONDS);
    }

    /** 3,000,000 s are more than an int of milliseconds holds; 0 is for ever. */
    @ParameterizedTest
    @ValueSource(ints = {0, 30, 3_000_000})
    void whileTheKernelConnects(int seconds) throws Exception {
        try (Full full = new Full()) {
            NetworkModule module = full.module(seconds);
            for (int i = 0; i < 500; i++) {
                var both = together(() -> start(module), () -> stop(module));
                join(both.get(1)); // whatever start does
                while (!both.get(0).isDone()) {
                    join(Background.run(() -> stop(module)));
                }
                join(both.get(0));
            }
        }
    }

    @Test
    void whileTheServerIsSilent() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            NetworkModule module = module(listener.getLocalPort(), 0);
            CompletableFuture<Void> start = starting(module);
            try (Socket peer = listener.accept()) {
                join(Background.run(() -> stop(module)));
                join(start);
                peer.getInputStream().readAllBytes(); // there is an end
            }
        }
    }

    @Test
    void theTimeCounts() throws Exception {
        try (Full full = new Full()) {
            NetworkModule module = full.module(1);
            assertThatThrownBy(module::start).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static void stop(NetworkModule module) {
        try {
            module.stop();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
