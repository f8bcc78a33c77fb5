package dev.zsock.internal.websocket;

import static dev.zsock.uapi.WebsocketAbi.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zsock.internal.file.Call;
import dev.zsock.testkit.OverMemory;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.SocketAbi;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

@DisplayName("The caller's memory fails inside a frame")
class FailingMemoryTest {
    private static final int BINARY = WEBSOCKET_OPCODE_DATA_BINARY;
    private static final int LENGTH = 1 << 20;

    private static int send(OverMemory m, ByteBuffer payload) {
        return send(m, payload, payload.limit(), true);
    }

    /** With a limit that comes behind the checks. */
    private static int send(OverMemory m, ByteBuffer payload, int limit, boolean mask) {
        Call call = Call.begin(null, Call.NEVER);
        try {
            call.data.set(payload);
            payload.limit(limit);
            return m.ws.sendMessage(call, BINARY, mask, true);
        } finally {
            call.end();
        }
    }

    @Test
    @DisplayName("nothing follows in the frame that cannot be finished")
    void tornByTheCaller() {
        OverMemory m = new OverMemory(true);
        ByteBuffer payload = ByteBuffer.allocateDirect(LENGTH);
        m.below.room = LENGTH / 4;
        m.below.drain = () -> {
            payload.limit(1); // as another thread might, or close the buffer's arena
            m.below.room = LENGTH;
        };
        assertThatThrownBy(() -> send(m, payload)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(m.below.sent()).hasSizeGreaterThan(LENGTH / 4).hasSizeLessThan(LENGTH);
        assertThat(send(m, ByteBuffer.allocate(1))).isEqualTo(-ErrnoAbi.EPIPE);
        assertThat(m.close()).isEqualTo(-ErrnoAbi.EPIPE);
        assertThat(m.below.sent()).isEmpty();
        assertThat(m.below.shut).isTrue();
    }

    @Test
    @DisplayName("a frame that would have gathered is not there, those before and behind it are")
    void amongGatheredFrames() {
        OverMemory m = new OverMemory(false);
        m.below.room = LENGTH;
        assertThat(m.send(new byte[] {'a'}, SocketAbi.MSG_MORE)).isEqualTo(1);
        assertThat(m.setOption(WEBSOCKET_CORK, 1, 4)).isZero();
        assertThat(m.send(new byte[] {'b'}, 0)).isEqualTo(1);
        ByteBuffer payload = ByteBuffer.allocateDirect(100);
        assertThatThrownBy(() -> send(m, payload, 50, false))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(m.send(new byte[] {'c'}, 0)).isEqualTo(1);
        assertThat(m.setOption(WEBSOCKET_CORK, 0, 4)).isZero();
        byte[] abc = {(byte) 0x81, 1, 'a', (byte) 0x81, 1, 'b', (byte) 0x81, 1, 'c'};
        assertThat(m.below.sent()).isEqualTo(abc);
    }
}
