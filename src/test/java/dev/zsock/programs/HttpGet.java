package dev.zsock.programs;

import static dev.zsock.Cstring.*;
import static dev.zsock.Sockets.*;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.zsock.uapi.*;

/** The port of native-tests/programs/http_get.c, line by line. */
final class HttpGet {
    private HttpGet() {}

    private static int dial(String host, String port) {
        byte[] name = new byte[NI_MAXHOST];
        Addrinfo hints = new Addrinfo();
        Addrinfo[] res = new Addrinfo[1];
        int sock = -1;

        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        int rc = getaddrinfo(host, port, hints, res);
        if (rc != 0) {
            System.err.printf("%s: %s\n", host, gai_strerror(rc));
            return -1;
        }
        for (Addrinfo p = res[0]; p != null; p = p.ai_next) {
            sock = socket(p.ai_family, p.ai_socktype, p.ai_protocol);
            if (sock < 0) {
                perror("socket");
                continue;
            }
            if (connect(sock, p.ai_addr, p.ai_addrlen) == 0) {
                getnameinfo(p.ai_addr, p.ai_addrlen, name, sizeof(name), null, 0, NI_NUMERICHOST);
                System.out.printf("connected to %s\n", cstr(name));
                break;
            }
            perror("connect");
            close(sock);
            sock = -1;
        }
        freeaddrinfo(res[0]);
        return sock;
    }

    private static int get(int sock, String host, String path) {
        byte[] request;
        byte[] answer = new byte[65536];
        int n;
        int have = 0;

        request = str(String.format("GET %s HTTP/1.0\r\nHost: %s\r\n\r\n", path, host));
        int len = strlen(request);
        if (send(sock, request, len, MSG_NOSIGNAL) != len) {
            perror("send");
            return 1;
        }
        while ((n = recv(sock, answer, have, sizeof(answer) - 1 - have, 0)) > 0) {
            have += n;
        }
        if (n < 0) {
            perror("recv");
            return 1;
        }
        String text = new String(answer, 0, have, ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            System.err.printf("no head\n");
            return 1;
        }
        System.out.printf("%s\n", text.substring(0, text.indexOf("\r")));
        System.out.flush();
        int body = head + 4;
        if (write(STDOUT_FILENO, answer, body, have - body) != have - body) {
            perror("write");
            return 1;
        }
        return close(sock) < 0 ? 1 : 0;
    }

    public static void main(String[] argv) {
        if (argv.length != 3) {
            System.err.printf("http_get HOST PORT PATH\n");
            System.exit(2);
        }
        int sock = dial(argv[0], argv[1]);

        System.exit(sock < 0 ? 1 : get(sock, argv[0], argv[2]));
    }
}
