/*
 * udp_listener ADDRESS PORT: prints each datagram that comes to the address and answers with a
 * receipt, until it is killed. What is longer than its buffer is cut, and said to be.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

static int start(const char *address, int port)
{
    struct sockaddr_in addr = {0};
    socklen_t len = sizeof(addr);

    int sock = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    if (sock < 0) {
        perror("socket");
        return -1;
    }
    addr.sin_family = AF_INET;
    addr.sin_port = htons(port);
    addr.sin_addr.s_addr = inet_addr(address);
    if (addr.sin_addr.s_addr == INADDR_NONE) {
        fprintf(stderr, "%s is no address\n", address);
        return -1;
    }
    if (bind(sock, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        perror("bind");
        return -1;
    }
    if (getsockname(sock, (struct sockaddr *)&addr, &len) < 0) {
        perror("getsockname");
        return -1;
    }
    printf("port %d\n", ntohs(addr.sin_port));
    fflush(stdout);
    return sock;
}

static int hear(int sock)
{
    char buf[64];
    char host[INET_ADDRSTRLEN];
    char receipt[64];
    struct sockaddr_in peer;

    while (1) {
        socklen_t len = sizeof(peer);
        int n = recvfrom(sock, buf, sizeof(buf), MSG_TRUNC, (struct sockaddr *)&peer, &len);
        if (n < 0) {
            perror("recvfrom");
            return 1;
        }
        int kept = n < (int)sizeof(buf) ? n : (int)sizeof(buf);
        inet_ntop(AF_INET, &peer.sin_addr, host, sizeof(host));
        printf("%s: %.*s%s\n", host, kept, buf, kept < n ? " (cut)" : "");
        fflush(stdout);
        int size = snprintf(receipt, sizeof(receipt), "got %d of %d bytes", kept, n);
        if (sendto(sock, receipt, size, 0, (struct sockaddr *)&peer, len) < 0) {
            perror("sendto");
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "udp_listener ADDRESS PORT\n");
        return 2;
    }
    int sock = start(argv[1], atoi(argv[2]));

    return sock < 0 ? 1 : hear(sock);
}
