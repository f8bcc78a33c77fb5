package dev.zsock.programs;

import static dev.zsock.Cstring.*;
import static dev.zsock.Sockets.*;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.uapi.*;

/** The port of native-tests/programs/receive_file.c, line by line. */
final class ReceiveFile {
    private ReceiveFile() {}

    private static int start(String path) {
        SockaddrUn addr = new SockaddrUn();

        if (strlen(path) >= sizeof(addr.sun_path)) {
            System.err.printf("%s is too long\n", path);
            return -1;
        }
        int listener = socket(AF_UNIX, SOCK_STREAM, 0);
        if (listener < 0) {
            perror("socket");
            return -1;
        }
        addr.sun_family = AF_UNIX;
        memcpy(addr.sun_path, str(path), strlen(path));
        if (bind(listener, addr, sizeof(addr)) < 0 || listen(listener, 1) < 0) {
            perror("bind or listen");
            return -1;
        }
        System.out.printf("ready\n");
        System.out.flush();
        return listener;
    }

    private static int take(int client) {
        byte[] name = new byte[64];
        byte[] control = new byte[CMSG_SPACE(sizeof(int.class))];
        int fd;
        Iovec[] iov = Iovec.array(1);
        Msghdr msg = new Msghdr();

        iov[0].iov_base = name;
        iov[0].iov_len = sizeof(name);
        msg.msg_iov = iov;
        msg.msg_iovlen = 1;
        msg.msg_control = control;
        msg.msg_controllen = sizeof(control);
        int n = recvmsg(client, msg, 0);
        Cmsghdr cmsg = CMSG_FIRSTHDR(msg);
        if (n < 0
                || cmsg == null
                || cmsg.cmsg_level != SOL_SOCKET
                || cmsg.cmsg_type != SCM_RIGHTS) {
            System.err.printf("no file came\n");
            return -1;
        }
        fd = CMSG_DATA(cmsg).getInt();
        System.out.printf("%s:\n", new String(name, 0, n, UTF_8));
        System.out.flush();
        return fd;
    }

    private static int show(int fd) {
        byte[] buf = new byte[4096];
        int n;
        int size = 0;

        while ((n = read(fd, buf, sizeof(buf))) > 0) {
            size += n;
            if (write(STDOUT_FILENO, buf, n) != n) {
                perror("write");
                break;
            }
        }
        if (n < 0) {
            perror("read");
        }
        close(fd);
        return size;
    }

    private static int run(int listener) {
        byte[] answer;

        int client = accept(listener, null, null);
        if (client < 0) {
            perror("accept");
            return 1;
        }
        int fd = take(client);
        if (fd < 0) {
            return 1;
        }
        answer = str(String.format("%d bytes came", show(fd)));
        int len = strlen(answer);
        if (send(client, answer, len, MSG_NOSIGNAL) < 0) {
            perror("send");
            return 1;
        }
        close(client);
        return close(listener) < 0 ? 1 : 0;
    }

    public static void main(String[] argv) {
        if (argv.length != 1) {
            System.err.printf("receive_file SOCKET\n");
            System.exit(2);
        }
        int listener = start(argv[0]);

        System.exit(listener < 0 ? 1 : run(listener));
    }
}
