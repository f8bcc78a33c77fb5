package dev.zsock.mqtt;

import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;

import org.jspecify.annotations.Nullable;

/** {@code MQTT_TRANSPORT_CUSTOM}: the application's own functions. */
final class CustomTransport extends Transport {
    private final MqttCustomTransport custom;

    private CustomTransport(MqttClient client, MqttCustomTransport custom) {
        super(client);
        this.custom = custom;
    }

    static @Nullable CustomTransport of(MqttClient client) {
        MqttCustomTransport custom = client.transport.custom_transport;
        return custom == null ? null : new CustomTransport(client, custom);
    }

    @Override
    int fd() {
        return -1;
    }

    @Override
    int connect() {
        return custom.mqtt_client_custom_transport_connect(client);
    }

    @Override
    int write(byte[] buf, int off, int len) {
        return custom.mqtt_client_custom_transport_write(client, buf, off, len);
    }

    @Override
    int writeMessage(PacketOutput head, MqttBinstr payload) {
        Msghdr message = new Msghdr();
        Iovec[] pieces = {new Iovec(head.buf, head.size()), new Iovec()};
        pieces[0].iov_off = head.start;
        pieces[1].iov_base = payload.data;
        pieces[1].iov_len = payload.len;
        pieces[1].iov_off = payload.data_off;
        message.msg_iov = pieces;
        message.msg_iovlen = pieces.length;
        return custom.mqtt_client_custom_transport_write_msg(client, message);
    }

    @Override
    void tryWrite(byte[] buf, int len) {
        write(buf, 0, len);
    }

    @Override
    int read(byte[] buf, int off, int len, boolean block) {
        return custom.mqtt_client_custom_transport_read(client, buf, off, len, block);
    }

    @Override
    boolean wake() {
        disconnect();
        return true;
    }

    @Override
    void disconnect() {
        custom.mqtt_client_custom_transport_disconnect(client);
    }
}
