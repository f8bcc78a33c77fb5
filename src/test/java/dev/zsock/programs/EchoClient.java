package dev.zsock.programs;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.*;

/** The port of native-tests/programs/echo_client.c, line by line. */
final class EchoClient {
    private EchoClient() {}

    private static int talk(String address, int port) {
        byte[] out = new byte[4096];
        byte[] in = new byte[4096];
        int n;
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
            System.err.printf("connect: %s\n", strerror(errno()));
            return 1;
        }
        while ((n = read(STDIN_FILENO, out, sizeof(out))) > 0) {
            if (send(sock, out, n, MSG_NOSIGNAL) != n) {
                perror("send");
                return 1;
            }
            if (recv(sock, in, n, MSG_WAITALL) != n) {
                perror("recv");
                return 1;
            }
            if (write(STDOUT_FILENO, in, n) != n) {
                perror("write");
                return 1;
            }
        }
        if (n < 0) {
            perror("read");
            return 1;
        }
        if (shutdown(sock, SHUT_WR) < 0) {
            perror("shutdown");
            return 1;
        }
        if (recv(sock, in, sizeof(in), 0) != 0) {
            System.err.printf("more than was sent\n");
            return 1;
        }
        return close(sock) < 0 ? 1 : 0;
    }

    public static void main(String[] argv) {
        if (argv.length != 2) {
            System.err.printf("echo_client ADDRESS PORT\n");
            System.exit(2);
        }
        System.exit(talk(argv[0], Integer.parseInt(argv[1])));
    }
}
