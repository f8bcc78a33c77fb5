package dev.zsock.internal.websocket;

import static dev.zsock.uapi.ErrnoAbi.*;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNegotiationTest extends ClientHandshakeFixture {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "first of two,       'a,b',  'Sec-WebSocket-Protocol: a',        a",
        "second of two,      'a,b',  'Sec-WebSocket-Protocol: b',        b",
        "none,               'a,b',  'X: 1',                             ",
        "in a header line,   '',     'Sec-WebSocket-Protocol: mqtt',     mqtt",
        "list of that line,  'a',    'sec-websocket-protocol:  v2 ',     v2",
        "another case,       'a,b',  'Sec-WebSocket-Protocol: A',        -",
        "never offered,      'a,b',  'Sec-WebSocket-Protocol: c',        -",
        "two in one,         'a,b',  'Sec-WebSocket-Protocol: a, b',     -",
        "an empty one,       'a,b',  'Sec-WebSocket-Protocol: ',         -",
        "value of another,   'a',    'Sec-WebSocket-Protocol: other',    -"
    })
    void subprotocols(String name, String offered, String line, String chosen) {
        req.subprotocols = offered.isEmpty() ? null : offered.split(",");
        req.optional_headers =
                new String[] {"X: other\r\nSEC-WebSocket-protocol: mqtt , v2\r\n", "Y: 1\r\n"};
        int want = "-".equals(chosen) ? -ECONNABORTED : 0;
        assertThat(runOver(STATUS + FIELDS + ACCEPT + line + "\r\n\r\n")).isEqualTo(want);
        assertThat(result.subprotocol).isEqualTo(want < 0 ? null : chosen);
    }

    @Test
    void aSubprotocolAnsweredTwiceIsRefused() {
        req.subprotocols = new String[] {"a"};
        String line = "Sec-WebSocket-Protocol: a\r\n";
        assertThat(runOver(STATUS + FIELDS + ACCEPT + line + line + "\r\n"))
                .isEqualTo(-ECONNABORTED);
    }

    @Test
    void anySingleSubprotocolPassesWhenTheCallbackMayHaveAsked() {
        req.optional_headers_cb = (sock, http, data) -> 0;
        String line = "Sec-WebSocket-Protocol: whatever\r\n";
        assertThat(runOver(STATUS + FIELDS + ACCEPT + line + "\r\n")).isZero();
        assertThat(result.subprotocol).isEqualTo("whatever");
        assertThat(runOver(STATUS + FIELDS + ACCEPT + line + line + "\r\n"))
                .isEqualTo(-ECONNABORTED);
    }

    @ParameterizedTest
    @CsvSource({
        "permessage-deflate,                             0",
        "'permessage-deflate; server_max_window_bits=9', 0",
        "permessage-deflate2,                            103",
        "'permessage-deflate, permessage-deflate',       103",
        "'permessage-deflate; x',                        103",
        "permessage-deflate;,                            103",
        "x-webkit-deflate-frame,                         103"
    })
    void extensions(String answer, int errno) {
        req.deflate = true;
        String line = "Sec-WebSocket-Extensions: " + answer + "\r\n";
        assertThat(runOver(STATUS + FIELDS + ACCEPT + line + "\r\n")).isEqualTo(-errno);
        assertThat(result.deflate != null).isEqualTo(errno == 0);
        req.deflate = false;
        req.optional_headers = new String[] {"Sec-WebSocket-Extensions: permessage-deflate\r\n"};
        assertThat(runOver(STATUS + FIELDS + ACCEPT + line + "\r\n"))
                .as("the library did not ask")
                .isEqualTo(-ECONNABORTED);
    }
}
