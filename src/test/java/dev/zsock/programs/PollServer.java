package dev.zsock.programs;

import static dev.zsock.Cstring.*;
import static dev.zsock.Sockets.*;

import dev.zsock.uapi.*;

/** The port of native-tests/programs/poll_server.c, line by line. */
final class PollServer {
    private static final int MOST = 64;
    private static final int ROOM = 4096;

    private static Pollfd[] fds = Pollfd.array(MOST);
    private static byte[][] out = new byte[MOST][ROOM];
    private static int[] pending = new int[MOST];
    private static int[] ended = new int[MOST];
    private static int n;

    private PollServer() {}

    private static int start(int port) {
        SockaddrIn addr = new SockaddrIn();
        IntRef len = new IntRef(sizeof(addr));

        int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
        if (listener < 0) {
            perror("socket");
            return -1;
        }
        addr.sin_family = AF_INET;
        addr.sin_port = htons(port);
        addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (bind(listener, addr, sizeof(addr)) < 0 || listen(listener, 5) < 0) {
            perror("bind or listen");
            return -1;
        }
        if (fcntl(listener, F_SETFL, fcntl(listener, F_GETFL, 0) | O_NONBLOCK) < 0) {
            perror("fcntl");
            return -1;
        }
        if (getsockname(listener, addr, len) < 0) {
            perror("getsockname");
            return -1;
        }
        System.out.printf("port %d\n", ntohs(addr.sin_port));
        System.out.flush();
        return listener;
    }

    private static void add(int fd) {
        fds[n].fd = fd;
        fds[n].events = POLLIN;
        pending[n] = 0;
        ended[n] = 0;
        n++;
    }

    private static void drop(int i) {
        close(fds[i].fd);
        n--;
        fds[i].set(fds[n]);
        pending[i] = pending[n];
        ended[i] = ended[n];
        memcpy(out[i], out[n], pending[n]); /* i may be n */
    }

    /* In the C locale: the letters of ASCII alone. */
    private static byte toupper(byte c) {
        return (byte) (c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }

    /* False when the client is done with. */
    private static boolean serve(int i) {
        if ((fds[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && pending[i] < ROOM) {
            int got = recv(fds[i].fd, out[i], pending[i], ROOM - pending[i], 0);
            if (got < 0 && errno() != EAGAIN) {
                return false;
            }
            if (got == 0) {
                ended[i] = 1;
            }
            for (; got > 0; got--) {
                out[i][pending[i]] = toupper(out[i][pending[i]]);
                pending[i]++;
            }
        }
        if (pending[i] > 0) {
            int sent = send(fds[i].fd, out[i], pending[i], MSG_NOSIGNAL);
            if (sent < 0 && errno() != EAGAIN) {
                return false;
            }
            if (sent > 0) {
                pending[i] -= sent;
                System.arraycopy(out[i], sent, out[i], 0, pending[i]);
            }
        }
        fds[i].events = pending[i] > 0 ? POLLOUT : 0;
        if (pending[i] < ROOM && ended[i] == 0) {
            fds[i].events |= POLLIN;
        }
        return ended[i] == 0 || pending[i] > 0;
    }

    private static int run(int listener) {
        add(STDIN_FILENO);
        add(listener);
        while (true) {
            fds[1].events = n < MOST ? POLLIN : 0;
            if (poll(fds, n, -1) < 0) {
                perror("poll");
                return 1;
            }
            if (fds[0].revents != 0) {
                break;
            }
            for (int i = n - 1; i >= 2; i--) {
                if (fds[i].revents != 0 && !serve(i)) {
                    drop(i);
                }
            }
            if (fds[1].revents != 0) {
                int client = accept4(listener, null, null, SOCK_NONBLOCK);
                if (client >= 0) {
                    add(client);
                } else {
                    perror("accept4");
                }
            }
        }
        while (n > 1) {
            drop(n - 1);
        }
        System.out.printf("stopped\n");
        return 0;
    }

    public static void main(String[] argv) {
        int port = argv.length > 0 ? Integer.parseInt(argv[0]) : 0;
        int listener = start(port);

        System.exit(listener < 0 ? 1 : run(listener));
    }
}
