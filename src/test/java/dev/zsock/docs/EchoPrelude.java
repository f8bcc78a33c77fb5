package dev.zsock.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.zsock.uapi.SockaddrIn;
import dev.zsock.uapi.SocketAbi;
import dev.zsock.uapi.WebsocketRequest;

import java.io.IOException;

/** An echo server on 127.0.0.1 (plain TCP and websocket) and the variables that lead to it. */
public class EchoPrelude extends Prelude {
    private final LocalEcho server = new LocalEcho();

    /** {@code AF_INET}. */
    protected int family = SocketAbi.AF_INET;

    protected String host = "127.0.0.1";
    protected int port = server.port();
    protected String url = "ws://" + host + ":" + port + "/echo";

    /** The server's address. */
    protected SockaddrIn addr = new SockaddrIn(0x7f000001, port);

    protected int addr_len = SockaddrIn.SIZE;

    /** What the handshake asks for. */
    protected WebsocketRequest config = new WebsocketRequest();

    /** Milliseconds. */
    protected int timeout = 20_000;

    protected Object user_data = this;
    protected byte[] buf_to_send = "hello".getBytes(UTF_8);
    protected int buf_len = buf_to_send.length;

    public EchoPrelude() throws IOException {
        config.host = host + ":" + port;
        config.url = "/echo";
        config.tmp_buf = new byte[512];
        config.tmp_buf_len = config.tmp_buf.length;
    }

    @Override
    public String[] preludeArgs() {
        return new String[] {url};
    }

    @Override
    public void preludeEnd() throws Exception {
        server.close();
    }
}
