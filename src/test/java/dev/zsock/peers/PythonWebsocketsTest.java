package dev.zsock.peers;

import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;

/** python3-websockets. */
class PythonWebsocketsTest extends EchoPeerTest {
    @Override
    Peer start(String host) {
        return Peers.pythonWebsockets(host);
    }
}
