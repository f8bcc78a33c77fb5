package dev.zsock.programs;

import static dev.zsock.Cstring.*;
import static dev.zsock.Sockets.*;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.uapi.*;

/** The port of native-tests/programs/udp_talker.c, line by line. */
final class UdpTalker {
    private UdpTalker() {}

    private static int say(int sock, byte[] text) {
        byte[] receipt = new byte[64];
        int n = -1;

        for (int tries = 0; tries < 3 && n < 0; tries++) {
            if (send(sock, text, strlen(text), 0) < 0) {
                perror("send");
                return 1;
            }
            n = recv(sock, receipt, sizeof(receipt), 0);
            if (n < 0 && errno() != EAGAIN) {
                perror("recv");
                return 1;
            }
        }
        if (n < 0) {
            System.err.printf("nobody answers\n");
            return 1;
        }
        System.out.printf("%s\n", new String(receipt, 0, n, UTF_8));
        return 0;
    }

    private static int talk(String host, String port, byte[] text) {
        Timeval patience = new Timeval(2, 0);
        Addrinfo hints = new Addrinfo();
        Addrinfo[] res = new Addrinfo[1];

        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_DGRAM;
        int rc = getaddrinfo(host, port, hints, res);
        if (rc != 0) {
            System.err.printf("%s: %s\n", host, gai_strerror(rc));
            return 1;
        }
        Addrinfo first = res[0];
        int sock = socket(first.ai_family, first.ai_socktype, first.ai_protocol);
        if (sock < 0) {
            perror("socket");
            return 1;
        }
        if (connect(sock, first.ai_addr, first.ai_addrlen) < 0) {
            perror("connect");
            return 1;
        }
        freeaddrinfo(res[0]);
        if (setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, patience, sizeof(patience)) < 0) {
            perror("setsockopt");
            return 1;
        }
        rc = say(sock, text);
        close(sock);
        return rc;
    }

    public static void main(String[] argv) {
        if (argv.length != 3) {
            System.err.printf("udp_talker HOST PORT TEXT\n");
            System.exit(2);
        }
        System.exit(talk(argv[0], argv[1], str(argv[2])));
    }
}
