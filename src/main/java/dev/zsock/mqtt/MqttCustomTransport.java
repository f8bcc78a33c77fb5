package dev.zsock.mqtt;

import dev.zsock.uapi.Msghdr;

/**
 * The functions that a C program links in for {@code MQTT_TRANSPORT_CUSTOM}
 * ({@code CONFIG_MQTT_LIB_CUSTOM_TRANSPORT}); a Java program puts them into
 * {@link MqttTransport#custom_transport}.
 *
 * <p>Reads and writes may come from two threads at a time, one reading and one writing. None of the
 * functions may call {@link Mqtt} for the same client.
 */
public interface MqttCustomTransport {
    /**
     * Connects.
     *
     * @param client whose transport it is
     * @return 0 or a negative errno, which {@code mqtt_connect} returns
     */
    int mqtt_client_custom_transport_connect(MqttClient client);

    /**
     * Writes all bytes.
     *
     * @param client whose transport it is
     * @param data buffer
     * @param off where the bytes begin
     * @param datalen number of bytes
     * @return 0 or more, or a negative errno, which ends the connection
     */
    int mqtt_client_custom_transport_write(MqttClient client, byte[] data, int off, int datalen);

    /**
     * Writes all bytes of a message: a PUBLISH, its header and its payload.
     *
     * @param client whose transport it is
     * @param message the pieces, in {@code msg_iov}
     * @return 0 or more, or a negative errno, which ends the connection
     */
    int mqtt_client_custom_transport_write_msg(MqttClient client, Msghdr message);

    /**
     * Reads.
     *
     * @param client whose transport it is
     * @param data buffer
     * @param off where the bytes go
     * @param buflen room, in bytes
     * @param shall_block whether to wait for the first byte
     * @return number of bytes, 0 at the end of the stream, {@code -EAGAIN} when there is none yet,
     *     or another negative errno, which ends the connection
     */
    int mqtt_client_custom_transport_read(
            MqttClient client, byte[] data, int off, int buflen, boolean shall_block);

    /**
     * Disconnects; called once for each connect that gave 0, or that an abort interrupts. Others
     * may be blocked here, in that connect too: they must return then.
     *
     * @param client whose transport it is
     * @return 0 or a negative errno
     */
    int mqtt_client_custom_transport_disconnect(MqttClient client);
}
