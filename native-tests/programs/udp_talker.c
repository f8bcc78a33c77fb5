/*
 * udp_talker HOST PORT TEXT: sends the text in a datagram and prints the receipt. Datagrams get
 * lost: without a receipt in two seconds it says it again, three times in all.
 */
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int say(int sock, const char *text)
{
    char receipt[64];
    ssize_t n = -1;

    for (int tries = 0; tries < 3 && n < 0; tries++) {
        if (send(sock, text, strlen(text), 0) < 0) {
            perror("send");
            return 1;
        }
        n = recv(sock, receipt, sizeof(receipt), 0);
        if (n < 0 && errno != EAGAIN) {
            perror("recv");
            return 1;
        }
    }
    if (n < 0) {
        fprintf(stderr, "nobody answers\n");
        return 1;
    }
    printf("%.*s\n", (int)n, receipt);
    return 0;
}

static int talk(const char *host, const char *port, const char *text)
{
    struct timeval patience = {.tv_sec = 2};
    struct addrinfo hints = {0};
    struct addrinfo *res;

    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_DGRAM;
    int rc = getaddrinfo(host, port, &hints, &res);
    if (rc != 0) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(rc));
        return 1;
    }
    struct addrinfo *first = res;
    int sock = socket(first->ai_family, first->ai_socktype, first->ai_protocol);
    if (sock < 0) {
        perror("socket");
        return 1;
    }
    if (connect(sock, first->ai_addr, first->ai_addrlen) < 0) {
        perror("connect");
        return 1;
    }
    freeaddrinfo(res);
    if (setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) < 0) {
        perror("setsockopt");
        return 1;
    }
    rc = say(sock, text);
    close(sock);
    return rc;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "udp_talker HOST PORT TEXT\n");
        return 2;
    }
    return talk(argv[1], argv[2], argv[3]);
}
