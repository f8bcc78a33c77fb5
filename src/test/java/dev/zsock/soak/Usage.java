package dev.zsock.soak;

import dev.zsock.testkit.DirectMemory;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What the process holds while nothing runs.
 *
 * @param heap bytes in use after a collection
 * @param direct bytes of direct buffers
 * @param resident bytes of memory, zlib's too; {@code make soak} keeps the heap's part constant
 * @param fds open kernel descriptors
 */
record Usage(long heap, long direct, long resident, int fds) {
    private static final long SLACK = 8 << 20;

    /** Also what the compiler still makes of hot code. */
    private static final long RESIDENT_SLACK = 64 << 20;

    static Usage now() {
        long direct = DirectMemory.settled();
        Runtime runtime = Runtime.getRuntime();
        int fds = Objects.requireNonNull(new File("/proc/self/fd").list()).length;
        return new Usage(runtime.totalMemory() - runtime.freeMemory(), direct, inMemory(), fds);
    }

    private static long inMemory() {
        try {
            String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(s -> s.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why this is more than it was, or an empty string. */
    String growthSince(Usage before) {
        String heapToo = heap > before.heap + SLACK ? " heap" : "";
        String directToo = direct > before.direct + SLACK ? " direct memory" : "";
        String residentToo = resident > before.resident + RESIDENT_SLACK ? " resident memory" : "";
        return heapToo + directToo + residentToo + (fds > before.fds ? " fds" : "");
    }

    @Override
    public String toString() {
        return "heap " + (heap >> 10) + " KiB, direct " + (direct >> 10) + " KiB, resident "
                + (resident >> 10) + " KiB, fds " + fds;
    }
}
