package dev.zsock.contract;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;
import dev.zsock.testkit.WsPair;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;

@DisplayName("Direct buffers whose memory is not there: EFAULT, and nobody's memory is touched")
@Timeout(120)
class GoneBuffersTest {
    private static final int BINARY = WEBSOCKET_OPCODE_DATA_BINARY;
    private static final int SIZE = 64 << 10;

    private static void refused(ByteBuffer gone) {
        try (WsPair pair = WsPair.open()) {
            assertThat(send(pair.clientTransport, gone, 0)).isEqualTo(-1);
            assertThat(errno()).isEqualTo(EFAULT);
            assertThat(send(pair.client, gone, 0)).isEqualTo(-1);
            assertThat(errno()).isEqualTo(EFAULT);
            assertThat(websocket_send_msg(pair.client, gone, BINARY, true, true, 0))
                    .isEqualTo(-EFAULT);
            byte[] hi = {'h', 'i'};
            assertThat(websocket_send_msg(pair.server, hi, 2, BINARY, false, true, 0))
                    .isEqualTo(2);
            assertThat(recv(pair.client, gone, 0)).isEqualTo(-1);
            assertThat(errno()).isEqualTo(EFAULT);
            assertThat(websocket_recv_msg(pair.client, gone, null, null, 0)).isEqualTo(-EINVAL);
            assertThat(gone.position()).isZero();
            assertThat(recv(pair.client, hi, 2, 0)).isEqualTo(2);
        }
    }

    /** Java 17 has none: nothing can be gone there. */
    private static boolean arenas() {
        return Runtime.version().feature() >= 22;
    }

    /** A buffer of a shared or confined arena, and the arena. */
    private static Object[] buffer(String kind) throws ReflectiveOperationException {
        Class<?> type = Class.forName("java.lang.foreign.Arena");
        Object arena = type.getMethod(kind).invoke(null);
        Object segment = type.getMethod("allocate", long.class, long.class).invoke(arena, SIZE, 8);
        Class<?> segments = Class.forName("java.lang.foreign.MemorySegment");
        return new Object[] {segments.getMethod("asByteBuffer").invoke(segment), arena};
    }

    @Test
    @DisplayName("the arena is closed")
    void closedArena() throws Exception {
        if (arenas()) {
            Object[] made = buffer("ofShared");
            Class.forName("java.lang.foreign.Arena").getMethod("close").invoke(made[1]);
            refused((ByteBuffer) made[0]);
        }
    }

    @Test
    @DisplayName("the arena is another thread's")
    void anothersArena() throws Exception {
        if (arenas()) {
            ByteBuffer buffer = (ByteBuffer) buffer("ofConfined")[0];
            Background.run(() -> refused(buffer)).join();
        }
    }
}
