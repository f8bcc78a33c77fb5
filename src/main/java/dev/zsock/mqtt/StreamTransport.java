package dev.zsock.mqtt;

import static dev.zsock.Sockets.*;

import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.Sockaddr;
import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SockaddrIn6;

import org.jspecify.annotations.Nullable;

/**
 * {@code MQTT_TRANSPORT_NON_SECURE} and {@code MQTT_TRANSPORT_SECURE}: a TCP or TLS socket. Works
 * the same with {@code O_NONBLOCK} on the socket; leaves {@code errno()} alone.
 */
final class StreamTransport extends Transport {
    private static final int DRAIN = 4096;
    private static final int DRAINS = 64;

    private final boolean secure;
    private final Pollfd[] readable = Pollfd.array(1);
    private final Pollfd[] writable = Pollfd.array(1);

    /** Written by the thread that connects, before others may use it. */
    private volatile int sock = -1;

    StreamTransport(MqttClient client, boolean secure) {
        super(client);
        this.secure = secure;
    }

    @Override
    int fd() {
        return sock;
    }

    @Override
    int connect() {
        Sockaddr broker = client.broker;
        if (broker == null) {
            return -EINVAL;
        }
        int saved = errno();
        int rc = open(broker);
        set_errno(saved);
        return rc;
    }

    private int open(Sockaddr broker) {
        int protocol = secure ? IPPROTO_TLS_1_2 : IPPROTO_TCP;
        int fd = socket(broker.sa_family(), SOCK_STREAM, protocol);
        if (fd < 0) {
            return -errno();
        }
        publish(fd);
        int rc = secure ? TlsOptions.apply(fd, client.transport.tls.config) : 0;
        if (rc >= 0 && client.internal.gate.closing()) {
            rc = -ECONNABORTED;
        }
        if (rc >= 0 && dev.zsock.Sockets.connect(fd, broker, size(broker)) < 0) {
            rc = -errno();
        }
        if (rc < 0) {
            disconnect();
        }
        return rc;
    }

    private static int size(Sockaddr address) {
        return address.sa_family() == AF_INET6 ? SockaddrIn6.SIZE : SockaddrIn.SIZE;
    }

    private void publish(int fd) {
        sock = fd;
        if (secure) {
            client.transport.tls.sock = fd;
        } else {
            client.transport.tcp.sock = fd;
        }
    }

    @Override
    int write(byte[] buf, int off, int len) {
        return send(buf, off, len, 0);
    }

    /** The payload goes with the head when it fits behind it. */
    @Override
    int writeMessage(PacketOutput head, MqttBinstr payload) {
        if (head.append(payload)) {
            return send(head.buf, head.start, head.size(), 0);
        }
        int rc = send(head.buf, head.start, head.size(), secure ? 0 : MSG_MORE);
        return rc < 0 ? rc : send(payload.data, payload.data_off, payload.len, 0);
    }

    private int send(byte @Nullable [] buf, int off, int len, int flags) {
        int saved = errno();
        int done = 0;
        while (done < len) {
            int rc = dev.zsock.Sockets.send(sock, buf, off + done, len - done, flags);
            if (rc < 0 && !(errno() == EAGAIN && await(writable, POLLOUT))) {
                rc = -errno();
                set_errno(saved);
                return rc;
            }
            done += Math.max(rc, 0);
        }
        set_errno(saved);
        return 0;
    }

    /** Waits on a socket with O_NONBLOCK; without it EAGAIN is the end of SO_SNDTIMEO. */
    private boolean await(Pollfd[] fds, int events) {
        if ((fcntl(sock, F_GETFL) & O_NONBLOCK) == 0) {
            set_errno(EAGAIN);
            return false;
        }
        return await(fds, sock, events);
    }

    /** Waits for ever; false on an error. */
    static boolean await(Pollfd[] fds, int fd, int events) {
        fds[0].fd = fd;
        fds[0].events = events;
        return poll(fds, 1, SYS_FOREVER_MS) >= 0;
    }

    @Override
    void tryWrite(byte[] buf, int len) {
        int saved = errno();
        dev.zsock.Sockets.send(sock, buf, len, MSG_DONTWAIT);
        set_errno(saved);
    }

    @Override
    int read(byte[] buf, int off, int len, boolean block) {
        int saved = errno();
        int rc = recv(sock, buf, off, len, MSG_DONTWAIT);
        while (rc < 0 && block && errno() == EAGAIN && await(readable, sock, POLLIN)) {
            rc = recv(sock, buf, off, len, MSG_DONTWAIT);
        }
        if (rc < 0) {
            rc = -errno();
            set_errno(saved);
        }
        return rc;
    }

    /** With the monitor: a connect that fails must not free the number meanwhile. */
    @Override
    synchronized boolean wake() {
        if (sock >= 0) {
            int saved = errno();
            shutdown(sock, SHUT_RDWR);
            set_errno(saved);
        }
        return false;
    }

    @Override
    void disconnect() {
        int fd = unpublish();
        if (fd >= 0) {
            int saved = errno();
            drain(fd);
            close(fd);
            set_errno(saved);
        }
    }

    private synchronized int unpublish() {
        int fd = sock;
        publish(-1);
        return fd;
    }

    /** Unread bytes would make the kernel reset the connection, and what was sent last be lost. */
    private void drain(int fd) {
        if (!secure) {
            shutdown(fd, SHUT_WR);
        }
        byte[] unread = new byte[DRAIN];
        for (int i = 0; i < DRAINS; i++) {
            if (recv(fd, unread, DRAIN, MSG_DONTWAIT) <= 0) {
                return;
            }
        }
    }
}
