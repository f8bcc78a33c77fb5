package dev.zsock.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.Sockets;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** Class initialisation locks one class after the other: two orders would be a deadlock. */
@DisplayName("Threads that are the first to call, each another facade, do not block each other")
@Tag("behaviour")
class FirstCallersTest {
    /** The product once more, not yet initialised. */
    private static final class Fresh extends URLClassLoader {
        Fresh(URL[] classes) {
            super(classes, Sockets.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.zsock.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    private record First(String facade, String function, Object... args) {
        Object call(ClassLoader loader) throws ReflectiveOperationException {
            for (Method m : Class.forName("dev.zsock." + facade, true, loader).getMethods()) {
                if (m.getName().equals(function) && m.getParameterCount() == args.length) {
                    return m.invoke(null, args);
                }
            }
            throw new NoSuchMethodException(function);
        }
    }

    private static final List<First> FIRST = List.of(
            new First("Errno", "strerror", 1),
            new First("NetIp", "htons", 1),
            new First("ArpaInet", "inet_addr", "1.2.3.4"),
            new First("Netdb", "gai_strerror", 1),
            new First("Websocket", "websocket_register", -1, null, 0),
            new First("Unistd", "eventfd", 0, 0),
            new First("SocketOpt", "getsockopt", -1, 0, 0, null, null),
            new First("PollSelect", "poll", null, 0, 0),
            new First("Sockets", "socket", 2, 1, 0));

    @RepeatedTest(5)
    @Timeout(120)
    void race() throws Exception {
        URL[] classes = {Sockets.class.getProtectionDomain().getCodeSource().getLocation()};
        try (Fresh loader = new Fresh(classes)) {
            CyclicBarrier start = new CyclicBarrier(FIRST.size());
            List<Thread> threads = new ArrayList<>();
            List<Object> results = new ArrayList<>();
            for (First first : FIRST) {
                Thread thread = new Thread(() -> {
                    try {
                        start.await();
                        Object result = first.call(loader);
                        synchronized (results) {
                            results.add(result);
                        }
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(20));
                assertThat(thread.isAlive()).isFalse();
            }
            assertThat(results).hasSize(FIRST.size()).contains(3, 4);
            assertThat(new First("Unistd", "close", 3).call(loader)).isEqualTo(0);
            assertThat(new First("Unistd", "close", 4).call(loader)).isEqualTo(0);
        }
    }
}
