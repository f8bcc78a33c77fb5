package dev.zsock.demo;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;

import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** That the demo says {@code demo: ok} when all is as promised, and else in one line why not. */
class DemoTest {
    private static final Path SOURCE = Path.of("src/demo/java/dev/zsock/demo/DocumentExample.java");
    /** A C text, its Java text, and the lambda that runs, as in a call of Transcript.step. */
    private static final Pattern STEP =
            Pattern.compile("log\\.step\\((.*?)\\(\\) -> (.*?),\\s*value ->", Pattern.DOTALL);

    private static final Pattern LITERAL =
            Pattern.compile("\"\"\"\\s*(.*?)\"\"\"|\"(.*?)\"", Pattern.DOTALL);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Demo.run(args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private List<String> lines() {
        return out.toString(UTF_8).lines().toList();
    }

    @Test
    void runsAgainstItsOwnServer() {
        assertThat(run()).as(err::toString).isZero();
        assertThat(lines()).last().isEqualTo("demo: ok");
        assertThat(lines()).allMatch(line -> line.length() <= 100);
        assertThat(lines())
                .filteredOn(line -> line.startsWith("  Java  ret = close(ws_sock);")
                        || line.startsWith("  Java  ret = websocket_disconnect(ws_sock);"))
                .hasSize(2);
        assertThat(lines())
                .filteredOn(line -> line.contains("FIN=1 opcode=2 (BINARY)"))
                .hasSize(4)
                .allMatch(line -> line.endsWith("length=5 payload=68656c6c6f \"hello\""));
        assertThat(err.size()).isZero();
    }

    @Test
    void printsTheStatementsItRuns() throws IOException {
        Matcher steps = STEP.matcher(Files.readString(SOURCE));
        int count = 0;
        for (; steps.find(); count++) {
            Matcher literals = LITERAL.matcher(steps.group(1));
            String c = next(literals);
            String java = next(literals);
            assertThat(java).isEqualTo(squeezed(steps.group(2)) + ";");
            assertThat(java).isEqualTo(c.replace("&", ""));
        }
        assertThat(count).isEqualTo(11);
    }

    private static String next(Matcher literals) {
        assertThat(literals.find()).isTrue();
        return squeezed(literals.group(1) == null ? literals.group(2) : literals.group(1));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    @ParameterizedTest
    @CsvSource({"pythonWebsockets,127.0.0.1", "pythonWebsockets,::1", "nodeWs,127.0.0.1"})
    void runsAgainstAGivenServer(String which, String host) {
        try (Peer peer = start(which, host)) {
            assertThat(run(peer.url("/echo?a=1&b=2"))).as(err::toString).isZero();
            assertThat(lines()).last().isEqualTo("demo: ok");
            String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
            assertThat(lines()).contains("            Host: " + shown + ":" + peer.port());
        }
    }

    private static Peer start(String which, String host) {
        return which.equals("nodeWs") ? Peers.nodeWs(host) : Peers.pythonWebsockets(host);
    }

    @ParameterizedTest
    @CsvSource({
        "/push?n=1, the echo differs: sent BINARY",
        "/close?code=1001, the echo differs: sent BINARY",
        "/vanish, no whole frame of the server",
        "/reset, "
    })
    void saysHowAServerDiffers(String path, String why) {
        try (Peer peer = Peers.pythonWebsockets()) {
            assertFailure(why == null ? "" : why, peer.url(path));
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        try (Socket bound = new Socket()) { // nobody else gets the port, and nobody listens on it
            bound.bind(new InetSocketAddress("127.0.0.1", 0));
            String url = "ws://127.0.0.1:" + bound.getLocalPort() + "/";
            assertFailure("cannot reach " + url + ": Connection refused", url);
        }
    }

    @Test
    void saysHowTheHandshakeWasRefused() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        HttpServer server = HttpServer.create(any, 1); // answers 404 to everything
        server.start();
        try {
            String url = "ws://127.0.0.1:" + server.getAddress().getPort() + "/";
            assertFailure("websocket_connect gave -103 (ECONNABORTED: ", url);
            assertThat(err.toString(UTF_8)).contains("the server answered HTTP/1.1 404 Not Found");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://127.0.0.1/",
                "http://127.0.0.1/",
                "ws://127.0.0.1:65536/",
                "ws://a b/",
                "ws:/x",
                ""
            })
    void saysWhatIsNoUrl(String url) {
        assertFailure("", url);
        assertThat(out.size()).isZero();
    }

    private void assertFailure(String why, String... args) {
        assertThat(run(args)).isEqualTo(1);
        assertThat(err.toString(UTF_8)).startsWith("demo: FAILED: " + why).endsWith("\n");
        assertThat(err.toString(UTF_8).lines()).hasSize(1);
        assertThat(lines()).doesNotContain("demo: ok");
    }

    @ParameterizedTest
    @CsvSource({
        "ws://h/p?q=1, h, 80, /p?q=1, h",
        "ws://h:81, h, 81, /, h:81",
        "WS://h:80?x, h, 80, /?x, h",
        "ws://[::1]:9001/a%20b, ::1, 9001, /a%20b, [::1]:9001",
        "ws://[::1]/, ::1, 80, /, [::1]"
    })
    void readsTheUrl(String url, String host, int port, String path, String authority)
            throws DemoFailure {
        Target target = Target.of(url);
        assertThat(target).isEqualTo(new Target(host, port, path));
        assertThat(target.authority()).isEqualTo(authority);
    }
}
