package dev.zsock.rfc;

import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.WebsocketAbi;

/** A websocket of the library, by its calls: all of them give a negative errno. */
interface Endpoint extends WebsocketAbi {
    /** {@code websocket_recv_msg}, -EAGAIN when what the peer sends does not suffice. */
    int receive(byte[] buf, IntRef type, LongRef remaining);

    /** {@code recv}. */
    int receive(byte[] buf);

    /** {@code websocket_send_msg}. */
    int send(byte[] payload, int opcode, boolean mask, boolean fin);

    /** {@code setsockopt} at level SOL_WEBSOCKET. */
    int option(int name, int value);

    /** WEBSOCKET_CLOSE_INFO. */
    byte[] closeInfo();

    /** {@code close}. */
    int close();
}
