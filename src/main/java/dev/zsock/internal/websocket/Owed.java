package dev.zsock.internal.websocket;

import dev.zsock.uapi.WebsocketAbi;

import java.nio.ByteBuffer;

/**
 * The control frames that the library itself owes the peer: one PONG, the newest, and one CLOSE.
 * They wait here for the next frame boundary, so that owing never waits for a sender.
 */
final class Owed implements WebsocketAbi {
    private final byte[] pong = new byte[FrameRules.MAX_CONTROL];
    private final byte[] close = new byte[2];
    private int pongLength = -1; // nothing owed
    private int closeLength = -1;
    private int pongVersion;
    private boolean closeClaimed;
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
        pongVersion++;
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

    /**
     * Puts the next owed frame together: what {@link #gone} wants to hear, or -1 when nothing is
     * owed.
     */
    synchronized int encode(ByteBuffer to, boolean masked) {
        boolean isPong = pongLength >= 0;
        int n = isPong ? pongLength : closeLength;
        if (n < 0) {
            return -1;
        }
        int opcode = isPong ? WEBSOCKET_OPCODE_PONG : WEBSOCKET_OPCODE_CLOSE;
        int key = masked ? MaskKeys.next() : 0;
        FrameHeader.put(to, FrameRules.FIN | opcode, n, masked, key);
        byte[] payload = isPong ? pong : close;
        for (int i = 0; i < n; i++) {
            to.put((byte) (payload[i] ^ key >>> 24 - 8 * (i & 3)));
        }
        return isPong ? pongVersion : 0;
    }

    /** The frame that encode told of has begun to leave; a newer PONG stays owed. */
    synchronized void gone(int encoded) {
        if (encoded == 0) {
            closeLength = -1;
        } else if (encoded == pongVersion) {
            pongLength = -1;
        }
        any = pongLength >= 0 || closeLength >= 0;
    }

    /** Nothing can leave any more. */
    synchronized void forget() {
        pongLength = -1;
        closeLength = -1;
        any = false;
    }
}
