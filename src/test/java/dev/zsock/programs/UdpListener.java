package dev.zsock.programs;

import static dev.zsock.Cstring.*;
import static dev.zsock.Sockets.*;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.uapi.*;

/** The port of native-tests/programs/udp_listener.c, line by line. */
final class UdpListener {
    private UdpListener() {}

    private static int start(String address, int port) {
        SockaddrIn addr = new SockaddrIn();
        IntRef len = new IntRef(sizeof(addr));

        int sock = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
        if (sock < 0) {
            perror("socket");
            return -1;
        }
        addr.sin_family = AF_INET;
        addr.sin_port = htons(port);
        addr.sin_addr.s_addr = inet_addr(address);
        if (addr.sin_addr.s_addr == INADDR_NONE) {
            System.err.printf("%s is no address\n", address);
            return -1;
        }
        if (bind(sock, addr, sizeof(addr)) < 0) {
            perror("bind");
            return -1;
        }
        if (getsockname(sock, addr, len) < 0) {
            perror("getsockname");
            return -1;
        }
        System.out.printf("port %d\n", ntohs(addr.sin_port));
        System.out.flush();
        return sock;
    }

    private static int hear(int sock) {
        byte[] buf = new byte[64];
        byte[] host = new byte[INET_ADDRSTRLEN];
        byte[] receipt;
        SockaddrIn peer = new SockaddrIn();

        while (true) {
            IntRef len = new IntRef(sizeof(peer));
            int n = recvfrom(sock, buf, sizeof(buf), MSG_TRUNC, peer, len);
            if (n < 0) {
                perror("recvfrom");
                return 1;
            }
            int kept = n < sizeof(buf) ? n : sizeof(buf);
            inet_ntop(AF_INET, peer.sin_addr, host, sizeof(host));
            String text = new String(buf, 0, kept, UTF_8);
            System.out.printf("%s: %s%s\n", cstr(host), text, kept < n ? " (cut)" : "");
            System.out.flush();
            receipt = str(String.format("got %d of %d bytes", kept, n));
            int size = strlen(receipt);
            if (sendto(sock, receipt, size, 0, peer, len.value) < 0) {
                perror("sendto");
            }
        }
    }

    public static void main(String[] argv) {
        if (argv.length != 2) {
            System.err.printf("udp_listener ADDRESS PORT\n");
            System.exit(2);
        }
        int sock = start(argv[0], Integer.parseInt(argv[1]));

        System.exit(sock < 0 ? 1 : hear(sock));
    }
}
