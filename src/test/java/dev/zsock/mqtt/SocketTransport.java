package dev.zsock.mqtt;

import static dev.zsock.uapi.ErrnoAbi.*;

import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;
import dev.zsock.uapi.SockaddrIn;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A custom transport as an application writes one: here over java.nio. */
final class SocketTransport implements MqttCustomTransport {
    private SocketChannel channel;
    private Selector readable;
    int disconnects;

    @Override
    public int mqtt_client_custom_transport_connect(MqttClient client) {
        try {
            SockaddrIn to = (SockaddrIn) client.broker;
            channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", to.sin_port));
            channel.configureBlocking(false);
            readable = Selector.open();
            channel.register(readable, SelectionKey.OP_READ);
            return 0;
        } catch (IOException e) {
            return -ECONNREFUSED;
        }
    }

    @Override
    public int mqtt_client_custom_transport_write(
            MqttClient client, byte[] data, int off, int datalen) {
        try {
            ByteBuffer rest = ByteBuffer.wrap(data, off, datalen);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            return 0;
        } catch (IOException e) {
            return -EPIPE;
        }
    }

    @Override
    public int mqtt_client_custom_transport_write_msg(MqttClient client, Msghdr message) {
        for (int i = 0; i < message.msg_iovlen; i++) {
            Iovec piece = message.msg_iov[i];
            int rc = piece.iov_len == 0
                    ? 0
                    : mqtt_client_custom_transport_write(
                            client, piece.iov_base, piece.iov_off, piece.iov_len);
            if (rc < 0) {
                return rc;
            }
        }
        return 0;
    }

    @Override
    public int mqtt_client_custom_transport_read(
            MqttClient client, byte[] data, int off, int buflen, boolean shall_block) {
        try {
            int n = channel.read(ByteBuffer.wrap(data, off, buflen));
            while (n == 0 && shall_block) {
                readable.select();
                readable.selectedKeys().clear();
                n = channel.read(ByteBuffer.wrap(data, off, buflen));
            }
            return n == 0 ? -EAGAIN : Math.max(n, 0);
        } catch (IOException | ClosedSelectorException e) {
            return -ECONNRESET;
        }
    }

    @Override
    public int mqtt_client_custom_transport_disconnect(MqttClient client) {
        try {
            disconnects++;
            channel.close();
            readable.wakeup();
            readable.close();
            return 0;
        } catch (IOException e) {
            return -EIO;
        }
    }

    /** Waits until there is something to read. */
    boolean poll(long ms) {
        try {
            boolean is = readable.select(ms) > 0;
            readable.selectedKeys().clear();
            return is;
        } catch (IOException e) {
            return true;
        }
    }
}
