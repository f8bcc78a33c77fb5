package dev.zsock.soak;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * A message that says of itself what it has to be: number, length and checksum in 32 hexadecimal
 * digits, then the body. All ASCII, so that it may be text.
 */
final class Record {
    static final int HEAD = 32;
    private static final int POOL = 1 << 20;
    private static final byte[] BODIES = bodies();

    private Record() {}

    private static byte[] bodies() {
        byte[] pool = new byte[POOL];
        new Random(1).nextBytes(pool);
        for (int i = 0; i < POOL; i++) { // the second half is easy to compress
            pool[i] &= i < POOL / 2 ? 0x7f : 0x61;
        }
        return pool;
    }

    /** The record of that number with a body of n bytes. */
    static byte[] of(long number, int n, Random random) {
        int from = random.nextInt(POOL - n);
        byte[] record = new byte[HEAD + n];
        System.arraycopy(BODIES, from, record, HEAD, n);
        String head = String.format("%016x%08x%08x", number, n, checksum(record));
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, record, 0, HEAD);
        return record;
    }

    private static int checksum(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record, HEAD, record.length - HEAD);
        return (int) crc.getValue();
    }

    /** Puts records together from pieces, and compares them with what they say of themselves. */
    static final class Reader {
        private final Tally tally;
        private final byte[] head = new byte[HEAD];
        private byte[] record = head;
        private int have;
        private long next;
        private boolean broken;

        Reader(Tally tally) {
            this.tally = tally;
        }

        /** The number that the next record must have. */
        long next() {
            return next;
        }

        boolean broken() {
            return broken;
        }

        boolean betweenRecords() {
            return have == 0;
        }

        void torn() {
            if (!broken) {
                broken = true;
                tally.torn.increment();
            }
        }

        void take(byte[] bytes, int n) {
            int at = 0;
            while (at < n && !broken) {
                int some = Math.min(n - at, record.length - have);
                System.arraycopy(bytes, at, record, have, some);
                have += some;
                at += some;
                if (have == HEAD && record == head) {
                    begin();
                }
                if (have == record.length && record != head) {
                    check();
                }
            }
        }

        private void begin() {
            try {
                int n = Integer.parseInt(text(16, 24), 16);
                if (n <= POOL) {
                    record = Arrays.copyOf(head, HEAD + n);
                    return;
                }
            } catch (NumberFormatException e) {
                // not a head: bytes are missing before it
            }
            torn();
        }

        private void check() {
            long number = Long.parseUnsignedLong(text(0, 16), 16);
            if (number != next) {
                tally.lost.add(Math.max(1, number - next));
                broken = true;
            } else if (Integer.parseUnsignedInt(text(24, HEAD), 16) != checksum(record)) {
                torn();
            } else {
                tally.messages.increment();
                tally.bytes.add(record.length);
            }
            next++;
            record = head;
            have = 0;
        }

        private String text(int from, int to) {
            return new String(record, from, to - from, StandardCharsets.US_ASCII);
        }
    }
}
