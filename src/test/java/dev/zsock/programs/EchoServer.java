package dev.zsock.programs;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.*;

/** The port of native-tests/programs/echo_server.c, line by line. */
final class EchoServer {
    private EchoServer() {}

    private static int start(int port) {
        int yes = 1;
        SockaddrIn addr = new SockaddrIn();
        IntRef len = new IntRef(sizeof(addr));

        int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
        if (listener < 0) {
            perror("socket");
            return -1;
        }
        if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, yes, sizeof(yes)) < 0) {
            perror("setsockopt");
            return -1;
        }
        addr.sin_family = AF_INET;
        addr.sin_port = htons(port);
        addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (bind(listener, addr, sizeof(addr)) < 0) {
            perror("bind");
            return -1;
        }
        if (listen(listener, 5) < 0) {
            perror("listen");
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

    private static void echo(int client) {
        byte[] buf = new byte[4096];
        int n;
        int sent;

        while ((n = recv(client, buf, sizeof(buf), 0)) > 0) {
            for (int at = 0; at < n; at += sent) {
                sent = send(client, buf, at, n - at, MSG_NOSIGNAL);
                if (sent < 0) {
                    perror("send");
                    return;
                }
            }
        }
        if (n < 0) {
            perror("recv");
        }
    }

    private static int serve(int listener) {
        SockaddrIn peer = new SockaddrIn();

        while (true) {
            IntRef len = new IntRef(sizeof(peer)); /* in and out: anew for each call */
            int client = accept(listener, peer, len);
            if (client < 0) {
                perror("accept");
                return 1;
            }
            System.out.printf("client %s:%d\n", inet_ntoa(peer.sin_addr), ntohs(peer.sin_port));
            System.out.flush();
            echo(client);
            close(client);
        }
    }

    public static void main(String[] argv) {
        int port = argv.length > 0 ? Integer.parseInt(argv[0]) : 0;
        int listener = start(port);

        System.exit(listener < 0 ? 1 : serve(listener));
    }
}
