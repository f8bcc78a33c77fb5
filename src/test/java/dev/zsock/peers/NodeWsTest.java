package dev.zsock.peers;

import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;

/** node's ws. */
class NodeWsTest extends EchoPeerTest {
    @Override
    Peer start(String host) {
        return Peers.nodeWs(host);
    }
}
