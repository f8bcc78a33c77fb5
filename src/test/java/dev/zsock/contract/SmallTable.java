package dev.zsock.contract;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.WebsocketRequest;

import java.util.Arrays;

/**
 * Runs in a JVM of its own, with a table of few numbers and a pipe as standard input; says what it
 * finds, line by line.
 */
final class SmallTable {
    private SmallTable() {}

    /** The table has eight numbers: 3 to 7 are free. */
    public static void main(String[] args) {
        standardStreams();
        SockaddrIn addr = new SockaddrIn(INADDR_LOOPBACK, 0);
        int listener = socket(AF_INET, SOCK_STREAM, 0);
        say("bind", bind(listener, addr, SockaddrIn.SIZE));
        say("listen", listen(listener, 5));
        say("name", getsockname(listener, addr, new IntRef(SockaddrIn.SIZE)));
        int client = socket(AF_INET, SOCK_STREAM, 0);
        say("connect", connect(client, addr, SockaddrIn.SIZE));
        int[] fill = {dup(client), dup(client), dup(client)};
        say("filled", fill[2]);
        say("socket", socket(AF_INET, SOCK_STREAM, 0) < 0 ? -errno() : 0);
        say("dup", dup(client) < 0 ? -errno() : 0);
        say("eventfd", eventfd(0, 0) < 0 ? -errno() : 0);
        int[] two = {-7, -7};
        say("pipe", pipe(two) < 0 ? -errno() : 0);
        say("accept", accept(listener, null, null) < 0 ? -errno() : 0);
        say("register", websocket_register(client, null, 0));
        close(fill[1]);
        say("pair", socketpair(AF_UNIX, SOCK_STREAM, 0, two) < 0 ? -errno() : 0);
        say("untouched", Arrays.equals(two, new int[] {-7, -7}) ? 1 : 0);
        say("accepted", accept(listener, null, null)); // it has waited in the queue
        WebsocketRequest req = Upgrading.request();
        say("noAnswer", websocket_connect(client, req, 10, null));
        close(fill[2]);
        say("registered", websocket_register(client, null, 0));
        say("closed", close(7));
        say("again", websocket_register(client, null, 0));
        say("range", fcntl(client, F_DUPFD, 8) < 0 ? -errno() : 0);
        say("stdin", close(0));
        say("lowest", socket(AF_INET, SOCK_DGRAM, 0));
        System.out.println("end");
    }

    private static void standardStreams() {
        Pollfd[] fds = {
            new Pollfd(0, POLLIN), new Pollfd(1, POLLOUT), new Pollfd(-1, POLLIN),
        };
        say("poll", poll(fds, 3, 10_000));
        say("in", fds[0].revents);
        say("out", fds[1].revents);
        byte[] buf = new byte[16];
        say("read", read(0, buf, 16));
        say("first", buf[0]);
        say("recv", recv(0, buf, 1, 0) < 0 ? -errno() : 0);
        say("write", write(1, "raw 1\n".getBytes(), 6));
    }

    private static void say(String what, int value) {
        System.out.println(what + " " + value);
    }
}
