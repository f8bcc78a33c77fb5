package dev.zsock.peers;

import dev.zsock.testkit.Peer;
import dev.zsock.testkit.Peers;
import dev.zsock.uapi.ErrnoAbi;

import org.junit.jupiter.api.AfterAll;

import java.util.ArrayList;
import java.util.List;

/** nginx, with node's ws behind it. */
class NginxTest extends EchoPeerTest {
    private final List<Peer> upstreams = new ArrayList<>();

    @Override
    Peer start(String host) {
        Peers.requirePeer("nginx");
        Peer upstream = Peers.nodeWs(host);
        upstreams.add(upstream);
        return Peers.nginx(host, upstream.url(""));
    }

    @AfterAll
    void stopUpstreams() {
        upstreams.forEach(Peer::close);
    }

    /** A proxy makes an end of it. */
    @Override
    int reset() {
        return -ErrnoAbi.ENOTCONN;
    }
}
