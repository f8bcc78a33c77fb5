package dev.zsock.docs;

import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;

/** mosquitto; a main method gets the address and port of its websocket. */
public class MqttPrelude extends Prelude {
    private static final String ADDRESS = "127.0.0.1";

    protected final Peer mosquitto = Peers.mosquitto();

    @Override
    public String[] preludeArgs() {
        return new String[] {ADDRESS, String.valueOf(mosquitto.wsPort())};
    }

    @Override
    public void preludeEnd() throws Exception {
        mosquitto.close();
    }
}
