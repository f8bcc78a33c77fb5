/*
 * echo_server PORT: gives back what each client sends, one client at a time, until it is killed.
 * PORT 0 takes a free one; the first line printed says which.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static int start(int port)
{
    int yes = 1;
    struct sockaddr_in addr = {0};
    socklen_t len = sizeof(addr);

    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (listener < 0) {
        perror("socket");
        return -1;
    }
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) < 0) {
        perror("setsockopt");
        return -1;
    }
    addr.sin_family = AF_INET;
    addr.sin_port = htons(port);
    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        perror("bind");
        return -1;
    }
    if (listen(listener, 5) < 0) {
        perror("listen");
        return -1;
    }
    if (getsockname(listener, (struct sockaddr *)&addr, &len) < 0) {
        perror("getsockname");
        return -1;
    }
    printf("port %d\n", ntohs(addr.sin_port));
    fflush(stdout);
    return listener;
}

static void echo(int client)
{
    char buf[4096];
    ssize_t n;
    ssize_t sent;

    while ((n = recv(client, buf, sizeof(buf), 0)) > 0) {
        for (ssize_t at = 0; at < n; at += sent) {
            sent = send(client, buf + at, n - at, MSG_NOSIGNAL);
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

static int serve(int listener)
{
    struct sockaddr_in peer;

    while (1) {
        socklen_t len = sizeof(peer); /* in and out: anew for each call */
        int client = accept(listener, (struct sockaddr *)&peer, &len);
        if (client < 0) {
            perror("accept");
            return 1;
        }
        printf("client %s:%d\n", inet_ntoa(peer.sin_addr), ntohs(peer.sin_port));
        fflush(stdout);
        echo(client);
        close(client);
    }
}

int main(int argc, char **argv)
{
    int port = argc > 1 ? atoi(argv[1]) : 0;
    int listener = start(port);

    return listener < 0 ? 1 : serve(listener);
}
