package dev.zsock.programs;

import static dev.zsock.Cstring.*;
import static dev.zsock.Sockets.*;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.uapi.*;

/** The port of native-tests/programs/broadcast_sender.c, line by line. */
final class BroadcastSender {
    private BroadcastSender() {}

    private static int shout(String address, int port, byte[] text) {
        byte[] receipt = new byte[64];
        int yes = 1;
        Timeval patience = new Timeval(20, 0);
        SockaddrIn addr = new SockaddrIn();

        int sock = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
        if (sock < 0) {
            perror("socket");
            return 1;
        }
        addr.sin_family = AF_INET;
        addr.sin_port = htons(port);
        if (inet_aton(address, addr.sin_addr) == 0) {
            System.err.printf("%s is no address\n", address);
            return 2;
        }
        if (sendto(sock, text, strlen(text), 0, addr, sizeof(addr)) < 0) {
            System.out.printf("not yet: %s\n", strerror(errno()));
        }
        if (setsockopt(sock, SOL_SOCKET, SO_BROADCAST, yes, sizeof(yes)) < 0) {
            perror("SO_BROADCAST");
            return 1;
        }
        if (setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, patience, sizeof(patience)) < 0) {
            perror("SO_RCVTIMEO");
            return 1;
        }
        if (sendto(sock, text, strlen(text), 0, addr, sizeof(addr)) < 0) {
            perror("sendto");
            return 1;
        }
        int n = recvfrom(sock, receipt, sizeof(receipt), 0, null, null);
        if (n < 0) {
            perror("recvfrom");
            return 1;
        }
        System.out.printf("%s\n", new String(receipt, 0, n, UTF_8));
        return close(sock) < 0 ? 1 : 0;
    }

    public static void main(String[] argv) {
        if (argv.length != 3) {
            System.err.printf("broadcast_sender ADDRESS PORT TEXT\n");
            System.exit(2);
        }
        System.exit(shout(argv[0], Integer.parseInt(argv[1]), str(argv[2])));
    }
}
