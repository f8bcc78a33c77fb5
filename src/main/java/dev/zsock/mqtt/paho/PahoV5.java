package dev.zsock.mqtt.paho;

import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.spi.NetworkModuleFactory;

import java.net.URI;
import java.util.Set;

/**
 * Paho's MQTT 5.0 client over this library's websockets; found by {@link java.util.ServiceLoader}.
 */
public final class PahoV5 implements NetworkModuleFactory {
    /** For the service loader. */
    public PahoV5() {}

    @Override
    public Set<String> getSupportedUriSchemes() {
        return WebsocketModule.SCHEMES;
    }

    @Override
    public void validateURI(URI brokerUri) {
        WebsocketModule.validate(brokerUri);
    }

    @Override
    public NetworkModule createNetworkModule(
            URI uri, MqttConnectionOptions options, String clientId) {
        return new Module(uri, options);
    }

    private static final class Module extends WebsocketModule implements NetworkModule {
        Module(URI uri, MqttConnectionOptions options) {
            super(uri, options.getConnectionTimeout(), options.getCustomWebSocketHeaders());
        }
    }
}
