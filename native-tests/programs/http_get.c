/*
 * http_get HOST PORT PATH: tries each address of the host until one connects, and prints which
 * that is, the status line and the body of the answer, up to 64 KiB of both.
 */
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int dial(const char *host, const char *port)
{
    char name[NI_MAXHOST] = "";
    struct addrinfo hints = {0};
    struct addrinfo *res;
    int sock = -1;

    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    int rc = getaddrinfo(host, port, &hints, &res);
    if (rc != 0) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(rc));
        return -1;
    }
    for (struct addrinfo *p = res; p != NULL; p = p->ai_next) {
        sock = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
        if (sock < 0) {
            perror("socket");
            continue;
        }
        if (connect(sock, p->ai_addr, p->ai_addrlen) == 0) {
            getnameinfo(p->ai_addr, p->ai_addrlen, name, sizeof(name), NULL, 0, NI_NUMERICHOST);
            printf("connected to %s\n", name);
            break;
        }
        perror("connect");
        close(sock);
        sock = -1;
    }
    freeaddrinfo(res);
    return sock;
}

static int get(int sock, const char *host, const char *path)
{
    char request[1024];
    char answer[65536];
    ssize_t n;
    int have = 0;

    int len = snprintf(request, sizeof(request), "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n", path, host);
    if (len >= (int)sizeof(request)) {
        fprintf(stderr, "path too long\n");
        return 2;
    }
    if (send(sock, request, len, MSG_NOSIGNAL) != len) {
        perror("send");
        return 1;
    }
    while ((n = recv(sock, answer + have, sizeof(answer) - 1 - have, 0)) > 0) {
        have += n;
    }
    if (n < 0) {
        perror("recv");
        return 1;
    }
    answer[have] = '\0';
    char *head = strstr(answer, "\r\n\r\n");
    if (head == NULL) {
        fprintf(stderr, "no head\n");
        return 1;
    }
    printf("%.*s\n", (int)strcspn(answer, "\r"), answer);
    fflush(stdout);
    int body = head + 4 - answer;
    if (write(STDOUT_FILENO, answer + body, have - body) != have - body) {
        perror("write");
        return 1;
    }
    return close(sock) < 0 ? 1 : 0;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "http_get HOST PORT PATH\n");
        return 2;
    }
    int sock = dial(argv[1], argv[2]);

    return sock < 0 ? 1 : get(sock, argv[1], argv[3]);
}
