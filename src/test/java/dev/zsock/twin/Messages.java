package dev.zsock.twin;

import static dev.zsock.Sockets.*;
import static dev.zsock.uapi.InetAbi.*;
import static dev.zsock.uapi.SocketAbi.*;

import dev.zsock.uapi.Cmsghdr;
import dev.zsock.uapi.In6Pktinfo;
import dev.zsock.uapi.InPktinfo;
import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrStorage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Messages, which a scenario builds step by step: see native-tests/twin.h. */
abstract class Messages extends Data {
    Messages(String folder, Shape shape) {
        super(folder, shape);
    }

    private Msghdr msg = new Msghdr();
    private final List<Iovec> pieces = new ArrayList<>();

    final void msg_new() {
        msg = new Msghdr();
        pieces.clear();
    }

    final void msg_out(String text) {
        pieces.add(piece(bytes(text), text == null ? 3 : text.length()));
    }

    final void msg_to(Sockaddr sa, int len) {
        msg.msg_name = sa;
        msg.msg_namelen = len;
    }

    final void msg_in(int room) {
        pieces.add(piece(dots(room), room));
    }

    final void msg_name_room(int room) {
        msg.msg_name = new SockaddrStorage();
        msg.msg_namelen = room;
    }

    final void msg_control_room(int room) {
        msg.msg_control = new byte[room];
        msg.msg_controllen = room;
    }

    final void msg_ints(int level, int type, int n, int... values) {
        int before = msg.msg_controllen;
        byte[] control = new byte[before + CMSG_SPACE(n * 4)];
        if (msg.msg_control != null) {
            msg.syncControl();
            System.arraycopy(msg.msg_control, 0, control, 0, before);
        }
        msg.msg_control = control;
        msg.msg_controllen = control.length;
        Cmsghdr c = CMSG_FIRSTHDR(msg);
        int at = 0;
        while (at < before) {
            at += Cmsghdr.align(c.cmsg_len);
            c = next(c);
        }
        c.cmsg_level = level;
        c.cmsg_type = type;
        c.cmsg_len = CMSG_LEN(n * 4);
        ByteBuffer data = CMSG_DATA(c);
        for (int value : values) {
            data.putInt(value);
        }
    }

    private Cmsghdr next(Cmsghdr c) {
        Cmsghdr next = CMSG_NXTHDR(msg, c);
        if (next == null) {
            throw new AssertionError("no room behind " + c);
        }
        return next;
    }

    private void showCmsg(Cmsghdr c) {
        ByteBuffer data = CMSG_DATA(c);
        int n = data.remaining();
        printf(" cmsg %d/%d %d:", c.cmsg_level, c.cmsg_type, n);
        boolean own = c.cmsg_level == SOL_SOCKET;
        if (own && c.cmsg_type == SCM_CREDENTIALS) {
            boolean self = data.getInt(0) == ProcessHandle.current().pid();
            printf(" %s %d %d", self ? "self" : "other", data.getInt(4), data.getInt(8));
        } else if (own && c.cmsg_type != SCM_RIGHTS) {
            printf(" time");
        } else if (c.cmsg_level == IPPROTO_IP && c.cmsg_type == IP_PKTINFO && n == 12) {
            InPktinfo p = new InPktinfo(data);
            printf(" %d %08x %08x", p.ipi_ifindex, p.ipi_spec_dst.s_addr, p.ipi_addr.s_addr);
        } else if (c.cmsg_level == IPPROTO_IPV6 && c.cmsg_type == IPV6_PKTINFO && n == 20) {
            In6Pktinfo p = new In6Pktinfo(data);
            printf(" %s %d", inet_ntop(AF_INET6, p.ipi6_addr), p.ipi6_ifindex);
        } else if (n < 4) {
            printf(" %d", data.get(0) & 0xff);
        } else {
            for (int i = 0; i < n / 4 && i < 8; i++) {
                printf(" %d", data.getInt(4 * i));
            }
        }
    }

    private void ready() {
        msg.msg_iov = pieces.toArray(new Iovec[0]);
        msg.msg_iovlen = pieces.size();
    }

    final int t_sendmsg(int fd, int flags) {
        ready();
        printf("sendmsg(%d, {", fd);
        showAddr(msg.msg_name, msg.msg_namelen);
        for (Iovec piece : pieces) {
            printf(", ");
            showPiece(piece);
        }
        printf(", control %d}, %s", msg.msg_controllen, hex(flags));
        return end(done(sendmsg(fd, msg, flags)));
    }

    final int t_recvmsg(int fd, int flags) {
        ready();
        String form = "recvmsg(%d, {name %d, %d pieces, control %d}, %s";
        printf(form, fd, msg.msg_namelen, msg.msg_iovlen, msg.msg_controllen, hex(flags));
        int rc = done(recvmsg(fd, msg, flags));
        if (rc >= 0) {
            for (Iovec piece : pieces) {
                printf(" ");
                showPiece(piece);
            }
            if (msg.msg_name != null && msg.msg_namelen > 0) {
                printf(" from ");
                showAddr(msg.msg_name, msg.msg_namelen);
            }
            String rest = " namelen %d flags %s controllen %d";
            printf(rest, msg.msg_namelen, hex(msg.msg_flags), msg.msg_controllen);
            for (Cmsghdr c = CMSG_FIRSTHDR(msg); c != null; c = CMSG_NXTHDR(msg, c)) {
                showCmsg(c);
            }
        }
        return end(rc);
    }
}
