/* TCP over both families: making, naming and connecting sockets, and what each call refuses. */
#include "twin.h"

static void creation(void)
{
	say("creation");
	t_close(t_socket(af(), SOCK_STREAM, 0));
	t_close(t_socket(af(), SOCK_STREAM | SOCK_NONBLOCK, 0));
	t_close(t_socket(af(), SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP));
	t_socket(af(), 99, 0);
	t_socket(af(), 0, 0);
	t_socket(af(), -1, 0);
	t_socket(af(), SOCK_STREAM | 0x100, 0);
	t_socket(af(), SOCK_RDM, 0);
	t_socket(af(), SOCK_SEQPACKET, 0);
	t_socket(af(), SOCK_STREAM, IPPROTO_UDP);
	t_socket(af(), SOCK_STREAM, 77);
	t_socket(af(), SOCK_STREAM, -1);
	t_socket(af(), SOCK_STREAM, 1000);
	t_socket(99, SOCK_STREAM, 0);
	t_socket(-1, SOCK_STREAM, 0);
	t_socket(AF_UNSPEC, SOCK_STREAM, 0);
}

static void unconnected(void)
{
	say("a fresh socket");
	int s = t_socket(af(), SOCK_STREAM, 0);

	t_getsockname(s, af(), len());
	t_getpeername(s, af(), len());
	t_recv(s, 4, 0);
	t_recv(s, 0, 0);
	t_recv_null(s, 4, 0);
	t_read(s, 4);
	t_send(s, "x", 1, 0);
	t_send(s, NULL, 1, 0);
	t_write(s, "x", 1);
	t_sendto(s, "x", 1, 0, lo(9), len());
	t_sendto(s, "x", 1, 0, lo(9), 2);
	t_shutdown(s, SHUT_RD);
	t_shutdown(s, SHUT_RDWR);
	t_shutdown(s, 3);
	t_shutdown(s, -1);
	t_accept(s, af(), len());
	t_ioctl(s, FIONREAD, 7);
	t_ioctl(s, TIOCOUTQ, 7);
	t_ioctl(s, SIOCATMARK, 7);
	t_poll(0, 1, s, POLLIN | POLLOUT);
	t_close(s);
	t_close(s);
}

static void binding(void)
{
	say("bind");
	int s = t_socket(af(), SOCK_STREAM, 0);

	t_bind(s, NULL, len());
	t_bind(s, NULL, 0);
	t_bind(s, lo(0), 0);
	t_bind(s, lo(0), 2);
	t_bind(s, lo(0), len() - 1);
	t_bind(s, lo(0), -1);
	t_bind(s, lo(0), 129);
	t_bind(s, v6 ? in4("127.0.0.1", 0) : in6("::1", 0), v6 ? IN : IN6);
	t_bind(s, v6 ? in6("2001:db8::7", 0) : in4("203.0.113.7", 0), len());
	t_bind(s, family(AF_UNSPEC), len());
	t_close(s);
	s = t_socket(af(), SOCK_STREAM, 0);
	t_bind(s, lo(0), len());
	t_bind(s, lo(0), len());
	t_getsockname(s, af(), len());
	int other = t_socket(af(), SOCK_STREAM, 0);

	t_bind(other, lo(port_of(s)), len());
	t_setsockopt(other, SOL_SOCKET, SO_REUSEADDR, 1);
	t_bind(other, lo(port_of(s)), len());
	t_listen(s, 1);
	t_listen(s, 5);
	t_listen(s, -1);
	t_listen(s, 0);
	t_connect(s, lo(port_of(s)), len());
	t_close(other);
	other = t_socket(af(), SOCK_STREAM, 0);
	t_setsockopt(other, SOL_SOCKET, SO_REUSEADDR, 1);
	t_bind(other, lo(port_of(s)), len());
	t_close(other);
	t_close(s);
	s = t_socket(af(), SOCK_STREAM, 0);
	t_bind(s, lo(0), STORAGE);
	t_getsockname(s, af(), STORAGE);
	t_close(s);
}

static void names(void)
{
	say("names in every room");
	int l = listener(5);
	static const int rooms[] = {0, 1, 2, 4, 6, 8, 15, 16, 20, 24, 27, 28, 100, 128, 200, 1000, -1};

	for (int i = 0; i < 17; i++) {
		t_getsockname(l, 0, rooms[i]);
	}
	t_getsockname(l, -1, 0);
	t_getsockname(l, -1, 16);
	t_getsockname(l, 0, -2);
	t_getsockname(l, -1, -2);
	t_getpeername(l, af(), len());
	int c = client(l);

	for (int i = 0; i < 17; i++) {
		t_getpeername(c, 0, rooms[i]);
	}
	t_getpeername(c, -1, 0);
	t_getpeername(c, -1, 16);
	t_getpeername(c, 0, -2);
	t_close(c);
	t_close(l);
}

static void accepted(int l)
{
	int c = client(l);
	int s = t_accept4(l, af(), len(), SOCK_NONBLOCK | SOCK_CLOEXEC);
	t_fcntl(s, F_GETFL, 0);
	t_fcntl(s, F_GETFD, 0);
	t_recv(s, 4, 0);
	t_accept(s, af(), len());
	t_listen(s, 1);
	t_bind(s, lo(0), len());
	t_connect(s, lo(port_of(l)), len());
	t_close(s);
	t_recv(c, 4, 0);
	t_close(c);
}

static void accepting(void)
{
	say("accept");
	int l = listener(20);
	static const int rooms[] = {0, 2, 4, 8, 16, 28, 128};

	t_fcntl(l, F_SETFL, O_NONBLOCK);
	t_accept(l, af(), len());
	t_accept(l, -1, -2);
	t_accept4(l, -1, -2, 0x40000000);
	t_accept4(l, -1, -2, SOCK_NONBLOCK | 1);
	t_recv(l, 4, 0);
	t_send(l, "x", 1, 0);
	t_shutdown(l, SHUT_WR);
	t_ioctl(l, FIONREAD, 7);
	for (int i = 0; i < 7; i++) {
		int c = client(l);
		int s = t_accept(l, 0, rooms[i]);

		t_close(c);
		t_close(s);
	}
	int c = client(l);
	int s = t_accept(l, -1, 16);

	t_fcntl(s, F_GETFL, 0);
	t_fcntl(s, F_GETFD, 0);
	t_getsockname(s, af(), len());
	t_getpeername(s, af(), len());
	t_close(c);
	t_close(s);
	c = client(l);
	t_accept(l, af(), -2);
	t_accept(l, af(), -1);
	t_close(c);
	accepted(l);
	t_setsockopt_time(l, SO_RCVTIMEO, 0, 20000);
	t_fcntl(l, F_SETFL, 0);
	t_accept(l, af(), len());
	t_shutdown(l, SHUT_RD);
	t_accept(l, af(), len());
	t_close(l);
}

static void nonblocking(int port)
{
	int c = t_socket(af(), SOCK_STREAM | SOCK_NONBLOCK, 0);
	t_connect(c, lo(port), len());
	t_poll(1000, 1, c, POLLIN | POLLOUT);
	t_getsockopt(c, SOL_SOCKET, SO_ERROR);
	t_getsockopt(c, SOL_SOCKET, SO_ERROR);
	t_close(c);
	c = t_socket(af(), SOCK_STREAM | SOCK_NONBLOCK, 0);
	t_connect(c, lo(port), len());
	t_poll(1000, 1, c, POLLIN);
	t_send(c, "x", 1, 0);
	t_send(c, "x", 1, 0);
	t_recv(c, 4, 0);
	t_close(c);
	int l = listener(5);

	c = t_socket(af(), SOCK_STREAM | SOCK_NONBLOCK, 0);
	t_connect(c, lo(port_of(l)), len());
	t_poll(1000, 1, c, POLLOUT);
	t_getsockopt(c, SOL_SOCKET, SO_ERROR);
	t_connect(c, lo(port_of(l)), len());
	t_connect(c, lo(port_of(l)), len());
	t_close(c);
	t_close(l);
}

static void connecting(void)
{
	say("connect");
	int l = listener(5);
	int port = port_of(l);
	int c = t_socket(af(), SOCK_STREAM, 0);

	t_connect(c, NULL, len());
	t_connect(c, NULL, 0);
	t_connect(c, lo(port), 0);
	t_connect(c, lo(port), 1);
	t_connect(c, lo(port), len() - 5);
	t_connect(c, lo(port), -1);
	t_connect(c, lo(port), 129);
	t_connect(c, family(77), len());
	t_connect(c, family(AF_UNSPEC), len());
	t_connect(c, lo(port), len());
	t_connect(c, lo(port), len());
	t_getpeername(c, af(), len());
	t_connect(c, family(AF_UNSPEC), len());
	t_getpeername(c, af(), len());
	t_close(c);
	t_close(l);
	c = t_socket(af(), SOCK_STREAM, 0);
	t_connect(c, lo(port), len());
	t_getsockopt(c, SOL_SOCKET, SO_ERROR);
	t_connect(c, lo(0), len());
	t_close(c);
	nonblocking(port);
	c = t_socket(af(), SOCK_STREAM, 0);
	t_connect(c, v6 ? in6("ff02::1", 9) : in4("224.0.0.1", 9), len());
	t_connect(c, v6 ? in4("127.0.0.1", 9) : in4("255.255.255.255", 9), IN);
	t_close(c);
	c = t_socket(af(), SOCK_STREAM, 0);
	t_setsockopt_text(c, SOL_SOCKET, SO_BINDTODEVICE, "lo");
	t_setsockopt_time(c, SO_SNDTIMEO, 0, 30000);
	t_connect(c, v6 ? in6("2001:db8::9", 9) : in4("203.0.113.9", 9), len());
	t_connect(c, v6 ? in6("2001:db8::9", 9) : in4("203.0.113.9", 9), len());
	t_fcntl(c, F_SETFL, O_NONBLOCK);
	t_connect(c, v6 ? in6("2001:db8::9", 9) : in4("203.0.113.9", 9), len());
	t_poll(0, 1, c, POLLIN | POLLOUT);
	t_send(c, "x", 1, 0);
	t_recv(c, 4, 0);
	t_close(c);
}

static void scenario(void)
{
	for (v6 = 0; v6 < 2; v6++) {
		say(v6 ? "IPv6" : "IPv4");
		creation();
		unconnected();
		binding();
		names();
		accepting();
		connecting();
	}
}
