/* echo_client ADDRESS PORT: sends its input to an echo server and prints what comes back. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int talk(const char *address, int port)
{
    char out[4096];
    char in[4096];
    ssize_t n;
    struct sockaddr_in addr = {0};

    addr.sin_family = AF_INET;
    addr.sin_port = htons(port);
    if (inet_pton(AF_INET, address, &addr.sin_addr) != 1) {
        fprintf(stderr, "%s is no address\n", address);
        return 2;
    }
    int sock = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (sock < 0) {
        perror("socket");
        return 1;
    }
    if (connect(sock, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        fprintf(stderr, "connect: %s\n", strerror(errno));
        return 1;
    }
    while ((n = read(STDIN_FILENO, out, sizeof(out))) > 0) {
        if (send(sock, out, n, MSG_NOSIGNAL) != n) {
            perror("send");
            return 1;
        }
        if (recv(sock, in, n, MSG_WAITALL) != n) {
            perror("recv");
            return 1;
        }
        if (write(STDOUT_FILENO, in, n) != n) {
            perror("write");
            return 1;
        }
    }
    if (n < 0) {
        perror("read");
        return 1;
    }
    if (shutdown(sock, SHUT_WR) < 0) {
        perror("shutdown");
        return 1;
    }
    if (recv(sock, in, sizeof(in), 0) != 0) {
        fprintf(stderr, "more than was sent\n");
        return 1;
    }
    return close(sock) < 0 ? 1 : 0;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "echo_client ADDRESS PORT\n");
        return 2;
    }
    return talk(argv[1], atoi(argv[2]));
}
