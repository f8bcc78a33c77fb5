package dev.zsock.twin;

import static dev.zsock.Sockets.*;
import static dev.zsock.uapi.SocketAbi.*;

import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;
import dev.zsock.uapi.SockaddrStorage;
import dev.zsock.uapi.SockaddrUn;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The transcript's form, and the addresses of the scenarios: see native-tests/twin.h. */
abstract class Show {
    static final byte[] NIL = null; // C's NULL where a buffer is meant
    static final int IN = SockaddrIn.SIZE;
    static final int IN6 = SockaddrIn6.SIZE;
    static final int UN = SockaddrUn.SIZE;
    static final int STORAGE = SockaddrStorage.SIZE;

    private static final int BIG = 1 << 20;
    private static final int OWN = 8;
    private static final int SHOWN = 64;

    static final byte[] big = pattern();

    final StringBuilder out = new StringBuilder();
    private final List<Integer> ports = new ArrayList<>();
    private final String folder;

    Show(String folder) {
        this.folder = folder;
    }

    private static byte[] pattern() {
        byte[] bytes = new byte[BIG];
        for (int i = 0; i < BIG; i++) {
            bytes[i] = (byte) ('a' + i % 26);
        }
        return bytes;
    }

    final void printf(String format, Object... args) {
        out.append(String.format(Locale.ROOT, format, args));
    }

    /** C's {@code %#x}. */
    static String hex(int value) {
        return value == 0 ? "0" : "0x" + Integer.toHexString(value);
    }

    private void showPort(int port) {
        if (port == 0) {
            out.append('0');
            return;
        }
        if (!ports.contains(port)) {
            ports.add(port);
        }
        out.append('P').append(ports.indexOf(port) + 1);
    }

    final void showBytes(byte[] bytes, int off, int n) {
        if (n > SHOWN) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                sum = sum * 31 + (bytes[off + i] & 0xff);
            }
            printf("sum %08x", sum);
            return;
        }
        out.append('"');
        for (int i = 0; i < n; i++) {
            int c = bytes[off + i] & 0xff;
            if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
                out.append((char) c);
            } else {
                printf("\\x%02x", c);
            }
        }
        out.append('"');
    }

    private String own() {
        return folder.substring(folder.length() - OWN);
    }

    private void showPath(byte[] path, int n) {
        String text = new String(path, 0, n, StandardCharsets.ISO_8859_1);
        if (n > folder.length() && text.startsWith(folder)) {
            text = "T" + text.substring(folder.length());
        }
        if (text.startsWith("\0") && text.endsWith(own())) {
            text = text.substring(0, text.length() - OWN);
        }
        out.append(text.replace("\0", "\\0"));
    }

    final void showAddr(Sockaddr sa, int len) {
        if (sa == null) {
            out.append("NULL");
            return;
        }
        switch (sa.sa_family()) {
            case AF_INET -> {
                SockaddrIn a = net_sin(sa);
                printf("in %s:", inet_ntop(AF_INET, a.sin_addr));
                showPort(ntohs(a.sin_port));
            }
            case AF_INET6 -> {
                SockaddrIn6 a = net_sin6(sa);
                printf("in6 %s:", inet_ntop(AF_INET6, a.sin6_addr));
                showPort(ntohs(a.sin6_port));
                printf(" scope %s", Integer.toUnsignedString(a.sin6_scope_id));
            }
            case AF_UNIX -> {
                byte[] path = net_sun(sa).sun_path;
                int n = len > UN ? path.length : len - 2;
                while (n > 1 && path[n - 1] == 0) {
                    n--;
                }
                out.append("un ");
                showPath(path, Math.max(n, 0));
            }
            default -> printf("family %d", sa.sa_family());
        }
    }

    /** The result; errno stays what the call left. */
    final int done(int rc) {
        if (rc < 0) {
            printf(") = -1 %s", strerrorname(errno()));
        } else {
            printf(") = %d", rc);
        }
        return rc;
    }

    final int end(int rc) {
        out.append('\n');
        return rc;
    }

    final void say(String text) {
        printf("# %s\n", text);
        ports.clear(); // the kernel may choose one again
    }

    // ---- addresses ----

    static SockaddrIn in4(String text, int port) {
        SockaddrIn a = new SockaddrIn();
        a.sin_family = AF_INET;
        a.sin_port = htons(port);
        inet_pton(AF_INET, text, a.sin_addr);
        return a;
    }

    static SockaddrIn6 in6(String text, int port) {
        SockaddrIn6 a = new SockaddrIn6();
        a.sin6_family = AF_INET6;
        a.sin6_port = htons(port);
        inet_pton(AF_INET6, text, a.sin6_addr);
        return a;
    }

    final SockaddrUn un(String name) {
        SockaddrUn a = new SockaddrUn();
        a.sun_family = AF_UNIX;
        String text = name.startsWith("T/") ? folder + name.substring(1) : name + own();
        byte[] path = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(path, 0, a.sun_path, 0, path.length);
        if (name.startsWith("@")) {
            a.sun_path[0] = 0;
        }
        return a;
    }

    final int un_len(String name) {
        return 2 + (name.startsWith("T") ? folder.length() - 1 : OWN) + name.length();
    }

    static SockaddrIn family(int af) {
        SockaddrIn a = new SockaddrIn();
        a.sin_family = af;
        return a;
    }

    /** An empty address object of a class, null for a negative kind. */
    static Sockaddr empty(int kind) {
        if (kind < 0) {
            return null;
        }
        return switch (kind) {
            case AF_INET -> new SockaddrIn();
            case AF_INET6 -> new SockaddrIn6();
            case AF_UNIX -> new SockaddrUn();
            default -> new SockaddrStorage();
        };
    }

    static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
