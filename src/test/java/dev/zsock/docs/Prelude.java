package dev.zsock.docs;

import java.util.Map;

/**
 * What a fence finds declared: {@code <!-- run: NAME -->} selects one of {@link #NAMED}. A fence of
 * statements becomes the body of {@link #run()} in a subclass, so it sees the fields; a fence that
 * is a class with a {@code main} gets {@link #preludeArgs()}.
 *
 * <p>A method here would hide functions of its name that the fence imports: the names below cannot.
 */
public abstract class Prelude {
    private static final Map<String, Class<? extends Prelude>> NAMED = Map.of(
            "nothing", NothingPrelude.class,
            "echo", EchoPrelude.class,
            "echo-address", EchoAddressPrelude.class,
            "connected", ConnectedPrelude.class,
            "websocket", WebsocketPrelude.class,
            "mqtt", MqttPrelude.class,
            "mqtt-statements", MqttClientPrelude.class);

    /** The fence. */
    public void run() throws Throwable {}

    /** The arguments for a fence with a main method. */
    public String[] preludeArgs() {
        return new String[0];
    }

    /** After the fence, whether it failed or not. */
    public void preludeEnd() throws Exception {}

    static String className(String name) {
        if (!NAMED.containsKey(name)) {
            throw new IllegalArgumentException("run: " + name + " is none of " + NAMED.keySet());
        }
        return NAMED.get(name).getName();
    }
}
