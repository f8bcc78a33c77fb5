/* Names of hosts, services and errors; addresses as text; byte order. Nothing asks the network. */
#include "twin.h"

static void odd_lookups(void)
{
	t_getaddrinfo(NULL, NULL, 0, AF_UNSPEC, 0, 0);
	t_getaddrinfo_plain(NULL, NULL);
	t_getaddrinfo("not-a-literal", NULL, AI_NUMERICHOST, AF_UNSPEC, 0, 0);
	t_getaddrinfo("", NULL, AI_NUMERICHOST, AF_UNSPEC, 0, 0);
	t_getaddrinfo("localhost", "80", AI_CANONNAME, AF_INET, SOCK_STREAM, 0);
	t_getaddrinfo(NULL, "80", AI_CANONNAME, AF_INET, SOCK_STREAM, 0);
	t_getaddrinfo("1.2.3.4", "80", AI_CANONNAME | AI_NUMERICHOST, AF_INET, SOCK_STREAM, 0);
	t_getaddrinfo("1.2.3.4", "80", AI_V4MAPPED, AF_INET6, SOCK_STREAM, 0);
	t_getaddrinfo("1.2.3.4", "80", AI_V4MAPPED | AI_ALL, AF_INET6, SOCK_STREAM, 0);
	t_getaddrinfo("1.2.3.4", "80", AI_ADDRCONFIG, AF_UNSPEC, SOCK_STREAM, 0);
	t_getaddrinfo("1.2.3.4", "80", 0x40000000, AF_UNSPEC, SOCK_STREAM, 0);
	t_getaddrinfo("1.2.3.4", "80", 0, AF_INET, SOCK_STREAM, IPPROTO_UDP);
	t_getaddrinfo("1.2.3.4", "80", 0, AF_INET, 0, IPPROTO_TCP);
	t_getaddrinfo("1.2.3.4", "80", 0, AF_INET, 0, 99);
	t_getaddrinfo("fe80::1%no-such", "80", 0, AF_INET6, SOCK_STREAM, 0);
	t_getaddrinfo("[::1", "80", AI_NUMERICHOST, AF_INET6, SOCK_STREAM, 0);
	t_getaddrinfo("[1.2.3.4]", "80", AI_NUMERICHOST, AF_UNSPEC, SOCK_STREAM, 0);
}

static void lookups(void)
{
	say("getaddrinfo");
	static const char *hosts[] = {"127.0.0.1", "::1", "localhost", "0.0.0.0", "::", "1.2.3.4",
				      "ff02::1%lo", "fe80::1%1", "127.1", "0x7f.1", "::ffff:1.2.3.4"};
	static const char *services[] = {"80", "http", "domain", "0", "65535"};
	static const char *refused[] = {"65536", "-1", "70000", "no-such-service", "", "80x", " 80"};
	static const int families[] = {AF_UNSPEC, AF_INET, AF_INET6, AF_UNIX, 99};
	static const int types[] = {0, SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, 99};

	for (int i = 0; i < 11; i++) {
		t_getaddrinfo_plain(hosts[i], "80");
		for (int j = 0; j < 3; j++) {
			t_getaddrinfo(hosts[i], services[i % 5], 0, families[j], SOCK_STREAM, 0);
			t_getaddrinfo(hosts[i], NULL, AI_NUMERICHOST, families[j], 0, 0);
		}
	}
	for (int i = 0; i < 5; i++) {
		t_getaddrinfo("127.0.0.1", services[i], 0, AF_INET, 0, 0);
		t_getaddrinfo("127.0.0.1", services[i], AI_NUMERICSERV, AF_INET, SOCK_DGRAM, 0);
		t_getaddrinfo("127.0.0.1", "80", 0, families[i], types[i], 0);
		t_getaddrinfo("127.0.0.1", NULL, 0, AF_UNSPEC, types[i], 0);
		t_getaddrinfo(NULL, "80", AI_PASSIVE, families[i], SOCK_STREAM, 0);
		t_getaddrinfo(NULL, "80", 0, families[i], SOCK_DGRAM, 0);
	}
	for (int i = 0; i < 7; i++) {
		t_getaddrinfo("127.0.0.1", refused[i], 0, AF_INET, SOCK_STREAM, 0);
		t_getaddrinfo("127.0.0.1", refused[i], AI_NUMERICSERV, AF_INET, SOCK_STREAM, 0);
	}
	odd_lookups();
}

static void names(void)
{
	say("getnameinfo");
	int flags = NI_NUMERICHOST | NI_NUMERICSERV;

	t_getnameinfo(in4("127.0.0.1", 80), IN, 40, 20, flags);
	t_getnameinfo(in4("0.0.0.0", 0), IN, 40, 20, flags);
	t_getnameinfo(in4("1.2.3.4", 65535), IN, 8, 6, flags);
	t_getnameinfo(in4("1.2.3.4", 65535), IN, 7, 6, flags);
	t_getnameinfo(in4("1.2.3.4", 65535), IN, 8, 5, flags);
	t_getnameinfo(in4("1.2.3.4", 80), IN, 0, 20, flags);
	t_getnameinfo(in4("1.2.3.4", 80), IN, 40, 0, flags);
	t_getnameinfo(in4("1.2.3.4", 80), IN, 0, 0, flags);
	t_getnameinfo(in4("1.2.3.4", 80), 8, 40, 20, flags);
	t_getnameinfo(in4("1.2.3.4", 80), 0, 40, 20, flags);
	t_getnameinfo(in4("1.2.3.4", 80), IN, 40, 20, 0x10000);
	t_getnameinfo(in4("127.0.0.1", 80), IN, 40, 20, NI_NUMERICHOST);
	t_getnameinfo(in4("127.0.0.1", 53), IN, 40, 20, NI_NUMERICHOST | NI_DGRAM);
	t_getnameinfo(in4("127.0.0.1", 1), IN, 40, 20, NI_NUMERICHOST | NI_NUMERICSERV | NI_DGRAM);
	t_getnameinfo(in4("127.0.0.1", 80), IN, 40, 20, NI_NUMERICSERV);
	t_getnameinfo(in4("127.0.0.1", 80), IN, 40, 20, flags | NI_NAMEREQD);
	t_getnameinfo(in6("::1", 8080), IN6, 40, 20, flags);
	t_getnameinfo(in6("::", 0), IN6, 40, 20, flags);
	t_getnameinfo(in6("2001:db8::ff", 4321), IN6, 40, 20, flags);
	t_getnameinfo(in6("::ffff:1.2.3.4", 4321), IN6, 40, 20, flags);
	t_getnameinfo(in6("::1", 8080), 20, 40, 20, flags);
	t_getnameinfo(in6("::1", 8080), IN6, 3, 20, flags);
	t_getnameinfo(family(77), IN, 40, 20, flags);
	t_getnameinfo(un("@zsock"), un_len("@zsock"), 40, 40, NI_NUMERICSERV);
	say("gai_strerror");
	for (int code = 1; code > -15; code--) {
		t_gai_strerror(code);
	}
	for (int code = -99; code > -108; code--) {
		t_gai_strerror(code);
	}
	say("gethostname");
	t_gethostname(20);
	t_gethostname(1);
	t_gethostname(0);
	t_gethostname(-1);
}

static void written(void)
{
	t_inet_pton(AF_UNIX, "127.0.0.1", 1);
	t_inet_pton(-1, "127.0.0.1", 1);
	t_inet_ntop(AF_INET6, "::1", 46);
	t_inet_ntop(AF_INET6, "1::", 46);
	t_inet_ntop(AF_INET6, "a:b:c:d:0:1:2:3", 46);
	t_inet_ntop(AF_INET6, "::ffff:1.2.3.4", 46);
	t_inet_ntop(AF_INET6, "::1.2.3.4", 46);
	t_inet_ntop(AF_INET6, "0:0:1:0:0:0:1:0", 46);
	t_inet_ntop(AF_INET6, "1:0:0:2:0:0:0:3", 46);
	t_inet_ntop(AF_INET6, "1:0:2:3:4:5:6:7", 46);
	t_inet_ntop(AF_INET6, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 40);
	t_inet_ntop(AF_INET6, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 39);
	t_inet_ntop(AF_INET6, "::", 3);
	t_inet_ntop(AF_INET6, "::", 2);
	t_inet_ntop(AF_INET6, "::", 0);
	t_inet_ntop(AF_INET, "255.255.255.255", 16);
	t_inet_ntop(AF_INET, "255.255.255.255", 15);
	t_inet_ntop(AF_INET, "0.0.0.0", 8);
	t_inet_ntop(AF_UNIX, "0.0.0.0", 16);
}

static void numbers(void)
{
	say("byte order and sizes");
	t_order(0);
	t_order(1);
	t_order(0x1234);
	t_order(0x12345678);
	t_order(0xffffffff);
	for (int n = 0; n < 20; n++) {
		t_sizes(n);
	}
	say("errors");
	for (int code = -1; code < 140; code++) {
		t_strerror(code);
	}
}

static void texts6(void)
{
	static const char *long_ones[] = {"::", "::1", "1::", "a:b:c:d:0:1:2:3", "1:2:3:4:5:6:7:8:9",
				   "1:2:3", "::ffff:1.2.3.4", "::1.2.3.4", "1::2::3", "12345::",
				   ":::", ":1", "1:", "::g", "fe80::1%lo", "a:b:c:d:0:1:2:3z",
				   "2001:DB8::Ff", "0:0:1:0:0:0:1:0", "1:0:0:2:0:0:0:3", "::1.2.3",
				   "::1.2.3.256", "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4"};

	for (int i = 0; i < 23; i++) {
		t_inet_pton(AF_INET6, long_ones[i], 1);
	}
}

static void legacy_texts(void)
{
	static const char *legacy[] = {"127.1", "0x7f000001", "017700000001", "1.2", "1.2.3",
				       "1.65536", "4294967296", "08", "1.2.3.4 rest", "", "0x",
				       "1.2.3.256", "255.255.255.255", "1.0xffffff", "1.2.0xffff"};

	for (int i = 0; i < 15; i++) {
		t_inet_aton(legacy[i]);
	}
}

static void texts(void)
{
	say("addresses as text");
	static const char *short_ones[] = {"127.0.0.1", "0.0.0.0", "255.255.255.255", "1.2.3", "1.2.3.4.5",
				   "256.1.1.1", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4", "", "1..2.3",
				   "a.b.c.d", "1.2.3.4x", "0x7f.0.0.1", "1.2.3.", "127.0.0.1a"};

	for (int i = 0; i < 16; i++) {
		t_inet_pton(AF_INET, short_ones[i], 1);
		t_inet_aton(short_ones[i]);
	}
	texts6();
	legacy_texts();
	written();
	numbers();
}

static void scenario(void)
{
	lookups();
	names();
	texts();
}
