package dev.zsock.programs;

import static dev.zsock.Cstring.*;
import static dev.zsock.Sockets.*;

import dev.zsock.uapi.*;

/** The port of native-tests/programs/chat_server.c, line by line. */
final class ChatServer {
    private static FdSet guests = new FdSet();
    private static int top;

    private ChatServer() {}

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
        if (getsockname(listener, addr, len) < 0) {
            perror("getsockname");
            return -1;
        }
        System.out.printf("port %d\n", ntohs(addr.sin_port));
        System.out.flush();
        return listener;
    }

    private static void say(int guest, byte[] line, int size) {
        if (send(guest, line, size, MSG_NOSIGNAL) < 0) {
            perror("send"); /* its recv will say that it is gone */
        }
    }

    private static void welcome(int listener) {
        byte[] greeting = str("welcome\n");

        int guest = accept(listener, null, null);
        if (guest < 0) {
            perror("accept");
            return;
        }
        if (guest >= FD_SETSIZE) {
            /* FD_SET would write beyond the set */
            close(guest);
            return;
        }
        FD_SET(guest, guests);
        top = guest > top ? guest : top;
        say(guest, greeting, strlen(greeting));
    }

    private static void hear(int fd) {
        byte[] buf = new byte[512];
        byte[] line = new byte[600];
        SockaddrIn addr = new SockaddrIn();
        IntRef len = new IntRef(sizeof(addr));

        int n = recv(fd, buf, sizeof(buf), 0);
        if (n <= 0 || getpeername(fd, addr, len) < 0) {
            FD_CLR(fd, guests);
            close(fd);
            return;
        }
        int speaker = ntohs(addr.sin_port);
        byte[] name = str(String.format("%d: ", speaker));
        int size = strlen(name);
        memcpy(line, name, size);
        System.arraycopy(buf, 0, line, size, n);
        for (int other = 0; other <= top; other++) {
            if (other != fd && FD_ISSET(other, guests)) {
                say(other, line, size + n);
            }
        }
    }

    private static int serve(int listener) {
        FdSet ready = new FdSet();

        FD_ZERO(guests);
        top = listener;
        while (true) {
            ready.set(guests);
            FD_SET(listener, ready);
            if (select(top + 1, ready, null, null, null) < 0) {
                perror("select");
                return 1;
            }
            for (int fd = 0; fd <= top; fd++) {
                if (fd != listener && FD_ISSET(fd, ready)) {
                    hear(fd);
                }
            }
            if (FD_ISSET(listener, ready)) {
                welcome(listener);
            }
        }
    }

    public static void main(String[] argv) {
        int port = argv.length > 0 ? Integer.parseInt(argv[0]) : 0;
        int listener = start(port);

        System.exit(listener < 0 ? 1 : serve(listener));
    }
}
