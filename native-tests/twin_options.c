/* Socket options: every number of each level read, those that matter set, in every length. */
#include "twin.h"

/* Numbers whose value the kernel chooses anew each time. */
static int varies(int level, int name)
{
	static const int changing[] = {SO_PEERCRED, SO_INCOMING_CPU, 56, 57, 71, 77};

	for (int i = 0; i < 6; i++) {
		if (level == SOL_SOCKET && name == changing[i]) {
			return 1;
		}
	}
	if (level == IPPROTO_TCP && name == 24) { /* TCP_TIMESTAMP */
		return 1;
	}
	return 0;
}

static void read_all(int s, int level, int last)
{
	for (int name = 0; name <= last; name++) {
		if (varies(level, name) == 0) {
			t_getsockopt(s, level, name);
		}
	}
}

static void lengths(int s, int level, int name)
{
	t_setsockopt_len(s, level, name, 1, 0);
	t_setsockopt_len(s, level, name, 1, 1);
	t_setsockopt_len(s, level, name, 1, 2);
	t_setsockopt_len(s, level, name, 1, 3);
	t_setsockopt_len(s, level, name, 1, 4);
	t_setsockopt_len(s, level, name, 1, -1);
	t_setsockopt_null(s, level, name, 4);
	t_setsockopt_null(s, level, name, 0);
	t_getsockopt_len(s, level, name, 0);
	t_getsockopt_len(s, level, name, 1);
	t_getsockopt_len(s, level, name, 2);
	t_getsockopt_len(s, level, name, 3);
	t_getsockopt_len(s, level, name, 4);
	t_getsockopt_null(s, level, name, 'v');
	t_getsockopt_null(s, level, name, 'l');
}

static void values(int s, int level, int name)
{
	static const int tried[] = {0, 1, 2, 5, 100, 255, 256, 1000, 70000, -1, -2};

	for (int i = 0; i < 11; i++) {
		t_setsockopt(s, level, name, tried[i]);
		t_getsockopt(s, level, name);
	}
}

static void structs(int s)
{
	t_setsockopt_linger(s, 1, 5);
	t_getsockopt_linger(s);
	t_setsockopt_linger(s, 0, 7);
	t_getsockopt_linger(s);
	t_setsockopt_linger(s, 3, -1);
	t_getsockopt_linger(s);
	t_getsockopt_bytes(s, SOL_SOCKET, SO_LINGER, 4, 1);
	t_getsockopt_bytes(s, SOL_SOCKET, SO_LINGER, 20, 1);
	t_setsockopt_len(s, SOL_SOCKET, SO_LINGER, 1, 4);
	t_setsockopt_len(s, SOL_SOCKET, SO_RCVTIMEO, 1, 4);
	t_getsockopt_time(s, SO_RCVTIMEO);
	t_getsockopt_time(s, SO_SNDTIMEO);
	t_getsockopt_bytes(s, SOL_SOCKET, SO_RCVTIMEO, 8, 1);
	t_getsockopt_bytes(s, SOL_SOCKET, SO_RCVTIMEO, 40, 1);
	t_setsockopt_text(s, SOL_SOCKET, SO_BINDTODEVICE, "lo");
	t_getsockopt_bytes(s, SOL_SOCKET, SO_BINDTODEVICE, 16, 1);
	t_getsockopt_bytes(s, SOL_SOCKET, SO_BINDTODEVICE, 2, 1);
	t_setsockopt_text(s, SOL_SOCKET, SO_BINDTODEVICE, "");
	t_getsockopt_bytes(s, SOL_SOCKET, SO_BINDTODEVICE, 16, 1);
	t_setsockopt_text(s, SOL_SOCKET, SO_BINDTODEVICE, "no-such-device");
	t_setsockopt_text(s, SOL_SOCKET, SO_BINDTODEVICE, "a-name-that-no-device-can-have");
}

static void common(int s)
{
	static const int names[] = {SO_DEBUG,	  SO_REUSEADDR, SO_BROADCAST, SO_SNDBUF,
				    SO_RCVBUF,	  SO_KEEPALIVE, SO_OOBINLINE, SO_PRIORITY,
				    SO_REUSEPORT, SO_RCVLOWAT,	SO_SNDLOWAT,  SO_TIMESTAMP,
				    SO_DONTROUTE, SO_TYPE,	SO_ERROR,     SO_DOMAIN,
				    SO_PROTOCOL,  SO_ACCEPTCONN, SO_NO_CHECK, SO_PASSCRED,
				    SO_TIMESTAMPING, SO_PEEK_OFF, SO_ZEROCOPY, SO_RXQ_OVFL};

	for (int i = 0; i < 24; i++) {
		values(s, SOL_SOCKET, names[i]);
	}
	lengths(s, SOL_SOCKET, SO_REUSEADDR);
	lengths(s, SOL_SOCKET, SO_TYPE);
	t_getsockopt_len(s, SOL_SOCKET, SO_TYPE, -1);
	lengths(s, SOL_SOCKET, 12345);
	lengths(s, 12345, 1);
	structs(s);
	read_all(s, SOL_SOCKET, 80);
}

static void tcp(int family)
{
	say("TCP");
	int s = t_socket(family, SOCK_STREAM, 0);
	static const int names[] = {TCP_NODELAY,      TCP_MAXSEG,	TCP_CORK,
				    TCP_KEEPIDLE,     TCP_KEEPINTVL,	TCP_KEEPCNT,
				    TCP_SYNCNT,	      TCP_LINGER2,	TCP_DEFER_ACCEPT,
				    TCP_WINDOW_CLAMP, TCP_QUICKACK,	TCP_USER_TIMEOUT,
				    TCP_FASTOPEN,     TCP_NOTSENT_LOWAT, TCP_FASTOPEN_CONNECT};

	read_all(s, IPPROTO_TCP, 45);
	for (int i = 0; i < 15; i++) {
		values(s, IPPROTO_TCP, names[i]);
	}
	lengths(s, IPPROTO_TCP, TCP_NODELAY);
	lengths(s, IPPROTO_TCP, 9999);
	t_getsockopt_bytes(s, IPPROTO_TCP, TCP_CONGESTION, 16, 1);
	t_setsockopt_text(s, IPPROTO_TCP, TCP_CONGESTION, "reno");
	t_getsockopt_bytes(s, IPPROTO_TCP, TCP_CONGESTION, 16, 1);
	t_getsockopt_bytes(s, IPPROTO_TCP, TCP_CONGESTION, 3, 1);
	t_setsockopt_text(s, IPPROTO_TCP, TCP_CONGESTION, "no such control");
	t_setsockopt_text(s, IPPROTO_TCP, TCP_CONGESTION, "");
	t_getsockopt_bytes(s, IPPROTO_TCP, TCP_INFO, 8, 1);
	t_getsockopt_bytes(s, IPPROTO_TCP, TCP_INFO, 1000, 0);
	common(s);
	t_close(s);
}

static void internet_lengths(int s)
{
	lengths(s, IPPROTO_IP, IP_TTL);
	lengths(s, IPPROTO_IP, IP_MULTICAST_TTL);
	lengths(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS);
	lengths(s, IPPROTO_IPV6, IPV6_MULTICAST_LOOP);
}

static void port_range(int s)
{
	t_setsockopt(s, IPPROTO_IP, 51, 10010 << 16 | 10000);
	t_getsockopt(s, IPPROTO_IP, 51);
	t_setsockopt(s, IPPROTO_IP, 51, 1000 << 16 | 1001);
	t_setsockopt_len(s, IPPROTO_IP, 51, 1, 2);
}

static void internet(int family, int type)
{
	say("IP");
	int s = t_socket(family, type, 0);
	static const int of_ip[] = {IP_TOS,	   IP_TTL,	     IP_PKTINFO,       IP_RECVTTL,
				 IP_RECVTOS,	   IP_MTU,	     IP_MTU_DISCOVER,  IP_FREEBIND,
				 IP_MULTICAST_TTL, IP_MULTICAST_LOOP, IP_MULTICAST_ALL, IP_MINTTL,
				 IP_RECVERR,	   IP_RECVORIGDSTADDR, IP_UNICAST_IF};
	static const int of_ipv6[] = {IPV6_UNICAST_HOPS, IPV6_MULTICAST_HOPS, IPV6_MULTICAST_LOOP,
				 IPV6_V6ONLY,	    IPV6_RECVPKTINFO,	 IPV6_RECVHOPLIMIT,
				 IPV6_RECVTCLASS,   IPV6_TCLASS,	 IPV6_MTU,
				 IPV6_DONTFRAG,	    IPV6_MTU_DISCOVER,	 IPV6_MULTICAST_ALL,
				 IPV6_RECVERR,	    72,			 IPV6_UNICAST_IF};

	read_all(s, IPPROTO_IP, 52);
	read_all(s, IPPROTO_IPV6, 90);
	for (int i = 0; i < 15; i++) {
		values(s, IPPROTO_IP, of_ip[i]);
		values(s, IPPROTO_IPV6, of_ipv6[i]);
	}
	internet_lengths(s);
	port_range(s);
	t_close(s);
}

static void local(int type)
{
	say("UNIX");
	int s = t_socket(AF_UNIX, type, 0);

	read_all(s, IPPROTO_TCP, 3);
	read_all(s, IPPROTO_IP, 3);
	common(s);
	t_close(s);
}

static void scenario(void)
{
	tcp(AF_INET);
	tcp(AF_INET6);
	internet(AF_INET, SOCK_DGRAM);
	internet(AF_INET6, SOCK_DGRAM);
	internet(AF_INET, SOCK_STREAM);
	internet(AF_INET6, SOCK_STREAM);
	int u = t_socket(AF_INET, SOCK_DGRAM, 0);

	common(u);
	read_all(u, IPPROTO_UDP, 110);
	values(u, IPPROTO_UDP, 1);
	values(u, IPPROTO_UDP, 103);
	values(u, IPPROTO_UDP, 104);
	t_close(u);
	local(SOCK_STREAM);
	local(SOCK_DGRAM);
}
