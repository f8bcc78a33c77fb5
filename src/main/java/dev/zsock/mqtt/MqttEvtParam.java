package dev.zsock.mqtt;

/**
 * {@code union mqtt_evt_param} of {@code <zephyr/net/mqtt.h>}: only the member named by the event
 * counts.
 */
public final class MqttEvtParam {
    /** {@code MQTT_EVT_CONNACK}. */
    public final MqttConnackParam connack = new MqttConnackParam();

    /** {@code MQTT_EVT_PUBLISH}; of the payload only the length. */
    public final MqttPublishParam publish = new MqttPublishParam();

    /** {@code MQTT_EVT_PUBACK}. */
    public final MqttPubackParam puback = new MqttPubackParam();

    /** {@code MQTT_EVT_PUBREC}. */
    public final MqttPubrecParam pubrec = new MqttPubrecParam();

    /** {@code MQTT_EVT_PUBREL}. */
    public final MqttPubrelParam pubrel = new MqttPubrelParam();

    /** {@code MQTT_EVT_PUBCOMP}. */
    public final MqttPubcompParam pubcomp = new MqttPubcompParam();

    /** {@code MQTT_EVT_SUBACK}. */
    public final MqttSubackParam suback = new MqttSubackParam();

    /** {@code MQTT_EVT_UNSUBACK}. */
    public final MqttUnsubackParam unsuback = new MqttUnsubackParam();

    /** {@code MQTT_EVT_DISCONNECT}, when the broker sent it (5.0). */
    public final MqttDisconnectParam disconnect = new MqttDisconnectParam();

    /** {@code MQTT_EVT_AUTH} (5.0). */
    public final MqttAuthParam auth = new MqttAuthParam();

    /** All zero. */
    public MqttEvtParam() {}

    /**
     * A copy; buffers stay shared.
     *
     * @param other what to copy
     */
    public MqttEvtParam(MqttEvtParam other) {
        set(other);
    }

    /**
     * C's {@code *this = other}.
     *
     * @param other what to copy
     */
    public void set(MqttEvtParam other) {
        connack.set(other.connack);
        publish.set(other.publish);
        puback.set(other.puback);
        pubrec.set(other.pubrec);
        pubrel.set(other.pubrel);
        pubcomp.set(other.pubcomp);
        suback.set(other.suback);
        unsuback.set(other.unsuback);
        disconnect.set(other.disconnect);
        auth.set(other.auth);
    }
}
