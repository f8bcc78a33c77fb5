package dev.zsock.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

class TraceTest {
    /** The class as a program sees it that starts with this property. */
    private static Class<?> trace(String property) throws ReflectiveOperationException {
        String before = System.getProperty("zsock.trace");
        URL classes = Trace.class.getProtectionDomain().getCodeSource().getLocation();
        System.setProperty("zsock.trace", property);
        try {
            ClassLoader fresh =
                    new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
            return Class.forName(Trace.class.getName(), true, fresh);
        } finally {
            if (before == null) {
                System.clearProperty("zsock.trace");
            } else {
                System.setProperty("zsock.trace", before);
            }
        }
    }

    private static String flags(Class<?> trace) throws ReflectiveOperationException {
        StringBuilder on = new StringBuilder();
        for (String name : new String[] {"HTTP", "MQTT"}) {
            Field field = trace.getField(name);
            on.append(field.getBoolean(null) ? name + " " : "");
        }
        return on.toString().trim();
    }

    @Test
    void topicsComeFromTheProperty() throws ReflectiveOperationException {
        assertThat(flags(trace(""))).isEmpty();
        assertThat(flags(trace("http"))).isEqualTo("HTTP");
        assertThat(flags(trace("mqtt,other"))).isEqualTo("MQTT");
        assertThat(flags(trace("mqtt,http"))).isEqualTo("HTTP MQTT");
        assertThat(flags(trace("other"))).isEmpty();
    }

    @Test
    void oneLineAnEventWhateverThePeerSent() throws ReflectiveOperationException {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord event) {
                lines.add(event.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.zsock");
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try {
            Class<?> trace = trace("http");
            Method mqtt = trace.getMethod("mqtt", int.class, String.class, Object[].class);
            mqtt.invoke(null, 7, ">", new Object[] {"packet", "PINGREQ", "len", 2});
            Method http = trace.getMethod("http", int.class, String.class, Object[].class);
            Object[] pairs = {"reason", "a \"b\"\r\nX: 1\u00e9", "status", 404, "empty", ""};
            http.invoke(null, 3, "refused", pairs);
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        assertThat(lines)
                .containsExactly(
                        "mqtt fd=7 > packet=PINGREQ len=2",
                        "http fd=3 refused reason=\"a ?b???X: 1?\" status=404 empty=\"\"");
    }
}
