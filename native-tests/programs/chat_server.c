/*
 * chat_server PORT: what one guest says, all the others read, with the speaker's port before it.
 * One thread and one select for all of them: a guest who does not read holds the others up.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

static fd_set guests;
static int top;

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
    if (getsockname(listener, (struct sockaddr *)&addr, &len) < 0) {
        perror("getsockname");
        return -1;
    }
    printf("port %d\n", ntohs(addr.sin_port));
    fflush(stdout);
    return listener;
}

static void say(int guest, const char *line, int size)
{
    if (send(guest, line, size, MSG_NOSIGNAL) < 0) {
        perror("send"); /* its recv will say that it is gone */
    }
}

static void welcome(int listener)
{
    const char *greeting = "welcome\n";

    int guest = accept(listener, NULL, NULL);
    if (guest < 0) {
        perror("accept");
        return;
    }
    if (guest >= FD_SETSIZE) { /* FD_SET would write beyond the set */
        close(guest);
        return;
    }
    FD_SET(guest, &guests);
    top = guest > top ? guest : top;
    say(guest, greeting, strlen(greeting));
}

static void hear(int fd)
{
    char buf[512];
    char line[600];
    struct sockaddr_in addr;
    socklen_t len = sizeof(addr);

    ssize_t n = recv(fd, buf, sizeof(buf), 0);
    if (n <= 0 || getpeername(fd, (struct sockaddr *)&addr, &len) < 0) {
        FD_CLR(fd, &guests);
        close(fd);
        return;
    }
    int speaker = ntohs(addr.sin_port);
    int size = snprintf(line, sizeof(line), "%d: ", speaker);
    memcpy(line + size, buf, n);
    for (int other = 0; other <= top; other++) {
        if (other != fd && FD_ISSET(other, &guests)) {
            say(other, line, size + n);
        }
    }
}

static int serve(int listener)
{
    fd_set ready;

    FD_ZERO(&guests);
    top = listener;
    while (1) {
        ready = guests;
        FD_SET(listener, &ready);
        if (select(top + 1, &ready, NULL, NULL, NULL) < 0) {
            perror("select");
            return 1;
        }
        for (int fd = 0; fd <= top; fd++) {
            if (fd != listener && FD_ISSET(fd, &ready)) {
                hear(fd);
            }
        }
        if (FD_ISSET(listener, &ready)) {
            welcome(listener);
        }
    }
}

int main(int argc, char **argv)
{
    int port = argc > 1 ? atoi(argv[1]) : 0;
    int listener = start(port);

    return listener < 0 ? 1 : serve(listener);
}
