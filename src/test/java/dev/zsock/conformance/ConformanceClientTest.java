package dev.zsock.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.conformance.FuzzingServer.Case;
import dev.zsock.conformance.Wire.Heard;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The conformance client against a fuzzing server that is not ours but for this file. */
class ConformanceClientTest {
    private static final int MIB = 1 << 20;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static void echoed(Wire wire, int b0, byte[] payload) throws IOException {
        Heard heard = wire.hear();
        if (heard.b0 != b0 || !Arrays.equals(heard.payload, payload)) {
            throw new IOException("heard " + heard.b0 + ", " + heard.payload.length
                    + " bytes; wanted " + b0 + ", " + payload.length);
        }
    }

    private static void echo(Wire wire, int b0, byte[] payload) throws IOException {
        wire.frame(b0, payload);
        echoed(wire, b0, payload);
    }

    private static byte[] random(int n) {
        byte[] bytes = new byte[n];
        new Random(n).nextBytes(bytes);
        return bytes;
    }

    private static final List<Case> CASES = Arrays.asList(
            wire -> { // 1: both types, empty and at the borders of the length forms
                for (int n : new int[] {0, 1, 125, 126, 127, 65535, 65536}) {
                    echo(wire, 0x81, "x".repeat(n).getBytes(UTF_8));
                    echo(wire, 0x82, random(n));
                }
                wire.close(1000);
            },
            wire -> { // 2: fragments come back as one message, PING between them at once
                wire.frame(0x01, "fragm");
                wire.frame(0x89, "between");
                echoed(wire, 0x8a, "between".getBytes(UTF_8));
                wire.frame(0x00, "");
                wire.frame(0x80, "ents \u20ac");
                echoed(wire, 0x81, "fragments \u20ac".getBytes(UTF_8));
                wire.close(1000);
            },
            wire -> { // 3: ten PINGs are ten PONGs
                ByteArrayOutputStream pings = new ByteArrayOutputStream();
                for (int i = 0; i < 10; i++) {
                    pings.writeBytes(Wire.frameOf(0x89, random(12 * i)));
                }
                wire.bytes(pings.toByteArray());
                for (int i = 0; i < 10; i++) {
                    echoed(wire, 0x8a, random(12 * i));
                }
                wire.close(1000);
            },
            wire -> { // 4: an illegal frame; what came before it is answered
                wire.bytes(new byte[] {(byte) 0x81, 2, 'o', 'k', (byte) 0xb1, 0});
                echoed(wire, 0x81, "ok".getBytes(UTF_8));
                wire.hearClose(1002);
            },
            wire -> { // 5: bytes that are not UTF-8, in a frame that is never finished
                wire.bytes(new byte[] {(byte) 0x81, 126, 1, 0, 'a', (byte) 0xf5});
                wire.hearClose(1007);
            },
            wire -> { // 6: a large message
                echo(wire, 0x82, random(16 * MIB));
                wire.close(1001);
            },
            Wire::drop, // 7
            null, // 8: no websocket at all
            wire -> { // 9: an application's code; data behind CLOSE is not answered
                ByteArrayOutputStream both = new ByteArrayOutputStream();
                both.writeBytes(Wire.frameOf(0x88, Wire.codeOf(4999)));
                both.writeBytes(Wire.frameOf(0x81, random(0)));
                wire.bytes(both.toByteArray());
                wire.hearClose(4999);
            },
            wire -> { // 10: a code that must not be sent
                wire.frame(0x88, Wire.codeOf(1005));
                wire.hearClose(1002);
            },
            wire -> { // 11: a text of many fragments, a byte each
                byte[] text = "\ud83d\ude00".repeat(2000).getBytes(UTF_8);
                ByteArrayOutputStream frames = new ByteArrayOutputStream();
                for (int i = 0; i < text.length; i++) {
                    int b0 = (i == 0 ? 0x01 : 0) | (i == text.length - 1 ? 0x80 : 0);
                    frames.writeBytes(Wire.frameOf(b0, new byte[] {text[i]}));
                }
                wire.bytes(frames.toByteArray());
                echoed(wire, 0x81, text);
                wire.close(1000);
            },
            wire -> { // 12: an empty CLOSE, cut behind each byte
                wire.bytes(new byte[] {(byte) 0x88});
                wire.bytes(new byte[] {0});
                wire.hearClose(0);
            });

    @ParameterizedTest
    @ValueSource(strings = {"", "bsd"})
    void runsEveryCase(String api) throws IOException {
        PrintStream print = new PrintStream(out, true, UTF_8);
        try (FuzzingServer server = new FuzzingServer(CASES)) {
            String[] args = {server.url(), "me & you", api};
            assertThat(ConformanceClient.run(args, print, print)).isZero();
            assertThat(server.complaints).isEmpty();
            assertThat(server.paths).hasSize(CASES.size() + 2);
            assertThat(server.paths).first().isEqualTo("/getCaseCount");
            assertThat(server.paths).contains("/runCase?case=12&agent=me+%26+you");
            assertThat(server.paths).last().isEqualTo("/updateReports?agent=me+%26+you");
        }
        assertThat(out.toString(UTF_8).lines())
                .contains("case 1: 14 echoed, closed", "case 4: 1 echoed, EPROTO")
                .contains(
                        "case 5: 0 echoed, EILSEQ",
                        "case 8: no websocket: Software caused " + "connection abort")
                .contains("conformance: 12 cases run, 1 without a websocket");
    }

    private static final List<Case> LARGE = List.of(
            wire -> { // more than the public suite has
                echo(wire, 0x82, random(64 * MIB));
                wire.close(1000);
            },
            wire -> { // left unread, what follows would make a reset, which overtakes the CLOSE
                wire.bytes(new byte[] {(byte) 0xb1, 0});
                wire.frame(0x82, random(4 * MIB));
                wire.hearClose(1002);
            });

    @Test
    void largeMessages() throws IOException {
        PrintStream print = new PrintStream(out, true, UTF_8);
        try (FuzzingServer server = new FuzzingServer(LARGE)) {
            String[] args = {server.url(), "large"};
            assertThat(ConformanceClient.run(args, print, print)).isZero();
            assertThat(server.complaints).isEmpty();
        }
        assertThat(out.toString(UTF_8).lines()).contains("case 1: 1 echoed, closed");
    }

    /** A server of one thread answers when its hundreds of reports are written. */
    private static final class SlowReports implements Case {
        @Override
        public String answer(String offer) throws IOException {
            try {
                TimeUnit.SECONDS.sleep(11);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return "";
        }

        @Override
        public void run(Wire wire) throws IOException {
            wire.close(1000);
        }
    }

    @Test
    @Tag("slow")
    void waitsForTheReports() throws IOException {
        PrintStream print = new PrintStream(out, true, UTF_8);
        try (FuzzingServer server = new FuzzingServer(List.of(), new SlowReports())) {
            assertThat(ConformanceClient.run(new String[] {server.url(), "me"}, print, print))
                    .isZero();
            assertThat(server.complaints).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws://127.0.0.1:1", "http://127.0.0.1:1", "ws://"})
    void saysWhyThereIsNoServer(String url) {
        PrintStream print = new PrintStream(out, true, UTF_8);
        assertThat(ConformanceClient.run(new String[] {url, "me"}, print, print))
                .isEqualTo(1);
        assertThat(out.toString(UTF_8)).startsWith("conformance: FAILED: ").hasLineCount(1);
    }

    @Test
    void knowsNoOtherApi() {
        PrintStream print = new PrintStream(out, true, UTF_8);
        String[] args = {"ws://127.0.0.1:1", "me", "posix"};
        assertThat(ConformanceClient.run(args, print, print)).isEqualTo(1);
        assertThat(out.toString(UTF_8))
                .isEqualTo("conformance: FAILED: API=posix: bsd, or nothing\n");
    }
}
