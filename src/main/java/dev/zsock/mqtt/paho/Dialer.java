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
import java.nio.ByteBuffer;

/** Connects a TCP socket to a host by name, trying its addresses in turn. */
final class Dialer {
    private Dialer() {}

    /** A connected socket; -1 milliseconds wait for ever. */
    static int connect(String host, int port, int timeoutMs) throws IOException {
        String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int failure = 0;
        for (InetAddress address : InetAddress.getAllByName(literal)) {
            int rc = connect(sockaddr(address, port), timeoutMs);
            if (rc >= 0) {
                return rc;
            }
            failure = -rc;
        }
        String what = host + ":" + port + " " + strerrorname(failure);
        throw failure == ETIMEDOUT ? new SocketTimeoutException(what) : new ConnectException(what);
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

    /** The socket or a negative errno. */
    private static int connect(Sockaddr to, int timeoutMs) {
        int sock = socket(to.sa_family(), SOCK_STREAM, IPPROTO_TCP);
        if (sock < 0) {
            return -errno();
        }
        int size = to.sa_family() == AF_INET6 ? SockaddrIn6.SIZE : SockaddrIn.SIZE;
        int flags = fcntl(sock, F_GETFL);
        fcntl(sock, F_SETFL, flags | O_NONBLOCK);
        int failure = dev.zsock.Sockets.connect(sock, to, size) == 0 ? 0 : errno();
        if (failure == EINPROGRESS) {
            failure = finish(sock, timeoutMs);
        }
        if (failure != 0) {
            close(sock);
            return -failure;
        }
        fcntl(sock, F_SETFL, flags);
        return sock;
    }

    private static int finish(int sock, int timeoutMs) {
        Pollfd[] fds = {new Pollfd(sock, POLLOUT)};
        int ready = poll(fds, 1, timeoutMs);
        if (ready <= 0) {
            return ready == 0 ? ETIMEDOUT : errno();
        }
        IntRef failure = new IntRef();
        return getsockopt(sock, SOL_SOCKET, SO_ERROR, failure) < 0 ? errno() : failure.value;
    }
}
