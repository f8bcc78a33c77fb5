package dev.zsock.mqtt;

/** {@code mqtt_evt_cb_t} of {@code <zephyr/net/mqtt.h>}. */
@FunctionalInterface
public interface MqttEvtCb {
    /**
     * Called for each event, with no lock held: it may call any function of {@link Mqtt} but
     * {@code mqtt_input}.
     *
     * @param client whose event it is
     * @param evt the event; it and what it points to hold until the callback returns
     */
    void call(MqttClient client, MqttEvt evt);
}
