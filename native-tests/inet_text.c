/*
 * Answers with libc's results, one line for each line read:
 *
 *   p4 TEXT, p6 TEXT    inet_pton: "RESULT BYTES"
 *   aton TEXT           inet_aton: "RESULT BYTES"
 *   addr TEXT           inet_addr: "RESULT", in hexadecimal and network order
 *   n4 BYTES SIZE       inet_ntop into SIZE bytes: "TEXT", or "errno NAME"
 *   n6 BYTES SIZE       the same for IPv6
 *   is BYTES            0 or 1 for each IN6_IS_ADDR_ macro, and for IN_MULTICAST of bytes 0 to 3
 *
 * TEXT runs to the end of the line. BYTES are hexadecimal; a result of 0 leaves them at ff.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_bytes(int result, const unsigned char *bytes, size_t n)
{
    printf("%d ", result);
    for (size_t i = 0; i < n; i++) {
        printf("%02x", bytes[i]);
    }
    printf("\n");
}

static void pton(int family, const char *text)
{
    unsigned char addr[16];
    memset(addr, 0xff, sizeof(addr));
    int result = inet_pton(family, text, addr);
    print_bytes(result, addr, family == AF_INET ? 4 : 16);
}

static void aton(const char *text)
{
    struct in_addr addr = {INADDR_NONE};
    int result = inet_aton(text, &addr);
    print_bytes(result, (const unsigned char *)&addr, sizeof(addr));
}

static void read_bytes(const char *hex, unsigned char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned int byte = 0;
        if (sscanf(hex + 2 * i, "%2x", &byte) != 1) {
            abort();
        }
        bytes[i] = (unsigned char)byte;
    }
}

static void ntop(int family, const char *args)
{
    unsigned char addr[16];
    size_t n = family == AF_INET ? 4 : 16;
    read_bytes(args, addr, n);
    char text[64];
    socklen_t size = (socklen_t)strtoul(args + 2 * n, NULL, 10);
    if (size > sizeof(text)) {
        abort();
    }
    if (inet_ntop(family, addr, text, size) == NULL) {
        printf("errno %s\n", strerrorname_np(errno));
    } else {
        printf("%s\n", text);
    }
}

static void is(const char *hex)
{
    struct in6_addr a;
    struct in_addr v4;
    read_bytes(hex, a.s6_addr, sizeof(a.s6_addr));
    memcpy(&v4, &a, sizeof(v4));
    printf("%d%d%d%d%d%d%d%d\n", !!IN6_IS_ADDR_UNSPECIFIED(&a), !!IN6_IS_ADDR_LOOPBACK(&a),
           !!IN6_IS_ADDR_MULTICAST(&a), !!IN6_IS_ADDR_LINKLOCAL(&a), !!IN6_IS_ADDR_SITELOCAL(&a),
           !!IN6_IS_ADDR_V4MAPPED(&a), !!IN6_IS_ADDR_V4COMPAT(&a),
           !!IN_MULTICAST(ntohl(v4.s_addr)));
}

int main(void)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t n;
    while ((n = getline(&line, &room, stdin)) > 0) {
        if (line[n - 1] == '\n') {
            line[n - 1] = '\0';
        }
        char *arg = strchr(line, ' ');
        if (arg == NULL) {
            abort();
        }
        *arg++ = '\0';
        if (strcmp(line, "p4") == 0) {
            pton(AF_INET, arg);
        } else if (strcmp(line, "p6") == 0) {
            pton(AF_INET6, arg);
        } else if (strcmp(line, "aton") == 0) {
            aton(arg);
        } else if (strcmp(line, "addr") == 0) {
            printf("%08x\n", ntohl(inet_addr(arg)));
        } else if (strcmp(line, "n4") == 0) {
            ntop(AF_INET, arg);
        } else if (strcmp(line, "n6") == 0) {
            ntop(AF_INET6, arg);
        } else if (strcmp(line, "is") == 0) {
            is(arg);
        } else {
            abort();
        }
    }
    free(line);
    return 0;
}
