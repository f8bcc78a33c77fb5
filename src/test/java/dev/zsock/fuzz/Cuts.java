package dev.zsock.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Cuts a byte stream where a seed says: 0 leaves it whole, 1 cuts behind every byte. */
public final class Cuts {
    private static final int WHOLE = 0;
    private static final int EVERY = 1;

    /** Mostly short pieces: it is there that a parser stops in the middle of something. */
    private static final int[] LONGEST = {1, 2, 3, 4, 7, 16, 130};

    private Cuts() {}

    /** The bytes from {@code from} on, in pieces none of which is empty. */
    public static List<byte[]> of(byte[] bytes, int from, int seed) {
        Random random = new Random(seed);
        List<byte[]> pieces = new ArrayList<>();
        for (int at = Math.min(from, bytes.length); at < bytes.length; ) {
            int n = bytes.length - at;
            if (seed == EVERY) {
                n = 1;
            } else if (seed != WHOLE) {
                int longest = LONGEST[random.nextInt(LONGEST.length)];
                n = Math.min(n, 1 + random.nextInt(longest));
            }
            pieces.add(Arrays.copyOfRange(bytes, at, at + n));
            at += n;
        }
        return pieces;
    }

    /** The byte at i, or 0 behind the end: for what steers a target. */
    public static int at(byte[] bytes, int i) {
        return i < bytes.length ? bytes[i] & 0xff : 0;
    }

    /**
     * What a reader sees that keeps what it did not take: the rest of the last piece and the next,
     * from position to limit, in a buffer of its own.
     */
    public static ByteBuffer joined(ByteBuffer rest, byte[] piece) {
        ByteBuffer all = ByteBuffer.allocate(rest.remaining() + piece.length);
        return all.put(rest).put(piece).flip();
    }
}
