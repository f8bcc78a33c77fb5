/*
 * Answers with libc's results, one line for each line read:
 *
 *   p4 TEXT, p6 TEXT    inet_pton: "RESULT BYTES"
 *   aton TEXT           inet_aton: "RESULT BYTES"
 *   addr TEXT           inet_addr: "RESULT", in hexadecimal and network order
 *   n4 BYTES SIZE       inet_ntop into SIZE bytes: "TEXT", or "errno NAME"
 *   n6 BYTES SIZE       the same for IPv6
 *
 * TEXT runs to the end of the line. BYTES are hexadecimal; a result of 0 leaves them at ff.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
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

static void ntop(int family, const char *args)
{
    unsigned char addr[16];
    size_t n = family == AF_INET ? 4 : 16;
    for (size_t i = 0; i < n; i++) {
        unsigned int byte = 0;
        if (sscanf(args + 2 * i, "%2x", &byte) != 1) {
            abort();
        }
        addr[i] = (unsigned char)byte;
    }
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
        } else {
            abort();
        }
    }
    free(line);
    return 0;
}
