package dev.zsock.internal.websocket;

import static dev.zsock.uapi.WebsocketAbi.WEBSOCKET_OPCODE_DATA_BINARY;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zsock.internal.file.Call;
import dev.zsock.testkit.OverMemory;
import dev.zsock.uapi.ErrnoAbi;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

@DisplayName("The caller's memory fails inside a frame")
class FailingMemoryTest {
    private static final int BINARY = WEBSOCKET_OPCODE_DATA_BINARY;
    private static final int LENGTH = 1 << 20;

    private static int send(OverMemory m, ByteBuffer payload) {
        Call call = Call.begin(null, Call.NEVER);
        try {
            call.data.set(payload);
            return m.ws.sendMessage(call, BINARY, true, true);
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
}
