package dev.zsock.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * A message that says which sender it is from and which of theirs it is; all else follows from
 * that, so that it can be compared. ASCII, so that it may be text.
 */
final class Parcel {
    private static final int HEAD = 10;
    private static final int MOST = 200 << 10;
    private static final byte[] POOL = pool();

    private Parcel() {}

    private static byte[] pool() {
        byte[] pool = new byte[2 * MOST];
        new Random(4).nextBytes(pool);
        for (int i = 0; i < pool.length; i++) {
            pool[i] &= i < MOST ? 0x7f : 0x61;
        }
        return pool;
    }

    /** Bytes of the parcel of that sender and number: mostly few, now and then 200 KiB. */
    static byte[] of(int sender, int number) {
        Random random = new Random(1000L * sender + number);
        int kind = random.nextInt(20);
        int n = random.nextInt(kind < 14 ? 300 : kind < 19 ? 16 << 10 : MOST - HEAD);
        byte[] bytes = new byte[HEAD + n];
        byte[] head = String.format("%02d%08d", sender, number).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, bytes, 0, HEAD);
        System.arraycopy(POOL, random.nextInt(POOL.length - n), bytes, HEAD, n);
        return bytes;
    }

    /** The sender of a message, which must be the parcel that it says it is. */
    static int sender(byte[] message) {
        String head = new String(message, 0, HEAD, StandardCharsets.US_ASCII);
        int sender = Integer.parseInt(head.substring(0, 2));
        int number = Integer.parseInt(head.substring(2));
        if (!Arrays.equals(message, of(sender, number))) {
            throw new AssertionError("torn: " + sender + " number " + number);
        }
        return sender;
    }

    /** Its number among those of the sender. */
    static int number(byte[] message) {
        return Integer.parseInt(new String(message, 2, HEAD - 2, StandardCharsets.US_ASCII));
    }
}
