package dev.zsock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;

/** That each peer does what its tests rely on, seen with java.net and frames made by hand. */
class PeersTest {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;

    @ParameterizedTest
    @CsvSource({"python,127.0.0.1", "python,::1", "node,127.0.0.1", "node,::1"})
    void echoesTextAndLargeBinary(String which, String host) throws IOException {
        byte[] large = new byte[(16 << 20) + 1];
        Arrays.fill(large, (byte) 7);
        try (Peer peer = start(which).apply(host);
                Client client = new Client(peer, "/echo")) {
            client.send(TEXT, "grüße".getBytes(UTF_8));
            assertThat(client.receive()).isEqualTo(new Frame(TEXT, "grüße"));
            client.send(BINARY, large);
            byte[] echoed = client.message();
            assertThat(Arrays.equals(echoed, large)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"python,127.0.0.1", "node,127.0.0.1"})
    void followsThePath(String which, String host) throws IOException {
        try (Peer peer = start(which).apply(host)) {
            try (Client client = new Client(peer, "/ping")) {
                assertThat(client.receive()).isEqualTo(new Frame(PING, "hb"));
                client.send(TEXT, "a".getBytes(UTF_8));
                assertThat(client.receive()).isEqualTo(new Frame(TEXT, "a"));
            }
            try (Client client = new Client(peer, "/pong")) {
                assertThat(client.receive()).isEqualTo(new Frame(PING, "hb"));
                client.send(PONG, "hb".getBytes(UTF_8));
                assertThat(client.receive()).isEqualTo(new Frame(TEXT, "pong hb"));
            }
            try (Client client = new Client(peer, "/push?n=3")) {
                for (String text : new String[] {"0", "1", "2"}) {
                    assertThat(client.receive()).isEqualTo(new Frame(TEXT, text));
                }
            }
            try (Client client = new Client(peer, "/close?code=1001&reason=bye")) {
                client.send(TEXT, "a".getBytes(UTF_8));
                assertThat(client.receive()).isEqualTo(new Frame(CLOSE, "\u0003\u00e9bye"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"python,127.0.0.1", "node,127.0.0.1"})
    void endsInMidFrame(String which, String host) throws IOException {
        try (Peer peer = start(which).apply(host)) {
            try (Client client = new Client(peer, "/vanish")) {
                assertThat(client.in.readNBytes(104)).hasSize(104).startsWith(0x82, 0x7e, 0x10, 0);
                assertThat(client.in.read()).isEqualTo(-1);
            }
            assertThatThrownBy(() -> {
                        try (Client client = new Client(peer, "/reset")) {
                            client.in.readNBytes(105);
                        }
                    })
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "::1"})
    void websocketdTurnsLinesIntoMessages(String host) throws IOException {
        try (Peer peer = Peers.websocketdAt(host, "cat");
                Client client = new Client(peer, "/")) {
            client.send(TEXT, "one\n".getBytes(UTF_8));
            assertThat(client.receive()).isEqualTo(new Frame(TEXT, "one"));
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "::1"})
    void mosquittoAnswersConnectOnBothPorts(String host) throws IOException {
        byte[] connect = {0x10, 12, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 9, 0, 0};
        byte[] accepted = {0x20, 2, 0, 0};
        try (Peer peer = Peers.mosquittoAt(host)) {
            try (Socket tcp = connected(host, peer.port())) {
                tcp.getOutputStream().write(connect);
                assertThat(tcp.getInputStream().readNBytes(4)).isEqualTo(accepted);
            }
            try (Client client = new Client(peer, "/mqtt", "Sec-WebSocket-Protocol: mqtt\r\n")) {
                client.send(BINARY, connect);
                assertThat(client.message()).isEqualTo(accepted);
            }
        }
    }

    @Test
    void nginxPassesTheUpgradeOn() throws IOException {
        try (Peer upstream = Peers.pythonWebsockets();
                Peer proxy = Peers.nginx(upstream);
                Client client = new Client(proxy, "/echo")) {
            client.send(TEXT, "through".getBytes(UTF_8));
            assertThat(client.receive()).isEqualTo(new Frame(TEXT, "through"));
        }
    }

    @Test
    void closeEndsTheProcess() {
        Peer peer = Peers.pythonWebsockets();
        peer.close();
        assertThat(peer.process().isAlive()).isFalse();
    }

    private static Function<String, Peer> start(String which) {
        return which.equals("node") ? Peers::nodeWs : Peers::pythonWebsockets;
    }

    private static Socket connected(String host, int port) throws IOException {
        Socket tcp = new Socket();
        tcp.connect(new InetSocketAddress(host, port), 10_000);
        tcp.setSoTimeout(30_000);
        return tcp;
    }

    /** A first byte and a payload, one char a byte unless it is a text. */
    private record Frame(int first, String payload) {}

    private static final class Client implements AutoCloseable {
        private final Socket tcp;
        private final DataInputStream in;
        private final DataOutputStream out;

        Client(Peer peer, String path) throws IOException {
            this(peer, path, "");
        }

        Client(Peer peer, String path, String moreHeaders) throws IOException {
            tcp = connected(peer.host(), peer.wsPort());
            in = new DataInputStream(new BufferedInputStream(tcp.getInputStream()));
            out = new DataOutputStream(tcp.getOutputStream());
            String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" + moreHeaders
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            out.write(head.getBytes(US_ASCII));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            while (!answer.toString(US_ASCII).endsWith("\r\n\r\n")) {
                int b = in.read();
                if (b < 0) {
                    throw new EOFException("head: " + answer);
                }
                answer.write(b);
            }
            assertThat(answer.toString(US_ASCII))
                    .startsWith("HTTP/1.1 101 ")
                    .contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        }

        void send(int first, byte[] payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) first);
            if (payload.length < 126) {
                frame.put((byte) (0x80 | payload.length));
            } else {
                frame.put((byte) 0xff).putLong(payload.length);
            }
            frame.putInt(0).put(payload); // a key of zeros masks nothing
            out.write(frame.array(), 0, frame.position());
        }

        Frame receive() throws IOException {
            int first = in.readUnsignedByte();
            byte[] payload = in.readNBytes(length());
            return new Frame(first, new String(payload, first == CLOSE ? ISO_8859_1 : UTF_8));
        }

        /** A whole message, of as many frames as the server likes. */
        byte[] message() throws IOException {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            int first;
            do {
                first = in.readUnsignedByte();
                message.write(in.readNBytes(length()));
            } while ((first & 0x80) == 0);
            return message.toByteArray();
        }

        private int length() throws IOException {
            int length = in.readUnsignedByte();
            return switch (length) {
                case 126 -> in.readUnsignedShort();
                case 127 -> Math.toIntExact(in.readLong());
                default -> length;
            };
        }

        @Override
        public void close() throws IOException {
            tcp.close();
        }
    }
}
