/*
 * broadcast_sender ADDRESS PORT TEXT: sends the text to a broadcast address. It first shows that
 * this has to be allowed, then prints the receipt of whoever answers first.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int shout(const char *address, int port, const char *text)
{
    char receipt[64];
    int yes = 1;
    struct timeval patience = {.tv_sec = 20};
    struct sockaddr_in addr = {0};

    int sock = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    if (sock < 0) {
        perror("socket");
        return 1;
    }
    addr.sin_family = AF_INET;
    addr.sin_port = htons(port);
    if (inet_aton(address, &addr.sin_addr) == 0) {
        fprintf(stderr, "%s is no address\n", address);
        return 2;
    }
    if (sendto(sock, text, strlen(text), 0, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        printf("not yet: %s\n", strerror(errno));
    }
    if (setsockopt(sock, SOL_SOCKET, SO_BROADCAST, &yes, sizeof(yes)) < 0) {
        perror("SO_BROADCAST");
        return 1;
    }
    if (setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) < 0) {
        perror("SO_RCVTIMEO");
        return 1;
    }
    if (sendto(sock, text, strlen(text), 0, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        perror("sendto");
        return 1;
    }
    ssize_t n = recvfrom(sock, receipt, sizeof(receipt), 0, NULL, NULL);
    if (n < 0) {
        perror("recvfrom");
        return 1;
    }
    printf("%.*s\n", (int)n, receipt);
    return close(sock) < 0 ? 1 : 0;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "broadcast_sender ADDRESS PORT TEXT\n");
        return 2;
    }
    return shout(argv[1], atoi(argv[2]), argv[3]);
}
