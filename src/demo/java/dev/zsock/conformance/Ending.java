package dev.zsock.conformance;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.Timeval;

/** How a connection ends after the last frame (RFC 6455 7.1.1). */
final class Ending {
    private static final int SECONDS = 10;
    private static final int BUF_SIZE = 16 * 1024;

    private Ending() {}

    /**
     * Sends CLOSE if none has gone, waits until the peer has ended the connection too, and closes
     * both numbers. server: it is us who end the connection first.
     */
    static void of(int ws, int sock, boolean server) {
        close(ws);
        if (server) {
            shutdown(sock, SHUT_WR);
        }
        // What is left unread would make the kernel reset the connection, and CLOSE be lost.
        setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, new Timeval(SECONDS, 0));
        byte[] dropped = new byte[BUF_SIZE];
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (recv(sock, dropped, BUF_SIZE, 0) > 0 && System.nanoTime() < end) {}
        close(sock);
    }
}
