/*
 * A kernel that is in a bad mood, yet keeps the letter of the man pages. Loaded ahead of libc, it
 * stands before the calls that move data or wait and lets some of them
 *
 *   - be interrupted (EINTR): only calls that may block, half of them after a moment of waiting;
 *   - find nothing to do (EAGAIN): only with MSG_DONTWAIT or O_NONBLOCK, and not at the end;
 *   - move one byte: only on streams and pipes;
 *   - find no memory (ENOBUFS, ENOMEM): only sends, and only when asked for.
 *
 * Which calls are struck follows from a seed; a thread is never struck more than a few times in a
 * row. close is never touched: Linux frees the number whatever it returns.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum kind { INTERRUPT, NOT_NOW, ONE_BYTE, NO_MEMORY, KINDS };

enum { MOST_IN_A_ROW = 4, MOMENT_MS = 1 };

/* libc's own, looked up before anything can call them */
static struct {
    ssize_t (*send)(int, const void *, size_t, int);
    ssize_t (*sendto)(int, const void *, size_t, int, const struct sockaddr *, socklen_t);
    ssize_t (*sendmsg)(int, const struct msghdr *, int);
    ssize_t (*write)(int, const void *, size_t);
    ssize_t (*recv)(int, void *, size_t, int);
    ssize_t (*recvfrom)(int, void *, size_t, int, struct sockaddr *, socklen_t *);
    ssize_t (*recvmsg)(int, struct msghdr *, int);
    ssize_t (*read)(int, void *, size_t);
    int (*accept4)(int, struct sockaddr *, socklen_t *, int);
    int (*connect)(int, const struct sockaddr *, socklen_t);
    int (*poll)(struct pollfd *, nfds_t, int);
    int (*ppoll)(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
} libc;

static _Atomic uint64_t seed;
static _Atomic uint64_t drawn;
static atomic_int percent[KINDS];
static atomic_int skip[KINDS];
static atomic_int times[KINDS];
static atomic_long count[KINDS];
static _Thread_local int in_a_row;

static void *find(void *handle, const char *name)
{
    void *function = dlsym(handle, name);

    if (function == NULL) {
        fprintf(stderr, "flaky: libc has no %s\n", name);
        abort();
    }
    return function;
}

__attribute__((constructor)) static void find_all(void)
{
    void *handle = dlopen("libc.so.6", RTLD_NOW);

    libc.send = find(handle, "send");
    libc.sendto = find(handle, "sendto");
    libc.sendmsg = find(handle, "sendmsg");
    libc.write = find(handle, "write");
    libc.recv = find(handle, "recv");
    libc.recvfrom = find(handle, "recvfrom");
    libc.recvmsg = find(handle, "recvmsg");
    libc.read = find(handle, "read");
    libc.accept4 = find(handle, "accept4");
    libc.connect = find(handle, "connect");
    libc.poll = find(handle, "poll");
    libc.ppoll = find(handle, "ppoll");
}

/* What the tests call. */

/* Starts a schedule: of a hundred calls that may be struck, how many are. */
void flaky_configure(unsigned long new_seed, int interrupt, int not_now, int one_byte,
             int no_memory)
{
    int new_percent[KINDS] = {interrupt, not_now, one_byte, no_memory};

    for (int kind = 0; kind < KINDS; kind++) {
        percent[kind] = new_percent[kind];
        skip[kind] = 0;
        times[kind] = 0;
        count[kind] = 0;
    }
    seed = new_seed;
    drawn = 0;
}

/* Besides the schedule: lets so many calls of a kind pass, then strikes so many for certain. */
void flaky_force(int kind, int passed, int struck)
{
    skip[kind] = passed;
    times[kind] = struck;
}

/* How many were struck since the schedule began. */
long flaky_count(int kind)
{
    return count[kind];
}

/* splitmix64 */
static uint64_t draw(void)
{
    uint64_t z = seed + (drawn++ + 1) * 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static int forced(enum kind kind)
{
    if (times[kind] <= 0) {
        return 0;
    }
    if (skip[kind] > 0) {
        skip[kind]--;
        return 0;
    }
    times[kind]--;
    return 1;
}

/* Whether this call, which may be, is struck. */
static int strikes(enum kind kind)
{
    if (!forced(kind)) {
        if (percent[kind] == 0) {
            return 0;
        }
        if (in_a_row >= MOST_IN_A_ROW || draw() % 100 >= (uint64_t)percent[kind]) {
            in_a_row = 0;
            return 0;
        }
        in_a_row++;
    }
    count[kind]++;
    return 1;
}

static int blocks(int fd, int flags)
{
    return (flags & MSG_DONTWAIT) == 0 && (fcntl(fd, F_GETFL) & O_NONBLOCK) == 0;
}

static int is_stream(int fd)
{
    int type;
    socklen_t length = sizeof(type);
    struct stat status;

    if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) == 0) {
        return type == SOCK_STREAM;
    }
    return fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode);
}

/* An eventfd, a terminal or a bad number is none of our business. */
static int is_ours(int fd)
{
    struct stat status;

    return fstat(fd, &status) == 0 && (S_ISSOCK(status.st_mode) || S_ISFIFO(status.st_mode));
}

/* An end or an error is told at once. */
static int is_over(int fd)
{
    struct pollfd one = {.fd = fd, .events = POLLRDHUP};

    return libc.poll(&one, 1, 0) > 0;
}

/* The errno this transfer or accept fails with, or 0. */
static int refusal(int fd, int flags, short event)
{
    int saved = errno;
    int result = 0;

    if (!is_ours(fd) || (flags & (MSG_OOB | MSG_ERRQUEUE)) != 0) {
        result = 0;
    } else if (event == POLLOUT && strikes(NO_MEMORY)) {
        result = count[NO_MEMORY] % 2 == 0 ? ENOMEM : ENOBUFS;
    } else if (!blocks(fd, flags)) {
        result = !is_over(fd) && strikes(NOT_NOW) ? EAGAIN : 0;
    } else if (strikes(INTERRUPT)) {
        struct pollfd one = {.fd = fd, .events = event};

        libc.poll(&one, 1, count[INTERRUPT] % 2 * MOMENT_MS);
        result = EINTR;
    }
    errno = result == 0 ? saved : result;
    return result;
}

/* How many of n bytes this transfer moves at most. */
static size_t most(int fd, int flags, size_t n)
{
    int saved = errno;

    if (n > 1 && (flags & (MSG_OOB | MSG_ERRQUEUE)) == 0 && is_stream(fd)
        && strikes(ONE_BYTE)) {
        n = 1;
    }
    errno = saved;
    return n;
}

/* The same of a message: a copy whose only piece is one byte, or the message itself. */
static const struct msghdr *most_of(int fd, int flags, const struct msghdr *msg,
                    struct msghdr *copy, struct iovec *piece)
{
    size_t total = 0;
    struct iovec *first = NULL;

    if (msg == NULL || msg->msg_iov == NULL) {
        return msg;
    }
    for (size_t i = 0; i < msg->msg_iovlen; i++) {
        total += msg->msg_iov[i].iov_len;
        first = first == NULL && total > 0 ? &msg->msg_iov[i] : first;
    }
    if (most(fd, flags, total) == total) {
        return msg;
    }
    *piece = (struct iovec){.iov_base = first->iov_base, .iov_len = 1};
    *copy = *msg;
    copy->msg_iov = piece;
    copy->msg_iovlen = 1;
    return copy;
}

/* What the library under test calls. */

ssize_t send(int fd, const void *buf, size_t n, int flags)
{
    return refusal(fd, flags, POLLOUT) ? -1 : libc.send(fd, buf, most(fd, flags, n), flags);
}

ssize_t sendto(int fd, const void *buf, size_t n, int flags, const struct sockaddr *addr,
           socklen_t addrlen)
{
    return refusal(fd, flags, POLLOUT)
               ? -1
               : libc.sendto(fd, buf, most(fd, flags, n), flags, addr, addrlen);
}

ssize_t sendmsg(int fd, const struct msghdr *msg, int flags)
{
    struct msghdr copy;
    struct iovec piece;

    return refusal(fd, flags, POLLOUT)
               ? -1
               : libc.sendmsg(fd, most_of(fd, flags, msg, &copy, &piece), flags);
}

ssize_t write(int fd, const void *buf, size_t n)
{
    return refusal(fd, 0, POLLOUT) ? -1 : libc.write(fd, buf, most(fd, 0, n));
}

ssize_t recv(int fd, void *buf, size_t n, int flags)
{
    return refusal(fd, flags, POLLIN) ? -1 : libc.recv(fd, buf, most(fd, flags, n), flags);
}

ssize_t recvfrom(int fd, void *buf, size_t n, int flags, struct sockaddr *addr,
         socklen_t *addrlen)
{
    return refusal(fd, flags, POLLIN)
               ? -1
               : libc.recvfrom(fd, buf, most(fd, flags, n), flags, addr, addrlen);
}

ssize_t recvmsg(int fd, struct msghdr *msg, int flags)
{
    struct msghdr copy;
    struct iovec piece;
    ssize_t n;

    if (refusal(fd, flags, POLLIN)) {
        return -1;
    }
    if (most_of(fd, flags, msg, &copy, &piece) == msg) {
        return libc.recvmsg(fd, msg, flags);
    }
    n = libc.recvmsg(fd, &copy, flags);
    if (n >= 0) {
        msg->msg_namelen = copy.msg_namelen;
        msg->msg_controllen = copy.msg_controllen;
        msg->msg_flags = copy.msg_flags;
    }
    return n;
}

ssize_t read(int fd, void *buf, size_t n)
{
    return refusal(fd, 0, POLLIN) ? -1 : libc.read(fd, buf, most(fd, 0, n));
}

int accept4(int fd, struct sockaddr *addr, socklen_t *addrlen, int flags)
{
    return refusal(fd, 0, POLLIN) ? -1 : libc.accept4(fd, addr, addrlen, flags);
}

/*
 * An interrupted connect goes on without its caller, who must wait for it. A UNIX socket was
 * waiting for a place in the listener's queue and has begun nothing.
 */
int connect(int fd, const struct sockaddr *addr, socklen_t addrlen)
{
    int type = 0;
    socklen_t length = sizeof(type);
    int flags = fcntl(fd, F_GETFL);
    int rc;

    getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length);
    if (type != SOCK_STREAM || addr == NULL || !blocks(fd, 0) || !strikes(INTERRUPT)) {
        return libc.connect(fd, addr, addrlen);
    }
    if (addr->sa_family == AF_UNIX) {
        errno = EINTR;
        return -1;
    }
    fcntl(fd, F_SETFL, flags | O_NONBLOCK);
    rc = libc.connect(fd, addr, addrlen);
    if (rc < 0 && errno == EINPROGRESS) {
        errno = EINTR;
    }
    int saved = errno;
    fcntl(fd, F_SETFL, flags);
    errno = saved;
    return rc;
}

int poll(struct pollfd *fds, nfds_t n, int ms)
{
    if (!strikes(INTERRUPT)) {
        return libc.poll(fds, n, ms);
    }
    if (ms != 0 && count[INTERRUPT] % 2 == 0) {
        libc.poll(NULL, 0, MOMENT_MS);
    }
    errno = EINTR;
    return -1;
}

int ppoll(struct pollfd *fds, nfds_t n, const struct timespec *timeout, const sigset_t *mask)
{
    if (!strikes(INTERRUPT)) {
        return libc.ppoll(fds, n, timeout, mask);
    }
    if (count[INTERRUPT] % 2 == 0) {
        libc.poll(NULL, 0, MOMENT_MS);
    }
    errno = EINTR;
    return -1;
}
