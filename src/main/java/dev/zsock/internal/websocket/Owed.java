package dev.zsock.internal.websocket;

import dev.zsock.uapi.WebsocketAbi;

import java.nio.ByteBuffer;

/**
 * The control frames that the library itself owes the peer: one PONG, the newest, one PING and one
 * CLOSE. They wait here for the next frame boundary, so that owing never waits for a sender.
 */
final class Owed implements WebsocketAbi {
    private static final int NOTHING = 0; // what is encoded; above these, the version of a PONG
    private static final int CLOSE = 1;
    private static final int PING = 2;

    private final byte[] pong = new byte[FrameRules.MAX_CONTROL];
    private final byte[] close = new byte[2];
    private int pongLength = -1; // nothing owed
    private int closeLength = -1;
    private int pongVersion = PING;
    private boolean closeClaimed;
    private boolean ping;
    private volatile boolean any;

    /** True while a frame is owed. */
    boolean any() {
        return any;
    }

    /** True once a CLOSE has left, is under way or is owed. */
    synchronized boolean closeClaimed() {
        return closeClaimed;
    }

    /** Makes the caller the only one to send CLOSE; false when somebody was first. */
    synchronized boolean claimClose() {
        boolean first = !closeClaimed;
        closeClaimed = true;
        return first;
    }

    /** The claimed CLOSE did not begin to leave. */
    synchronized void unclaimClose() {
        closeClaimed = false;
    }

    /** Owes a PONG with n bytes of payload; an older one that has not left is dropped (5.5.3). */
    synchronized void pong(byte[] payload, int n) {
        System.arraycopy(payload, 0, pong, 0, n);
        pongLength = n;
        pongVersion = pongVersion == Integer.MAX_VALUE ? PING + 1 : pongVersion + 1;
        any = true;
    }

    /** Owes an empty PING. */
    synchronized void ping() {
        ping = true;
        any = true;
    }

    /**
     * Owes the one CLOSE, with n bytes (0 or 2) of payload, unless one is claimed already; again:
     * even then.
     */
    synchronized void close(byte[] payload, int n, boolean again) {
        if (claimClose() || again) {
            System.arraycopy(payload, 0, close, 0, n);
            closeLength = n;
            any = true;
        }
    }

    /** Owes the one CLOSE with a code. */
    void close(int code) {
        close(new byte[] {(byte) (code >> 8), (byte) code}, 2, false);
    }

    /** Puts the next owed frame together, if any: what {@link #gone} wants to hear. */
    synchronized int encode(ByteBuffer to, boolean masked) {
        int key = masked ? MaskKeys.next() : 0;
        if (pongLength >= 0) {
            put(to, WEBSOCKET_OPCODE_PONG, pong, pongLength, masked, key);
            return pongVersion;
        }
        if (ping) {
            put(to, WEBSOCKET_OPCODE_PING, pong, 0, masked, key);
            return PING;
        }
        if (closeLength < 0) {
            return NOTHING;
        }
        put(to, WEBSOCKET_OPCODE_CLOSE, close, closeLength, masked, key);
        return CLOSE;
    }

    private static void put(
            ByteBuffer to, int opcode, byte[] payload, int n, boolean masked, int key) {
        FrameHeader.put(to, FrameRules.FIN | opcode, n, masked, key);
        for (int i = 0; i < n; i++) {
            to.put((byte) (payload[i] ^ Masker.octet(key, i)));
        }
    }

    /** The frame that encode told of has begun to leave; a newer PONG stays owed. */
    synchronized void gone(int encoded) {
        if (encoded == CLOSE) {
            closeLength = -1;
        } else if (encoded == PING) {
            ping = false;
        } else if (encoded == pongVersion) {
            pongLength = -1;
        }
        any = pongLength >= 0 || ping || closeLength >= 0;
    }

    /** Nothing can leave any more. */
    synchronized void forget() {
        pongLength = -1;
        closeLength = -1;
        ping = false;
        any = false;
    }
}
