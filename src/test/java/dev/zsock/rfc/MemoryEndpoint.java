package dev.zsock.rfc;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.websocket.Agreed;
import dev.zsock.internal.websocket.Agreements;
import dev.zsock.internal.websocket.WebsocketFile;
import dev.zsock.testkit.OverMemory;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.SocketAbi;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntSupplier;

/** A websocket over a file in memory: the next piece comes when the last did not suffice. */
final class MemoryEndpoint implements Endpoint {
    private final OverMemory memory;
    private final Iterator<byte[]> pieces;
    private final boolean ends;

    /** ends: the stream does, behind the last piece. */
    MemoryEndpoint(Case what, List<byte[]> pieces) {
        this.pieces = pieces.iterator();
        ends = what.end().is("lost");
        memory = new OverMemory(what.client(), agreed(what));
        memory.below.room = Integer.MAX_VALUE;
    }

    private static Agreed agreed(Case what) {
        Deflate deflate = what.deflate();
        if (deflate == null) {
            return new Agreed();
        }
        return what.client()
                ? Agreements.client(Deflate.request(), deflate.peerSays())
                : Agreements.server(deflate.peerSays());
    }

    /** What has left. */
    byte[] sent() {
        return memory.below.sent();
    }

    private int fed(IntSupplier receive) {
        int rc = receive.getAsInt();
        while (rc == -ErrnoAbi.EAGAIN && (pieces.hasNext() || ends && memory.below.end != 0)) {
            if (pieces.hasNext()) {
                memory.below.then(pieces.next());
            } else {
                memory.below.end = 0;
            }
            rc = receive.getAsInt();
        }
        return rc;
    }

    @Override
    public int receive(byte[] buf, IntRef type, LongRef remaining) {
        return fed(() -> {
            memory.type.value = type.value;
            memory.remaining.value = remaining.value;
            int rc = memory.recvMsg(buf, Call.NOW);
            type.value = memory.type.value;
            remaining.value = memory.remaining.value;
            return rc;
        });
    }

    @Override
    public int receive(byte[] buf) {
        return fed(() -> memory.recv(buf, SocketAbi.MSG_DONTWAIT));
    }

    @Override
    public int send(byte[] payload, int opcode, boolean mask, boolean fin) {
        return WebsocketFile.legal(opcode, memory.ws)
                ? memory.sendMsg(payload, opcode, mask, fin, Call.NOW)
                : -ErrnoAbi.EINVAL; // as the facade has it
    }

    @Override
    public int option(int name, int value) {
        return memory.ws.setsockopt(SOL_WEBSOCKET, name, value, Integer.BYTES);
    }

    @Override
    public byte[] closeInfo() {
        byte[] info = new byte[125];
        IntRef n = new IntRef(info.length);
        int rc = memory.ws.getsockopt(SOL_WEBSOCKET, WEBSOCKET_CLOSE_INFO, info, n);
        if (rc != 0) {
            throw new AssertionError("WEBSOCKET_CLOSE_INFO: " + rc);
        }
        return Arrays.copyOf(info, n.value);
    }

    @Override
    public int close() {
        int rc = memory.close();
        memory.ws.close();
        return rc;
    }
}
