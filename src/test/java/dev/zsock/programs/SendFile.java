package dev.zsock.programs;

import static dev.zsock.Cstring.*;
import static dev.zsock.Sockets.*;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.uapi.*;

/** The port of native-tests/programs/send_file.c, line by line. */
final class SendFile {
    private SendFile() {}

    private static int handOver(int sock, int fd, byte[] name) {
        byte[] control = new byte[CMSG_SPACE(sizeof(int.class))];
        Iovec[] iov = Iovec.array(1);
        Msghdr msg = new Msghdr();

        iov[0].iov_base = name;
        iov[0].iov_len = strlen(name);
        msg.msg_iov = iov;
        msg.msg_iovlen = 1;
        msg.msg_control = control;
        msg.msg_controllen = sizeof(control);
        Cmsghdr cmsg = CMSG_FIRSTHDR(msg);
        cmsg.cmsg_level = SOL_SOCKET;
        cmsg.cmsg_type = SCM_RIGHTS;
        cmsg.cmsg_len = CMSG_LEN(sizeof(fd));
        CMSG_DATA(cmsg).putInt(fd);
        return sendmsg(sock, msg, MSG_NOSIGNAL);
    }

    private static int run(String path, byte[] name) {
        byte[] answer = new byte[128];
        SockaddrUn addr = new SockaddrUn();

        if (strlen(path) >= sizeof(addr.sun_path)) {
            System.err.printf("%s is too long\n", path);
            return 1;
        }
        int sock = socket(AF_UNIX, SOCK_STREAM, 0);
        if (sock < 0) {
            perror("socket");
            return 1;
        }
        addr.sun_family = AF_UNIX;
        memcpy(addr.sun_path, str(path), strlen(path));
        if (connect(sock, addr, sizeof(addr)) < 0) {
            perror("connect");
            return 1;
        }
        if (handOver(sock, STDIN_FILENO, name) < 0) {
            perror("sendmsg");
            return 1;
        }
        int n = recv(sock, answer, sizeof(answer), 0);
        if (n <= 0) {
            System.err.printf("no answer\n");
            return 1;
        }
        System.out.printf("%s\n", new String(answer, 0, n, UTF_8));
        return close(sock) < 0 ? 1 : 0;
    }

    public static void main(String[] argv) {
        if (argv.length != 2) {
            System.err.printf("send_file SOCKET NAME <FILE\n");
            System.exit(2);
        }
        System.exit(run(argv[0], str(argv[1])));
    }
}
