package dev.zsock.internal.websocket;

import dev.zsock.internal.websocket.Extensions.Extension;
import dev.zsock.uapi.WebsocketRequest;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The negotiated parameters of permessage-deflate (RFC 7692 7.1), and both sides' part in
 * negotiating them.
 */
public final class DeflateParams {
    static final String NAME = "permessage-deflate";
    static final int MIN_BITS = 8;
    static final int MAX_BITS = 15;

    private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
    private static final String SERVER_BITS = "server_max_window_bits";
    private static final String CLIENT_BITS = "client_max_window_bits";

    /** A client's parameter without a value; 0 is a parameter that is not there. */
    private static final int NO_VALUE = -1;

    /** Window of what the server compresses, as a power of two. */
    int serverBits = MAX_BITS;

    /** Window of what the client compresses, as a power of two. */
    int clientBits = MAX_BITS;

    /** The server begins each message with an empty window. */
    boolean serverNoContext;

    /** The client begins each message with an empty window. */
    boolean clientNoContext;

    private int serverBitsGiven;
    private int clientBitsGiven;

    private DeflateParams() {}

    /** True when the request's parameters can be offered. */
    static boolean legal(WebsocketRequest req) {
        return legalOrNone(req.deflate_client_max_window_bits)
                && legalOrNone(req.deflate_server_max_window_bits);
    }

    /** The client's offer. */
    static String offer(WebsocketRequest req) {
        return text(
                req.deflate_server_no_context_takeover,
                req.deflate_client_no_context_takeover,
                req.deflate_server_max_window_bits,
                req.deflate_client_max_window_bits);
    }

    /**
     * The client's reading of the server's answer to that offer, or null when it must be refused.
     */
    static @Nullable DeflateParams accept(Extension answer, WebsocketRequest req) {
        DeflateParams p = answer.name.equals(NAME) ? read(answer) : null;
        if (p == null || p.clientBitsGiven == NO_VALUE) {
            return null;
        }
        int asked = req.deflate_server_max_window_bits;
        if (asked != 0 && p.serverBitsGiven > asked) { // 7.1.2.1
            return null;
        }
        if (req.deflate_client_max_window_bits == 0 && p.clientBitsGiven != 0) { // 7.1.2.2
            return null;
        }
        p.serverBits = orMax(p.serverBitsGiven);
        p.clientBits =
                Math.min(orMax(req.deflate_client_max_window_bits), orMax(p.clientBitsGiven));
        p.clientNoContext |= req.deflate_client_no_context_takeover; // 7.1.1.2: we said so
        return p;
    }

    /** The server's choice: the first offer that it understands, or null for none. */
    static @Nullable DeflateParams choose(List<Extension> offers) {
        for (Extension offer : offers) {
            DeflateParams p = offer.name.equals(NAME) ? read(offer) : null;
            if (p != null) {
                p.serverBits = orMax(p.serverBitsGiven);
                return p;
            }
        }
        return null;
    }

    /** What compresses at the client's or the server's end. */
    MessageDeflater deflater(boolean client) {
        return client
                ? new MessageDeflater(clientBits, !clientNoContext)
                : new MessageDeflater(serverBits, !serverNoContext);
    }

    /** What decompresses there. */
    MessageInflater inflater(boolean client) {
        return client
                ? new MessageInflater(serverBits, !serverNoContext)
                : new MessageInflater(clientBits, !clientNoContext);
    }

    /** The server's answer to what it chose. */
    String answer() {
        return text(serverNoContext, clientNoContext, serverBitsGiven, 0);
    }

    /** The extension with its parameters; bits of 0 stay out. */
    private static String text(
            boolean serverNoContext, boolean clientNoContext, int serverBits, int clientBits) {
        StringBuilder s = new StringBuilder(NAME);
        if (serverNoContext) {
            s.append("; ").append(SERVER_NO_CONTEXT);
        }
        if (clientNoContext) {
            s.append("; ").append(CLIENT_NO_CONTEXT);
        }
        if (serverBits != 0) {
            s.append("; ").append(SERVER_BITS).append('=').append(serverBits);
        }
        if (clientBits != 0) {
            s.append("; ").append(CLIENT_BITS).append('=').append(clientBits);
        }
        return s.toString();
    }

    /**
     * 7.1: null for an unknown parameter, one that comes twice, and a value that it cannot have.
     */
    private static @Nullable DeflateParams read(Extension extension) {
        DeflateParams p = new DeflateParams();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < extension.names.size(); i++) {
            String name = extension.names.get(i);
            if (!seen.add(name) || !p.read(name, extension.values.get(i))) {
                return null;
            }
        }
        return p;
    }

    private boolean read(String name, @Nullable String value) {
        switch (name) {
            case SERVER_NO_CONTEXT:
                serverNoContext = true;
                return value == null;
            case CLIENT_NO_CONTEXT:
                clientNoContext = true;
                return value == null;
            case SERVER_BITS:
                serverBitsGiven = value == null ? 0 : bits(value);
                return serverBitsGiven != 0;
            case CLIENT_BITS:
                clientBitsGiven = value == null ? NO_VALUE : bits(value);
                return clientBitsGiven != 0;
            default:
                return false;
        }
    }

    /** 7.1.2: 8 to 15, without leading zeros; 0 for anything else. */
    private static int bits(String value) {
        for (int bits = MIN_BITS; bits <= MAX_BITS; bits++) {
            if (value.equals(Integer.toString(bits))) {
                return bits;
            }
        }
        return 0;
    }

    private static int orMax(int bits) {
        return bits == 0 ? MAX_BITS : bits;
    }

    private static boolean legalOrNone(int bits) {
        return bits == 0 || bits >= MIN_BITS && bits <= MAX_BITS;
    }
}
