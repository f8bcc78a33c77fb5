package dev.zsock.mqtt;

import dev.zsock.uapi.Iovec;
import dev.zsock.uapi.Msghdr;

/** {@code MQTT_TRANSPORT_CUSTOM}: the application's own functions. */
final class CustomTransport extends Transport {
    @Override
    int connect(MqttClient c) {
        MqttCustomTransport custom = c.transport.custom_transport;
        return custom == null ? -EINVAL : custom.mqtt_client_custom_transport_connect(c);
    }

    @Override
    int write(MqttClient c, byte[] buf, int off, int len) {
        MqttCustomTransport custom = c.transport.custom_transport;
        return custom == null
                ? -EINVAL
                : custom.mqtt_client_custom_transport_write(c, buf, off, len);
    }

    @Override
    int writeMessage(MqttClient c, PacketOutput head, MqttBinstr payload) {
        MqttCustomTransport custom = c.transport.custom_transport;
        if (custom == null) {
            return -EINVAL;
        }
        Msghdr message = new Msghdr();
        Iovec[] pieces = {new Iovec(head.buf, head.size()), new Iovec()};
        pieces[0].iov_off = head.start;
        pieces[1].iov_base = payload.data;
        pieces[1].iov_len = payload.len;
        pieces[1].iov_off = payload.data_off;
        message.msg_iov = pieces;
        message.msg_iovlen = pieces.length;
        return custom.mqtt_client_custom_transport_write_msg(c, message);
    }

    @Override
    void tryWrite(MqttClient c, byte[] buf, int len) {
        write(c, buf, 0, len);
    }

    @Override
    int read(MqttClient c, byte[] buf, int off, int len, boolean block) {
        MqttCustomTransport custom = c.transport.custom_transport;
        return custom == null
                ? -EINVAL
                : custom.mqtt_client_custom_transport_read(c, buf, off, len, block);
    }

    @Override
    boolean wake(MqttClient c) {
        disconnect(c);
        return true;
    }

    @Override
    void disconnect(MqttClient c) {
        MqttCustomTransport custom = c.transport.custom_transport;
        if (custom != null) {
            custom.mqtt_client_custom_transport_disconnect(c);
        }
    }
}
