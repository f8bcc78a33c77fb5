/*
 * bench_server - small single-threaded epoll WebSocket / raw TCP test server (Linux).
 *
 *   usage:  bench_server WS_PORT [RAW_PORT]
 *           Listens on 127.0.0.1 only. Port 0 picks a free port. Prints
 *           "ws=<port> raw=<port>" on one line when ready, then serves until
 *           SIGTERM/SIGINT or until its standard input is closed (option -i).
 *
 *   WebSocket port: the request path picks what a connection does.
 *     /sink   frames are counted and thrown away; every text message is
 *             answered by a text "<frames> <bytes>" (the counts of binary
 *             frames since the last answer), then the counts start over.
 *     /flood  a text message "<count> <size>" is answered by <count> binary
 *             messages of <size> bytes each.
 *     other   echo. Data frames come back unmasked with the same FIN, opcode
 *             and payload; pings become pongs; a close frame is echoed and
 *             the connection closed. Extensions are never negotiated.
 *
 *   Raw TCP port: the first byte that the client sends picks the mode.
 *     'E'  every later byte is echoed.
 *     'S'  then repeatedly: u64 (native order) n, n bytes; answered by u64 n.
 *     'F'  then repeatedly: u64 n; answered by n bytes.
 *
 * How it works: an echo is a transform of the byte stream, done in place in
 * the receive buffer: a server header is 4 bytes shorter than the client's
 * (no masking key), so it is written right before the payload and one send
 * covers it. Nothing waits for a whole message, so any size works and an idle
 * connection costs only `struct conn` (about 150 bytes) in user space. Output
 * that the socket does not take is queued, and past MAX_QUEUE of it reading
 * stops, so a client that sends one big message before it reads any of the
 * echo does not deadlock.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { RBUF = 1 << 18, HEADROOM = 64, FLOOD_BUF = 1 << 18, MAX_IOV = 256, MAX_REQ = 16384 };
#define MAX_QUEUE ((size_t)256 << 20)

enum mode { HTTP, WS_ECHO, WS_SINK, WS_FLOOD, RAW_NEW, RAW_ECHO, RAW_SINK, RAW_FLOOD, CLOSING };

struct conn {
    int fd;
    uint8_t mode;
    uint8_t hlen;            /* bytes of an unfinished header kept in head[] */
    uint8_t opcode;          /* of the frame whose payload is being read */
    uint8_t phase;           /* payload bytes read so far, modulo 4 */
    uint8_t want_out;        /* EPOLLOUT is on */
    uint8_t no_in;           /* EPOLLIN is off */
    uint8_t textlen;
    uint8_t head[14];
    uint8_t key[4];
    uint64_t left;           /* payload bytes of the current frame still to come */
    uint64_t frames, bytes;  /* sink counts */
    uint64_t flood_left;     /* bytes still to send in a flood */
    uint8_t *fbuf;           /* one flood period: a whole number of frames */
    size_t flen, fpos;
    char *text;              /* HTTP request, or a short text message */
    uint8_t *q;              /* output not yet taken by the socket */
    size_t qpos, qlen, qcap;
};

static int ep;
static uint8_t rbuf_[HEADROOM + RBUF];
static uint8_t *const rbuf = rbuf_ + HEADROOM;
static uint8_t zeros[FLOOD_BUF];
static volatile sig_atomic_t stop;

static void on_signal(int s) { (void)s; stop = 1; }

/* ---- SHA-1 and base64, for the handshake only ---- */

static uint32_t rol(uint32_t x, int n) { return x << n | x >> (32 - n); }

static void sha1(const uint8_t *msg, size_t n, uint8_t out[20])
{
    uint32_t h[5] = { 0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0 };
    uint8_t m[192] = { 0 };                       /* n is at most 128 here */
    size_t blocks = (n + 9 + 63) / 64;
    memcpy(m, msg, n);
    m[n] = 0x80;
    for (int i = 0; i < 8; i++)
        m[blocks * 64 - 1 - i] = (uint8_t)((uint64_t)n * 8 >> (8 * i));
    for (size_t b = 0; b < blocks; b++) {
        uint32_t w[80], a = h[0], bb = h[1], c = h[2], d = h[3], e = h[4];
        for (int i = 0; i < 16; i++) {
            const uint8_t *p = m + b * 64 + i * 4;
            w[i] = (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
        }
        for (int i = 16; i < 80; i++)
            w[i] = rol(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
        for (int i = 0; i < 80; i++) {
            uint32_t f, k;
            if (i < 20)      { f = (bb & c) | (~bb & d);            k = 0x5A827999; }
            else if (i < 40) { f = bb ^ c ^ d;                      k = 0x6ED9EBA1; }
            else if (i < 60) { f = (bb & c) | (bb & d) | (c & d);   k = 0x8F1BBCDC; }
            else             { f = bb ^ c ^ d;                      k = 0xCA62C1D6; }
            uint32_t t = rol(a, 5) + f + e + k + w[i];
            e = d; d = c; c = rol(bb, 30); bb = a; a = t;
        }
        h[0] += a; h[1] += bb; h[2] += c; h[3] += d; h[4] += e;
    }
    for (int i = 0; i < 20; i++)
        out[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
}

static void base64(const uint8_t *in, size_t n, char *out)
{
    static const char t[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        uint32_t v = (uint32_t)in[i] << 16 | (i + 1 < n ? in[i + 1] << 8 : 0) | (i + 2 < n ? in[i + 2] : 0);
        *out++ = t[v >> 18];
        *out++ = t[v >> 12 & 63];
        *out++ = i + 1 < n ? t[v >> 6 & 63] : '=';
        *out++ = i + 2 < n ? t[v & 63] : '=';
    }
    *out = 0;
}

/* ---- connections and output ---- */

static void watch(struct conn *c)
{
    struct epoll_event ev = { .data.ptr = c };
    ev.events = (c->no_in ? 0 : EPOLLIN) | (c->want_out ? EPOLLOUT : 0);
    epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &ev);
}

static void drop(struct conn *c)
{
    close(c->fd);
    free(c->text);
    free(c->q);
    free(c->fbuf);
    free(c);
}

static void enqueue(struct conn *c, const uint8_t *p, size_t n)
{
    if (c->qlen + n > c->qcap) {
        memmove(c->q, c->q + c->qpos, c->qlen - c->qpos);
        c->qlen -= c->qpos;
        c->qpos = 0;
        if (c->qlen + n > c->qcap) {
            c->qcap = c->qcap ? c->qcap : 65536;
            while (c->qcap < c->qlen + n)
                c->qcap *= 2;
            if (!(c->q = realloc(c->q, c->qcap))) { perror("realloc"); exit(1); }
        }
    }
    memcpy(c->q + c->qlen, p, n);
    c->qlen += n;
}

/* Sends all of iov, or queues what the socket does not take. 0, or -1 on a dead peer. */
static int put(struct conn *c, struct iovec *iov, int n)
{
    int i = 0;
    if (c->qlen == c->qpos) {
        struct msghdr mh = { .msg_iov = iov, .msg_iovlen = (size_t)n };
        ssize_t w = n == 1 ? send(c->fd, iov->iov_base, iov->iov_len, MSG_NOSIGNAL)
                           : sendmsg(c->fd, &mh, MSG_NOSIGNAL);
        if (w < 0) {
            if (errno != EAGAIN && errno != EINTR)
                return -1;
            w = 0;
        }
        for (; i < n && (size_t)w >= iov[i].iov_len; i++)
            w -= (ssize_t)iov[i].iov_len;
        if (i < n) {
            iov[i].iov_base = (uint8_t *)iov[i].iov_base + w;
            iov[i].iov_len -= (size_t)w;
        }
    }
    for (; i < n; i++)
        enqueue(c, iov[i].iov_base, iov[i].iov_len);
    return 0;
}

static int put1(struct conn *c, const void *p, size_t n)
{
    struct iovec v = { (void *)p, n };
    return put(c, &v, 1);
}

static void unmask(uint8_t *p, size_t n, const uint8_t key[4], unsigned phase)
{
    uint8_t k[8];
    uint64_t k8;
    size_t i = 0;
    for (int j = 0; j < 8; j++)
        k[j] = key[(phase + (unsigned)j) & 3];
    memcpy(&k8, k, 8);
    for (; i + 8 <= n; i += 8) {
        uint64_t v;
        memcpy(&v, p + i, 8);
        v ^= k8;
        memcpy(p + i, &v, 8);
    }
    for (; i < n; i++)
        p[i] ^= k[i & 7];
}

/* Writes an unmasked header for a payload of len bytes so that it ends at `end`; gives its length. */
static size_t header_before(uint8_t *end, uint8_t b0, uint64_t len)
{
    if (len < 126) {
        end[-2] = b0;
        end[-1] = (uint8_t)len;
        return 2;
    }
    size_t n = len < 65536 ? 2 : 8;
    for (size_t i = 0; i < n; i++)
        end[-1 - (ssize_t)i] = (uint8_t)(len >> (8 * i));
    end[-(ssize_t)n - 1] = n == 2 ? 126 : 127;
    end[-(ssize_t)n - 2] = b0;
    return n + 2;
}

/* Pushes a running flood until the socket is full. */
static int flood(struct conn *c)
{
    while (c->flood_left) {
        const uint8_t *src = c->fbuf ? c->fbuf + c->fpos : zeros;
        size_t n = c->fbuf ? c->flen - c->fpos : FLOOD_BUF;
        if (n > c->flood_left)
            n = (size_t)c->flood_left;
        ssize_t w = send(c->fd, src, n, MSG_NOSIGNAL);
        if (w < 0) {
            if (errno == EINTR)
                continue;
            return errno == EAGAIN ? 0 : -1;
        }
        c->flood_left -= (uint64_t)w;
        if (c->fbuf && (c->fpos += (size_t)w) == c->flen)
            c->fpos = 0;
    }
    return 0;
}

static int text_done(struct conn *c)
{
    c->text[c->textlen] = 0;
    if (c->mode == WS_SINK) {
        uint8_t b[96], *t = b + 16;
        int n = sprintf((char *)t, "%llu %llu", (unsigned long long)c->frames, (unsigned long long)c->bytes);
        size_t hn = header_before(t, 0x81, (uint64_t)n);
        c->frames = c->bytes = 0;
        return put1(c, t - hn, (size_t)n + hn);
    }
    unsigned long long count, size;
    if (sscanf(c->text, "%llu %llu", &count, &size) != 2 || size > (1ull << 30))
        return -1;
    uint8_t h[10];
    size_t hn = header_before(h + 10, 0x82, size), one = hn + size, k = 1 + FLOOD_BUF / one;
    free(c->fbuf);
    c->fpos = 0;
    c->flen = k * one;
    if (!(c->fbuf = calloc(1, c->flen)))
        return -1;
    for (size_t i = 0; i < k; i++)
        memcpy(c->fbuf + i * one, h + 10 - hn, hn);
    c->flood_left = count * one;
    return 0;
}

/* ---- input ---- */

static int http(struct conn *c, size_t n)
{
    static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    size_t have = c->text ? strlen(c->text) : 0;
    if (have + n >= MAX_REQ)
        return -1;
    if (!(c->text = realloc(c->text, have + n + 1)))
        return -1;
    memcpy(c->text + have, rbuf, n);
    c->text[have + n] = 0;
    char *end = strstr(c->text, "\r\n\r\n");
    if (!end)
        return 0;
    size_t extra = (size_t)(c->text + have + n - (end + 4));
    memmove(rbuf, end + 4, extra);
    *end = 0;
    char *key = NULL;
    for (char *l = strstr(c->text, "\r\n"); l && !key; l = strstr(l + 2, "\r\n"))
        if (!strncasecmp(l + 2, "sec-websocket-key:", 18))
            key = l + 20;
    if (!key || strncmp(c->text, "GET ", 4)) {
        put1(c, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 67);
        return -1;
    }
    key += strspn(key, " \t");
    size_t kn = strcspn(key, " \t\r");
    uint8_t cat[128], dig[20];
    char acc[32], resp[256];
    if (kn > 64)
        return -1;
    memcpy(cat, key, kn);
    memcpy(cat + kn, guid, sizeof guid - 1);
    sha1(cat, kn + sizeof guid - 1, dig);
    base64(dig, 20, acc);
    c->mode = !strncmp(c->text + 4, "/sink", 5) ? WS_SINK : !strncmp(c->text + 4, "/flood", 6) ? WS_FLOOD : WS_ECHO;
    free(c->text);
    c->text = c->mode == WS_ECHO ? NULL : calloc(1, 128);
    int m = sprintf(resp, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", acc);
    if (put1(c, resp, (size_t)m))
        return -1;
    return (int)extra;
}

/* Consumes rbuf[0..n) in a WebSocket mode; a partial header from before lies right before rbuf. */
static int ws(struct conn *c, size_t n)
{
    uint8_t *p = rbuf - c->hlen, *end = rbuf + n;
    struct iovec iov[MAX_IOV];
    int nv = 0, closing = 0;
    memcpy(p, c->head, c->hlen);
    c->hlen = 0;
    while (p < end && !closing) {
        uint8_t *out = p;                           /* where this chunk's output starts */
        if (!c->left) {
            size_t have = (size_t)(end - p), need = 6;
            if (have >= 2) {
                if (!(p[1] & 0x80))
                    return -1;
                need = (p[1] & 127) == 126 ? 8 : (p[1] & 127) == 127 ? 14 : 6;
            }
            if (have < need) {
                c->hlen = (uint8_t)have;
                memcpy(c->head, p, have);
                break;
            }
            uint64_t len = p[1] & 127;
            if (need > 6)
                len = 0;
            for (size_t i = 2; i < need - 4; i++)
                len = len << 8 | p[i];
            uint8_t b0 = p[0];
            memcpy(c->key, p + need - 4, 4);
            c->opcode = b0 & 15;
            c->phase = 0;
            c->left = len;
            p += need;
            if (c->mode == WS_ECHO || c->opcode >= 8)
                out = p - header_before(p, c->opcode == 9 ? (uint8_t)((b0 & 0xF0) | 10) : b0, len);
            else if (c->opcode == 1)
                c->textlen = 0;
            else
                c->frames++;
        }
        size_t k = (size_t)(end - p);
        if (k > c->left)
            k = (size_t)c->left;
        int echo = c->mode == WS_ECHO || c->opcode >= 8;
        if (echo || c->opcode == 1)
            unmask(p, k, c->key, c->phase);
        if (!echo && c->opcode == 1) {
            if (c->textlen + k > 120)
                return -1;
            memcpy(c->text + c->textlen, p, k);
            c->textlen += (uint8_t)k;
        } else if (!echo)
            c->bytes += k;
        c->left -= k;
        c->phase = (uint8_t)((c->phase + k) & 3);
        p += k;
        if (echo && c->opcode != 10) {
            iov[nv++] = (struct iovec){ out, (size_t)(p - out) };
            if (nv == MAX_IOV) {
                if (put(c, iov, nv))
                    return -1;
                nv = 0;
            }
        }
        if (!c->left && c->opcode == 8)
            closing = 1;
        if (!echo && !c->left && c->opcode == 1 && text_done(c))
            return -1;
    }
    if (nv && put(c, iov, nv))
        return -1;
    if (closing) {
        c->mode = CLOSING;
        if (c->qlen == c->qpos)
            shutdown(c->fd, SHUT_WR);
    }
    return c->flood_left ? flood(c) : 0;
}

/* u64-prefixed raw modes; a partial prefix is kept in head[]. */
static int raw_counted(struct conn *c, size_t n)
{
    uint8_t *p = rbuf, *end = rbuf + n;
    while (p < end) {
        if (!c->left) {
            while (c->hlen < 8 && p < end)
                c->head[c->hlen++] = *p++;
            if (c->hlen < 8)
                break;
            c->hlen = 0;
            memcpy(&c->left, c->head, 8);
            c->bytes = c->left;
            if (c->mode == RAW_FLOOD) {
                c->flood_left = c->left;
                c->left = 0;
                if (flood(c))
                    return -1;
                continue;
            }
        }
        size_t k = (size_t)(end - p) < c->left ? (size_t)(end - p) : (size_t)c->left;
        c->left -= k;
        p += k;
        if (!c->left && put1(c, &c->bytes, 8))
            return -1;
    }
    return 0;
}

static int readable(struct conn *c)
{
    /* Few reads a turn: fair among connections, and level-triggered epoll comes back for the rest. */
    for (int turn = 0; turn < 4; turn++) {
        ssize_t n = recv(c->fd, rbuf, RBUF, 0);
        if (n <= 0)
            return n < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
        size_t got = (size_t)n;
        int r = 0;
        if (c->mode == RAW_NEW) {
            c->mode = rbuf[0] == 'S' ? RAW_SINK : rbuf[0] == 'F' ? RAW_FLOOD : RAW_ECHO;
            memmove(rbuf, rbuf + 1, --n);
        }
        switch (c->mode) {
        case HTTP:
            r = http(c, (size_t)n);
            if (r > 0)
                r = ws(c, (size_t)r);
            break;
        case WS_ECHO: case WS_SINK: case WS_FLOOD:
            r = ws(c, (size_t)n);
            break;
        case RAW_ECHO:
            r = n ? put1(c, rbuf, (size_t)n) : 0;
            break;
        case RAW_SINK: case RAW_FLOOD:
            r = raw_counted(c, (size_t)n);
            break;
        default:
            break;
        }
        if (r < 0)
            return -1;
        if (got < RBUF || c->qlen - c->qpos > MAX_QUEUE || c->flood_left)
            return 0;
    }
    return 0;
}

static int writable(struct conn *c)
{
    while (c->qpos < c->qlen) {
        ssize_t w = send(c->fd, c->q + c->qpos, c->qlen - c->qpos, MSG_NOSIGNAL);
        if (w < 0)
            return errno == EAGAIN || errno == EINTR ? 0 : -1;
        c->qpos += (size_t)w;
    }
    c->qpos = c->qlen = 0;
    if (c->qcap > (1u << 22)) {
        free(c->q);
        c->q = NULL;
        c->qcap = 0;
    }
    if (c->mode == CLOSING)
        shutdown(c->fd, SHUT_WR);
    return flood(c);
}

static int listener(int port, int *got)
{
    int s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), one = 1;
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t al = sizeof a;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (s < 0 || bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 4096) ||
        getsockname(s, (struct sockaddr *)&a, &al)) {
        perror("listen");
        exit(1);
    }
    *got = ntohs(a.sin_port);
    return s;
}

int main(int argc, char **argv)
{
    int watch_stdin = argc > 1 && !strcmp(argv[1], "-i");
    argc -= watch_stdin;
    argv += watch_stdin;
    if (argc < 2) {
        fprintf(stderr, "usage: bench_server [-i] WS_PORT [RAW_PORT]   (see the comment in bench_server.c)\n");
        return 2;
    }
    struct sigaction sa = { .sa_handler = on_signal };
    sigaction(SIGTERM, &sa, NULL);
    sigaction(SIGINT, &sa, NULL);
    struct rlimit rl;
    if (!getrlimit(RLIMIT_NOFILE, &rl)) {
        rl.rlim_cur = rl.rlim_max;
        setrlimit(RLIMIT_NOFILE, &rl);
    }
    ep = epoll_create1(EPOLL_CLOEXEC);
    int port[2] = { 0, 0 }, ls[2] = { -1, -1 };
    struct conn lis[2] = { { .fd = -1 }, { .fd = -1 } }, in = { .fd = 0 };
    for (int i = 0; i < 2 && i + 1 < argc; i++) {
        lis[i].fd = ls[i] = listener(atoi(argv[i + 1]), &port[i]);
        struct epoll_event ev = { .events = EPOLLIN, .data.ptr = &lis[i] };
        epoll_ctl(ep, EPOLL_CTL_ADD, ls[i], &ev);
    }
    if (watch_stdin) {
        struct epoll_event ev = { .events = EPOLLIN, .data.ptr = &in };
        epoll_ctl(ep, EPOLL_CTL_ADD, 0, &ev);
    }
    printf("ws=%d raw=%d\n", port[0], port[1]);
    fflush(stdout);

    struct epoll_event evs[256];
    while (!stop) {
        int n = epoll_wait(ep, evs, 256, -1);
        for (int i = 0; i < n; i++) {
            struct conn *c = evs[i].data.ptr;
            if (c == &in) {
                char b[64];
                if (read(0, b, sizeof b) <= 0)
                    stop = 1;
                continue;
            }
            if (c == &lis[0] || c == &lis[1]) {
                for (int fd; (fd = accept4(c->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
                    int one = 1;
                    struct conn *k = calloc(1, sizeof *k);
                    if (!k) { close(fd); continue; }
                    k->fd = fd;
                    k->mode = c == &lis[0] ? HTTP : RAW_NEW;
                    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                    struct epoll_event ev = { .events = EPOLLIN, .data.ptr = k };
                    epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev);
                }
                continue;
            }
            int bad = 0;
            if (evs[i].events & EPOLLOUT)
                bad = writable(c);
            if (!bad && evs[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
                bad = readable(c);
            if (bad) {
                drop(c);
                continue;
            }
            uint8_t out = c->qpos < c->qlen || c->flood_left, no_in = c->qlen - c->qpos > MAX_QUEUE;
            if (out != c->want_out || no_in != c->no_in) {
                c->want_out = out;
                c->no_in = no_in;
                watch(c);
            }
        }
    }
    return 0;
}
