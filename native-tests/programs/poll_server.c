/*
 * poll_server PORT: gives back in capitals what each of up to 62 clients sends. All sockets are
 * non-blocking; what a client does not take at once waits for POLLOUT, and a client that has sent
 * its last byte still gets all of it. Anything on standard input, its end too, stops the server.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 64, ROOM = 4096 };

static struct pollfd fds[MOST];
static char out[MOST][ROOM];
static int pending[MOST];
static int ended[MOST];
static int n;

static int start(int port)
{
    struct sockaddr_in addr = {0};
    socklen_t len = sizeof(addr);

    int listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (listener < 0) {
        perror("socket");
        return -1;
    }
    addr.sin_family = AF_INET;
    addr.sin_port = htons(port);
    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&addr, sizeof(addr)) < 0 || listen(listener, 5) < 0) {
        perror("bind or listen");
        return -1;
    }
    if (fcntl(listener, F_SETFL, fcntl(listener, F_GETFL, 0) | O_NONBLOCK) < 0) {
        perror("fcntl");
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

static void add(int fd)
{
    fds[n].fd = fd;
    fds[n].events = POLLIN;
    pending[n] = 0;
    ended[n] = 0;
    n++;
}

static void drop(int i)
{
    close(fds[i].fd);
    n--;
    fds[i] = fds[n];
    pending[i] = pending[n];
    ended[i] = ended[n];
    memmove(out[i], out[n], pending[n]); /* i may be n */
}

/* False when the client is done with. */
static bool serve(int i)
{
    if ((fds[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && pending[i] < ROOM) {
        ssize_t got = recv(fds[i].fd, out[i] + pending[i], ROOM - pending[i], 0);
        if (got < 0 && errno != EAGAIN) {
            return false;
        }
        if (got == 0) {
            ended[i] = 1;
        }
        for (; got > 0; got--) {
            out[i][pending[i]] = toupper((unsigned char)out[i][pending[i]]);
            pending[i]++;
        }
    }
    if (pending[i] > 0) {
        ssize_t sent = send(fds[i].fd, out[i], pending[i], MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) {
            return false;
        }
        if (sent > 0) {
            pending[i] -= sent;
            memmove(out[i], out[i] + sent, pending[i]);
        }
    }
    fds[i].events = pending[i] > 0 ? POLLOUT : 0;
    if (pending[i] < ROOM && ended[i] == 0) {
        fds[i].events |= POLLIN;
    }
    return ended[i] == 0 || pending[i] > 0;
}

static int run(int listener)
{
    add(STDIN_FILENO);
    add(listener);
    while (1) {
        fds[1].events = n < MOST ? POLLIN : 0;
        if (poll(fds, n, -1) < 0) {
            perror("poll");
            return 1;
        }
        if (fds[0].revents != 0) {
            break;
        }
        for (int i = n - 1; i >= 2; i--) {
            if (fds[i].revents != 0 && !serve(i)) {
                drop(i);
            }
        }
        if (fds[1].revents != 0) {
            int client = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
            if (client >= 0) {
                add(client);
            } else {
                perror("accept4");
            }
        }
    }
    while (n > 1) {
        drop(n - 1);
    }
    printf("stopped\n");
    return 0;
}

int main(int argc, char **argv)
{
    int port = argc > 1 ? atoi(argv[1]) : 0;
    int listener = start(port);

    return listener < 0 ? 1 : run(listener);
}
