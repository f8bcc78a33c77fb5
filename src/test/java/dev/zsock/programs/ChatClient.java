package dev.zsock.programs;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.*;

/** The port of native-tests/programs/chat_client.c, line by line. */
final class ChatClient {
    private ChatClient() {}

    private static int chat(int sock) {
        byte[] buf = new byte[600];
        int n;
        int typing = STDIN_FILENO;
        FdSet ready = new FdSet();

        while (true) {
            FD_ZERO(ready);
            FD_SET(sock, ready);
            if (typing >= 0) {
                FD_SET(typing, ready);
            }
            if (select(sock + 1, ready, null, null, null) < 0) {
                perror("select");
                return 1;
            }
            if (typing >= 0 && FD_ISSET(typing, ready)) {
                n = read(typing, buf, sizeof(buf));
                if (n <= 0) {
                    typing = -1;
                    shutdown(sock, SHUT_WR);
                } else if (send(sock, buf, n, MSG_NOSIGNAL) != n) {
                    perror("send");
                    return 1;
                }
            }
            if (FD_ISSET(sock, ready)) {
                n = recv(sock, buf, sizeof(buf), 0);
                if (n < 0) {
                    perror("recv");
                    return 1;
                }
                if (n == 0) {
                    return 0;
                }
                if (write(STDOUT_FILENO, buf, n) != n) {
                    perror("write");
                    return 1;
                }
            }
        }
    }

    private static int join(String address, int port) {
        SockaddrIn addr = new SockaddrIn();

        addr.sin_family = AF_INET;
        addr.sin_port = htons(port);
        if (inet_pton(AF_INET, address, addr.sin_addr) != 1) {
            System.err.printf("%s is no address\n", address);
            return 2;
        }
        int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
        if (sock < 0) {
            perror("socket");
            return 1;
        }
        if (connect(sock, addr, sizeof(addr)) < 0) {
            perror("connect");
            return 1;
        }
        int rc = chat(sock);
        close(sock);
        return rc;
    }

    public static void main(String[] argv) {
        if (argv.length != 2) {
            System.err.printf("chat_client ADDRESS PORT\n");
            System.exit(2);
        }
        System.exit(join(argv[0], Integer.parseInt(argv[1])));
    }
}
