/* Benchmark agent in C: bench_client raw|ws WS_PORT RAW_PORT. Commands on stdin:
 *   pp SIZE COUNT | tx SIZE COUNT | rx SIZE COUNT   ->  "<elapsed ns>" on stdout. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#define CAP (1 << 16)
static uint8_t *user, *out, *in;      /* user message, send buffer, receive buffer */
static size_t ipos, ilen;
static uint64_t rng = 88172645463325252ull;

static void die(const char *s) { perror(s); exit(1); }
static int dial(int port) {
    int s = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (connect(s, (void *)&a, sizeof a)) die("connect");
    setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return s;
}
static void sendall(int s, const void *p, size_t n) {
    while (n) { ssize_t w = send(s, p, n, MSG_NOSIGNAL); if (w <= 0) die("send"); p = (char *)p + w; n -= w; }
}
static void recvall(int s, void *p, size_t n) {
    while (n) { ssize_t w = recv(s, p, n, 0); if (w <= 0) die("recv"); p = (char *)p + w; n -= w; }
}
static int dialws(const char *path, int port) {
    int s = dial(port); char b[512]; int n = sprintf(b, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", path, port);
    sendall(s, b, n);
    for (n = 0; n < 4 || memcmp(b + n - 4, "\r\n\r\n", 4); n++) recvall(s, b + n, 1);
    return s;
}
static void ws_send(int s, int op, const uint8_t *p, size_t n) {
    uint8_t *h = out; uint8_t k[8]; uint64_t k8; size_t i = 0;
    rng ^= rng << 13; rng ^= rng >> 7; rng ^= rng << 17;
    memcpy(k, &rng, 4); memcpy(k + 4, &rng, 4); memcpy(&k8, k, 8);
    *h++ = 0x80 | op;
    if (n < 126) *h++ = 0x80 | n;
    else if (n < 65536) { *h++ = 0xFE; *h++ = n >> 8; *h++ = n; }
    else { *h++ = 0xFF; for (int j = 56; j >= 0; j -= 8) *h++ = n >> j; }
    memcpy(h, k, 4); h += 4;
    for (; i + 8 <= n; i += 8) { uint64_t v; memcpy(&v, p + i, 8); v ^= k8; memcpy(h + i, &v, 8); }
    for (; i < n; i++) h[i] = p[i] ^ k[i & 7];
    sendall(s, out, h + n - out);
}
/* Receives one message into p; frames of any size, buffered reads, big payloads read straight into p. */
static size_t ws_recv(int s, uint8_t *p, size_t cap) {
    size_t need = 2;
    for (;;) {
        if (ilen - ipos >= 2) { int l = in[ipos + 1] & 127; need = l == 126 ? 4 : l == 127 ? 10 : 2; if (ilen - ipos >= need) break; }
        if (ipos == ilen) ipos = ilen = 0;
        else if (CAP - ilen < 16) { memmove(in, in + ipos, ilen - ipos); ilen -= ipos; ipos = 0; }
        ssize_t w = recv(s, in + ilen, CAP - ilen, 0); if (w <= 0) die("recv"); ilen += w;
    }
    uint64_t n = in[ipos + 1] & 127;
    if (need > 2) { n = 0; for (size_t i = 2; i < need; i++) n = n << 8 | in[ipos + i]; }
    ipos += need;
    if (n > cap) die("cap");
    size_t k = ilen - ipos < n ? ilen - ipos : n;
    memcpy(p, in + ipos, k); ipos += k;
    if (k < n) recvall(s, p + k, n - k);
    return n;
}
static uint64_t now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000ull + t.tv_nsec; }
int main(int argc, char **argv) {
    (void)argc; int ws = !strcmp(argv[1], "ws"), wp = atoi(argv[2]), rp = atoi(argv[3]);
    user = aligned_alloc(4096, 1 << 21); out = aligned_alloc(4096, (1 << 21) + 4096); in = aligned_alloc(4096, CAP); memset(user, 0, 1 << 21); memset(out, 0, 1 << 21); memset(in, 0, CAP);
    int e, k, f;
    if (ws) { e = dialws("/echo", wp); k = dialws("/sink", wp); f = dialws("/flood", wp); }
    else { e = dial(rp); sendall(e, "E", 1); k = dial(rp); sendall(k, "S", 1); f = dial(rp); sendall(f, "F", 1); }
    char cmd[8]; unsigned long long size, count;
    while (scanf("%7s %llu %llu", cmd, &size, &count) == 3) {
        uint64_t t0 = now();
        if (!strcmp(cmd, "pp")) for (uint64_t i = 0; i < count; i++) {
            if (ws) { ws_send(e, 2, user, size); if (ws_recv(e, user, 1 << 21) != size) die("size"); }
            else { sendall(e, user, size); recvall(e, user, size); }
        } else if (!strcmp(cmd, "tx")) {
            if (ws) { for (uint64_t i = 0; i < count; i++) ws_send(k, 2, user, size);
                ws_send(k, 1, (uint8_t *)"?", 1); ws_recv(k, user, 1000); }
            else { uint64_t n = size * count; sendall(k, &n, 8); for (uint64_t i = 0; i < count; i++) sendall(k, user, size); recvall(k, &n, 8); }
        } else {
            if (ws) { char b[64]; int n = sprintf(b, "%llu %llu", count, size); ws_send(f, 1, (uint8_t *)b, n);
                for (uint64_t i = 0; i < count; i++) ws_recv(f, user, 1 << 21); }
            else { uint64_t n = size * count; sendall(f, &n, 8); while (n) { ssize_t w = recv(f, in, n < CAP ? n : CAP, 0); if (w <= 0) die("recv"); n -= w; } }
        }
        printf("%llu\n", (unsigned long long)(now() - t0)); fflush(stdout);
    }
    return 0;
}
