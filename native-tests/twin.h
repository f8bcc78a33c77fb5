/*
 * What the twin scenarios share: each t_ function makes one call and prints it as
 *
 *   call(args) = ret [errno] [out-parameters]
 *
 * A scenario has a twin in Java (src/test/java/dev/zsock/twin) whose transcript must be the same.
 * Values that the kernel chooses are printed by order of appearance: ports P1, P2, ... and the
 * process's own pid; the folder for socket files is printed as T and its last characters, which
 * make abstract names unique, are left out. Nothing else is changed.
 */
#ifndef TWIN_H
#define TWIN_H
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <linux/sockios.h>
#include <unistd.h>

/* Bad arguments are the point. */
#pragma GCC diagnostic ignored "-Wnonnull"
#pragma GCC diagnostic ignored "-Wstringop-overflow"
#pragma GCC diagnostic ignored "-Wstringop-overread"

#define BIG (1 << 20)
#define OWN 8	 /* bytes of own() */
#define SHOWN 64 /* buffers up to this size are printed, others summed */

static char big[BIG]; /* a pattern to send */
static char in[BIG];  /* where receives go */
static const char *folder;

/* ---- printing ---- */

/* Kernel-chosen ports of this section, by order of appearance: the kernel may choose one again. */
static int seen_ports[256], seen_count;

static inline void show_port(int port)
{
	if (port == 0) {
		printf("0");
		return;
	}
	for (int i = 0; i < seen_count; i++) {
		if (seen_ports[i] == port) {
			printf("P%d", i + 1);
			return;
		}
	}
	seen_ports[seen_count++] = port;
	printf("P%d", seen_count);
}

static inline void show_bytes(const char *bytes, int n)
{
	if (n > SHOWN) {
		unsigned sum = 0;

		for (int i = 0; i < n; i++) {
			sum = sum * 31 + (unsigned char)bytes[i];
		}
		printf("sum %08x", sum);
		return;
	}
	putchar('"');
	for (int i = 0; i < n; i++) {
		unsigned char c = bytes[i];

		if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
			putchar(c);
		} else {
			printf("\\x%02x", c);
		}
	}
	putchar('"');
}

/* The end of the folder's name: makes an abstract name this run's own. */
static inline const char *own(void)
{
	return folder + strlen(folder) - OWN;
}

static inline void show_path(const char *path, int n)
{
	int f = strlen(folder);

	if (n > f && memcmp(path, folder, f) == 0) {
		putchar('T');
		path += f;
		n -= f;
	}
	if (n > OWN && path[0] == 0 && memcmp(path + n - OWN, own(), OWN) == 0) {
		n -= OWN;
	}
	for (int i = 0; i < n; i++) {
		printf(path[i] == 0 ? "\\0" : "%c", path[i]);
	}
}

/* An address of which len bytes are there, in a struct of that many bytes or more. */
static inline void show_addr(const struct sockaddr *sa, int len)
{
	char text[INET6_ADDRSTRLEN];

	if (sa == NULL) {
		printf("NULL");
		return;
	}
	switch (sa->sa_family) {
	case AF_INET: {
		const struct sockaddr_in *a = (const void *)sa;

		printf("in %s:", inet_ntop(AF_INET, &a->sin_addr, text, sizeof(text)));
		show_port(ntohs(a->sin_port));
		break;
	}
	case AF_INET6: {
		const struct sockaddr_in6 *a = (const void *)sa;

		printf("in6 %s:", inet_ntop(AF_INET6, &a->sin6_addr, text, sizeof(text)));
		show_port(ntohs(a->sin6_port));
		printf(" scope %u", a->sin6_scope_id);
		break;
	}
	case AF_UNIX: {
		const struct sockaddr_un *a = (const void *)sa;
		int n = len > 110 ? 108 : len - 2;

		while (n > 1 && a->sun_path[n - 1] == 0) {
			n--;
		}
		printf("un ");
		show_path(a->sun_path, n < 0 ? 0 : n);
		break;
	}
	default:
		printf("family %d", sa->sa_family);
	}
}

/* The same with the port as it is. */
static inline void show_fixed(const struct sockaddr *sa, int len)
{
	if (sa && (sa->sa_family == AF_INET || sa->sa_family == AF_INET6)) {
		printf("[%d]", ntohs(((const struct sockaddr_in *)sa)->sin_port));
		struct sockaddr_storage copy;

		memset(&copy, 0, sizeof(copy));
		memcpy(&copy, sa, sa->sa_family == AF_INET ? 16 : 28);
		((struct sockaddr_in *)&copy)->sin_port = 0;
		show_addr((void *)&copy, len);
	} else {
		show_addr(sa, len);
	}
}

/* The result; errno stays what the call left. */
static inline int done(int rc)
{
	int error = errno;

	if (rc < 0) {
		printf(") = -1 %s", strerrorname_np(error));
	} else {
		printf(") = %d", rc);
	}
	errno = error;
	return rc;
}

static inline int end(int rc)
{
	putchar('\n');
	return rc;
}

static inline void say(const char *text)
{
	printf("# %s\n", text);
	seen_count = 0;
}

/* ---- addresses ---- */

static inline struct sockaddr_storage *fresh(void)
{
	static struct sockaddr_storage ring[16];
	static int next;
	struct sockaddr_storage *s = &ring[next++ % 16];

	memset(s, 0, sizeof(*s));
	return s;
}

static inline struct sockaddr *in4(const char *text, int port)
{
	struct sockaddr_in *a = (void *)fresh();

	a->sin_family = AF_INET;
	a->sin_port = htons(port);
	inet_pton(AF_INET, text, &a->sin_addr);
	return (void *)a;
}

static inline struct sockaddr *in6(const char *text, int port)
{
	struct sockaddr_in6 *a = (void *)fresh();

	a->sin6_family = AF_INET6;
	a->sin6_port = htons(port);
	inet_pton(AF_INET6, text, &a->sin6_addr);
	return (void *)a;
}

/* A path: T/name lies in the scenario's folder, @name is abstract. */
static inline struct sockaddr *un(const char *name)
{
	struct sockaddr_un *a = (void *)fresh();

	a->sun_family = AF_UNIX;
	if (strncmp(name, "T/", 2) == 0) {
		snprintf(a->sun_path, sizeof(a->sun_path), "%s%s", folder, name + 1);
	} else {
		memcpy(a->sun_path, name, strlen(name));
		if (name[0] == '@') {
			a->sun_path[0] = 0;
			memcpy(a->sun_path + strlen(name), own(), OWN);
		}
	}
	return (void *)a;
}

/* Bytes of un(name) that count. */
static inline int un_len(const char *name)
{
	return 2 + (name[0] == 'T' ? strlen(folder) - 1 : OWN) + strlen(name);
}

static inline struct sockaddr *family(int af)
{
	struct sockaddr_in *a = (void *)fresh();

	a->sin_family = af;
	return (void *)a;
}

#define IN ((int)sizeof(struct sockaddr_in))
#define IN6 ((int)sizeof(struct sockaddr_in6))
#define UN ((int)sizeof(struct sockaddr_un))
#define STORAGE ((int)sizeof(struct sockaddr_storage))

/* ---- making and closing ---- */

static inline int t_socket(int family, int type, int protocol)
{
	printf("socket(%d, %d, %d", family, type, protocol);
	return end(done(socket(family, type, protocol)));
}

static inline int t_socketpair(int family, int type, int protocol, int *sv)
{
	printf("socketpair(%d, %d, %d, %s", family, type, protocol, sv ? "sv" : "NULL");
	int rc = done(socketpair(family, type, protocol, sv));

	if (rc == 0) {
		printf(" {%d, %d}", sv[0], sv[1]);
	}
	return end(rc);
}

static inline int t_pipe(int *fds)
{
	printf("pipe(%s", fds ? "fds" : "NULL");
	int rc = done(pipe(fds));

	if (rc == 0) {
		printf(" {%d, %d}", fds[0], fds[1]);
	}
	return end(rc);
}

static inline int t_eventfd(int value, int flags)
{
	printf("eventfd(%d, %d", value, flags);
	return end(done(eventfd(value, flags)));
}

static inline int t_dup(int fd)
{
	printf("dup(%d", fd);
	return end(done(dup(fd)));
}

static inline int t_close(int fd)
{
	printf("close(%d", fd);
	return end(done(close(fd)));
}

static inline int t_shutdown(int fd, int how)
{
	printf("shutdown(%d, %d", fd, how);
	return end(done(shutdown(fd, how)));
}

/* ---- naming and connecting ---- */

static inline int t_bind(int fd, struct sockaddr *sa, int len)
{
	printf("bind(%d, ", fd);
	show_addr(sa, len);
	printf(", %d", len);
	return end(done(bind(fd, sa, len)));
}

static inline int t_connect(int fd, struct sockaddr *sa, int len)
{
	printf("connect(%d, ", fd);
	show_addr(sa, len);
	printf(", %d", len);
	return end(done(connect(fd, sa, len)));
}

static inline int t_listen(int fd, int backlog)
{
	printf("listen(%d, %d", fd, backlog);
	return end(done(listen(fd, backlog)));
}

/* Shows what an address call left: the struct as far as it is known, and the length. */
static inline int named(int rc, struct sockaddr *sa, socklen_t *len)
{
	done(rc);
	if (rc >= 0 && sa != NULL && len != NULL) {
		printf(" ");
		show_addr(sa, *len);
	}
	if (len != NULL) {
		printf(" len %d", (int)*len);
	}
	return end(rc);
}

/* kind: what the struct is, AF_INET, AF_INET6, AF_UNIX or 0 for a storage; -1 NULL.
   room: what addrlen says; -2 for a null addrlen. */
static inline int t_accept4(int fd, int kind, int room, int flags)
{
	struct sockaddr_storage *s = kind < 0 ? NULL : fresh();
	socklen_t len = room;
	socklen_t *plen = room == -2 ? NULL : &len;

	printf("accept4(%d, %s, %d, %d", fd, s ? "addr" : "NULL", room, flags);
	return named(accept4(fd, (void *)s, plen, flags), (void *)s, plen);
}

static inline int t_accept(int fd, int kind, int room)
{
	struct sockaddr_storage *s = kind < 0 ? NULL : fresh();
	socklen_t len = room;
	socklen_t *plen = room == -2 ? NULL : &len;

	printf("accept(%d, %s, %d", fd, s ? "addr" : "NULL", room);
	return named(accept(fd, (void *)s, plen), (void *)s, plen);
}

static inline int t_getsockname(int fd, int kind, int room)
{
	struct sockaddr_storage *s = kind < 0 ? NULL : fresh();
	socklen_t len = room;
	socklen_t *plen = room == -2 ? NULL : &len;

	printf("getsockname(%d, %s, %d", fd, s ? "addr" : "NULL", room);
	return named(getsockname(fd, (void *)s, plen), (void *)s, plen);
}

static inline int t_getpeername(int fd, int kind, int room)
{
	struct sockaddr_storage *s = kind < 0 ? NULL : fresh();
	socklen_t len = room;
	socklen_t *plen = room == -2 ? NULL : &len;

	printf("getpeername(%d, %s, %d", fd, s ? "addr" : "NULL", room);
	return named(getpeername(fd, (void *)s, plen), (void *)s, plen);
}

/* The local port, for an address to connect to; prints nothing. */
static inline int port_of(int fd)
{
	struct sockaddr_storage s;
	socklen_t len = sizeof(s);

	memset(&s, 0, sizeof(s));
	getsockname(fd, (void *)&s, &len);
	return ntohs(((struct sockaddr_in *)&s)->sin_port);
}

/* ---- data ---- */

static inline void show_out(const char *name, int fd, const char *buf, int n)
{
	printf("%s(%d, ", name, fd);
	if (buf == NULL) {
		printf("NULL");
	} else {
		show_bytes(buf, n);
	}
	printf(", %d", n);
}

static inline int t_send(int fd, const char *buf, int n, int flags)
{
	show_out("send", fd, buf, n);
	printf(", %#x", flags);
	return end(done(send(fd, buf, n, flags)));
}

static inline int t_write(int fd, const char *buf, int n)
{
	show_out("write", fd, buf, n);
	return end(done(write(fd, buf, n)));
}

static inline int t_sendto(int fd, const char *buf, int n, int flags, struct sockaddr *sa, int len)
{
	show_out("sendto", fd, buf, n);
	printf(", %#x, ", flags);
	show_addr(sa, len);
	printf(", %d", len);
	return end(done(sendto(fd, buf, n, flags, sa, len)));
}

/* Shows the whole buffer: what lies behind the bytes must be as before. */
static inline int filled(int rc, int room)
{
	done(rc);
	if (rc >= 0) {
		printf(" ");
		show_bytes(in, room);
	}
	return rc;
}

static inline int t_recv(int fd, int room, int flags)
{
	memset(in, '.', room);
	printf("recv(%d, buf, %d, %#x", fd, room, flags);
	return end(filled(recv(fd, in, room, flags), room));
}

static inline int t_recv_null(int fd, int room, int flags)
{
	printf("recv(%d, NULL, %d, %#x", fd, room, flags);
	return end(done(recv(fd, NULL, room, flags)));
}

static inline int t_read(int fd, int room)
{
	memset(in, '.', room);
	printf("read(%d, buf, %d", fd, room);
	return end(filled(read(fd, in, room), room));
}

static inline int t_read_null(int fd, int room)
{
	printf("read(%d, NULL, %d", fd, room);
	return end(done(read(fd, NULL, room)));
}

static inline int t_recvfrom(int fd, int room, int flags, int kind, int addr_room)
{
	struct sockaddr_storage *s = kind < 0 ? NULL : fresh();
	socklen_t len = addr_room;
	socklen_t *plen = addr_room == -2 ? NULL : &len;

	memset(in, '.', room);
	printf("recvfrom(%d, buf, %d, %#x, %s, %d", fd, room, flags, s ? "addr" : "NULL",
	       addr_room);
	int rc = filled(recvfrom(fd, in, room, flags, (void *)s, plen), room);

	if (rc >= 0 && s != NULL && plen != NULL && len > 0) {
		printf(" ");
		show_addr((void *)s, len);
	}
	if (plen != NULL) {
		printf(" len %d", (int)len);
	}
	return end(rc);
}

/* n pieces of these texts; a NULL piece has no memory and 3 bytes. */
static inline int vector_of(struct iovec *iov, int n, va_list texts)
{
	printf("{");
	for (int i = 0; i < n; i++) {
		char *text = va_arg(texts, char *);

		iov[i].iov_base = text;
		iov[i].iov_len = text ? strlen(text) : 3;
		printf(i ? ", " : "");
		if (text) {
			show_bytes(text, strlen(text));
		} else {
			printf("NULL");
		}
	}
	printf("}");
	return n;
}

static inline int t_writev(int fd, int n, ...)
{
	struct iovec iov[8];
	va_list texts;

	printf("writev(%d, ", fd);
	va_start(texts, n);
	vector_of(iov, n, texts);
	va_end(texts);
	printf(", %d", n);
	return end(done(writev(fd, iov, n)));
}

static inline int t_readv(int fd, int n, ...)
{
	struct iovec iov[8];
	va_list rooms;
	int at = 0;

	va_start(rooms, n);
	for (int i = 0; i < n; i++) {
		iov[i].iov_base = in + at;
		iov[i].iov_len = va_arg(rooms, int);
		at += iov[i].iov_len;
	}
	va_end(rooms);
	memset(in, '.', at);
	printf("readv(%d, iov, %d", fd, n);
	int rc = done(readv(fd, iov, n));

	for (int i = 0; rc >= 0 && i < n; i++) {
		printf(" ");
		show_bytes(iov[i].iov_base, iov[i].iov_len);
	}
	return end(rc);
}

/* A count that no vector has, or no vector at all. */
static inline int t_readv_bad(int fd, int null, int n)
{
	static struct iovec iov[1100];

	printf("readv(%d, %s, %d", fd, null ? "NULL" : "iov", n);
	return end(done(readv(fd, null ? NULL : iov, n)));
}

static inline int t_writev_bad(int fd, int null, int n)
{
	static struct iovec iov[1100];

	printf("writev(%d, %s, %d", fd, null ? "NULL" : "iov", n);
	return end(done(writev(fd, null ? NULL : iov, n)));
}

/* ---- messages: build one, then send or receive it ---- */

static struct msghdr msg;
static struct iovec msg_iov[8];
static char msg_control[1024] __attribute__((aligned(8)));
static struct sockaddr_storage msg_from;

static inline void msg_new(void)
{
	memset(&msg, 0, sizeof(msg));
	memset(msg_control, 0, sizeof(msg_control));
	msg.msg_iov = msg_iov;
}

static inline void msg_out(const char *text)
{
	msg_iov[msg.msg_iovlen].iov_base = (char *)text;
	msg_iov[msg.msg_iovlen++].iov_len = text ? strlen(text) : 3;
}

static inline void msg_to(struct sockaddr *sa, int len)
{
	msg.msg_name = sa;
	msg.msg_namelen = len;
}

static inline void msg_in(int room)
{
	static char pieces[8][1024];
	char *piece = pieces[msg.msg_iovlen];

	memset(piece, '.', room);
	msg_iov[msg.msg_iovlen].iov_base = piece;
	msg_iov[msg.msg_iovlen++].iov_len = room;
}

static inline void msg_name_room(int room)
{
	memset(&msg_from, 0, sizeof(msg_from));
	msg.msg_name = &msg_from;
	msg.msg_namelen = room;
}

static inline void msg_control_room(int room)
{
	msg.msg_control = msg_control;
	msg.msg_controllen = room;
}

/* One more control message with n ints. */
static inline void msg_ints(int level, int type, int n, ...)
{
	struct cmsghdr *c = (void *)(msg_control + msg.msg_controllen);
	va_list values;

	msg.msg_control = msg_control;
	msg.msg_controllen += CMSG_SPACE(n * sizeof(int));
	c->cmsg_level = level;
	c->cmsg_type = type;
	c->cmsg_len = CMSG_LEN(n * sizeof(int));
	va_start(values, n);
	for (int i = 0; i < n; i++) {
		int value = va_arg(values, int);

		memcpy(CMSG_DATA(c) + i * sizeof(int), &value, sizeof(int));
	}
	va_end(values);
}

static inline void show_cmsg(struct cmsghdr *c)
{
	int n = c->cmsg_len - CMSG_LEN(0);
	int values[8] = {0};

	memcpy(values, CMSG_DATA(c), n < (int)sizeof(values) ? n : (int)sizeof(values));
	printf(" cmsg %d/%d %d:", c->cmsg_level, c->cmsg_type, n);
	if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_CREDENTIALS) {
		printf(" %s %d %d", values[0] == getpid() ? "self" : "other", values[1], values[2]);
	} else if (c->cmsg_level == SOL_SOCKET && c->cmsg_type != SCM_RIGHTS) {
		printf(" time");
	} else if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO && n == 12) {
		printf(" %d %08x %08x", values[0], ntohl(values[1]), ntohl(values[2]));
	} else if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO && n == 20) {
		char text[INET6_ADDRSTRLEN];

		printf(" %s %d", inet_ntop(AF_INET6, values, text, sizeof(text)), values[4]);
	} else if (n < 4) {
		printf(" %d", *CMSG_DATA(c));
	} else {
		for (int i = 0; i < n / 4 && i < 8; i++) {
			printf(" %d", values[i]);
		}
	}
}

static inline int t_sendmsg(int fd, int flags)
{
	printf("sendmsg(%d, {", fd);
	show_addr(msg.msg_name, msg.msg_namelen);
	for (int i = 0; i < (int)msg.msg_iovlen; i++) {
		printf(", ");
		if (msg_iov[i].iov_base) {
			show_bytes(msg_iov[i].iov_base, msg_iov[i].iov_len);
		} else {
			printf("NULL");
		}
	}
	printf(", control %d}, %#x", (int)msg.msg_controllen, flags);
	return end(done(sendmsg(fd, &msg, flags)));
}

static inline int t_recvmsg(int fd, int flags)
{
	printf("recvmsg(%d, {name %d, %d pieces, control %d}, %#x", fd, (int)msg.msg_namelen,
	       (int)msg.msg_iovlen, (int)msg.msg_controllen, flags);
	int rc = done(recvmsg(fd, &msg, flags));

	if (rc >= 0) {
		for (int i = 0; i < (int)msg.msg_iovlen; i++) {
			printf(" ");
			show_bytes(msg_iov[i].iov_base, msg_iov[i].iov_len);
		}
		if (msg.msg_name != NULL && msg.msg_namelen > 0) {
			printf(" from ");
			show_addr(msg.msg_name, msg.msg_namelen);
		}
		printf(" namelen %d flags %#x controllen %d", (int)msg.msg_namelen, msg.msg_flags,
		       (int)msg.msg_controllen);
		for (struct cmsghdr *c = CMSG_FIRSTHDR(&msg); c; c = CMSG_NXTHDR(&msg, c)) {
			show_cmsg(c);
		}
	}
	return end(rc);
}

/* ---- waiting ---- */

/* n pairs of number and events. */
static inline int t_poll(int timeout, int n, ...)
{
	struct pollfd fds[16];
	va_list pairs;

	printf("poll({");
	va_start(pairs, n);
	for (int i = 0; i < n; i++) {
		fds[i].fd = va_arg(pairs, int);
		fds[i].events = va_arg(pairs, int);
		fds[i].revents = 0x5555;
		printf("%s%d:%#x", i ? ", " : "", fds[i].fd, fds[i].events & 0xffff);
	}
	va_end(pairs);
	printf("}, %d, %d", n, timeout);
	int rc = done(poll(fds, n, timeout));

	for (int i = 0; i < n; i++) {
		printf(" %#x", fds[i].revents);
	}
	return end(rc);
}

static inline int t_poll_null(int n, int timeout)
{
	printf("poll(NULL, %d, %d", n, timeout);
	return end(done(poll(NULL, n, timeout)));
}

static inline fd_set *set_of(int n, ...)
{
	static fd_set ring[8];
	static int next;
	fd_set *set = &ring[next++ % 8];
	va_list fds;

	FD_ZERO(set);
	va_start(fds, n);
	for (int i = 0; i < n; i++) {
		int fd = va_arg(fds, int);

		FD_SET(fd, set);
	}
	va_end(fds);
	return set;
}

static inline void show_set(const char *name, fd_set *set)
{
	const char *comma = "";

	printf("%s", name);
	if (set == NULL) {
		printf("NULL");
		return;
	}
	putchar('{');
	for (int fd = 0; fd < FD_SETSIZE; fd++) {
		if (FD_ISSET(fd, set)) {
			printf("%s%d", comma, fd);
			comma = " ";
		}
	}
	putchar('}');
}

/* sec -2: no timeout. Of the time that is left only whether there is any is shown. */
static inline int t_select(int n, fd_set *r, fd_set *w, fd_set *e, long sec, long usec)
{
	struct timeval tv = {sec, usec};
	struct timeval *ptv = sec == -2 ? NULL : &tv;

	printf("select(%d, ", n);
	show_set("", r);
	show_set(", ", w);
	show_set(", ", e);
	printf(", %ld.%06ld", sec, usec);
	int rc = done(select(n, r, w, e, ptv));

	show_set(" ", r);
	show_set(" ", w);
	show_set(" ", e);
	if (rc >= 0 && ptv != NULL) {
		printf(tv.tv_sec > 0 || tv.tv_usec > 0 ? " left" : " over");
	}
	return end(rc);
}

/* ---- options and control ---- */

static inline int t_setsockopt(int fd, int level, int name, int value)
{
	printf("setsockopt(%d, %d, %d, %d, 4", fd, level, name, value);
	return end(done(setsockopt(fd, level, name, &value, sizeof(value))));
}

static inline int t_setsockopt_len(int fd, int level, int name, int value, int len)
{
	printf("setsockopt(%d, %d, %d, %d, %d", fd, level, name, value, len);
	return end(done(setsockopt(fd, level, name, &value, len)));
}

static inline int t_setsockopt_null(int fd, int level, int name, int len)
{
	printf("setsockopt(%d, %d, %d, NULL, %d", fd, level, name, len);
	return end(done(setsockopt(fd, level, name, NULL, len)));
}

static inline int t_setsockopt_time(int fd, int name, long sec, long usec)
{
	struct timeval tv = {sec, usec};

	printf("setsockopt(%d, 1, %d, {%ld, %ld}, 16", fd, name, sec, usec);
	return end(done(setsockopt(fd, SOL_SOCKET, name, &tv, sizeof(tv))));
}

static inline int t_setsockopt_linger(int fd, int onoff, int seconds)
{
	struct linger l = {onoff, seconds};

	printf("setsockopt(%d, 1, 13, {%d, %d}, 8", fd, onoff, seconds);
	return end(done(setsockopt(fd, SOL_SOCKET, SO_LINGER, &l, sizeof(l))));
}

static inline int t_setsockopt_text(int fd, int level, int name, const char *text)
{
	printf("setsockopt(%d, %d, %d, \"%s\", %d", fd, level, name, text, (int)strlen(text));
	return end(done(setsockopt(fd, level, name, text, strlen(text))));
}

/* A group and an interface's address, or its number when kind is 'n'. */
static inline int t_setsockopt_group(int fd, int name, const char *group, const char *address,
				     int index, char kind)
{
	struct ip_mreqn mreq = {.imr_ifindex = index};

	inet_pton(AF_INET, group, &mreq.imr_multiaddr);
	inet_pton(AF_INET, address, &mreq.imr_address);
	int len = kind == 'n' ? (int)sizeof(mreq) : (int)sizeof(struct ip_mreq);

	printf("setsockopt(%d, 0, %d, {%s %s %d}, %d", fd, name, group, address, index, len);
	return end(done(setsockopt(fd, IPPROTO_IP, name, &mreq, len)));
}

static inline int t_setsockopt_addr(int fd, int name, const char *address)
{
	struct in_addr addr;

	inet_pton(AF_INET, address, &addr);
	printf("setsockopt(%d, 0, %d, %s, 4", fd, name, address);
	return end(done(setsockopt(fd, IPPROTO_IP, name, &addr, sizeof(addr))));
}

static inline int t_getsockopt_addr(int fd, int name)
{
	struct in_addr addr = {0};
	socklen_t len = sizeof(addr);

	printf("getsockopt(%d, 0, %d, addr, 4", fd, name);
	int rc = done(getsockopt(fd, IPPROTO_IP, name, &addr, &len));

	printf(" %s %d", inet_ntoa(addr), (int)len);
	return end(rc);
}

static inline int t_setsockopt_group6(int fd, int name, const char *group, int index)
{
	struct ipv6_mreq mreq = {.ipv6mr_interface = index};

	inet_pton(AF_INET6, group, &mreq.ipv6mr_multiaddr);
	printf("setsockopt(%d, 41, %d, {%s %d}, 20", fd, name, group, index);
	return end(done(setsockopt(fd, IPPROTO_IPV6, name, &mreq, sizeof(mreq))));
}

static inline int t_getsockopt(int fd, int level, int name)
{
	int value = 0x55555555;
	socklen_t len = sizeof(value);

	printf("getsockopt(%d, %d, %d, int, 4", fd, level, name);
	int rc = done(getsockopt(fd, level, name, &value, &len));

	printf(" %d %d", value, (int)len);
	return end(rc);
}

static inline int t_getsockopt_len(int fd, int level, int name, int room)
{
	int value = 0x55555555;
	socklen_t len = room;

	printf("getsockopt(%d, %d, %d, int, %d", fd, level, name, room);
	int rc = done(getsockopt(fd, level, name, &value, &len));

	printf(" %d %d", value, (int)len);
	return end(rc);
}

/* Which of the two is null: 'v' the value, 'l' the length. */
static inline int t_getsockopt_null(int fd, int level, int name, char which)
{
	int value = 0;
	socklen_t len = sizeof(value);

	printf("getsockopt(%d, %d, %d, %s, %s", fd, level, name, which == 'v' ? "NULL" : "int",
	       which == 'l' ? "NULL" : "4");
	return end(done(getsockopt(fd, level, name, which == 'v' ? NULL : &value,
				   which == 'l' ? NULL : &len)));
}

static inline int t_getsockopt_time(int fd, int name)
{
	struct timeval tv = {-1, -1};
	socklen_t len = sizeof(tv);

	printf("getsockopt(%d, 1, %d, time, 16", fd, name);
	int rc = done(getsockopt(fd, SOL_SOCKET, name, &tv, &len));

	printf(" %ld.%06ld %d", (long)tv.tv_sec, (long)tv.tv_usec, (int)len);
	return end(rc);
}

static inline int t_getsockopt_linger(int fd)
{
	struct linger l = {-1, -1};
	socklen_t len = sizeof(l);

	printf("getsockopt(%d, 1, 13, linger, 8", fd);
	int rc = done(getsockopt(fd, SOL_SOCKET, SO_LINGER, &l, &len));

	printf(" {%d, %d} %d", l.l_onoff, l.l_linger, (int)len);
	return end(rc);
}

static inline int t_getsockopt_bytes(int fd, int level, int name, int room, int shown)
{
	socklen_t len = room;

	memset(in, '.', room);
	printf("getsockopt(%d, %d, %d, bytes, %d", fd, level, name, room);
	int rc = done(getsockopt(fd, level, name, in, &len));

	if (shown) {
		printf(" ");
		show_bytes(in, room);
		printf(" %d", (int)len);
	}
	return end(rc);
}

static inline int t_fcntl(int fd, int cmd, int arg)
{
	printf("fcntl(%d, %d, %#x", fd, cmd, arg);
	return end(done(fcntl(fd, cmd, arg)));
}

static inline int t_ioctl(int fd, int request, int value)
{
	printf("ioctl(%d, %#x, %d", fd, request, value);
	int rc = done(ioctl(fd, request, &value));

	printf(" %d", value);
	return end(rc);
}

static inline int t_ioctl_null(int fd, int request)
{
	printf("ioctl(%d, %#x, NULL", fd, request);
	return end(done(ioctl(fd, request, NULL)));
}

/* ---- names ---- */

static inline int result_line(int rc)
{
	int error = errno;

	printf(") = %d", rc);
	if (rc == EAI_SYSTEM) {
		printf(" %s", strerrorname_np(error));
	}
	return rc;
}

static inline int t_getaddrinfo(const char *host, const char *service, int flags, int family,
				int type, int protocol)
{
	struct addrinfo hints = {
		.ai_flags = flags, .ai_family = family, .ai_socktype = type, .ai_protocol = protocol};
	struct addrinfo *list = NULL;

	printf("getaddrinfo(%s, %s, {%#x, %d, %d, %d}", host ? host : "NULL",
	       service ? service : "NULL", flags, family, type, protocol);
	int rc = result_line(getaddrinfo(host, service, &hints, &list));

	for (struct addrinfo *a = list; a; a = a->ai_next) {
		printf(" {%#x %d %d %d %d ", a->ai_flags, a->ai_family, a->ai_socktype, a->ai_protocol,
		       (int)a->ai_addrlen);
		show_fixed(a->ai_addr, a->ai_addrlen);
		printf(" %s}", a->ai_canonname ? a->ai_canonname : "NULL");
	}
	if (list) {
		freeaddrinfo(list);
	}
	return end(rc);
}

static inline int t_getaddrinfo_plain(const char *host, const char *service)
{
	struct addrinfo *list = NULL;

	printf("getaddrinfo(%s, %s, NULL", host ? host : "NULL", service ? service : "NULL");
	int rc = result_line(getaddrinfo(host, service, NULL, &list));

	if (list) {
		show_fixed(list->ai_addr, list->ai_addrlen);
		freeaddrinfo(list);
	}
	return end(rc);
}

static inline int t_getnameinfo(struct sockaddr *sa, int len, int hostlen, int servlen, int flags)
{
	memset(in, '.', 200);
	printf("getnameinfo(");
	show_fixed(sa, len);
	printf(", %d, %d, %d, %#x", len, hostlen, servlen, flags);
	int rc = result_line(getnameinfo(sa, len, hostlen ? in : NULL, hostlen,
					 servlen ? in + 100 : NULL, servlen, flags));

	if (rc == 0) {
		printf(" ");
		show_bytes(in, hostlen);
		printf(" ");
		show_bytes(in + 100, servlen);
	}
	return end(rc);
}

static inline void t_gai_strerror(int code)
{
	printf("gai_strerror(%d) = %s\n", code, gai_strerror(code));
}

static inline void t_strerror(int code)
{
	const char *name = strerrorname_np(code);

	printf("strerror(%d) = %s %s\n", code, name ? name : "NULL", strerror(code));
}

/* dst: 0 NULL. */
static inline int t_inet_pton(int family, const char *text, int dst)
{
	unsigned char addr[16];

	memset(addr, 0x55, sizeof(addr));
	printf("inet_pton(%d, %s, %s", family, text, dst ? "dst" : "NULL");
	int rc = done(inet_pton(family, text, dst ? addr : NULL));

	printf(" ");
	for (int i = 0; i < (family == AF_INET ? 4 : 16); i++) {
		printf("%02x", addr[i]);
	}
	return end(rc);
}

/* The address that text is, written into size bytes. */
static inline void t_inet_ntop(int family, const char *text, int size)
{
	unsigned char addr[16];

	inet_pton(family, text, addr);
	memset(in, '.', 64);
	printf("inet_ntop(%d, %s, %d", family, text, size);
	const char *rc = inet_ntop(family, addr, in, size);

	printf(") = %s ", rc ? rc : strerrorname_np(errno));
	show_bytes(in, 50);
	putchar('\n');
}

static inline void t_inet_aton(const char *text)
{
	struct in_addr addr = {htonl(0x55555555)};

	printf("inet_aton(%s) = ", text);
	printf("%d", inet_aton(text, &addr));
	printf(" %s inet_addr %08x\n", inet_ntoa(addr), ntohl(inet_addr(text)));
}

static inline void t_order(unsigned value)
{
	printf("ntohs(htons(%u)) = %u ntohl(htonl()) = %u\n", value, ntohs(htons(value)),
	       ntohl(htonl(value)));
}

static inline void t_sizes(int n)
{
	printf("CMSG_LEN(%d) = %d CMSG_SPACE(%d) = %d\n", n, (int)CMSG_LEN(n), n,
	       (int)CMSG_SPACE(n));
}

/* The host's name in as many bytes as it has and extra. */
static inline void t_gethostname(int extra)
{
	char name[256];
	int len;

	gethostname(name, sizeof(name));
	len = strlen(name) + extra;
	memset(in, '.', sizeof(name));
	printf("gethostname(%d", extra);
	done(gethostname(in, len));
	printf(" %.*s\n", len, in);
}

/* ---- both families of the internet: v6 chooses ---- */

static int v6;

static inline int af(void)
{
	return v6 ? AF_INET6 : AF_INET;
}

static inline int len(void)
{
	return v6 ? IN6 : IN;
}

static inline struct sockaddr *lo(int port)
{
	return v6 ? in6("::1", port) : in4("127.0.0.1", port);
}

static inline int listener(int backlog)
{
	int s = t_socket(af(), SOCK_STREAM, 0);

	t_bind(s, lo(0), len());
	t_listen(s, backlog);
	t_getsockname(s, af(), len());
	return s;
}

static inline int client(int l)
{
	int c = t_socket(af(), SOCK_STREAM, IPPROTO_TCP);

	t_connect(c, lo(port_of(l)), len());
	return c;
}

static inline int bound(void)
{
	int s = t_socket(af(), SOCK_DGRAM, 0);

	t_bind(s, lo(0), len());
	t_getsockname(s, af(), len());
	return s;
}

/* ---- the program around a scenario ---- */

static void scenario(void);

int main(int argc, char **argv)
{
	folder = argc > 1 ? argv[1] : ".";
	signal(SIGPIPE, SIG_IGN); /* the library never raises it */
	for (int i = 0; i < BIG; i++) {
		big[i] = 'a' + i % 26;
	}
	scenario();
	return 0;
}
#endif
