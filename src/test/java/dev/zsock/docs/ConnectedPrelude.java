package dev.zsock.docs;

import dev.zsock.Sockets;
import dev.zsock.uapi.InetAbi;
import dev.zsock.uapi.SocketAbi;

import java.io.IOException;

/** The echo server, and sock: a TCP connection to it. */
public class ConnectedPrelude extends EchoPrelude {
    protected int sock = Sockets.socket(family, SocketAbi.SOCK_STREAM, InetAbi.IPPROTO_TCP);

    public ConnectedPrelude() throws IOException {
        if (Sockets.connect(sock, addr, addr_len) < 0) {
            throw new IOException("connect: " + Sockets.strerror(Sockets.errno()));
        }
    }

    @Override
    public void preludeEnd() throws Exception {
        Sockets.close(sock); // the fence may have closed it
        super.preludeEnd();
    }
}
