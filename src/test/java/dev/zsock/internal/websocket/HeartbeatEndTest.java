package dev.zsock.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.TricklingFile;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The heartbeat of a closed websocket")
class HeartbeatEndTest {
    @Test
    @DisplayName("does not begin again: the option set late, beside close, has no effect")
    void setLate() {
        Heartbeat heartbeat = new Heartbeat(new TricklingFile(), () -> {}, () -> {});
        heartbeat.every(60_000);
        assertThat(heartbeat.every()).isEqualTo(60_000);
        heartbeat.stop();
        heartbeat.every(60_000);
        assertThat(heartbeat.every()).isZero();
    }
}
