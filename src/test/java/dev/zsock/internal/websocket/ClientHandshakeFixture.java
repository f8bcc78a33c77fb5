package dev.zsock.internal.websocket;

import static dev.zsock.uapi.ErrnoAbi.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.internal.file.Call;
import dev.zsock.testkit.ScriptedFile;
import dev.zsock.uapi.WebsocketRequest;

import org.junit.jupiter.api.BeforeEach;

import java.nio.charset.StandardCharsets;

/** A client's handshake over a scripted peer. */
abstract class ClientHandshakeFixture {
    static final int TIMEOUT = 60_000; // ms

    static final String STATUS = "HTTP/1.1 101 Switching Protocols\r\n";
    static final String FIELDS = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
    static final String ACCEPT = "Sec-WebSocket-Accept: {ACCEPT}\r\n";
    static final String GOOD = STATUS + FIELDS + ACCEPT + "\r\n";

    ScriptedFile peer = new ScriptedFile();
    final WebsocketRequest req = new WebsocketRequest();
    ClientHandshake.Result result = new ClientHandshake.Result();

    @BeforeEach
    void request() {
        req.host = "::1";
        req.url = "/ws";
    }

    int run() {
        assertThat(ClientHandshake.check(req)).isZero();
        Call call = Call.begin(null, Call.NOW);
        try {
            return ClientHandshake.run(peer, call, 5, req, TIMEOUT, "user data", result);
        } finally {
            call.end();
        }
    }

    int runOver(String response) {
        peer = new ScriptedFile().then(response);
        peer.end = 0;
        result = new ClientHandshake.Result();
        return run();
    }

    /** The bytes behind the head, in Latin-1. */
    String rest() {
        byte[] rest = new byte[result.rest.remaining()];
        result.rest.duplicate().get(rest);
        return new String(rest, StandardCharsets.ISO_8859_1);
    }
}
