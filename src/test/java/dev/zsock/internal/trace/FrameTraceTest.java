package dev.zsock.internal.trace;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.ForkedJvm;
import dev.zsock.testkit.WsPair;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.stream.Collectors;

/** The topic {@code ws}: each frame, and in words what either side did wrong. */
@Timeout(120)
class FrameTraceTest {
    /** In a JVM of its own: the topics are constants. */
    static final class Program {
        private Program() {}

        private static void send(int ws, int n, int opcode, boolean mask, boolean fin) {
            websocket_send_msg(ws, new byte[n], n, opcode, mask, fin, 1000);
        }

        public static void main(String[] args) {
            try (WsPair pair = WsPair.openClient()) {
                int ws = pair.client;
                byte[] buf = {(byte) 0xff, 'x'};
                dev.zsock.Sockets.send(ws, buf, 1, 0);
                send(ws, 5, WEBSOCKET_OPCODE_DATA_BINARY, false, true);
                send(ws, 126, WEBSOCKET_OPCODE_PING, true, true);
                send(ws, 1, WEBSOCKET_OPCODE_PONG, true, false);
                send(ws, 1, WEBSOCKET_OPCODE_CLOSE, true, true);
                send(ws, 1, WEBSOCKET_OPCODE_CONTINUE, true, true);
                send(ws, 1, 3, true, true);
                send(ws, 5, WEBSOCKET_OPCODE_DATA_BINARY, true, false);
                send(ws, 5, WEBSOCKET_OPCODE_DATA_BINARY, true, true);
                byte[] peer = {(byte) 0x89, 1, 'p', (byte) 0x81, 1, 'x', (byte) 0x91, 0};
                dev.zsock.Sockets.send(pair.serverTransport, peer, peer.length, 0);
                recv(ws, buf, 2, 0);
                recv(ws, buf, 2, 0);
                send(ws, 0, WEBSOCKET_OPCODE_PING, true, true);
            }
        }
    }

    @Test
    void everyFrameAndEveryReason() throws Exception {
        String format = "-Djava.util.logging.SimpleFormatter.format=%5$s%n";
        List<String> options = List.of("-Dzsock.trace=ws", format);
        ForkedJvm.Result run = ForkedJvm.run(options, Program.class, List.of());
        List<String> lines =
                run.output().lines().filter(line -> line.startsWith("ws ")).toList();
        assertThat(lines.stream().map(line -> line.split(" ")[1]).distinct())
                .as("the number below the websocket")
                .hasSize(1);
        String trace = lines.stream()
                .map(line -> line.replaceFirst("fd=[0-9]+ ", ""))
                .collect(Collectors.joining("\n"));
        assertThat(trace).isEqualTo("""
                ws not sent opcode=1 len=1 errno=84 \
                reason="not UTF-8 (8.1): bytes go as BINARY, a cut code point in fragments"
                ws not sent opcode=2 len=5 errno=22 reason="a client masks (5.1)"
                ws not sent opcode=9 len=126 errno=22 reason="control frame above 125 bytes (5.5)"
                ws not sent opcode=10 len=1 errno=22 reason="control frame without FIN (5.5)"
                ws not sent opcode=8 len=1 errno=22 \
                reason="CLOSE of one byte or with a code that may not be sent (5.5.1, 7.4)"
                ws not sent opcode=0 len=1 errno=22 reason="no message to continue (5.4)"
                ws not sent opcode=3 reason="reserved opcode (5.2)"
                ws > b0=02 len=5
                ws not sent opcode=2 len=5 errno=22 \
                reason="this thread's message is still open (5.4)"
                ws < b0=89 len=1
                ws < b0=81 len=1
                ws > b0=8a len=1
                ws < b0=91 len=0
                ws refused code=1002 reason="RSV bit without a meaning (5.2)"
                ws > b0=88 len=2
                ws not sent opcode=9 len=0 errno=32 \
                reason="after CLOSE (5.5.1), or the peer is gone\"""");
    }
}
