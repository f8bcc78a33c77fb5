package dev.zsock.twin;

import static dev.zsock.Sockets.*;
import static dev.zsock.uapi.NetdbAbi.*;
import static dev.zsock.uapi.SocketAbi.*;

import dev.zsock.uapi.Addrinfo;
import dev.zsock.uapi.In6Addr;
import dev.zsock.uapi.InAddr;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names and texts: see native-tests/twin.h. */
abstract class Names extends Messages {
    Names(String folder, Shape shape) {
        super(folder, shape);
    }

    private void showFixed(Sockaddr sa, int len) {
        int family = sa.sa_family();
        if (family == AF_INET && sa instanceof SockaddrIn) {
            SockaddrIn copy = new SockaddrIn((SockaddrIn) sa);
            printf("[%d]", ntohs(copy.sin_port));
            copy.sin_port = 0;
            showAddr(copy, len);
        } else if (family == AF_INET6) {
            SockaddrIn6 copy = new SockaddrIn6(net_sin6(sa));
            printf("[%d]", ntohs(copy.sin6_port));
            copy.sin6_port = 0;
            showAddr(copy, len);
        } else {
            showAddr(sa, len);
        }
    }

    private int resultLine(int rc) {
        printf(") = %d", rc);
        if (rc == EAI_SYSTEM) {
            printf(" %s", strerrorname(errno()));
        }
        return rc;
    }

    private static String orNull(String text) {
        return text == null ? "NULL" : text;
    }

    final int t_getaddrinfo(
            String host, String service, int flags, int family, int type, int protocol) {
        Addrinfo hints = new Addrinfo();
        hints.ai_flags = flags;
        hints.ai_family = family;
        hints.ai_socktype = type;
        hints.ai_protocol = protocol;
        Addrinfo[] list = new Addrinfo[1];
        String form = "getaddrinfo(%s, %s, {%s, %d, %d, %d}";
        printf(form, orNull(host), orNull(service), hex(flags), family, type, protocol);
        int rc = resultLine(getaddrinfo(host, service, hints, list));
        for (Addrinfo a = list[0]; a != null; a = a.ai_next) {
            printf(" {%s %d %d", hex(a.ai_flags), a.ai_family, a.ai_socktype);
            printf(" %d %d ", a.ai_protocol, a.ai_addrlen);
            showFixed(a.ai_addr, a.ai_addrlen);
            printf(" %s}", orNull(a.ai_canonname));
        }
        freeaddrinfo(list[0]);
        return end(rc);
    }

    final int t_getaddrinfo_plain(String host, String service) {
        Addrinfo[] list = new Addrinfo[1];
        printf("getaddrinfo(%s, %s, NULL", orNull(host), orNull(service));
        int rc = resultLine(getaddrinfo(host, service, null, list));
        if (list[0] != null) {
            showFixed(list[0].ai_addr, list[0].ai_addrlen);
        }
        return end(rc);
    }

    final int t_getnameinfo(Sockaddr sa, int len, int hostlen, int servlen, int flags) {
        byte[] host = hostlen == 0 ? null : dots(hostlen);
        byte[] serv = servlen == 0 ? null : dots(servlen);
        printf("getnameinfo(");
        showFixed(sa, len);
        printf(", %d, %d, %d, %s", len, hostlen, servlen, hex(flags));
        int rc = resultLine(getnameinfo(sa, len, host, hostlen, serv, servlen, flags));
        if (rc == 0) {
            printf(" ");
            showBytes(host, 0, hostlen);
            printf(" ");
            showBytes(serv, 0, servlen);
        }
        return end(rc);
    }

    final void t_gai_strerror(int code) {
        printf("gai_strerror(%d) = %s\n", code, gai_strerror(code));
    }

    final void t_strerror(int code) {
        printf("strerror(%d) = %s %s\n", code, orNull(strerrorname(code)), strerror(code));
    }

    final int t_inet_pton(int family, String text, int dst) {
        In6Addr addr6 = new In6Addr();
        Arrays.fill(addr6.s6_addr, (byte) 0x55);
        InAddr addr4 = new InAddr(0x55555555);
        Object to = family == AF_INET ? addr4 : addr6;
        printf("inet_pton(%d, %s, %s", family, text, dst != 0 ? "dst" : "NULL");
        int rc = done(inet_pton(family, text, dst != 0 ? to : null));
        printf(" ");
        if (family == AF_INET) {
            printf("%08x", addr4.s_addr);
        } else {
            for (byte b : addr6.s6_addr) {
                printf("%02x", b & 0xff);
            }
        }
        return end(rc);
    }

    final void t_inet_ntop(int family, String text, int size) {
        Object addr = family == AF_INET6 ? new In6Addr() : new InAddr();
        inet_pton(family, text, addr);
        byte[] dst = dots(50);
        printf("inet_ntop(%d, %s, %d", family, text, size);
        String rc = inet_ntop(family, addr, dst, size);
        printf(") = %s ", rc != null ? rc : strerrorname(errno()));
        showBytes(dst, 0, 50);
        out.append('\n');
    }

    final void t_inet_aton(String text) {
        InAddr addr = new InAddr(0x55555555);
        printf("inet_aton(%s) = %d", text, inet_aton(text, addr));
        printf(" %s inet_addr %08x\n", inet_ntoa(addr), ntohl(inet_addr(text)));
    }

    final void t_order(int value) {
        String text = Integer.toUnsignedString(value);
        printf("ntohs(htons(%s)) = %d", text, ntohs(htons(value)));
        printf(" ntohl(htonl()) = %s\n", Integer.toUnsignedString(ntohl(htonl(value))));
    }

    final void t_sizes(int n) {
        printf("CMSG_LEN(%d) = %d CMSG_SPACE(%d) = %d\n", n, CMSG_LEN(n), n, CMSG_SPACE(n));
    }

    final void t_gethostname(int extra) {
        byte[] name = dots(256);
        gethostname(name, name.length);
        int length = 0;
        while (name[length] != 0) {
            length++;
        }
        Arrays.fill(name, (byte) '.');
        int len = length + extra;
        printf("gethostname(%d", extra);
        done(gethostname(name, len));
        String text = new String(name, 0, len, StandardCharsets.ISO_8859_1);
        int nul = text.indexOf('\0');
        printf(" %s\n", nul < 0 ? text : text.substring(0, nul));
    }
}
