package dev.zsock.internal.websocket;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Masking keys that nobody can predict (5.3, 10.3): a ChaCha20 stream for each thread, its first
 * key from a {@link SecureRandom}, which would allocate for each batch that it gives.
 *
 * <p>Each block gives the key of the next block and eight masking keys, so that what the memory
 * holds tells nothing about those already used.
 */
final class MaskKeys {
    static final SecureRandom RANDOM = new SecureRandom();

    private static final ThreadLocal<MaskKeys> OWN = ThreadLocal.withInitial(MaskKeys::new);

    private final int[] state = ChaCha20.newState();
    private final int[] block = new int[ChaCha20.WORDS];
    private int used = ChaCha20.WORDS;

    private MaskKeys() {
        byte[] seed = new byte[4 * ChaCha20.KEY_WORDS];
        RANDOM.nextBytes(seed);
        ByteBuffer.wrap(seed).asIntBuffer().get(state, ChaCha20.KEY_AT, ChaCha20.KEY_WORDS);
    }

    /** A fresh key; any 32 bits, 0 too. */
    static int next() {
        return OWN.get().draw();
    }

    private int draw() {
        if (used == ChaCha20.WORDS) {
            ChaCha20.block(state, block);
            System.arraycopy(block, 0, state, ChaCha20.KEY_AT, ChaCha20.KEY_WORDS);
            used = ChaCha20.KEY_WORDS;
        }
        int key = block[used];
        block[used++] = 0;
        return key;
    }
}
