package dev.zsock.soak;

import java.io.File;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Objects;

/**
 * What the process holds while nothing runs.
 *
 * @param heap bytes in use after a collection
 * @param direct bytes of direct buffers
 * @param fds open kernel descriptors
 */
record Usage(long heap, long direct, int fds) {
    private static final long SLACK = 8 << 20;

    static Usage now() {
        System.gc(); // twice: the first run finds the buffers that only a cleaner frees
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long direct = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            direct += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
        }
        int fds = Objects.requireNonNull(new File("/proc/self/fd").list()).length;
        return new Usage(runtime.totalMemory() - runtime.freeMemory(), direct, fds);
    }

    /** Why this is more than it was, or an empty string. */
    String growthSince(Usage before) {
        String heapToo = heap > before.heap + SLACK ? " heap" : "";
        String directToo = direct > before.direct + SLACK ? " direct memory" : "";
        return heapToo + directToo + (fds > before.fds ? " fds" : "");
    }

    @Override
    public String toString() {
        return "heap " + (heap >> 10) + " KiB, direct " + (direct >> 10) + " KiB, fds " + fds;
    }
}
