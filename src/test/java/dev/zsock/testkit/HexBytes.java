package dev.zsock.testkit;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;

/** Bytes to send or to expect, as {@link HexReader} reads them: some may be any, or hidden. */
public final class HexBytes {
    private static final int KEY = 4; // bytes of a masking key
    private static final int SHOWN = 24; // bytes of either side in a message
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    /** Bytes from at to end are under the key that comes in the four before them. */
    private record Masked(int at, int end) {}

    private byte[] bytes = new byte[16];
    private int length;
    private final BitSet any = new BitSet();
    private final List<Masked> masked = new ArrayList<>();

    HexBytes() {}

    HexBytes add(int octet) {
        return add(new byte[] {(byte) octet});
    }

    HexBytes add(byte[] more) {
        return add(more, more.length);
    }

    private HexBytes add(byte[] more, int n) {
        if (length + n > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + n, 2 * length));
        }
        System.arraycopy(more, 0, bytes, length, n);
        length += n;
        return this;
    }

    HexBytes addAny() {
        any.set(length);
        return add(0);
    }

    HexBytes add(HexBytes more) {
        more.any.stream().forEach(i -> any.set(length + i));
        more.masked.forEach(m -> masked.add(new Masked(length + m.at, length + m.end)));
        return add(more.bytes, more.length);
    }

    HexBytes times(int n) {
        HexBytes all = new HexBytes();
        for (int i = 0; i < n; i++) {
            all.add(this);
        }
        return all;
    }

    /** Adds a masking key, whatever it is, and what is hidden under it. */
    HexBytes addMasked(HexBytes payload) {
        for (int i = 0; i < KEY; i++) {
            addAny();
        }
        masked.add(new Masked(length, length + payload.length));
        return add(payload);
    }

    /** How many they are. */
    public int length() {
        return length;
    }

    /** The bytes, 0 for any; what is expected under a mask is in clear. */
    public byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** True when each of them is known, so that they can be sent. */
    boolean known() {
        return any.isEmpty();
    }

    /**
     * Compares with what came: null when that is right, else what is wrong with it, in hex. Masked
     * bytes are shown in clear.
     */
    public @Nullable String mismatch(byte[] came) {
        byte[] clear = came.clone();
        for (Masked m : masked) {
            for (int i = m.at; i < Math.min(m.end, clear.length); i++) {
                clear[i] ^= came[m.at - KEY + (i - m.at) % KEY];
            }
        }
        int at = 0;
        while (at < Math.min(length, clear.length) && (any.get(at) || bytes[at] == clear[at])) {
            at++;
        }
        if (at == length && at == clear.length) {
            return null;
        }
        int from = Math.max(0, at - SHOWN / 2);
        return "expected " + show(bytes, from, length) + ", came " + show(clear, from, clear.length)
                + " (they part at byte " + at + " of " + length + ")";
    }

    private String show(byte[] all, int from, int end) {
        int to = Math.min(end, from + SHOWN);
        StringBuilder text = new StringBuilder(from > 0 ? "... " : "");
        text.append(to <= from ? "nothing" : HEX.formatHex(all, from, to));
        for (int i = from; all == bytes && i < to; i++) {
            if (any.get(i)) {
                int at = text.length() - 3 * (to - i) + 1;
                text.replace(at, at + 2, "..");
            }
        }
        return text + (to < end ? " ..." : "");
    }

    @Override
    public String toString() {
        return show(bytes, 0, length);
    }
}
