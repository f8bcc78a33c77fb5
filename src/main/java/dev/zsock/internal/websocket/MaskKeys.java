package dev.zsock.internal.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Masking keys that nobody can predict (5.3, 10.3), drawn in batches, one batch for each thread.
 */
final class MaskKeys {
    static final SecureRandom RANDOM = new SecureRandom();

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final ThreadLocal<MaskKeys> BATCH = ThreadLocal.withInitial(MaskKeys::new);

    private final byte[] batch = new byte[1024];
    private int used = batch.length;

    private MaskKeys() {}

    /** A fresh key; any 32 bits, 0 too. */
    static int next() {
        return BATCH.get().draw();
    }

    private int draw() {
        if (used == batch.length) {
            RANDOM.nextBytes(batch);
            used = 0;
        }
        int key = (int) INTS.get(batch, used);
        used += 4;
        return key;
    }
}
