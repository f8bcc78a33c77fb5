package dev.zsock.contract;

import dev.zsock.testkit.WsPair;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client's websocket for each test, whose other end is a plain socket. */
abstract class ClientPair {
    WsPair pair;
    int ws;

    /** The number of its transport. */
    int transport;

    /** The number at the other end of the websocket's transport. */
    int peer;

    @BeforeEach
    void open() {
        pair = WsPair.openClient();
        ws = pair.client;
        transport = pair.clientTransport;
        peer = pair.serverTransport;
    }

    @AfterEach
    void closeAll() {
        pair.close();
    }
}
