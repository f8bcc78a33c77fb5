/*
 * chat_client ADDRESS PORT: input goes to the server, what the server sends is printed, whichever
 * comes first. The end of the input ends the sending; the server's end ends the program. It sends
 * without looking whether there is room: a server that waits for its reader would wait for ever.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

static int chat(int sock)
{
    char buf[600];
    ssize_t n;
    int typing = STDIN_FILENO;
    fd_set ready;

    while (1) {
        FD_ZERO(&ready);
        FD_SET(sock, &ready);
        if (typing >= 0) {
            FD_SET(typing, &ready);
        }
        if (select(sock + 1, &ready, NULL, NULL, NULL) < 0) {
            perror("select");
            return 1;
        }
        if (typing >= 0 && FD_ISSET(typing, &ready)) {
            n = read(typing, buf, sizeof(buf));
            if (n <= 0) {
                typing = -1;
                shutdown(sock, SHUT_WR);
            } else if (send(sock, buf, n, MSG_NOSIGNAL) != n) {
                perror("send");
                return 1;
            }
        }
        if (FD_ISSET(sock, &ready)) {
            n = recv(sock, buf, sizeof(buf), 0);
            if (n < 0) {
                perror("recv");
                return 1;
            }
            if (n == 0) {
                return 0;
            }
            if (write(STDOUT_FILENO, buf, n) != n) {
                perror("write");
                return 1;
            }
        }
    }
}

static int join(const char *address, int port)
{
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
        perror("connect");
        return 1;
    }
    int rc = chat(sock);
    close(sock);
    return rc;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "chat_client ADDRESS PORT\n");
        return 2;
    }
    return join(argv[1], atoi(argv[2]));
}
