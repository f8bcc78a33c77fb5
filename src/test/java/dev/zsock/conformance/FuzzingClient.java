package dev.zsock.conformance;

import dev.zsock.conformance.FuzzingServer.Case;
import dev.zsock.testkit.AcceptValue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** The fuzzing server's twin: it runs a case as a client. */
final class FuzzingClient {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private FuzzingClient() {}

    static void run(int port, Case todo) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Wire wire = new Wire(socket, true);
            String offer = todo.offer();
            wire.head("GET / HTTP/1.1\r\nUser-Agent: fuzzing client\r\nHost: 127.0.0.1:" + port
                    + "\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nPragma: no-cache\r\n"
                    + "Cache-Control: no-cache\r\nSec-WebSocket-Key: " + KEY + "\r\n"
                    + (offer.isEmpty() ? "" : FuzzingServer.EXTENSIONS + ": " + offer + "\r\n")
                    + "Sec-WebSocket-Version: 13\r\n\r\n");
            String head = wire.head();
            String accept = Wire.field(head, "Sec-WebSocket-Accept");
            if (!head.startsWith("HTTP/1.1 101") || !accept.equals(AcceptValue.of(KEY))) {
                throw new IOException(head);
            }
            wire.extension = Wire.field(head, FuzzingServer.EXTENSIONS);
            todo.run(wire);
        }
    }
}
