package dev.zsock.mqtt.paho;

import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.spi.NetworkModuleFactory;

import java.net.URI;
import java.util.Set;

/**
 * Paho's MQTT 3.1 and 3.1.1 client over this library's websockets; found by
 * {@link java.util.ServiceLoader}.
 */
public final class PahoV3 implements NetworkModuleFactory {
    /** For the service loader. */
    public PahoV3() {}

    @Override
    public Set<String> getSupportedUriSchemes() {
        return WebsocketModule.SCHEMES;
    }

    @Override
    public void validateURI(URI brokerUri) {
        WebsocketModule.validate(brokerUri);
    }

    @Override
    public NetworkModule createNetworkModule(URI uri, MqttConnectOptions options, String clientId) {
        return new Module(uri, options);
    }

    private static final class Module extends WebsocketModule implements NetworkModule {
        Module(URI uri, MqttConnectOptions options) {
            super(uri, options.getConnectionTimeout(), options.getCustomWebSocketHeaders());
        }
    }
}
