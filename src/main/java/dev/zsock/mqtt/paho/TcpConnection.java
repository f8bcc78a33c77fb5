package dev.zsock.mqtt.paho;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** A TCP socket that is being connected, or is; {@link #shut} may come from another thread. */
final class TcpConnection {
    /** This and the next are guarded by the monitor, so that a number is never shut too late. */
    private int sock = -1;

    private boolean over;

    /** The addresses of a host, which may be a literal, IPv6 in brackets. */
    static List<Sockaddr> addresses(String host, int port) throws UnknownHostException {
        String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        List<Sockaddr> all = new ArrayList<>();
        for (InetAddress address : InetAddress.getAllByName(literal)) {
            all.add(sockaddr(address, port));
        }
        return all;
    }

    private static Sockaddr sockaddr(InetAddress address, int port) {
        if (address instanceof Inet6Address six) {
            SockaddrIn6 to = new SockaddrIn6();
            to.sin6_family = AF_INET6;
            to.sin6_port = htons(port);
            to.sin6_scope_id = six.getScopeId();
            System.arraycopy(six.getAddress(), 0, to.sin6_addr.s6_addr, 0, 16);
            return to;
        }
        return new SockaddrIn(ByteBuffer.wrap(address.getAddress()).getInt(), port);
    }

    /**
     * Connects to the first address that answers, while there are milliseconds left (-1: always).
     */
    void connect(List<Sockaddr> addresses, String what, IntSupplier left) throws IOException {
        int failure = 0;
        for (Sockaddr to : addresses) {
            failure = connect(to, left);
            if (failure == 0) {
                return;
            }
            close();
        }
        String why = what + " " + strerrorname(failure);
        throw failure == ETIMEDOUT ? new SocketTimeoutException(why) : new ConnectException(why);
    }

    /** 0 or an errno. */
    private int connect(Sockaddr to, IntSupplier left) {
        int fd = socket(to.sa_family(), SOCK_STREAM, IPPROTO_TCP);
        if (fd < 0) {
            return errno();
        }
        own(fd);
        int flags = fcntl(fd, F_GETFL);
        fcntl(fd, F_SETFL, flags | O_NONBLOCK);
        int failure = dev.zsock.Sockets.connect(fd, to, sizeof(to)) == 0 ? 0 : errno();
        if (isOver()) {
            return ECONNABORTED; // said before there was something to shut
        }
        if (failure == EINPROGRESS) {
            failure = finish(fd, left.getAsInt());
        }
        fcntl(fd, F_SETFL, flags);
        return failure;
    }

    private static int finish(int fd, int timeoutMs) {
        Pollfd[] fds = {new Pollfd(fd, POLLOUT)};
        int ready = poll(fds, 1, timeoutMs);
        if (ready <= 0) {
            return ready == 0 ? ETIMEDOUT : errno();
        }
        IntRef failure = new IntRef();
        return getsockopt(fd, SOL_SOCKET, SO_ERROR, failure) < 0 ? errno() : failure.value;
    }

    private synchronized void own(int fd) {
        sock = fd;
    }

    private synchronized boolean isOver() {
        return over;
    }

    synchronized int fd() {
        return sock;
    }

    /** Ends whatever is blocked on the socket, and a connect that has not begun. */
    synchronized void shut() {
        over = true;
        if (sock >= 0) {
            shutdown(sock, SHUT_RDWR);
        }
    }

    /** Frees the number. */
    synchronized void close() {
        if (sock >= 0) {
            dev.zsock.Sockets.close(sock);
            sock = -1;
        }
    }
}
