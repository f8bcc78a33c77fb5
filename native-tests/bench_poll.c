/*
 * Benchmark agent in C: bench_poll. Commands on stdin, "udp|eventfd FDS COUNT": so many polls of so
 * many fds, of which the last is readable -> "<elapsed ns>" on stdout.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* A datagram socket of the loopback address that has sent itself a byte, if it shall be readable. */
static int udp(int readable)
{
    struct sockaddr_in addr = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(addr);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    if (fd < 0) {
        die("socket");
    }
    if (readable
        && (bind(fd, (struct sockaddr *)&addr, length) < 0
            || getsockname(fd, (struct sockaddr *)&addr, &length) < 0
            || sendto(fd, "x", 1, 0, (struct sockaddr *)&addr, length) != 1)) {
        die("a readable socket");
    }
    return fd;
}

static unsigned long long now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000ull + t.tv_nsec;
}

int main(void)
{
    struct rlimit limit;
    struct pollfd *fds = NULL;
    int opened = 0, n, count;
    char kind[8], before[8] = "";

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    while (scanf("%7s %d %d", kind, &n, &count) == 3) {
        if (n != opened || strcmp(kind, before) != 0) {
            strcpy(before, kind);
            while (opened > 0) {
                close(fds[--opened].fd);
            }
            fds = realloc(fds, n * sizeof(*fds));
            for (; opened < n; opened++) {
                int ready = opened == n - 1;
                int fd = strcmp(kind, "udp") == 0 ? udp(ready) : eventfd(ready, 0);

                fds[opened] = (struct pollfd){.fd = fd, .events = POLLIN};
            }
        }
        unsigned long long start = now();
        for (int i = 0; i < count; i++) {
            if (poll(fds, n, 1000) != 1 || fds[n - 1].revents != POLLIN) {
                die("poll");
            }
        }
        printf("%llu\n", now() - start);
        fflush(stdout);
    }
    return 0;
}
