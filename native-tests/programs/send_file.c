/*
 * send_file SOCKET NAME <FILE: hands its standard input, an open file, to the program that listens
 * on a UNIX socket. Not a byte of the file passes through the socket.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static ssize_t hand_over(int sock, int fd, char *name)
{
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))];
    struct iovec iov[1];
    struct msghdr msg = {0};

    iov[0].iov_base = name;
    iov[0].iov_len = strlen(name);
    msg.msg_iov = iov;
    msg.msg_iovlen = 1;
    msg.msg_control = control;
    msg.msg_controllen = sizeof(control);
    struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);
    cmsg->cmsg_level = SOL_SOCKET;
    cmsg->cmsg_type = SCM_RIGHTS;
    cmsg->cmsg_len = CMSG_LEN(sizeof(fd));
    memcpy(CMSG_DATA(cmsg), &fd, sizeof(fd));
    return sendmsg(sock, &msg, MSG_NOSIGNAL);
}

static int run(const char *path, char *name)
{
    char answer[128];
    struct sockaddr_un addr = {0};

    if (strlen(path) >= sizeof(addr.sun_path)) {
        fprintf(stderr, "%s is too long\n", path);
        return 1;
    }
    int sock = socket(AF_UNIX, SOCK_STREAM, 0);
    if (sock < 0) {
        perror("socket");
        return 1;
    }
    addr.sun_family = AF_UNIX;
    strcpy(addr.sun_path, path);
    if (connect(sock, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        perror("connect");
        return 1;
    }
    if (hand_over(sock, STDIN_FILENO, name) < 0) {
        perror("sendmsg");
        return 1;
    }
    ssize_t n = recv(sock, answer, sizeof(answer), 0);
    if (n <= 0) {
        fprintf(stderr, "no answer\n");
        return 1;
    }
    printf("%.*s\n", (int)n, answer);
    return close(sock) < 0 ? 1 : 0;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "send_file SOCKET NAME <FILE\n");
        return 2;
    }
    return run(argv[1], argv[2]);
}
