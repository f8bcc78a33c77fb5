package dev.zsock.testkit;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zsock.WebsocketServer;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The scripted peer, mostly against plain sockets of the JDK. */
@Timeout(120)
class HexPeerTest {
    private static final String HELLO = "81 05 48 65 6c 6c 6f";

    private static byte[] hex(String pairs) {
        return HexFormat.of().parseHex(pairs.replace(" ", ""));
    }

    private static Socket dial(HexPeer peer) throws IOException {
        return new Socket("127.0.0.1", peer.port());
    }

    private static String bytes(boolean client, String text) {
        return HexFormat.ofDelimiter(" ")
                .formatHex(new HexReader(client).sent(text).bytes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "81 05 'Hello'           | 81 05 48 65 6c 6c 6f",
                "8105 'é'*2              | 81 05 c3 a9 c3 a9",
                "(89 00)*3               | 89 00 89 00 89 00",
                "[81 'Hello']            | 81 05 48 65 6c 6c 6f",
                "[88]                    | 88 00",
                "[82 as16 ff]            | 82 7e 00 01 ff",
                "[82 as64]               | 82 7f 00 00 00 00 00 00 00 00",
                "[82 claim 8000000000000000 01] | 82 7f 80 00 00 00 00 00 00 00 01",
                "[81 flip 'Hello']       | 81 85 37 fa 21 3d 7f 9f 4d 51 58", // RFC 6455 5.7
                "[c1 deflate 'Hello']    | c1 07 f2 48 cd c9 c9 07 00", // RFC 7692 7.2.3.1
                "deflate 'Hello' deflate 'Hello' | f2 48 cd c9 c9 07 00 f2 00 11 00 00", // 7.2.3.2
                "deflate 'a' deflate-anew 'Hello' | 4a 04 00 f2 48 cd c9 c9 07 00",
                "deflate 'a'*9           | 4a 4c 84 02 00 00",
            })
    void bytesOfAScript(String text, String wire) {
        assertThat(bytes(false, text)).isEqualTo(wire);
    }

    @Test
    void aClientsFramesAreMasked() {
        assertThat(bytes(true, "[81 'Hello']")).isEqualTo("81 85 37 fa 21 3d 7f 9f 4d 51 58");
        assertThat(bytes(true, "[81 flip 'Hello']")).isEqualTo(HELLO);
        assertThat(new HexReader(true).sent("[82 'a'*125]").length()).isEqualTo(2 + 4 + 125);
        assertThat(new HexReader(true).sent("[82 'a'*126]").length()).isEqualTo(4 + 4 + 126);
        assertThat(new HexReader(true).sent("[82 'a'*65536]").length()).isEqualTo(10 + 4 + 65536);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "81 .. 'Hello'   | 81 05 48 65 6c 6c 6f",
                "81 85 mask 'Hello' | 81 85 37 fa 21 3d 7f 9f 4d 51 58",
                "[81 'Hello']    | 81 85 37 fa 21 3d 7f 9f 4d 51 58",
                "[89] [8a 'x']   | 89 80 01 02 03 04 8a 81 01 02 03 04 79",
            })
    void expectedBytesThatCame(String text, String wire) {
        assertThat(new HexReader(false).expected(text).mismatch(hex(wire))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "81 05 'Hello' | 81 05 48 65 6c 6c 70 | expected 81 05 48 65 6c 6c 6f,"
                        + " came 81 05 48 65 6c 6c 70 (they part at byte 6 of 7)",
                "81 ..         | 81 | expected 81 .., came 81 (they part at byte 1 of 2)",
                "[81 'A']      | 81 81 01 02 03 04 43 | expected 81 81 .. .. .. .. 41,"
                        + " came 81 81 01 02 03 04 42 (they part at byte 6 of 7)",
                "00*99 01      | 01 | expected 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                        + " 00 00 00 00 00 00 00 ..., came 01 (they part at byte 0 of 100)",
            })
    void whatIsWrongWithOthers(String text, String wire, String message) {
        assertThat(new HexReader(false).expected(text).mismatch(hex(wire))).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"> 81 .. \n\"       | any byte cannot be sent",
                "\"\n> [81 'a'\"      | line 2: expected ]",
                "\"> 81\n\nhop\"      | line 3: what is hop?",
                "\"> ['Hello']\"     | line 1: no first byte: 'Hello'",
                "\"pause soon\"       | no number: soon",
                "\"> 'Hello\"         | line 1: a quote or star alone",
            })
    void scriptsThatCannotBeRead(String script, String message) {
        assertThatThrownBy(() -> {
                    try (HexPeer peer = HexPeer.server(script);
                            Socket ignored = dial(peer)) {
                        peer.check();
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void sendsAndExpects() throws IOException {
        try (HexPeer peer = HexPeer.server("> 01 < 02 03 > 04*3 half-close < 05 eof");
                Socket other = dial(peer)) {
            InputStream in = other.getInputStream();
            assertThat(in.readNBytes(1)).isEqualTo(hex("01"));
            other.getOutputStream().write(hex("02 03"));
            assertThat(in.readAllBytes()).isEqualTo(hex("04 04 04"));
            other.getOutputStream().write(5);
            other.shutdownOutput();
            peer.check();
        }
    }

    @Test
    void saysWhatItMissed() throws IOException {
        try (HexPeer peer = HexPeer.server("# nothing yet\n> 01\n< 02 03\n< 04");
                Socket other = dial(peer)) {
            other.getOutputStream().write(hex("02"));
            other.shutdownOutput();
            assertThatThrownBy(peer::check)
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("line 3: <: expected 02 03, came 02 (they part at byte 1 of 2);"
                            + " then the end of the stream");
            assertThat(other.getInputStream().readAllBytes()).isEqualTo(hex("01")); // and closed
        }
    }

    @Test
    void waitsNoLongerThanItShould() throws IOException {
        try (HexPeer peer = HexPeer.server("within 20\n< 01");
                Socket ignored = dial(peer)) {
            assertThatThrownBy(peer::check)
                    .hasMessageContaining("line 2: <: expected 01, came nothing")
                    .hasMessageEndingWith("then nothing for 20 ms");
        }
    }

    @Test
    void silenceIsHeard() throws IOException {
        try (HexPeer peer = HexPeer.server("silent 10 > 01 < 02 eof");
                Socket other = dial(peer)) {
            assertThat(other.getInputStream().read()).isOne();
            other.getOutputStream().write(2);
            other.shutdownOutput();
            peer.check();
        }
        try (HexPeer peer = HexPeer.server("< 01 silent 5000");
                Socket other = dial(peer)) {
            other.getOutputStream().write(hex("01 07"));
            assertThatThrownBy(peer::check).hasMessageContaining("expected nothing, came 07");
        }
        try (HexPeer peer = HexPeer.server("eof");
                Socket other = dial(peer)) {
            other.getOutputStream().write(7);
            assertThatThrownBy(peer::check).hasMessageContaining("end of the stream, came 07");
        }
    }

    @Test
    void splitsAndResets() throws IOException {
        try (HexPeer peer = HexPeer.server("split 2 > 01 02 03 pause 1 taken < 04 reset");
                Socket other = dial(peer)) {
            assertThat(other.getInputStream().readNBytes(3)).isEqualTo(hex("01 02 03"));
            other.getOutputStream().write(4);
            peer.check();
            assertThatThrownBy(() -> other.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void takenMeansRead() throws Exception {
        try (HexPeer peer = HexPeer.server("within 30 > 01 02 taken");
                Socket other = dial(peer)) {
            assertThat(other.getInputStream().read()).isOne();
            assertThatThrownBy(peer::check).hasMessageContaining("the other end reads");
        }
        try (HexPeer peer = HexPeer.server("> 01 02 taken");
                Socket other = dial(peer)) {
            CompletableFuture<Void> check = Background.run(peer::check);
            assertThat(other.getInputStream().readNBytes(2)).hasSize(2);
            check.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void connectsAndAsksForTheUpgrade() throws IOException {
        SockaddrIn addr = new SockaddrIn();
        int listener = Loopback.listener(addr, 1);
        try (HexPeer peer =
                HexPeer.client(ntohs(addr.sin_port), "upgrade > [81 'Hi'] < [81 'Hi'] eof")) {
            int sock = accept(listener, null, null);
            assertThat(WebsocketServer.websocket_upgrade(sock, null, false, 5000))
                    .isZero();
            int ws = websocket_register(sock, null, 0);
            byte[] buf = new byte[9];
            assertThat(recv(ws, buf, 9, 0)).isEqualTo(2);
            assertThat(send(ws, buf, 2, 0)).isEqualTo(2);
            shutdown(sock, SHUT_WR);
            peer.check();
            close(ws);
            close(sock);
        }
        close(listener);
    }

    @Test
    void refusesAnAnswerThatIsNoUpgrade() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                HexPeer peer = HexPeer.client(listener.getLocalPort(), "upgrade");
                Socket other = listener.accept()) {
            other.getOutputStream().write("HTTP/1.1 404 Not Found\r\n\r\n".getBytes());
            assertThatThrownBy(peer::check).hasMessageContaining("404 Not Found");
        }
    }

    @Test
    void closingEndsAScriptThatWaits() throws IOException {
        HexPeer peer = HexPeer.server("pause 60000");
        try (Socket other = dial(peer)) {
            peer.close();
            assertThatThrownBy(peer::check).isInstanceOf(AssertionError.class);
        }
        HexPeer alone = HexPeer.server("eof");
        alone.close();
        assertThatThrownBy(alone::check).isInstanceOf(AssertionError.class);
    }

    /** The example of the class comment. */
    @Test
    void theExample() {
        assertThatCode(HexPeerTest::example).doesNotThrowAnyException();
    }

    private static void example() {
        String script = """
                upgrade                # reads the request, answers 101
                > 81 05 'Hello'        # sends a frame
                < 81 85 mask 'Hello'   # wants it back, under any masking key
                split 1                # from here on one byte at a time
                > [88 03e8 'bye']      # a frame again: the length is counted for you
                < [88 03e8]            # masked, as it comes from a client
                eof
                """;
        try (HexPeer peer = HexPeer.server(script)) {
            SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, peer.port());
            int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
            assert connect(sock, addr, sizeof(addr)) == 0;
            WebsocketRequest req = new WebsocketRequest();
            req.host = "127.0.0.1";
            req.url = "/";
            int ws = websocket_connect(sock, req, 5000, null);
            byte[] buf = new byte[64];
            assert recv(ws, buf, 64, 0) == 5; // Hello
            assert send(ws, buf, 5, 0) == 5;
            assert recv(ws, buf, 64, 0) == 0; // closed by the peer
            close(ws);
            close(sock);
            peer.check(); // throws when a line of the script was not met
        }
    }

    @Test
    void theExampleIsTheOneOfTheComment() throws IOException {
        Path folder = Path.of("src", "test", "java", "dev", "zsock", "testkit");
        String comment = Files.readString(folder.resolve("HexPeer.java"));
        String shown = comment.substring(
                        comment.indexOf("<pre>{@code\n") + 12, comment.indexOf(" * }</pre>"))
                .replaceAll("(?m)^ \\* ?", "");
        String run = Files.readString(folder.resolve("HexPeerTest.java"));
        String indented = shown.lines()
                .map(line -> line.isEmpty() ? line : " ".repeat(8) + line)
                .collect(Collectors.joining("\n"));
        assertThat(run).contains(indented);
    }
}
