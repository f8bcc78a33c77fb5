package dev.zsock.rfc;

import dev.zsock.uapi.WebsocketRequest;

import java.util.Arrays;
import java.util.List;

/**
 * Parameters of permessage-deflate as a case writes them: {@code own-no-context peer-bits=9}, own
 * being what the library compresses.
 */
record Deflate(boolean client, String words) {
    private static final String NAME = "permessage-deflate";

    private List<String> split() {
        return words.isBlank() ? List.of() : Arrays.asList(words.split("\\s+"));
    }

    /** The library begins each message with an empty window. */
    boolean forgets() {
        return split().contains("own-no-context");
    }

    /** What the peer says of it in its handshake: the server's answer, the client's offer. */
    String peerSays() {
        String own = client ? "client" : "server";
        String peer = client ? "server" : "client";
        StringBuilder text = new StringBuilder(NAME);
        for (String word : split()) {
            String side = word.startsWith("own-") ? own : peer;
            String what = word.substring(word.indexOf('-') + 1)
                    .replace("no-context", "no_context_takeover")
                    .replace("bits", "max_window_bits");
            text.append("; ").append(side).append('_').append(what);
        }
        return text.toString();
    }

    /** The client's request that such an answer is legal to. */
    static WebsocketRequest request() {
        WebsocketRequest req = new WebsocketRequest();
        req.host = "localhost";
        req.url = "/";
        req.deflate = true;
        req.deflate_client_max_window_bits = 15;
        return req;
    }
}
