package dev.zsock.rfc;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.websocket.Agreed;
import dev.zsock.internal.websocket.Agreements;
import dev.zsock.internal.websocket.WebsocketFile;
import dev.zsock.testkit.OverMemory;
import dev.zsock.uapi.ErrnoAbi;
import dev.zsock.uapi.IntRef;
import dev.zsock.uapi.LongRef;
import dev.zsock.uapi.PollAbi;
import dev.zsock.uapi.SocketAbi;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntSupplier;

/** A websocket over a file in memory: the next piece comes when the last did not suffice. */
final class MemoryEndpoint implements Endpoint {
    private final OverMemory memory;
    private final Iterator<byte[]> pieces;
    private final boolean ends; // the stream does, behind the last piece
    private final boolean polled;

    /** polled: poll and MSG_PEEK are asked before each receive, and have to be right. */
    MemoryEndpoint(Case what, List<byte[]> pieces, boolean polled) {
        this.pieces = pieces.iterator();
        this.polled = polled;
        ends = what.end().is("lost");
        memory = new OverMemory(what.client(), agreed(what));
        memory.below.room = Integer.MAX_VALUE;
        memory.below.recvTimeout = 0; // as O_NONBLOCK has it
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

    private int fed(boolean frames, IntSupplier receive) {
        int rc = asked(frames, receive);
        while (rc == -ErrnoAbi.EAGAIN && (pieces.hasNext() || ends && memory.below.end != 0)) {
            if (pieces.hasNext()) {
                memory.below.then(pieces.next());
            } else {
                memory.below.end = 0;
            }
            rc = asked(frames, receive);
        }
        return rc;
    }

    /**
     * POLLIN and something to receive are one, but for control frames: poll tells of whole ones
     * only, and recv has nothing to give of them.
     */
    private int asked(boolean frames, IntSupplier receive) {
        if (!polled) {
            return receive.getAsInt();
        }
        boolean kernel = memory.below.readable();
        boolean told = memory.poll(PollAbi.POLLIN, kernel ? PollAbi.POLLIN : 0) != 0;
        int rc = receive.getAsInt();
        boolean gave = rc != -ErrnoAbi.EAGAIN;
        if (gave != told && !(told ? !frames : frames && gavePartOfControl(rc))) {
            throw new AssertionError("poll said " + told + ", then the receive gave " + rc);
        }
        return rc;
    }

    private boolean gavePartOfControl(int rc) {
        int control = WEBSOCKET_FLAG_PING | WEBSOCKET_FLAG_PONG;
        return rc > 0 && (memory.type.value & control) != 0 && memory.remaining.value > 0;
    }

    @Override
    public int receive(byte[] buf, IntRef type, LongRef remaining) {
        return fed(true, () -> {
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
        return fed(false, () -> polled ? peeked(buf) : memory.recv(buf, SocketAbi.MSG_WAITALL));
    }

    /** What MSG_PEEK shows is what comes then, or its beginning; an error it tells instead. */
    private int peeked(byte[] buf) {
        byte[] shown = new byte[buf.length];
        int peek = memory.recv(shown, SocketAbi.MSG_PEEK);
        if (peek < 0 && peek != -ErrnoAbi.EAGAIN) {
            return peek;
        }
        int rc = memory.recv(buf, 0);
        boolean begins =
                peek > 0 && rc >= peek && Arrays.mismatch(shown, 0, peek, buf, 0, peek) < 0;
        if (!begins && peek != rc) {
            throw new AssertionError("MSG_PEEK gave " + peek + ", then the receive " + rc);
        }
        return rc;
    }

    @Override
    public int send(byte[] payload, int opcode, boolean mask, boolean fin) {
        return WebsocketFile.legal(opcode, memory.ws)
                ? memory.sendMsg(payload, opcode, mask, fin, Call.NOW)
                : -ErrnoAbi.EINVAL; // as the facade has it
    }

    @Override
    public int option(int name, int value) {
        return memory.setOption(name, value, Integer.BYTES);
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
