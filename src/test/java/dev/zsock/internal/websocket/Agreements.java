package dev.zsock.internal.websocket;

import dev.zsock.uapi.WebsocketRequest;

import java.util.List;
import java.util.Objects;

/** Handshakes' results without the handshakes. */
public final class Agreements {
    private Agreements() {}

    /** What a client has agreed on whose request the server answered with this extension. */
    public static Agreed client(WebsocketRequest req, String answer) {
        Agreed agreed = new Agreed();
        agreed.deflate = Objects.requireNonNull(
                DeflateParams.accept(Extensions.parse(List.of(answer)).get(0), req), answer);
        return agreed;
    }

    /** What a server has agreed on that was offered this extension. */
    public static Agreed server(String offer) {
        Agreed agreed = new Agreed();
        agreed.deflate = Objects.requireNonNull(
                DeflateParams.choose(Extensions.parse(List.of(offer))), offer);
        return agreed;
    }
}
