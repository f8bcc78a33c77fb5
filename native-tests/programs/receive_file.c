/*
 * receive_file SOCKET: listens on a UNIX socket, takes one open file from whoever connects, prints
 * its name and what is in it, and answers with its size. The path must not exist yet, and stays.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int start(const char *path)
{
    struct sockaddr_un addr = {0};

    if (strlen(path) >= sizeof(addr.sun_path)) {
        fprintf(stderr, "%s is too long\n", path);
        return -1;
    }
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (listener < 0) {
        perror("socket");
        return -1;
    }
    addr.sun_family = AF_UNIX;
    strcpy(addr.sun_path, path);
    if (bind(listener, (struct sockaddr *)&addr, sizeof(addr)) < 0 || listen(listener, 1) < 0) {
        perror("bind or listen");
        return -1;
    }
    printf("ready\n");
    fflush(stdout);
    return listener;
}

static int take(int client)
{
    char name[64];
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))];
    int fd;
    struct iovec iov[1];
    struct msghdr msg = {0};

    iov[0].iov_base = name;
    iov[0].iov_len = sizeof(name);
    msg.msg_iov = iov;
    msg.msg_iovlen = 1;
    msg.msg_control = control;
    msg.msg_controllen = sizeof(control);
    ssize_t n = recvmsg(client, &msg, 0);
    struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);
    if (n < 0 || cmsg == NULL || cmsg->cmsg_level != SOL_SOCKET
        || cmsg->cmsg_type != SCM_RIGHTS) {
        fprintf(stderr, "no file came\n");
        return -1;
    }
    memcpy(&fd, CMSG_DATA(cmsg), sizeof(fd));
    printf("%.*s:\n", (int)n, name);
    fflush(stdout);
    return fd;
}

static int show(int fd)
{
    char buf[4096];
    ssize_t n;
    int size = 0;

    while ((n = read(fd, buf, sizeof(buf))) > 0) {
        size += n;
        if (write(STDOUT_FILENO, buf, n) != n) {
            perror("write");
            break;
        }
    }
    if (n < 0) {
        perror("read");
    }
    close(fd);
    return size;
}

static int run(int listener)
{
    char answer[128];

    int client = accept(listener, NULL, NULL);
    if (client < 0) {
        perror("accept");
        return 1;
    }
    int fd = take(client);
    if (fd < 0) {
        return 1;
    }
    int len = snprintf(answer, sizeof(answer), "%d bytes came", show(fd));
    if (send(client, answer, len, MSG_NOSIGNAL) < 0) {
        perror("send");
        return 1;
    }
    close(client);
    return close(listener) < 0 ? 1 : 0;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "receive_file SOCKET\n");
        return 2;
    }
    int listener = start(argv[1]);

    return listener < 0 ? 1 : run(listener);
}
