package dev.zsock.vectors;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes as the vector files write them: {@code hex:}, {@code pat:} and {@code null:}. */
record Payload(byte[] bytes, int length) {
    private static final HexFormat HEX = HexFormat.of();

    /** Reads {@code hex:414243}, {@code pat:1000} or {@code null:5}. */
    static Payload parse(String text) {
        int colon = text.indexOf(':');
        String value = text.substring(colon + 1);
        switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "hex":
                byte[] bytes = hex(value);
                return new Payload(bytes, bytes.length);
            case "pat":
                int n = Integer.parseInt(value);
                return new Payload(pattern(0, n), n);
            case "null":
                return new Payload(null, Integer.parseInt(value));
            default:
                throw new Unsupported("payload " + text);
        }
    }

    /** n bytes of the pattern from index first: byte i is (7 i + 3) mod 256. */
    static byte[] pattern(int first, int n) {
        byte[] bytes = new byte[n];
        for (int i = 0; i < n; i++) {
            bytes[i] = (byte) (7 * (first + i) + 3);
        }
        return bytes;
    }

    static byte[] hex(String digits) {
        return HEX.parseHex(digits);
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    static String sha256(byte[] bytes) {
        try {
            return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
