package dev.zsock.testkit;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What waits in the kernel between the two ends of a TCP connection within one machine. */
final class TcpQueue {
    private static final Path[] TABLES = {Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6")};
    private static final int LOCAL = 1; // columns, see proc(5)
    private static final int REMOTE = 2;
    private static final int QUEUES = 4;
    private static final String EMPTY = "00000000";

    private TcpQueue() {}

    /** Returns when the other end has read all that was written to the socket, or has gone. */
    static void awaitRead(Socket socket, int withinMs) {
        String near = port(socket.getLocalPort());
        String far = port(socket.getPort());
        Await.until("the other end reads", Duration.ofMillis(withinMs), () -> {
            String queues = queues(near, far) + queues(far, near);
            String unsent = queues.isEmpty() ? EMPTY : queues.substring(0, 8);
            String unread = queues.isEmpty() ? EMPTY : queues.substring(queues.length() - 8);
            return unsent.equals(EMPTY) && unread.equals(EMPTY);
        });
    }

    private static String port(int port) {
        return String.format(":%04X", port);
    }

    /** {@code tx_queue:rx_queue} of the end with this port, or an empty text. */
    private static String queues(String local, String remote) {
        try {
            for (Path table : TABLES) {
                for (String line : Files.readAllLines(table)) {
                    String[] columns = line.strip().split("\\s+");
                    if (columns[LOCAL].endsWith(local) && columns[REMOTE].endsWith(remote)) {
                        return columns[QUEUES];
                    }
                }
            }
            return "";
        } catch (IOException e) {
            throw new AssertionError("proc(5) has no table of TCP connections", e);
        }
    }
}
