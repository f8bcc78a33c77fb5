package dev.zsock.bench;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;

import java.util.Scanner;

/** What native-tests/bench_poll.c does, line by line. */
public final class PollAgent {
    private PollAgent() {}

    public static void main(String[] args) {
        Pollfd[] fds = {};
        String before = "";
        Scanner in = new Scanner(System.in);
        while (in.hasNext()) {
            String kind = in.next();
            int n = in.nextInt();
            int count = in.nextInt();
            if (n != fds.length || !kind.equals(before)) {
                before = kind;
                for (Pollfd each : fds) {
                    close(each.fd);
                }
                fds = Pollfd.array(n);
                for (int i = 0; i < n; i++) {
                    boolean ready = i == n - 1;
                    fds[i].fd = kind.equals("udp") ? udp(ready) : eventfd(ready ? 1 : 0, 0);
                    fds[i].events = POLLIN;
                }
            }
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                if (poll(fds, n, 1000) != 1 || fds[n - 1].revents != POLLIN) {
                    throw new IllegalStateException("poll: " + strerror(errno()));
                }
            }
            System.out.println(System.nanoTime() - start);
        }
    }

    private static int udp(boolean readable) {
        SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, 0);
        int fd = socket(AF_INET, SOCK_DGRAM, 0);
        if (fd < 0) {
            throw new IllegalStateException("socket: " + strerror(errno()));
        }
        if (readable
                && (bind(fd, addr, SockaddrIn.SIZE) < 0
                        || getsockname(fd, addr, new IntRef(SockaddrIn.SIZE)) < 0
                        || sendto(fd, new byte[1], 1, 0, addr, SockaddrIn.SIZE) != 1)) {
            throw new IllegalStateException("a readable socket: " + strerror(errno()));
        }
        return fd;
    }
}
