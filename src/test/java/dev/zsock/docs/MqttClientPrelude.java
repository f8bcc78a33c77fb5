package dev.zsock.docs;

import dev.zsock.Sockets;
import dev.zsock.mqtt.Mqtt;
import dev.zsock.mqtt.MqttClient;
import dev.zsock.uapi.MqttAbi;
import dev.zsock.uapi.PollAbi;
import dev.zsock.uapi.Pollfd;
import dev.zsock.uapi.SockaddrIn;

/** mosquitto, and client: connected to it over TCP. */
public class MqttClientPrelude extends MqttPrelude {
    protected final MqttClient client = new MqttClient();
    private boolean accepted;

    public MqttClientPrelude() {
        Mqtt.mqtt_client_init(client);
        client.broker = new SockaddrIn(0x7f000001, mosquitto.port());
        client.client_id.set(Mqtt.MQTT_UTF8_LITERAL("docs"));
        client.clean_session = 1;
        client.rx_buf = new byte[128];
        client.rx_buf_size = client.rx_buf.length;
        client.tx_buf = new byte[128];
        client.tx_buf_size = client.tx_buf.length;
        client.evt_cb = (c, evt) -> accepted |= evt.type == MqttAbi.MQTT_EVT_CONNACK;
        int rc = Mqtt.mqtt_connect(client);
        while (rc == 0 && !accepted) {
            Pollfd[] fds = {new Pollfd(client.transport.tcp.sock, PollAbi.POLLIN)};
            rc = Sockets.poll(fds, 1, 10_000) > 0 ? Mqtt.mqtt_input(client) : -1;
        }
        if (rc != 0) {
            throw new IllegalStateException("mqtt_connect: " + rc);
        }
    }

    @Override
    public void preludeEnd() throws Exception {
        Mqtt.mqtt_abort(client);
        super.preludeEnd();
    }
}
