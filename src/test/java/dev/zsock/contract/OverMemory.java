package dev.zsock.contract;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.Signals;
import dev.zsock.internal.file.Waiters;
import dev.zsock.internal.websocket.Agreed;
import dev.zsock.internal.websocket.WebsocketFile;
import dev.zsock.testkit.TricklingFile;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.WebsocketAbi;

import java.nio.ByteBuffer;

/** A websocket over a file in memory, called as the facade calls it. */
final class OverMemory implements WebsocketAbi {
    private static final Signals NONE = new Signals() {
        @Override
        public long self() {
            return 0;
        }

        @Override
        public void interrupt(long thread) {
            throw new AssertionError("nobody blocks");
        }
    };

    final TricklingFile below = new TricklingFile();
    final WebsocketFile ws;
    final IntRef type = new IntRef(-1);
    final LongRef remaining = new LongRef(-1);
    private final boolean client;

    OverMemory(boolean client) {
        this.client = client;
        ws = new WebsocketFile(
                below,
                client,
                ByteBuffer.allocate(0),
                7,
                this,
                new Agreed(),
                () -> {},
                new Waiters(NONE));
    }

    /** {@code websocket_send_msg} with the mask of its role. */
    int sendMsg(byte[] payload, int opcode, boolean fin, long deadline) {
        Call call = Call.begin(null, deadline);
        try {
            call.data.set(payload, 0, payload.length);
            return ws.sendMessage(call, opcode, client, fin);
        } finally {
            call.end();
        }
    }

    /** {@code send}. */
    int send(byte[] text, int flags) {
        Call call = Call.begin(null, Call.AS_SET);
        try {
            return ws.sendto(call, call.data.set(text, 0, text.length), flags, null, 0);
        } finally {
            call.end();
        }
    }

    /** {@code websocket_recv_msg}. */
    int recvMsg(byte[] buf, long deadline) {
        Call call = Call.begin(null, deadline);
        try {
            call.data.set(buf, 0, buf.length);
            return ws.receiveMessage(call, type, remaining);
        } finally {
            call.end();
        }
    }

    /** {@code recv}. */
    int recv(byte[] buf, int flags) {
        Call call = Call.begin(null, Call.AS_SET);
        try {
            return ws.recvfrom(call, call.data.set(buf, 0, buf.length), flags, null, null);
        } finally {
            call.end();
        }
    }

    /** One round of poll in which the kernel says revents. */
    int poll(int events, int revents) {
        Call call = Call.begin(null, Call.NOW);
        try {
            ws.pollReady(call, events);
            return ws.pollResult(call, events, revents);
        } finally {
            call.end();
        }
    }

    /** {@code close}. */
    int close() {
        Call call = Call.begin(null, Call.NOW);
        try {
            return ws.lastNumberClosed(call, false);
        } finally {
            call.end();
        }
    }

    /** WEBSOCKET_PENDING. */
    int pending() {
        IntRef bytes = new IntRef();
        int rc = ws.getsockopt(SOL_WEBSOCKET, WEBSOCKET_PENDING, bytes, new IntRef(4));
        return rc < 0 ? rc : bytes.value;
    }
}
