package dev.zsock.programs;

import static dev.zsock.programs.Running.Language.C;
import static dev.zsock.programs.Running.Language.JAVA;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.zsock.programs.Running.Language;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Each C program of native-tests/programs talks to the Java port of its partner, both ways. C talks
 * to C, too: so what is expected is what C does.
 */
@Tag("slow")
@Timeout(240)
class ProgramsTest {
    private static final String LOOPBACK = "127.0.0.1";

    @TempDir
    private Path folder;

    /** The languages of a program and of its partner. */
    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({"C, JAVA", "JAVA, C", "C, C"})
    @Retention(RetentionPolicy.RUNTIME)
    private @interface BothWays {}

    @BothWays
    void echo(Language serving, Language asking) throws Exception {
        Path input = folder.resolve("input");
        Files.writeString(input, "some line that is echoed, and then\n".repeat(1000));
        try (Running server = Running.start(serving, EchoServer.class, "0")) {
            String[] to = {LOOPBACK, server.port()};
            try (Running client = Running.start(input, asking, EchoClient.class, to)) {
                assertThat(client.ends()).isEqualTo(Files.readString(input));
            }
        }
    }

    @ParameterizedTest(name = "server in {0}")
    @EnumSource
    void selectChat(Language language) throws Exception {
        try (Running server = Running.start(language, ChatServer.class, "0")) {
            String[] to = {LOOPBACK, server.port()};
            try (Running ann = Running.start(C, ChatClient.class, to);
                    Running bob = Running.start(JAVA, ChatClient.class, to)) {
                ann.prints("welcome\n");
                bob.prints("welcome\n");
                ann.type("hell\u00f6 from ann\n"); // a byte that is no UTF-8
                bob.prints(": hell\u00f6 from ann\n");
                bob.type("hello from bob\n");
                ann.prints(": hello from bob\n");
                ann.hangUp();
                assertThat(ann.ends()).matches("welcome\n[0-9]+: hello from bob\n");
                bob.hangUp();
                assertThat(bob.ends()).matches("welcome\n[0-9]+: hell\u00f6 from ann\n");
            }
        }
    }

    @ParameterizedTest(name = "server in {0}")
    @EnumSource
    void pollServer(Language language) throws Exception {
        String much = "a line in small letters\n".repeat(5000); // more than the server keeps
        try (Running server = Running.start(language, PollServer.class, "0")) {
            String[] to = {LOOPBACK, server.port()};
            try (Running ann = Running.start(C, ChatClient.class, to);
                    Running bob = Running.start(JAVA, ChatClient.class, to)) {
                ann.type(much + "end of ann\n");
                bob.type("b\u00f6b\n");
                bob.prints("B\u00f6B\n");
                bob.type(much + "end of bob\n");
                bob.prints("END OF BOB\n");
                ann.hangUp(); // and still gets what the server keeps for it
                assertThat(ann.ends()).isEqualTo(much.toUpperCase() + "END OF ANN\n");
                server.type("enough\n");
                assertThat(bob.ends())
                        .isEqualTo("B\u00f6B\n" + much.toUpperCase() + "END OF BOB\n");
                assertThat(server.ends()).endsWith("stopped\n");
            }
        }
    }

    @BothWays
    void udp(Language serving, Language asking) throws Exception {
        try (Running listener = Running.start(serving, UdpListener.class, LOOPBACK, "0")) {
            String port = listener.port();
            assertThat(talk(asking, port, "twelve bytes")).isEqualTo("got 12 of 12 bytes\n");
            listener.prints("127.0.0.1: twelve bytes\n");
            assertThat(talk(asking, port, "x".repeat(100))).isEqualTo("got 64 of 100 bytes\n");
            listener.prints("127.0.0.1: " + "x".repeat(64) + " (cut)\n");
        }
    }

    private static String talk(Language language, String port, String text)
            throws InterruptedException {
        try (Running talker = Running.start(language, UdpTalker.class, LOOPBACK, port, text)) {
            return talker.ends();
        }
    }

    @BothWays
    void broadcast(Language serving, Language asking) throws Exception {
        String everybody = "127.255.255.255"; // of the loopback interface
        try (Running listener = Running.start(serving, UdpListener.class, everybody, "0")) {
            String[] args = {everybody, listener.port(), "to whom it may concern"};
            try (Running sender = Running.start(asking, BroadcastSender.class, args)) {
                assertThat(sender.ends())
                        .isEqualTo("not yet: Permission denied\ngot 22 of 22 bytes\n");
            }
            listener.prints("127.0.0.1: to whom it may concern\n");
        }
    }

    @BothWays
    void http(Language serving, Language asking) throws Exception {
        try (Running server = Running.start(serving, HttpServer.class, LOOPBACK, "0")) {
            String first = "connected to 127.0.0.1\nHTTP/1.0 ";
            String port = server.port();
            assertThat(get(asking, port, "/a/page"))
                    .isEqualTo(first + "200 OK\nyou asked for /a/page\n");
            assertThat(get(asking, port, "/nothing"))
                    .isEqualTo(first + "404 Not Found\nyou asked for /nothing\n");
        }
    }

    private static String get(Language language, String port, String path)
            throws InterruptedException {
        try (Running client = Running.start(language, HttpGet.class, LOOPBACK, port, path)) {
            return client.ends();
        }
    }

    @ParameterizedTest(name = "server in {0}")
    @EnumSource
    void httpRefuses(Language language) throws Exception {
        try (Running server = Running.start(language, HttpServer.class, LOOPBACK, "0")) {
            String answer = "HTTP/1.0 400 Bad Request\r\nContent-Length: 22\r\n\r\n"
                    + "you asked for nothing\n";
            for (String request : List.of("GET \r\n\r\n", "PUT / HTTP/1.0\r\n\r\n", "\r\n\r\n")) {
                try (Socket client = new Socket(LOOPBACK, Integer.parseInt(server.port()))) {
                    client.setSoTimeout(10_000);
                    client.getOutputStream().write(request.getBytes(ISO_8859_1));
                    byte[] all = client.getInputStream().readAllBytes();
                    assertThat(new String(all, ISO_8859_1)).as(request).isEqualTo(answer);
                }
            }
        }
    }

    @BothWays
    void file(Language serving, Language asking) throws Exception {
        Path file = folder.resolve("file");
        Files.writeString(file, "what is in the file\n".repeat(500));
        String socket = folder.resolve("socket").toString();
        try (Running receiver = Running.start(serving, ReceiveFile.class, socket)) {
            receiver.prints("ready\n");
            String[] args = {socket, "a name"};
            try (Running sender = Running.start(file, asking, SendFile.class, args)) {
                assertThat(sender.ends()).isEqualTo("10000 bytes came\n");
            }
            assertThat(receiver.ends()).isEqualTo("ready\na name:\n" + Files.readString(file));
        }
    }
}
