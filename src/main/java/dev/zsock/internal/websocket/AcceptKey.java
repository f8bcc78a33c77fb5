package dev.zsock.internal.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * {@code Sec-WebSocket-Key} and the {@code Sec-WebSocket-Accept} that proves it was read (1.3, 4.1,
 * 4.2.2).
 */
final class AcceptKey {
    /** Bytes of a key before base64 (4.1). */
    static final int KEY_BYTES = 16;

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private AcceptKey() {}

    /** The accept value that belongs to a key. */
    static String expected(String key) {
        byte[] text = (key + GUID).getBytes(StandardCharsets.ISO_8859_1);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }

    /** A new key: 24 characters. */
    static String newKey() {
        byte[] random = new byte[KEY_BYTES];
        MaskKeys.RANDOM.nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }
}
