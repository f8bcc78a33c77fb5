package dev.zsock.contract;

import static dev.zsock.Sockets.*;
import static dev.zsock.contract.Wire.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.internal.file.Call;
import dev.zsock.testkit.OverMemory;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a frame costs below the websocket: calls that are system calls on a plain socket. */
@DisplayName("One call per frame")
@Timeout(120)
class OneCallPerFrameTest {
    private static final int BINARY = WEBSOCKET_OPCODE_DATA_BINARY;

    private static OverMemory roomy(boolean client) {
        OverMemory m = new OverMemory(client);
        m.below.room = Integer.MAX_VALUE;
        return m;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 16_370, 16_371, 65_535, 65_536, 100_000, 128 << 10})
    @DisplayName("up to 128 KiB leave at once, from either role, however long the caller waits")
    void sends(int n) {
        byte[] payload = pattern(n);
        for (boolean client : new boolean[] {true, false}) {
            for (long deadline : new long[] {Call.NEVER, Call.NOW, Call.afterMs(60_000)}) {
                OverMemory m = roomy(client);
                assertThat(m.sendMsg(payload, BINARY, true, deadline)).isEqualTo(n);
                assertThat(m.sendMsg(payload, BINARY, true, deadline)).isEqualTo(n);
                assertThat(m.below.sends).isEqualTo(2);
                assertThat(m.below.awaits + m.below.receives).isZero();
            }
        }
    }

    @Test
    @DisplayName("larger ones take one call for each 128 KiB when the caller waits for ever")
    void streams() {
        OverMemory m = roomy(true);
        int n = 10 << 17;
        assertThat(m.sendMsg(pattern(n), BINARY, true, Call.NEVER)).isEqualTo(n);
        assertThat(m.below.sends).isEqualTo(10);
    }

    @Test
    @DisplayName("a small echo is one send and one receive, by either API")
    void echoes() {
        OverMemory m = roomy(true);
        byte[] buf = new byte[64];
        for (int i = 1; i <= 10; i++) {
            assertThat(m.send(bytes('p', 'i', 'n', 'g'), 0)).isEqualTo(4);
            m.below.then(frame(0x81, "ping"));
            boolean bsd = i % 2 == 0;
            assertThat(bsd ? m.recv(buf, 0) : m.recvMsg(buf, Call.NEVER)).isEqualTo(4);
            assertThat(m.below.sends).isEqualTo(i);
            assertThat(m.below.receives).isEqualTo(i);
        }
        assertThat(m.below.awaits).isZero();
    }

    @Test
    @DisplayName("many frames of one segment take one receive, poll included")
    void segments() {
        OverMemory m = roomy(true);
        m.below.then(concat(frame(0x81, "a"), frame(0x02, "b"), frame(0x80, "c")));
        byte[] buf = new byte[64];
        for (int i = 0; i < 3; i++) {
            assertThat(m.poll(POLLIN, POLLIN)).isEqualTo(POLLIN);
            assertThat(m.recv(buf, 0)).isEqualTo(1);
        }
        assertThat(m.below.receives).isEqualTo(1);
    }

    @Test
    @DisplayName("PING costs one send for its PONG, and nothing waits")
    void pings() {
        OverMemory m = roomy(false);
        byte[] buf = new byte[64];
        m.below.then(concat(masked(0x89, bytes('h')), masked(0x82, bytes('x'))));
        assertThat(m.recv(buf, 0)).isEqualTo(1);
        assertThat(m.below.sends).isEqualTo(1);
        assertThat(m.below.sent()).isEqualTo(bytes(0x8a, 1, 'h'));
        assertThat(m.below.receives).isEqualTo(1);
        assertThat(m.below.awaits).isZero();
    }

    @Test
    @DisplayName("a long frame is read in growing pieces, not in small ones")
    void longFrames() {
        OverMemory m = roomy(true);
        int n = 1 << 20;
        m.below.then(concat(bytes(0x82, 127, 0, 0, 0, 0, 0, n >> 16, 0, 0), pattern(n)));
        byte[] buf = new byte[n];
        assertThat(m.recvMsg(buf, Call.NEVER)).isEqualTo(n);
        assertThat(buf).isEqualTo(pattern(n));
        assertThat(m.below.receives).isLessThanOrEqualTo(1 + n / (64 << 10) + 1);
    }
}
