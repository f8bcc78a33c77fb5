package dev.zsock.programs;

import static dev.zsock.Cstring.*;
import static dev.zsock.Sockets.*;

import dev.zsock.uapi.*;

/** The port of native-tests/programs/http_server.c, line by line. */
final class HttpServer {
    private HttpServer() {}

    private static int start(String address, String port) {
        byte[] serv = new byte[NI_MAXSERV];
        int yes = 1;
        SockaddrStorage addr = new SockaddrStorage();
        IntRef len = new IntRef(sizeof(addr));
        Addrinfo hints = new Addrinfo();
        Addrinfo[] res = new Addrinfo[1];

        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
        int rc = getaddrinfo(address, port, hints, res);
        if (rc != 0) {
            System.err.printf("%s: %s\n", address, gai_strerror(rc));
            return -1;
        }
        Addrinfo first = res[0];
        int listener = socket(first.ai_family, first.ai_socktype, first.ai_protocol);
        if (listener < 0) {
            perror("socket");
            return -1;
        }
        if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, yes, sizeof(yes)) < 0) {
            perror("setsockopt");
            return -1;
        }
        if (bind(listener, first.ai_addr, first.ai_addrlen) < 0 || listen(listener, 5) < 0) {
            perror("bind or listen");
            return -1;
        }
        freeaddrinfo(res[0]);
        if (getsockname(listener, addr, len) < 0) {
            perror("getsockname");
            return -1;
        }
        rc = getnameinfo(addr, len.value, null, 0, serv, sizeof(serv), NI_NUMERICSERV);
        if (rc != 0) {
            System.err.printf("%s\n", gai_strerror(rc));
            return -1;
        }
        System.out.printf("port %s\n", cstr(serv));
        System.out.flush();
        return listener;
    }

    private static void answer(int client, String status, String path) {
        byte[] head;
        byte[] body;
        Iovec[] iov = Iovec.array(2);

        body = str(String.format("you asked for %s\n", path));
        int size = strlen(body);
        head = str(String.format("HTTP/1.0 %s\r\nContent-Length: %d\r\n\r\n", status, size));
        int length = strlen(head);
        iov[0].iov_base = head;
        iov[0].iov_len = length;
        iov[1].iov_base = body;
        iov[1].iov_len = size;
        if (writev(client, iov, 2) != length + size) {
            perror("writev");
        }
    }

    private static int hear(int client, byte[] request, int room) {
        int n;
        int have = 0;

        while ((n = recv(client, request, have, room - 1 - have, 0)) > 0) {
            have += n;
            request[have] = '\0';
            if (cstr(request).contains("\r\n\r\n")) {
                break;
            }
        }
        return have;
    }

    private static int serve(int listener) {
        byte[] request = new byte[4096];
        int client;

        while ((client = accept(listener, null, null)) >= 0) {
            if (hear(client, request, sizeof(request)) > 0) {
                String[] words = cstr(request).strip().split("\\s+", 3);
                if (words.length < 2 || !words[0].equals("GET")) {
                    answer(client, "400 Bad Request", "nothing");
                } else {
                    String path = words[1];
                    answer(client, path.startsWith("/no") ? "404 Not Found" : "200 OK", path);
                }
            }
            close(client);
        }
        perror("accept");
        return 1;
    }

    public static void main(String[] argv) {
        if (argv.length != 2) {
            System.err.printf("http_server ADDRESS PORT\n");
            System.exit(2);
        }
        int listener = start(argv[0], argv[1]);

        System.exit(listener < 0 ? 1 : serve(listener));
    }
}
