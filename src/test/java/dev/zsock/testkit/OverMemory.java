package dev.zsock.testkit;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.Signals;
import dev.zsock.internal.file.Waiters;
import dev.zsock.internal.websocket.Agreed;
import dev.zsock.internal.websocket.WebsocketFile;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.WebsocketAbi;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** A websocket over a file in memory, called as the facade calls it. */
public final class OverMemory implements WebsocketAbi {
    /** Of a table on which nobody ever blocks. */
    public static final Signals NO_SIGNALS = new Signals() {
        @Override
        public long self() {
            return 0;
        }

        @Override
        public void interrupt(long thread) {
            throw new AssertionError("nobody blocks");
        }
    };

    /** The file in memory. */
    public final TricklingFile below = new TricklingFile();

    public final WebsocketFile ws;

    /** What the last {@link #recvMsg} has written. */
    public final IntRef type = new IntRef(-1);

    public final LongRef remaining = new LongRef(-1);
    private final boolean client;

    /** A client's or a server's end. */
    public OverMemory(boolean client) {
        this(client, new Agreed());
    }

    /** The same behind a handshake with this result. */
    public OverMemory(boolean client, Agreed agreed) {
        this.client = client;
        ws = new WebsocketFile(
                below,
                client,
                ByteBuffer.allocate(0),
                7,
                this,
                agreed,
                () -> {},
                new Waiters(NO_SIGNALS));
    }

    /** {@code websocket_send_msg} with the mask of its role. */
    public int sendMsg(byte[] payload, int opcode, boolean fin, long deadline) {
        return sendMsg(payload, opcode, client, fin, deadline);
    }

    /** The same with any mask. */
    public int sendMsg(byte[] payload, int opcode, boolean mask, boolean fin, long deadline) {
        Call call = Call.begin(null, deadline);
        try {
            call.data.set(payload, 0, payload.length);
            return ws.sendMessage(call, opcode, mask, fin);
        } finally {
            call.end();
        }
    }

    /** {@code send}. */
    public int send(byte[] text, int flags) {
        Call call = Call.begin(null, Call.AS_SET);
        try {
            return ws.sendto(call, call.data.set(text, 0, text.length), flags, null, 0);
        } finally {
            call.end();
        }
    }

    /** {@code websocket_recv_msg}. */
    public int recvMsg(byte[] buf, long deadline) {
        Call call = Call.begin(null, deadline);
        try {
            call.data.set(buf, 0, buf.length);
            return ws.receiveMessage(call, type, remaining);
        } finally {
            call.end();
        }
    }

    /** {@code recv}. */
    public int recv(byte[] buf, int flags) {
        Call call = Call.begin(null, Call.AS_SET);
        try {
            return ws.recvfrom(call, call.data.set(buf, 0, buf.length), flags, null, null);
        } finally {
            call.end();
        }
    }

    /** One round of poll in which the kernel says revents. */
    public int poll(int events, int revents) {
        Call call = Call.begin(null, Call.NOW);
        try {
            ws.pollReady(call, events);
            return ws.pollResult(call, events, revents);
        } finally {
            call.end();
        }
    }

    /** {@code close}. */
    public int close() {
        Call call = Call.begin(null, Call.NOW);
        try {
            return ws.lastNumberClosed(call, false);
        } finally {
            call.end();
        }
    }

    /** {@code setsockopt} at level SOL_WEBSOCKET. */
    public int setOption(int name, @Nullable Object value, int length) {
        Call call = Call.begin(null, Call.AS_SET);
        try {
            return ws.setsockopt(call, SOL_WEBSOCKET, name, value, length);
        } finally {
            call.end();
        }
    }

    /** WEBSOCKET_PENDING. */
    public int pending() {
        IntRef bytes = new IntRef();
        int rc = ws.getsockopt(SOL_WEBSOCKET, WEBSOCKET_PENDING, bytes, new IntRef(4));
        return rc < 0 ? rc : bytes.value;
    }
}
