package dev.zsock.zephyr;

import static dev.zsock.Sockets.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.uapi.Addrinfo;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;

@DisplayName("tests/net/socket/getaddrinfo")
class ZephyrGetaddrinfoTest extends SocketSuite {
    private final Addrinfo[] res = new Addrinfo[1];

    private static Addrinfo hints(int family, int type, int flags) {
        Addrinfo hints = new Addrinfo();
        hints.ai_family = family;
        hints.ai_socktype = type;
        hints.ai_flags = flags;
        return hints;
    }

    private void refused(int code, String host, String service, Addrinfo hints) {
        res[0] = new Addrinfo();
        assertThat(getaddrinfo(host, service, hints, res)).isEqualTo(code);
        assertThat(res[0]).isNull();
    }

    private void resolved(String host, String service, Addrinfo hints, int type, int protocol) {
        assertThat(getaddrinfo(host, service, hints, res)).isZero();
        assertThat(res[0].ai_socktype).isEqualTo(type);
        assertThat(res[0].ai_protocol).isEqualTo(protocol);
        if (hints != null && hints.ai_socktype != 0) {
            assertThat(res[0].ai_next).isNull();
        }
        freeaddrinfo(res[0]);
    }

    private void v4(int addr, int port) {
        assertThat(res[0].ai_family).isEqualTo(AF_INET);
        assertThat(res[0].ai_addrlen).isEqualTo(SockaddrIn.SIZE);
        assertThat(net_sin(res[0].ai_addr).sin_addr.s_addr).isEqualTo(addr);
        assertThat(ntohs(net_sin(res[0].ai_addr).sin_port)).isEqualTo(port);
    }

    @Test
    void test_getaddrinfo_ok() {
        resolved("localhost", "80", hints(AF_INET, SOCK_STREAM, 0), SOCK_STREAM, IPPROTO_TCP);
        v4(INADDR_LOOPBACK, 80);
    }

    @Test
    void test_getaddrinfo_cancelled() {
        freeaddrinfo(null); // what is left of the case on a host: this does nothing
        refused(EAI_FAMILY, "localhost", null, hints(4242, 0, 0));
        freeaddrinfo(res[0]);
    }

    @Test
    void test_getaddrinfo_no_host() {
        refused(DNS_EAI_NONAME, null, null, null);
    }

    @Test
    void test_getaddrinfo_num_ipv4() {
        int addr = 0x010203ff;
        resolved("1.2.3.255", "65534", null, SOCK_STREAM, IPPROTO_TCP);
        v4(addr, 65_534);
        assertThat(res[0].ai_next.ai_socktype).isEqualTo(SOCK_DGRAM);
        resolved("1.2.3.255", "65534", hints(AF_INET, SOCK_STREAM, 0), SOCK_STREAM, IPPROTO_TCP);
        v4(addr, 65_534);
        resolved("1.2.3.255", "65534", hints(AF_INET, SOCK_DGRAM, 0), SOCK_DGRAM, IPPROTO_UDP);
        v4(addr, 65_534);
    }

    @Test
    void test_getaddrinfo_num_ipv6() throws Exception {
        String[] literals = {
            "[::]", "[fe80::1]", "[2001:db8::abcd]", "[::192.9.5.5]", "[::FFFF:129.144.52.38]"
        };
        for (String literal : literals) {
            resolved(literal, "443", hints(AF_INET6, SOCK_STREAM, 0), SOCK_STREAM, IPPROTO_TCP);
            assertThat(res[0].ai_family).isEqualTo(AF_INET6);
            assertThat(res[0].ai_addrlen).isEqualTo(SockaddrIn6.SIZE);
            SockaddrIn6 addr = net_sin6(res[0].ai_addr);
            assertThat(ntohs(addr.sin6_port)).isEqualTo(443);
            assertThat(addr.sin6_addr.s6_addr).isEqualTo(bytes(literal));
        }
    }

    /** As the JDK reads it, which makes IPv4 of mapped addresses. */
    private static byte[] bytes(String literal) throws Exception {
        byte[] bytes = InetAddress.getByName(literal).getAddress();
        if (bytes.length == 16) {
            return bytes;
        }
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        System.arraycopy(bytes, 0, mapped, 12, 4);
        return mapped;
    }

    @Test
    void test_getaddrinfo_flags_numerichost() {
        Addrinfo numeric = hints(AF_UNSPEC, SOCK_STREAM, AI_NUMERICHOST);
        refused(DNS_EAI_NONAME, "www.example.org", null, numeric);
        resolved("1.2.3.255", null, numeric, SOCK_STREAM, IPPROTO_TCP);
        v4(0x010203ff, 0);
    }

    @Test
    void test_getaddrinfo_ipv4_hints_ipv6() {
        refused(DNS_EAI_ADDRFAMILY, "192.0.2.1", null, hints(AF_INET6, 0, 0));
    }

    @Test
    void test_getaddrinfo_ipv6_hints_ipv4() {
        refused(DNS_EAI_ADDRFAMILY, "2001:db8::1", null, hints(AF_INET, 0, 0));
    }

    @Test
    void test_getaddrinfo_port_invalid() {
        Addrinfo stream = hints(AF_INET, SOCK_STREAM, 0);
        resolved("192.0.2.1", "70000", stream, SOCK_STREAM, IPPROTO_TCP);
        v4(0xc0000201, 70_000 & 0xffff); // so does glibc
        refused(DNS_EAI_SERVICE, "192.0.2.1", "no-such-service", stream);
    }

    @Test
    void test_getaddrinfo_null_host() {
        resolved(null, "80", hints(AF_INET, SOCK_STREAM, AI_PASSIVE), SOCK_STREAM, IPPROTO_TCP);
        v4(INADDR_ANY, 80);
        resolved(null, "80", hints(AF_INET, SOCK_DGRAM, AI_PASSIVE), SOCK_DGRAM, IPPROTO_UDP);
        v4(INADDR_ANY, 80);
        resolved(null, "80", hints(AF_INET6, SOCK_STREAM, AI_PASSIVE), SOCK_STREAM, IPPROTO_TCP);
        assertThat(net_sin6(res[0].ai_addr).sin6_addr.s6_addr).containsOnly(0);
        assertThat(net_sin6(res[0].ai_addr).sin6_port).isEqualTo(htons(80));
    }
}
