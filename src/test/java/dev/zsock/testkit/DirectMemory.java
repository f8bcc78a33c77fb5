package dev.zsock.testkit;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** Memory of direct buffers. */
public final class DirectMemory {
    /** So many collections after which as much is in use as before: all is freed. */
    private static final int STEADY = 20;

    /** With somebody who takes and gives all the time it never is. */
    private static final int MOST = 500;

    private DirectMemory() {}

    /** Bytes in use, also by buffers that nobody refers to. */
    public static long used() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** Bytes in use when the JVM has freed, some time after a collection, what that has found. */
    public static long settled() {
        long used = 0;
        int same = 0;
        for (int i = 0; same < STEADY && i < MOST; i++) {
            System.gc();
            long before = used;
            used = used();
            same = used == before ? same + 1 : 0;
        }
        return used;
    }
}
