package dev.zsock.internal.websocket;

/**
 * The ChaCha20 block function (RFC 8439 2.3): a stream of bits that nobody can predict without the
 * key. Stateless.
 */
final class ChaCha20 {
    /** 32-bit words of a block, and of the state it is made from. */
    static final int WORDS = 16;

    /** Where the state keeps its key. */
    static final int KEY_AT = 4;

    static final int KEY_WORDS = 8;

    private ChaCha20() {}

    /** A state without key, counter and nonce: the four constant words. */
    static int[] newState() {
        int[] state = new int[WORDS];
        state[0] = 0x61707865;
        state[1] = 0x3320646e;
        state[2] = 0x79622d32;
        state[3] = 0x6b206574;
        return state;
    }

    /** The block that belongs to a state. */
    static void block(int[] state, int[] out) {
        System.arraycopy(state, 0, out, 0, WORDS);
        for (int round = 0; round < 20; round += 2) {
            quarter(out, 0, 4, 8, 12);
            quarter(out, 1, 5, 9, 13);
            quarter(out, 2, 6, 10, 14);
            quarter(out, 3, 7, 11, 15);
            quarter(out, 0, 5, 10, 15);
            quarter(out, 1, 6, 11, 12);
            quarter(out, 2, 7, 8, 13);
            quarter(out, 3, 4, 9, 14);
        }
        for (int i = 0; i < WORDS; i++) {
            out[i] += state[i];
        }
    }

    /** RFC 8439 2.1. */
    private static void quarter(int[] s, int a, int b, int c, int d) {
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 16);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 12);
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 8);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 7);
    }
}
