package dev.zsock.mqtt.paho;

import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttMessage;

import java.util.concurrent.BlockingQueue;

/** Keeps why the connection was lost, and what came. */
final class Listener implements MqttCallback {
    private final BlockingQueue<String> events;

    Listener(BlockingQueue<String> events) {
        this.events = events;
    }

    @Override
    public void connectionLost(Throwable cause) {
        events.add("lost");
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        events.add(topic + " " + message);
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        events.add("delivered");
    }
}
