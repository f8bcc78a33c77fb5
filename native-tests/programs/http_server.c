/*
 * http_server ADDRESS PORT: answers GET with the path that was asked for, 404 for what begins with
 * /no, one request at a time, until it is killed. The address may be of either family.
 */
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static int start(const char *address, const char *port)
{
    char serv[NI_MAXSERV];
    int yes = 1;
    struct sockaddr_storage addr;
    socklen_t len = sizeof(addr);
    struct addrinfo hints = {0};
    struct addrinfo *res;

    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
    int rc = getaddrinfo(address, port, &hints, &res);
    if (rc != 0) {
        fprintf(stderr, "%s: %s\n", address, gai_strerror(rc));
        return -1;
    }
    struct addrinfo *first = res;
    int listener = socket(first->ai_family, first->ai_socktype, first->ai_protocol);
    if (listener < 0) {
        perror("socket");
        return -1;
    }
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) < 0) {
        perror("setsockopt");
        return -1;
    }
    if (bind(listener, first->ai_addr, first->ai_addrlen) < 0 || listen(listener, 5) < 0) {
        perror("bind or listen");
        return -1;
    }
    freeaddrinfo(res);
    if (getsockname(listener, (struct sockaddr *)&addr, &len) < 0) {
        perror("getsockname");
        return -1;
    }
    rc = getnameinfo((struct sockaddr *)&addr, len, NULL, 0, serv, sizeof(serv), NI_NUMERICSERV);
    if (rc != 0) {
        fprintf(stderr, "%s\n", gai_strerror(rc));
        return -1;
    }
    printf("port %s\n", serv);
    fflush(stdout);
    return listener;
}

static void answer(int client, const char *status, const char *path)
{
    char head[256];
    char body[4200];
    struct iovec iov[2];

    int size = snprintf(body, sizeof(body), "you asked for %s\n", path);
    int length = snprintf(head, sizeof(head), "HTTP/1.0 %s\r\nContent-Length: %d\r\n\r\n",
                          status, size);
    iov[0].iov_base = head;
    iov[0].iov_len = length;
    iov[1].iov_base = body;
    iov[1].iov_len = size;
    if (writev(client, iov, 2) != length + size) {
        perror("writev");
    }
}

static int hear(int client, char *request, int room)
{
    ssize_t n;
    int have = 0;

    while ((n = recv(client, request + have, room - 1 - have, 0)) > 0) {
        have += n;
        request[have] = '\0';
        if (strstr(request, "\r\n\r\n") != NULL) {
            break;
        }
    }
    return have;
}

static int serve(int listener)
{
    char request[4096];
    char method[16];
    char path[4096];
    int client;

    while ((client = accept(listener, NULL, NULL)) >= 0) {
        if (hear(client, request, sizeof(request)) > 0) {
            if (sscanf(request, "%15s %4095s", method, path) != 2 || strcmp(method, "GET") != 0) {
                answer(client, "400 Bad Request", "nothing");
            } else {
                answer(client, strncmp(path, "/no", 3) == 0 ? "404 Not Found" : "200 OK", path);
            }
        }
        close(client);
    }
    perror("accept");
    return 1;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "http_server ADDRESS PORT\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN); /* writev has no MSG_NOSIGNAL */
    int listener = start(argv[1], argv[2]);

    return listener < 0 ? 1 : serve(listener);
}
