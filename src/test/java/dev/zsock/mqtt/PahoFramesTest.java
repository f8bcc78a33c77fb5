package dev.zsock.mqtt;

import static dev.zsock.mqtt.FakeBroker.*;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.testkit.Background;

import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Frames on which Paho's own websocket code ends the connection. */
@Timeout(60)
class PahoFramesTest {
    private static final int CONTINUE = 0;
    private static final String CONNECT = "100d 00044d515454 04 02 003c 0001 70";

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    private MqttClient client(FakeBroker broker) throws MqttException {
        MqttClient client =
                new MqttClient("zws://127.0.0.1:" + broker.port(), "p", new MemoryPersistence());
        client.setCallback(new MqttCallback() {
            @Override
            public void connectionLost(Throwable cause) {
                events.add("lost");
            }

            @Override
            public void messageArrived(String topic, MqttMessage message) {
                events.add(topic + " " + message);
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {}
        });
        return client;
    }

    private static CompletableFuture<Void> connack(FakeBroker broker) {
        return Background.run(() -> {
            broker.accept().upgrade("");
            broker.expect(CONNECT).write(frame(false, BINARY, bytes("2002")));
            broker.write(frame(true, PING, bytes("6869")));
            broker.write(frame(false, CONTINUE, new byte[0]));
            broker.write(frame(true, CONTINUE, bytes("0000")));
        });
    }

    @Test
    void fragmentsAndPings() throws Exception {
        try (FakeBroker broker = new FakeBroker(true)) {
            MqttClient client = client(broker);
            CompletableFuture<Void> script = connack(broker);
            client.connect();
            Pair.join(script);
            broker.write(frame(false, BINARY, bytes("3004 00")));
            broker.write(frame(true, PING, new byte[0]));
            broker.write(frame(false, CONTINUE, bytes("0174")));
            broker.write(frame(true, CONTINUE, bytes("31 3004 000174 32")));
            assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("t 1");
            assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("t 2");
            client.publish("t", new byte[0], 0, false);
            broker.expect("3003 000174");
            assertThat(broker.control()).isEqualTo("8a:6869 8a:");
            client.disconnect();
            client.close();
        }
    }

    @Test
    void textIsRefused() throws Exception {
        try (FakeBroker broker = new FakeBroker(true)) {
            MqttClient client = client(broker);
            CompletableFuture<Void> script = connack(broker);
            client.connect();
            Pair.join(script);
            broker.write(frame(true, TEXT, bytes("3004 000174 31")));
            assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("lost");
            client.close();
        }
    }
}
